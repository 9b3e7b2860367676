#include <algorithm>

#include "base/problem.hpp"
#include "staff/roles.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"
#include "staff/sign_in.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

// How often the time of last use is written: a session ends at most so much early.
constexpr std::chrono::seconds kTouchEvery{60};

Account require_may_see(storage::Transaction& tx, const core::Actor& actor, StaffId staff) {
    if (actor.staff != staff) actor.require("staff.edit");
    return store::get_account(tx, staff);
}

void require_may_end(storage::Transaction& tx, const core::Actor& actor, StaffId staff) {
    const Account account = require_may_see(tx, actor, staff);
    if (actor.staff != staff) require_may_manage(tx, actor, account);
}

// A read must not fail because its time of use could not be written: the next request writes it.
template <class Work>
void write_if_free(core::Journal& journal, Work work) {
    try {
        journal.housekeeping(work);
    } catch (const storage::Busy&) {
    } catch (const storage::WritesStopped&) {
    }
}

bool is_due(Moment now, std::optional<Moment> last) { return !last || now - *last >= kTouchEvery; }

}  // namespace

std::vector<Session> list_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff,
                                   std::int64_t below, int limit) {
    return journal.database().read([&](storage::Transaction& tx) {
        require_may_see(tx, actor, staff);
        auto sessions = store::list_sessions(tx, staff, {below, limit});
        const auto times = read_security(tx).times.value();
        for (auto& session : sessions) session.times = times;
        std::erase_if(sessions, [&](const Session& session) { return is_over(session, journal.now()); });
        return sessions;
    });
}

void end_session(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId session) {
    journal.write({.actor = actor, .kind = "session.end"}, [&](core::Writer& writer) {
        require_may_end(writer.tx(), actor, staff);
        if (!store::find_session(writer.tx(), staff, session))
            throw Refused({ProblemKind::not_found,
                           "session.not_found",
                           {"セッションが見つかりません。", "There is no such session."}});
        store::delete_session(writer, session);
        store::add_event(writer, staff, "session_end", "");
    });
}

void end_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId kept) {
    journal.write({.actor = actor, .kind = "session.end"}, [&](core::Writer& writer) {
        require_may_end(writer.tx(), actor, staff);
        store::delete_sessions(writer, staff, kept);
        store::add_event(writer, staff, "session_end", "");
    });
}

Moment Authenticator::now() {
    const std::int64_t now = journal_.now().milliseconds;
    std::int64_t latest = latest_.load();
    while (latest < now && !latest_.compare_exchange_weak(latest, now)) {
    }
    return {std::max(now, latest)};
}

std::optional<Authenticator::Identity> Authenticator::by_session(std::string_view secret,
                                                                 std::string_view ip) {
    const Moment at = now();
    Identity identity;
    auto found = journal_.database().read([&](storage::Transaction& tx) {
        auto session = store::find_session(tx, secret);
        if (!session) return session;
        const auto security = read_security(tx);
        session->session.times = security.times.value();
        identity.grant = store::grant_of(tx, session->account.role);
        identity.is_address_refused = !is_allowed(security, ip);
        identity.must_set_up_totp = !session->account.has_totp && requires_totp(security, session->account);
        return session;
    });
    if (!found) return std::nullopt;
    const SessionId id = found->session.id;
    if (found->account.is_disabled || is_over(found->session, at)) {
        write_if_free(journal_, [&](core::Writer& writer) { store::delete_session(writer, id); });
        return std::nullopt;
    }
    if (is_due(at, found->session.last_used_at))
        write_if_free(journal_, [&](core::Writer& writer) { store::touch_session(writer, id); });
    identity.account = std::move(found->account);
    identity.session = std::move(found->session);
    return identity;
}

std::optional<Authenticator::Identity> Authenticator::by_token(std::string_view secret) {
    const Moment at = now();
    std::optional<Account> account;
    Grant grant;
    auto token = journal_.database().read([&](storage::Transaction& tx) {
        auto found = store::find_token(tx, secret);
        if (found) account = store::find_account(tx, found->staff);
        if (account) grant = store::grant_of(tx, account->role);
        return found;
    });
    if (!token || !account || account->is_disabled) return std::nullopt;
    if (token->expires_at && at >= *token->expires_at) return std::nullopt;
    if (is_due(at, token->last_used_at))
        write_if_free(journal_, [&](core::Writer& writer) { store::touch_token(writer, token->id); });
    grant.rights = narrowed(grant.rights, token->scopes);
    return Identity{
        .account = std::move(*account), .grant = std::move(grant), .session = {}, .token = std::move(token)};
}

}  // namespace otokui::staff
