#include "master/tables.hpp"

#include <array>

#include "master/store.hpp"
#include "master/types.hpp"

namespace otokui::master {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;

constexpr std::string_view kFirstGroup = "一般";
constexpr std::array<std::string_view, 5> kFirstCustomerTypes{"LP", "ショップページ", "受注作成", "CSV",
                                                              "API"};
constexpr const char* kRight = "master.edit";

bool is_integer(const Field& field) {
    return field.type == Field::Type::integer || field.type == Field::Type::boolean;
}

core::Table table_of(const Master& master) {
    core::Table table{.name = master.table,
                      .label = master.label,
                      .columns = {{"name", ColumnType::text, Privacy::open},
                                  {"position", ColumnType::integer, Privacy::open}},
                      .version_column = "version"};
    for (const auto& field : master.fields)
        table.columns.push_back({field.key, is_integer(field) ? ColumnType::integer : ColumnType::text,
                                 Privacy::open, core::Source::written, field.nullable});
    table.columns.push_back({"version", ColumnType::integer});
    return table;
}

void register_kinds(core::Registry& registry, const Master& master) {
    const auto add = [&](std::string act, std::string_view ja, std::string_view en) {
        registry.add_kind({master.code + "." + act,
                           {master.label.ja + std::string(ja), master.label.en + std::string(en)},
                           kRight});
    };
    add("create", "の登録", ": added");
    add("update", "の変更", ": changed");
    add("delete", "の削除", ": deleted");
    add("order", "の並べ替え", ": put in order");
}

// A row that customers have begun to hold is not unmade under them.
bool take_back(core::Writer& writer, const Master& master, const core::Record& row) {
    if (store::is_held(writer.tx(), master, row.id)) return false;
    writer.remove(writer.registry().get(master.table), row.id);
    return true;
}

void find_gone(storage::Transaction& tx, const Master& master, std::vector<std::string>& findings) {
    tx.query(
        "SELECT member_id, min(customer_id) FROM customer_set WHERE kind = ? GROUP BY member_id "
        "HAVING member_id NOT IN (SELECT id FROM " +
            master.table + ") ORDER BY member_id",
        {master.table}, [&](const storage::Row& row) {
            findings.push_back("customer " + std::to_string(row.integer(1)) + " holds " + master.table + " " +
                               std::to_string(row.integer(0)) + ", which does not exist");
        });
}

}  // namespace

void register_tables(core::Registry& registry) {
    for (const auto& master : masters()) {
        registry.add(table_of(master), {.undo_insert = [&master](core::Writer& writer, const auto& row) {
                         return take_back(writer, master, row);
                     }});
        register_kinds(registry, master);
    }
    registry.add_kind({"group.default", {"既定グループの変更", "Default group changed"}, kRight});
    registry.add_kind({"group.members", {"グループの所属の変更", "Members of a group changed"}, kRight});
}

void register_verification(core::Registry& registry) {
    registry.add_verification({"マスタ", [](storage::Transaction& tx) {
                                   std::vector<std::string> findings;
                                   const auto defaults = tx.find_integer(
                                       "SELECT count(*) FROM customer_group WHERE is_default = 1");
                                   if (defaults != 1)
                                       findings.push_back("there is not exactly one default group");
                                   for (const auto& master : masters()) {
                                       if (master.held != Held::set)
                                           continue;  // references are the engine's concern
                                       find_gone(tx, master, findings);
                                   }
                                   return findings;
                               }});
}

void ensure_default_group(core::Journal& journal) {
    const auto has_one = [](storage::Transaction& tx) {
        return tx.find_integer("SELECT id FROM customer_group WHERE is_default = 1").has_value();
    };
    if (journal.database().read(has_one)) return;
    try {
        journal.write(
            {.actor = core::system_actor("setup"), .kind = "group.default"}, [&](core::Writer& writer) {
                if (has_one(writer.tx())) return;
                const auto& table = writer.registry().get(kGroups);
                const std::string name(kFirstGroup);
                if (const auto id =
                        writer.tx().find_integer("SELECT id FROM customer_group WHERE name = ?", {name})) {
                    writer.update(table, *id, {{"is_default", std::int64_t{1}}});
                    return;
                }
                const auto last =
                    writer.tx().find_integer("SELECT max(position) FROM customer_group").value_or(0);
                writer.insert(table,
                              {{"name", name}, {"position", last + 1}, {"is_default", std::int64_t{1}}});
            });
    } catch (const storage::UniqueViolation&) {
        // Another server has made it at the same moment.
    }
}

void ensure_customer_types(core::Journal& journal) {
    const auto has_had_any = [](storage::Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM customer_type LIMIT 1") ||
               tx.find_integer("SELECT 1 FROM change WHERE table_name = 'customer_type' LIMIT 1");
    };
    if (journal.database().read(has_had_any)) return;
    try {
        journal.write({.actor = core::system_actor("setup"), .kind = "customer_type.create"},
                      [&](core::Writer& writer) {
                          if (has_had_any(writer.tx())) return;
                          std::int64_t position = 0;
                          for (const auto name : kFirstCustomerTypes)
                              writer.insert(writer.registry().get("customer_type"),
                                            {{"name", std::string(name)}, {"position", ++position}});
                      });
    } catch (const storage::UniqueViolation&) {
        // Another server has made them at the same moment.
    }
}

}  // namespace otokui::master
