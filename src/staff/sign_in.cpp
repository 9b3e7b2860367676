#include "staff/sign_in.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "staff/factors.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::size_t kSecretBytes = 32;

core::Actor acting(const Account& account, const std::string& ip) {
    return {.staff = account.id, .name = account.name, .ip = ip, .screen = "sign-in"};
}

Moment failures_since(Moment now) { return now + -std::chrono::milliseconds(kFailureWindow); }

[[noreturn]] void refuse() {
    throw Refused({ProblemKind::unauthenticated,
                   "session.refused",
                   {"ログインIDまたはパスワードが正しくありません。", "Login or password is wrong."}});
}

struct Checked {
    Account account;
    std::string hash;
    std::optional<FoundFactor> factor = {};
};

// The one place where a password is compared. Whatever is wrong, the same work is done and the same answer
// given.
Checked check_password(const Context& context, const Origin& origin, const std::string& login,
                       const std::string& password) {
    require_no_delay(context.journal, login, origin.ip);
    std::string hash;
    const auto account = context.journal.database().read([&](storage::Transaction& tx) {
        auto found = store::find_account(tx, login);
        if (found) hash = store::password_hash(tx, found->id);
        return found;
    });
    if (context.gate.verify(hash, password) && account && !account->is_disabled) return {*account, hash};
    note_failure(context.journal, login, account ? std::optional(account->id) : std::nullopt, origin);
    refuse();
}

[[noreturn]] void refuse_otp() {
    throw Refused({ProblemKind::unauthenticated,
                   "session.otp_refused",
                   {"確認コードが正しくないか、すでに使われています。",
                    "This code is wrong or has been used already."}});
}

FoundFactor check_otp(const Context& context, const Origin& origin, const Account& account,
                      const std::string& otp) {
    const auto found = context.journal.database().read([&](storage::Transaction& tx) {
        return find_factor(tx, context.keys, account.id, otp, context.journal.now());
    });
    if (found) return *found;
    note_failure(context.journal, account.login, account.id, origin);
    refuse_otp();
}

// Only whoever knows the password learns that there is a second factor.
Checked check_credentials(const Context& context, const Origin& origin, const Credentials& typed) {
    auto checked = check_password(context, origin, typed.login, typed.password);
    if (!checked.account.has_totp) return checked;
    if (!typed.otp)
        throw Refused({ProblemKind::unauthenticated,
                       "session.otp_required",
                       {"認証アプリの確認コードを入力してください。",
                        "Enter the code that your authenticator app shows."}});
    checked.factor = check_otp(context, origin, checked.account, *typed.otp);
    return checked;
}

// Within the transaction that acts on the check: the account may have changed since.
void require_unchanged(storage::Transaction& tx, const Checked& checked) {
    const auto now = store::find_account(tx, checked.account.id);
    if (!now || now->is_disabled || store::password_hash(tx, now->id) != checked.hash) refuse();
}

}  // namespace

OpenedSession open_session(core::Writer& writer, StaffId staff, const Origin& origin) {
    store::delete_old_sessions(writer);
    std::string secret = crypto::random_text(kSecretBytes);
    Session session = store::insert_session(writer, staff, origin, secret);
    session.times = read_security(writer.tx()).times.value();
    store::note_login(writer, staff);
    store::add_event(writer, staff, "sign_in", origin.user_agent);
    return {store::get_account(writer.tx(), staff), session, std::move(secret)};
}

OpenedSession sign_in(const Context& context, const Origin& origin, const Credentials& credentials) {
    require_allowed(context.journal.database().read(read_security), origin.ip);
    const Checked checked = check_credentials(context, origin, credentials);
    const std::string new_hash =
        crypto::needs_rehash(checked.hash) ? context.gate.hash(credentials.password) : "";
    const core::Operation operation{.actor = acting(checked.account, origin.ip), .kind = "session.sign_in"};
    return context.journal.write(operation, [&](core::Writer& writer) {
        require_unchanged(writer.tx(), checked);
        if (checked.factor && !use_factor(writer, checked.account.id, *checked.factor)) refuse_otp();
        if (!new_hash.empty()) store::replace_hash(writer, checked.account.id, new_hash);
        store::forget_failures(writer, crypto::digest(credentials.login), origin.ip);
        if (store::note_place(writer, checked.account.id, origin.ip) && context.notices.new_place)
            context.notices.new_place(writer, checked.account, origin);
        return open_session(writer, checked.account.id, origin);
    });
}

