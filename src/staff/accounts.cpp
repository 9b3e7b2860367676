#include "staff/accounts.hpp"

#include <algorithm>
#include <map>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "staff/account_json.hpp"
#include "staff/roles.hpp"
#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::size_t kSecretBytes = 32;

[[noreturn]] void refuse_fields(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "staff.invalid",
                   {"印のついた項目を確認してください。", "Check the marked fields."},
                   std::move(errors)});
}

[[noreturn]] void refuse_link() {
    throw Refused(
        {ProblemKind::invalid,
         "link.invalid",
         {"このリンクは使用済みか、有効期限が切れています。新しいリンクを発行してもらってください。",
          "This link has been used or has expired. Ask for a new one."}});
}

[[noreturn]] void refuse_second_setup() {
    throw Refused({ProblemKind::conflict,
                   "setup.done",
                   {"このショップはすでに開設されています。", "This shop has been set up already."}});
}

Link fresh_link(Moment now, std::chrono::milliseconds time) {
    return {.secret = crypto::random_text(kSecretBytes), .expires_at = now + time};
}

// Somebody who acts on an account without being signed in to it.
core::Actor holder_of_link(const Account& account, const std::string& ip) {
    return {.staff = account.id, .name = account.name, .ip = ip, .screen = "one-time link"};
}

Problem stale(const Account& now, const AccountChange& wanted) {
    Problem problem{ProblemKind::stale,
                    "staff.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    json::Object sent;
    if (wanted.name) sent["name"] = *wanted.name;
    if (wanted.kana) sent["kana"] = *wanted.kana;
    if (wanted.email) sent["email"] = *wanted.email;
    if (wanted.mail_language) sent["mail_language"] = *wanted.mail_language;
    if (wanted.role) sent["role"] = *wanted.role;
    if (wanted.is_disabled) sent["disabled"] = *wanted.is_disabled;
    problem.extra["current"] = to_json(now);
    problem.extra["sent"] = std::move(sent);
    return problem;
}

// The row locked before it is compared.
void lock_account(core::Writer& writer, StaffId id, std::optional<std::int64_t> version,
                  const AccountChange& wanted) {
    writer.find(writer.registry().get("staff"), id.value);
    const Account now = store::get_account(writer.tx(), id);
    if (version && *version != now.version) throw Refused(stale(now, wanted));
}

bool mail_link(const Context& context, core::Writer& writer, const Account& account, const Link& link,
               const LinkUrl& url) {
    return url && context.notices.password_link &&
           context.notices.password_link(writer, account, url(link.secret), link.expires_at);
}

void check_setup_link(storage::Transaction& tx, const std::string& secret, Moment now) {
    if (store::has_owner(tx)) refuse_second_setup();
    if (store::find_link(tx, secret, now) != StaffId{}) refuse_link();
}

template <class Work>
auto with_login_clash(Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on("staff", "login")) throw;
        throw Refused({ProblemKind::conflict,
                       "staff.login_taken",
                       {"このログインIDはすでに使われています。", "This login is taken."},
                       {{"/login", "taken"}}});
    }
}

}  // namespace

bool is_set_up(core::Journal& journal) {
    return journal.database().read([](storage::Transaction& tx) { return store::has_owner(tx); });
}

Link make_setup_link(core::Journal& journal) {
    return journal.housekeeping([&](core::Writer& writer) {
        if (store::has_owner(writer.tx())) refuse_second_setup();
        const Link link = fresh_link(writer.now(), kFirstLinkTime);
        store::put_link(writer, {}, link);
        return link;
    });
}

std::vector<FieldError> check(const SetUp& input) {
    auto errors = check(NewAccount{input.login, input.name, std::string(name_of(Role::owner))});
    for (auto& error : check_password(input.password, "/password")) errors.push_back(std::move(error));
    return errors;
}

void require_setup_link(core::Journal& journal, const std::string& secret) {
    journal.database().read([&](storage::Transaction& tx) { check_setup_link(tx, secret, journal.now()); });
}

StaffId set_up(core::Writer& writer, const SetUp& input, const std::string& hash) {
    check_setup_link(writer.tx(), input.secret, writer.now());
    const StaffId owner{
        store::insert_account(writer, {input.login, input.name, std::string(name_of(Role::owner))})};
    store::put_password(writer, owner, hash);
    store::delete_links(writer, {});
    return owner;
}

std::vector<Account> list_accounts(core::Journal& journal, std::int64_t below, int limit) {
    return journal.database().read(
        [&](storage::Transaction& tx) { return store::list_accounts(tx, {below, limit}); });
}

Account get_account(core::Journal& journal, StaffId id) {
    return journal.database().read([&](storage::Transaction& tx) { return store::get_account(tx, id); });
}

std::vector<Account> holders_of(storage::Transaction& tx, std::string_view right) {
    constexpr int kAll = 100'000;
    std::vector<Account> holders;
    std::map<std::string, bool> roles;  // whether they have it
    for (auto& account : store::list_accounts(tx, {0, kAll})) {
        if (account.is_disabled) continue;
        const auto [known, is_new] = roles.try_emplace(account.role, false);
        if (is_new) known->second = store::grant_of(tx, account.role).rights->contains(right);
        if (known->second) holders.push_back(std::move(account));
    }
    std::ranges::reverse(holders);
    return holders;
}

