#include "saved_search/store.hpp"

#include "base/problem.hpp"

namespace otokui::saved_search::store {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::string_view kColumns =
    "SELECT s.id, COALESCE(s.staff_id, 0), COALESCE(s.group_id, 0), COALESCE(g.name, ''), s.screen, s.name,"
    " s.content, s.position, COALESCE(s.created_by, 0), COALESCE(c.name, ''), COALESCE(s.updated_by, 0),"
    " COALESCE(u.name, ''), s.created_at, s.updated_at, s.version FROM saved_search s"
    " LEFT JOIN member_group g ON g.id = s.group_id LEFT JOIN staff c ON c.id = s.created_by"
    " LEFT JOIN staff u ON u.id = s.updated_by";
constexpr std::string_view kOrder = " ORDER BY COALESCE(s.group_id, 0), s.position, s.id";

SavedSearch read(const Row& row) {
    return {.id = {row.integer(0)},
            .scope = {{row.integer(1)}, {row.integer(2)}},
            .scope_name = std::string(row.text(3)),
            .screen = std::string(row.text(4)),
            .name = std::string(row.text(5)),
            .content = json::parse(row.text(6)).as_object(),
            .position = row.integer(7),
            .created_by = {row.integer(8)},
            .updated_by = {row.integer(10)},
            .created_by_name = std::string(row.text(9)),
            .updated_by_name = std::string(row.text(11)),
            .created_at = {row.integer(12)},
            .updated_at = {row.integer(13)},
            .version = row.integer(14)};
}

// The condition on table saved_search s; both columns have their index.
std::pair<std::string, storage::Value> of_scope(const Scope& scope) {
    if (scope.is_personal()) return {"s.staff_id = ?", scope.staff.value};
    return {"s.group_id = ?", scope.group.value};
}

template <class Id>
std::vector<Id> read_ids(Transaction& tx, const std::string& sql, const storage::Values& values) {
    std::vector<Id> ids;
    tx.query(sql, values, [&](const Row& row) { ids.push_back({row.integer(0)}); });
    return ids;
}

}  // namespace

void refuse_not_found() {
    throw Refused({ProblemKind::not_found,
                   "saved_search.not_found",
                   {"保存した検索条件が見つかりません。", "There is no such saved search."}});
}

bool may_use(Transaction& tx, const core::Actor& actor, const Scope& scope) {
    if (scope.is_personal()) return scope.staff == actor.staff;
    return staff::is_in_group(tx, actor.staff, scope.group);
}

std::vector<SavedSearch> list(Transaction& tx, StaffId person, const std::optional<Scope>& scope,
                              const std::string& screen, const Place& after, int limit) {
    std::string where;
    storage::Values values;
    if (scope) {
        const auto [condition, value] = of_scope(*scope);
        where = condition;
        values = {value};
    } else {
        where =
            "(s.staff_id = ? OR s.group_id IN (SELECT group_id FROM member_group_member WHERE staff_id = ?))";
        values = {person.value, person.value};
    }
    for (const auto& value :
         {storage::Value(screen), storage::Value(after.group), storage::Value(after.position),
          storage::Value(after.id), storage::Value(std::int64_t{limit})})
        values.push_back(value);
    std::vector<SavedSearch> found;
    tx.query(std::string(kColumns) + " WHERE " + where +
                 " AND s.screen = ? AND (COALESCE(s.group_id, 0), s.position, s.id) > (?, ?, ?)" +
                 std::string(kOrder) + " LIMIT ?",
             values, [&](const Row& row) { found.push_back(read(row)); });
    return found;
}

SavedSearch get(Transaction& tx, const core::Actor& actor, SavedSearchId id) {
    std::optional<SavedSearch> found;
    tx.query(std::string(kColumns) + " WHERE s.id = ?", {id.value},
             [&](const Row& row) { found = read(row); });
    if (!found || !may_use(tx, actor, found->scope)) refuse_not_found();
    return *std::move(found);
}

std::vector<SavedSearchId> ids_of(Transaction& tx, const Scope& scope, const std::string& screen) {
    const auto [condition, value] = of_scope(scope);
    return read_ids<SavedSearchId>(
        tx,
        "SELECT s.id FROM saved_search s WHERE " + condition + " AND s.screen = ? ORDER BY s.position, s.id",
        {value, screen});
}

std::vector<SavedSearchId> ids_of_group(Transaction& tx, staff::MemberGroupId group) {
    return read_ids<SavedSearchId>(tx, "SELECT id FROM saved_search WHERE group_id = ? ORDER BY id",
                                   {group.value});
}

std::vector<std::string> names_of_group(Transaction& tx, staff::MemberGroupId group) {
    std::vector<std::string> names;
    tx.query("SELECT name FROM saved_search WHERE group_id = ? ORDER BY position, id", {group.value},
             [&](const Row& row) { names.emplace_back(row.text(0)); });
    return names;
}

std::int64_t next_position(Transaction& tx, const Scope& scope, const std::string& screen) {
    const auto [condition, value] = of_scope(scope);
    return tx
        .find_integer("SELECT COALESCE(MAX(s.position), 0) + 1 FROM saved_search s WHERE " + condition +
                          " AND s.screen = ?",
                      {value, screen})
        .value_or(1);
}

}  // namespace otokui::saved_search::store
