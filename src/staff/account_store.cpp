#include "base/problem.hpp"
#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff::store {
namespace {

using storage::Row;
using storage::Value;

constexpr std::string_view kColumns =
    "SELECT s.id, s.login, s.name, s.role, s.disabled, s.password_set_at, s.created_at, s.last_login_at, "
    "s.version, s.kana, s.email, s.totp_set_at, s.deleted_at, COALESCE(r.name, ''), s.mail_language FROM "
    "staff s "
    "LEFT JOIN staff_role r ON s.role = CAST(r.id AS TEXT)";

std::optional<Moment> find_moment(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Moment{row.integer(column)};
}

Account read_account(const Row& row) {
    const auto shipped = staff::find_role(row.text(3));
    return {.id = {row.integer(0)},
            .login = std::string(row.text(1)),
            .name = std::string(row.text(2)),
            .kana = std::string(row.text(9)),
            .email = std::string(row.text(10)),
            .mail_language = find_language(row.text(14)),
            .role = std::string(row.text(3)),
            .role_label =
                shipped ? label_of(*shipped) : Text{std::string(row.text(13)), std::string(row.text(13))},
            .is_disabled = row.integer(4) != 0,
            .is_deleted = !row.is_null(12),
            .has_password = !row.is_null(5),
            .has_totp = !row.is_null(11),
            .created_at = {row.integer(6)},
            .last_login_at = find_moment(row, 7),
            .version = row.integer(8)};
}

std::optional<Account> find_one(storage::Transaction& tx, std::string_view condition, Value value) {
    std::optional<Account> account;
    tx.query(std::string(kColumns) + std::string(condition), {std::move(value)},
             [&](const Row& row) { account = read_account(row); });
    return account;
}

}  // namespace

std::optional<Account> find_account(storage::Transaction& tx, StaffId id) {
    return find_one(tx, " WHERE s.id = ?", id.value);
}

Account get_account(storage::Transaction& tx, StaffId id) {
    if (auto account = find_account(tx, id); account && !account->is_deleted) return *account;
    throw Refused({ProblemKind::not_found,
                   "staff.not_found",
                   {"メンバーが見つかりません。", "There is no such member of staff."}});
}

std::optional<Account> find_account(storage::Transaction& tx, std::string_view login) {
    return find_one(tx, " WHERE s.login = ?", std::string(login));
}

std::vector<Account> list_accounts(storage::Transaction& tx, const PageOf& page) {
    std::vector<Account> accounts;
    tx.query(std::string(kColumns) +
                 " WHERE s.deleted_at IS NULL AND (? = 0 OR s.id < ?) ORDER BY s.id DESC LIMIT ?",
             {page.below, page.below, std::int64_t{page.limit}},
             [&](const Row& row) { accounts.push_back(read_account(row)); });
    return accounts;
}

bool has_owner(storage::Transaction& tx) {
    return tx.find_integer("SELECT 1 FROM staff WHERE role = ? LIMIT 1", {std::string(name_of(Role::owner))})
        .has_value();
}

std::int64_t lock_active_owners(storage::Transaction& tx) {
    const char* lock = tx.engine() == storage::Engine::postgres ? " FOR UPDATE" : "";
    std::int64_t count = 0;
    tx.query(std::string("SELECT id FROM staff WHERE role = ? AND disabled = 0 ORDER BY id") + lock,
             {std::string(name_of(Role::owner))}, [&](const Row&) { ++count; });
    return count;
}

std::int64_t insert_account(core::Writer& writer, const NewAccount& input) {
    return writer.insert(writer.registry().get("staff"), {{"login", input.login},
                                                          {"name", input.name},
                                                          {"kana", input.kana},
                                                          {"email", input.email},
                                                          {"mail_language", input.mail_language},
                                                          {"role", input.role},
                                                          {"created_at", writer.now().milliseconds}});
}

std::string password_hash(storage::Transaction& tx, StaffId id) {
    return tx.find_text("SELECT hash FROM staff_password WHERE id = ?", {id.value}).value_or("");
}

void put_password(core::Writer& writer, StaffId id, const std::string& hash) {
    replace_hash(writer, id, hash);
    writer.update(writer.registry().get("staff"), id.value, {{"password_set_at", writer.now().milliseconds}});
    delete_sessions(writer, id, {});
    delete_links(writer, id);
}

void replace_hash(core::Writer& writer, StaffId id, const std::string& hash) {
    writer.execute_unjournaled(writer.registry().get("staff_password"),
                               "INSERT INTO staff_password (id, hash) VALUES (?, ?) ON CONFLICT (id) DO "
                               "UPDATE SET hash = excluded.hash",
                               {id.value, hash});
}

void note_login(core::Writer& writer, StaffId staff) {
    writer.derive(writer.registry().get("staff"), staff.value,
                  {{"last_login_at", writer.now().milliseconds}});
}

void add_event(core::Writer& writer, std::optional<StaffId> staff, std::string_view event,
               std::string_view user_agent) {
    writer.insert(writer.registry().get("staff_event"), {{"staff_id", staff ? Value(staff->value) : Value()},
                                                         {"event", std::string(event)},
                                                         {"user_agent", std::string(user_agent)}});
}

std::optional<std::string> find_preferences(storage::Transaction& tx, StaffId staff) {
    return tx.find_text("SELECT content FROM staff_preference WHERE id = ?", {staff.value});
}

void put_preferences(core::Writer& writer, StaffId staff, const std::string& content) {
    writer.execute_unjournaled(writer.registry().get("staff_preference"),
                               "INSERT INTO staff_preference (id, content) VALUES (?, ?) "
                               "ON CONFLICT (id) DO UPDATE SET content = excluded.content",
                               {staff.value, content});
}

}  // namespace otokui::staff::store