AddedAccount add_account(const Context& context, const core::Actor& actor, const NewAccount& typed,
                         const LinkUrl& url) {
    actor.require("staff.edit");
    const auto input = normalised(typed);
    if (auto errors = check(input); !errors.empty()) refuse_fields(std::move(errors));
    return with_login_clash([&] {
        return context.journal.write({.actor = actor, .kind = "staff.create"}, [&](core::Writer& writer) {
            const StaffId id{store::insert_account(writer, input)};
            const Link link = fresh_link(writer.now(), kFirstLinkTime);
            store::put_link(writer, id, link);
            const auto account = store::get_account(writer.tx(), id);
            return AddedAccount{account, link, writer.operation(),
                                mail_link(context, writer, account, link, url)};
        });
    });
}

AddedAccount add_account_with_password(const Context& context, const core::Actor& actor,
                                       const NewAccount& typed, const std::string& password) {
    actor.require("staff.edit");
    const auto input = normalised(typed);
    auto errors = check(input);
    for (auto& error : check_password(password, "/password")) errors.push_back(std::move(error));
    if (!errors.empty()) refuse_fields(std::move(errors));
    const std::string hash = context.gate.hash(password);
    return with_login_clash([&] {
        return context.journal.write({.actor = actor, .kind = "staff.create"}, [&](core::Writer& writer) {
            const StaffId id{store::insert_account(writer, input)};
            store::put_password(writer, id, hash);
            return AddedAccount{store::get_account(writer.tx(), id), std::nullopt, writer.operation()};
        });
    });
}

ChangedAccount change_account(core::Journal& journal, const core::Actor& actor, StaffId id,
                              std::optional<std::int64_t> version, const AccountChange& typed) {
    actor.require("staff.edit");
    const auto change = normalised(typed);
    if (auto errors = check(change); !errors.empty()) refuse_fields(std::move(errors));
    return journal.write({.actor = actor, .kind = "staff.update"}, [&](core::Writer& writer) {
        lock_account(writer, id, version, change);
        core::Assignments values;
        if (change.name) values.emplace_back("name", *change.name);
        if (change.kana) values.emplace_back("kana", *change.kana);
        if (change.email) values.emplace_back("email", *change.email);
        if (change.mail_language) values.emplace_back("mail_language", *change.mail_language);
        if (change.role) values.emplace_back("role", *change.role);
        if (change.is_disabled) values.emplace_back("disabled", std::int64_t{*change.is_disabled});
        writer.update(writer.registry().get("staff"), id.value, values);
        return ChangedAccount{store::get_account(writer.tx(), id), writer.operation()};
    });
}

ChangedAccount change_own_language(core::Journal& journal, const core::Actor& actor,
                                   const std::string& language) {
    if (auto errors = check_language(language, "/mail_language"); !errors.empty())
        refuse_fields(std::move(errors));
    return journal.write({.actor = actor, .kind = "staff.update"}, [&](core::Writer& writer) {
        lock_account(writer, actor.staff, {}, {});
        writer.update(writer.registry().get("staff"), actor.staff.value, {{"mail_language", language}});
        return ChangedAccount{store::get_account(writer.tx(), actor.staff), writer.operation()};
    });
}

OperationId delete_account(core::Journal& journal, const core::Actor& actor, StaffId id,
                           std::optional<std::int64_t> version) {
    actor.require("staff.edit");
    return journal.write({.actor = actor, .kind = "staff.delete"}, [&](core::Writer& writer) {
        lock_account(writer, id, version, {});
        // No login can hold '#': nobody signs in with it, and the old one is free for somebody else.
        writer.update(writer.registry().get("staff"), id.value,
                      {{"login", "#" + std::to_string(id.value)},
                       {"disabled", std::int64_t{1}},
                       {"deleted_at", writer.now().milliseconds}});
        return writer.operation();
    });
}

MadeLink make_password_link(const Context& context, const core::Actor& actor, StaffId id,
                            const LinkUrl& url) {
    actor.require("staff.edit");
    return context.journal.write({.actor = actor, .kind = "staff.link"}, [&](core::Writer& writer) {
        const Account account = store::get_account(writer.tx(), id);
        require_may_manage(writer.tx(), actor, account);
        if (account.is_disabled)
            throw Refused({ProblemKind::conflict,
                           "staff.disabled",
                           {"停止中のメンバーです。", "This member of staff is disabled."}});
        const Link link =
            fresh_link(writer.now(), account.has_password ? std::chrono::milliseconds(kResetLinkTime)
                                                          : std::chrono::milliseconds(kFirstLinkTime));
        store::put_link(writer, id, link);
        store::add_event(writer, id, "link", "");
        return MadeLink{link, mail_link(context, writer, account, link, url)};
    });
}

std::string set_password_by_link(const Context& context, const std::string& secret,
                                 const std::string& password, const std::string& ip) {
    auto& journal = context.journal;
    const auto find = [&](storage::Transaction& tx) {
        const auto staff = store::find_link(tx, secret, journal.now());
        if (!staff || !*staff) refuse_link();
        const Account account = store::get_account(tx, *staff);
        if (account.is_disabled) refuse_link();
        return account;
    };
    const Account account = journal.database().read(find);
    if (auto errors = check_password(password, "/password"); !errors.empty())
        refuse_fields(std::move(errors));
    const std::string hash = context.gate.hash(password);
    const core::Operation operation{.actor = holder_of_link(account, ip), .kind = "staff.password"};
    return journal.write(operation, [&](core::Writer& writer) {
        // Two uses of one link at once wait here for each other; the second finds the link gone.
        writer.find(writer.registry().get("staff"), account.id.value);
        const Account now = find(writer.tx());
        store::put_password(writer, now.id, hash);
        if (context.notices.factor_changed) context.notices.factor_changed(writer, now, "password");
        return now.login;
    });
}

}  // namespace otokui::staff
