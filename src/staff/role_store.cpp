#include <algorithm>
#include <charconv>

#include "base/problem.hpp"
#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff::store {
namespace {

using storage::Row;
using storage::Value;

constexpr std::string_view kColumns =
    "SELECT id, name, rights, points_ceiling, created_at, version FROM staff_role";

std::int64_t own_id(std::string_view role) {
    std::int64_t id = 0;
    const auto parsed = std::from_chars(role.data(), role.data() + role.size(), id);
    return parsed.ec == std::errc() && parsed.ptr == role.data() + role.size() && id > 0 &&
                   std::to_string(id) == role
               ? id
               : 0;
}

OwnRole read_role(const Row& row) {
    OwnRole role{.id = {row.integer(0)},
                 .draft = {.name = std::string(row.text(1)), .rights = {}, .points_ceiling = {}},
                 .created_at = {row.integer(4)},
                 .version = row.integer(5)};
    // A right that a newer or older server knows is kept in the row and means nothing here.
    for (auto& right : split_names(row.text(2)))
        if (is_right(right)) role.draft.rights.insert(right);
    if (!row.is_null(3)) role.draft.points_ceiling = row.integer(3);
    return role;
}

core::Assignments values_of(const RoleDraft& draft) {
    return {{"name", draft.name},
            {"rights", joined_names(draft.rights)},
            {"points_ceiling", draft.points_ceiling ? Value(*draft.points_ceiling) : Value()}};
}

}  // namespace

std::string joined_names(const core::Rights& names) {
    std::string text = ",";
    for (const auto& name : names) text += name + ",";
    return text;
}

core::Rights split_names(std::string_view text) {
    core::Rights names;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma > 0) names.emplace(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return names;
}

std::optional<OwnRole> find_role(storage::Transaction& tx, std::string_view id) {
    std::optional<OwnRole> role;
    if (const auto own = own_id(id); own != 0)
        tx.query(std::string(kColumns) + " WHERE id = ?", {own},
                 [&](const Row& row) { role = read_role(row); });
    return role;
}

std::vector<OwnRole> list_roles(storage::Transaction& tx) {
    std::vector<OwnRole> roles;
    tx.query(std::string(kColumns) + " ORDER BY name, id", {},
             [&](const Row& row) { roles.push_back(read_role(row)); });
    return roles;
}

Grant grant_of(storage::Transaction& tx, std::string_view role) {
    if (const auto shipped = staff::find_role(role)) return staff::grant_of(*shipped);
    if (const auto own = find_role(tx, role)) return staff::grant_of(own->draft);
    return {.rights = std::make_shared<const core::Rights>(), .points_ceiling = 0};
}

std::int64_t insert_role(core::Writer& writer, const RoleDraft& draft) {
    auto values = values_of(draft);
    values.emplace_back("created_at", writer.now().milliseconds);
    return writer.insert(writer.registry().get("staff_role"), values);
}

void update_role(core::Writer& writer, RoleId id, const RoleDraft& draft) {
    writer.update(writer.registry().get("staff_role"), id.value, values_of(draft));
}

std::vector<std::string> names_in_role(storage::Transaction& tx, RoleId id, int limit) {
    std::vector<std::string> names;
    tx.query("SELECT name FROM staff WHERE role = ? AND deleted_at IS NULL ORDER BY id LIMIT ?",
             {std::to_string(id.value), std::int64_t{limit}},
             [&](const Row& row) { names.emplace_back(row.text(0)); });
    return names;
}

std::map<std::string, std::int64_t, std::less<>> count_by_role(storage::Transaction& tx) {
    std::map<std::string, std::int64_t, std::less<>> counts;
    tx.query("SELECT role, count(*) FROM staff WHERE deleted_at IS NULL GROUP BY role ORDER BY role", {},
             [&](const Row& row) { counts.emplace(row.text(0), row.integer(1)); });
    return counts;
}

void delete_sessions_in_role(core::Writer& writer, RoleId id) {
    writer.execute_unjournaled(writer.registry().get("staff_session"),
                               "DELETE FROM staff_session WHERE staff_id IN "
                               "(SELECT id FROM staff WHERE role = ?)",
                               {std::to_string(id.value)});
}

}  // namespace otokui::staff::store
