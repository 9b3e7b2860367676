#include "staff/sign_in.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "staff/rules.hpp"
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

void require_no_delay(core::Journal& journal, const crypto::Digest& account, const std::string& ip) {
    const Moment now = journal.now();
    const auto found = journal.database().read(
        [&](storage::Transaction& tx) { return store::failures(tx, account, ip, failures_since(now)); });
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

struct Checked {
    Account account;
    std::string hash;
};

// The one place where a password is compared. Whatever is wrong, the same work is done and the same answer
// given.
Checked check_credentials(core::Journal& journal, PasswordGate& gate, const Origin& origin,
                          const std::string& login, const std::string& password) {
    const auto key = crypto::digest(login);
    require_no_delay(journal, key, origin.ip);
    std::string hash;
    const auto account = journal.database().read([&](storage::Transaction& tx) {
        auto found = store::find_account(tx, login);
        if (found) hash = store::password_hash(tx, found->id);
        return found;
    });
    if (gate.verify(hash, password) && account && !account->is_disabled) return {*account, hash};
    const core::Operation operation{.actor = {.name = "", .ip = origin.ip, .screen = "sign-in"},
                                    .kind = "session.refused"};
    journal.write(operation, [&](core::Writer& writer) {
        store::add_failure(writer, key, origin.ip, failures_since(writer.now()));
        store::add_event(writer, account ? std::optional(account->id) : std::nullopt, "refused",
                         origin.user_agent);
    });
    refuse();
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
    const Session session = store::insert_session(writer, staff, origin, secret);
    store::note_login(writer, staff);
    store::add_event(writer, staff, "sign_in", origin.user_agent);
    return {store::get_account(writer.tx(), staff), session, std::move(secret)};
}

OpenedSession sign_in(core::Journal& journal, PasswordGate& gate, const Origin& origin,
                      const std::string& login, const std::string& password) {
    const Checked checked = check_credentials(journal, gate, origin, login, password);
    const std::string new_hash = crypto::needs_rehash(checked.hash) ? gate.hash(password) : "";
    const core::Operation operation{.actor = acting(checked.account, origin.ip), .kind = "session.sign_in"};
    return journal.write(operation, [&](core::Writer& writer) {
        require_unchanged(writer.tx(), checked);
        if (!new_hash.empty()) store::replace_hash(writer, checked.account.id, new_hash);
        store::forget_failures(writer, crypto::digest(login), origin.ip);
        return open_session(writer, checked.account.id, origin);
    });
}

Moment confirm(core::Journal& journal, PasswordGate& gate, const core::Actor& actor, SessionId session,
               const std::string& password) {
    const auto account = journal.database().read(
        [&](storage::Transaction& tx) { return store::get_account(tx, actor.staff); });
    check_credentials(journal, gate, {.ip = actor.ip, .user_agent = ""}, account.login, password);
    return journal.housekeeping([&](core::Writer& writer) {
        store::refresh_session(writer, session);
        return writer.now() + kFreshTime;
    });
}

void require_fresh(const Session& session, Moment now) {
    if (now < session.fresh_at + kFreshTime) return;
    throw Refused({ProblemKind::forbidden,
                   "session.not_fresh",
                   {"この操作の前に、もう一度パスワードを入力してください。",
                    "Enter your password again before you do this."}});
}

OpenedSession change_password(core::Journal& journal, PasswordGate& gate, const core::Actor& actor,
                              const Origin& origin, const std::string& password,
                              const std::string& new_password) {
    if (auto errors = check_password(new_password, "/new_password"); !errors.empty())
        throw Refused({ProblemKind::invalid,
                       "staff.invalid",
                       {"印のついた項目を確認してください。", "Check the marked fields."},
                       std::move(errors)});
    const auto account = journal.database().read(
        [&](storage::Transaction& tx) { return store::get_account(tx, actor.staff); });
    const Checked checked = check_credentials(journal, gate, origin, account.login, password);
    const std::string hash = gate.hash(new_password);
    return journal.write({.actor = actor, .kind = "staff.password"}, [&](core::Writer& writer) {
        require_unchanged(writer.tx(), checked);
        store::put_password(writer, checked.account.id, hash);
        return open_session(writer, checked.account.id, origin);
    });
}

}  // namespace otokui::staff