Moment confirm(const Context& context, const core::Actor& actor, SessionId session,
               const ShownFactor& shown) {
    const auto account = context.journal.database().read(
        [&](storage::Transaction& tx) { return store::get_account(tx, actor.staff); });
    const Origin origin{.ip = actor.ip, .user_agent = ""};
    std::optional<FoundFactor> factor;
    if (shown.otp) {
        require_no_delay(context.journal, account.login, origin.ip);
        factor = check_otp(context, origin, account, *shown.otp);
    } else {
        check_password(context, origin, account.login, shown.password.value_or(""));
    }
    return context.journal.write({.actor = actor, .kind = "session.confirm"}, [&](core::Writer& writer) {
        if (factor && !use_factor(writer, account.id, *factor)) refuse_otp();
        store::refresh_session(writer, session);
        return writer.now() + kFreshTime;
    });
}

void require_fresh(const Session& session, Moment now) {
    if (now < session.fresh_at + kFreshTime) return;
    throw Refused({ProblemKind::forbidden,
                   "session.not_fresh",
                   {"この操作の前に、もう一度本人確認をしてください。",
                    "Show again that it is you before you do this."}});
}

OpenedSession change_password(const Context& context, const core::Actor& actor, const Origin& origin,
                              const std::string& password, const std::string& new_password) {
    if (auto errors = check_password(new_password, "/new_password"); !errors.empty())
        throw Refused({ProblemKind::invalid,
                       "staff.invalid",
                       {"印のついた項目を確認してください。", "Check the marked fields."},
                       std::move(errors)});
    const auto account = context.journal.database().read(
        [&](storage::Transaction& tx) { return store::get_account(tx, actor.staff); });
    const Checked checked = check_password(context, origin, account.login, password);
    const std::string hash = context.gate.hash(new_password);
    return context.journal.write({.actor = actor, .kind = "staff.password"}, [&](core::Writer& writer) {
        require_unchanged(writer.tx(), checked);
        store::put_password(writer, checked.account.id, hash);
        if (context.notices.factor_changed)
            context.notices.factor_changed(writer, checked.account, "password");
        return open_session(writer, checked.account.id, origin);
    });
}

void require_no_delay(core::Journal& journal, const std::string& login, const std::string& ip) {
    const Moment now = journal.now();
    const auto key = crypto::digest(login);
    const auto found = journal.database().read(
        [&](storage::Transaction& tx) { return store::failures(tx, key, ip, failures_since(now)); });
    const auto wait = found.last + std::chrono::milliseconds(delay_after(found.count)) - now;
    if (found.count == 0 || wait.count() <= 0) return;
    const auto seconds_left = std::chrono::ceil<seconds>(wait).count();
    const std::string text = std::to_string(seconds_left);
    Problem problem{ProblemKind::too_many,
                    "session.delayed",
                    {"失敗が続いたため、" + text + "秒後にもう一度お試しください。",
                     "Several tries have failed. Try again in " + text + " seconds."}};
    problem.retry_after_seconds = static_cast<int>(seconds_left);
    throw Refused(std::move(problem));
}

void note_failure(core::Journal& journal, const std::string& login, std::optional<StaffId> staff,
                  const Origin& origin) {
    const core::Operation operation{.actor = {.name = "", .ip = origin.ip, .screen = "sign-in"},
                                    .kind = "session.refused"};
    journal.write(operation, [&](core::Writer& writer) {
        store::add_failure(writer, crypto::digest(login), origin.ip, failures_since(writer.now()));
        store::add_event(writer, staff, "refused", origin.user_agent);
    });
}

}  // namespace otokui::staff
