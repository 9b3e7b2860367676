#include <algorithm>

#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff::store {
namespace {

using storage::Row;
using storage::Value;

constexpr std::string_view kSession =
    "s.id, s.staff_id, s.created_at, s.last_used_at, s.fresh_at, s.ip, s.user_agent";

Session read_session(const Row& row) {
    return {.id = {row.integer(0)},
            .staff = {row.integer(1)},
            .created_at = {row.integer(2)},
            .last_used_at = {row.integer(3)},
            .fresh_at = {row.integer(4)},
            .ip = std::string(row.text(5)),
            .user_agent = std::string(row.text(6))};
}

storage::Blob blob(const crypto::Digest& digest) { return {digest.begin(), digest.end()}; }

const core::Table& sessions(core::Writer& writer) { return writer.registry().get("staff_session"); }
const core::Table& links(core::Writer& writer) { return writer.registry().get("staff_link"); }
const core::Table& failures_of(core::Writer& writer) { return writer.registry().get("staff_failure"); }

}  // namespace

std::optional<FoundSession> find_session(storage::Transaction& tx, std::string_view secret) {
    std::optional<Session> session;
    tx.query("SELECT " + std::string(kSession) + " FROM staff_session s WHERE s.secret_digest = ?",
             {blob(crypto::digest(secret))}, [&](const Row& row) { session = read_session(row); });
    if (!session) return std::nullopt;
    return FoundSession{*session, get_account(tx, session->staff)};
}

std::optional<Session> find_session(storage::Transaction& tx, StaffId staff, SessionId id) {
    std::optional<Session> session;
    tx.query("SELECT " + std::string(kSession) + " FROM staff_session s WHERE s.id = ? AND s.staff_id = ?",
             {id.value, staff.value}, [&](const Row& row) { session = read_session(row); });
    return session;
}

std::vector<Session> list_sessions(storage::Transaction& tx, StaffId staff, const PageOf& page) {
    std::vector<Session> found;
    tx.query(
        "SELECT " + std::string(kSession) +
            " FROM staff_session s WHERE s.staff_id = ? AND (? = 0 OR s.id < ?) ORDER BY s.id DESC LIMIT ?",
        {staff.value, page.below, page.below, std::int64_t{page.limit}},
        [&](const Row& row) { found.push_back(read_session(row)); });
    return found;
}

Session insert_session(core::Writer& writer, StaffId staff, const Origin& origin, std::string_view secret) {
    const auto now = writer.now();
    const auto id = writer.insert(sessions(writer), {{"secret_digest", blob(crypto::digest(secret))},
                                                     {"staff_id", staff.value},
                                                     {"created_at", now.milliseconds},
                                                     {"last_used_at", now.milliseconds},
                                                     {"fresh_at", now.milliseconds},
                                                     {"ip", origin.ip},
                                                     {"user_agent", origin.user_agent}});
    return {{id}, staff, now, now, now, origin.ip, origin.user_agent, {}};
}

void touch_session(core::Writer& writer, SessionId id) {
    writer.execute_unjournaled(sessions(writer),
                               "UPDATE staff_session SET last_used_at = ? WHERE id = ? AND last_used_at < ?",
                               {writer.now().milliseconds, id.value, writer.now().milliseconds});
}

void refresh_session(core::Writer& writer, SessionId id) {
    writer.execute_unjournaled(sessions(writer), "UPDATE staff_session SET fresh_at = ? WHERE id = ?",
                               {writer.now().milliseconds, id.value});
}

void delete_session(core::Writer& writer, SessionId id) {
    writer.execute_unjournaled(sessions(writer), "DELETE FROM staff_session WHERE id = ?", {id.value});
}

void delete_sessions(core::Writer& writer, StaffId staff, SessionId kept) {
    writer.execute_unjournaled(sessions(writer), "DELETE FROM staff_session WHERE staff_id = ? AND id <> ?",
                               {staff.value, kept.value});
}

// By the longest times there can be; those that a shop has shortened end when they are next seen.
void delete_old_sessions(core::Writer& writer) {
    const auto before = [&](std::chrono::milliseconds span) { return (writer.now() + -span).milliseconds; };
    writer.execute_unjournaled(sessions(writer),
                               "DELETE FROM staff_session WHERE last_used_at <= ? OR created_at <= ?",
                               {before(SessionTimes().idle), before(SessionTimes().whole)});
}

void put_link(core::Writer& writer, StaffId staff, const Link& link) {
    delete_links(writer, staff);
    writer.insert(links(writer), {{"secret_digest", blob(crypto::digest(link.secret))},
                                  {"staff_id", staff ? Value(staff.value) : Value()},
                                  {"expires_at", link.expires_at.milliseconds}});
}

std::optional<StaffId> find_link(storage::Transaction& tx, std::string_view secret, Moment now) {
    std::optional<StaffId> staff;
    tx.query("SELECT staff_id FROM staff_link WHERE secret_digest = ? AND expires_at > ?",
             {blob(crypto::digest(secret)), now.milliseconds},
             [&](const Row& row) { staff = StaffId{row.integer(0)}; });
    return staff;
}

void delete_links(core::Writer& writer, StaffId staff) {
    writer.execute_unjournaled(links(writer), "DELETE FROM staff_link WHERE COALESCE(staff_id, 0) = ?",
                               {staff.value});
}

Failures failures(storage::Transaction& tx, const crypto::Digest& account, std::string_view ip,
                  Moment since) {
    Failures found;
    tx.query("SELECT at FROM staff_failure WHERE account = ? AND ip = ? AND at > ?",
             {blob(account), std::string(ip), since.milliseconds}, [&](const Row& row) {
                 ++found.count;
                 found.last = std::max(found.last, Moment{row.integer(0)});
             });
    return found;
}

void add_failure(core::Writer& writer, const crypto::Digest& account, std::string_view ip, Moment since) {
    writer.execute_unjournaled(failures_of(writer), "DELETE FROM staff_failure WHERE at <= ?",
                               {since.milliseconds});
    writer.insert(failures_of(writer),
                  {{"account", blob(account)}, {"ip", std::string(ip)}, {"at", writer.now().milliseconds}});
}

void forget_failures(core::Writer& writer, const crypto::Digest& account, std::string_view ip) {
    writer.execute_unjournaled(failures_of(writer), "DELETE FROM staff_failure WHERE account = ? AND ip = ?",
                               {blob(account), std::string(ip)});
}

}  // namespace otokui::staff::store
