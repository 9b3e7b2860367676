#include "history/conflicts.hpp"

#include <boost/json/parse.hpp>
#include <set>

#include "base/text_json.hpp"
#include "core/columns.hpp"
#include "core/id_cursor.hpp"
#include "history/change_reader.hpp"

namespace otokui::history {
namespace {

using core::columns::number;
using core::columns::text;

struct Kept {
    std::int64_t id = 0;
    std::string field;
    const core::Table* table = nullptr;
    std::int64_t row = 0, customer = 0;
    bool is_own = false;
    boost::json::object before, left;
};

std::vector<Kept> read_kept(const Context& context, const core::Actor& actor, storage::Transaction& tx,
                            JobId job, std::int64_t above, int limit) {
    std::vector<Kept> kept;
    const auto object = [](const storage::Row& row, int column) {
        return row.is_null(column) ? boost::json::object() : boost::json::parse(row.text(column)).as_object();
    };
    tx.query(
        "SELECT u.id, u.field, c.table_name, c.row_id, COALESCE(c.customer_id, 0), c.old_values, "
        "c.new_values, "
        "COALESCE(o.staff_id, 0) FROM undo_conflict u JOIN change c ON c.id = u.change_id JOIN operation o "
        "ON "
        "o.id = c.operation_id WHERE u.job_id = ? AND u.id > ? ORDER BY u.id LIMIT ?",
        {job.value, above, std::int64_t{limit} + 1}, [&](const storage::Row& row) {
            kept.push_back({row.integer(0), std::string(row.text(1)),
                            &context.journal.registry().get(row.text(2)), row.integer(3), row.integer(4),
                            row.integer(7) == actor.staff.value, object(row, 5), object(row, 6)});
        });
    return kept;
}

// The stored value as it is now; empty when the row is gone.
boost::json::object value_now(storage::Transaction& tx, const Kept& kept) {
    boost::json::object values;
    const auto column = column_of(*kept.table, kept.field);
    if (kept.field.empty() || !kept.table->find_column(column)) return values;
    tx.query("SELECT " + std::string(column) + " FROM " + kept.table->name + " WHERE id = ?", {kept.row},
             [&](const storage::Row& row) { values[column] = core::to_json(row.value(0)); });
    return values;
}

void add_customer(storage::Transaction& tx, std::int64_t customer, boost::json::object& item) {
    for (const auto* key : {"customer", "customer_number", "customer_name"}) item[key] = nullptr;
    tx.query("SELECT number, family_name, given_name, company FROM customer WHERE id = ?", {customer},
             [&](const storage::Row& row) {
                 item["customer"] = std::to_string(customer);
                 item["customer_number"] = row.text(0);
                 std::string name(row.text(1));
                 if (!row.text(2).empty()) name += (name.empty() ? "" : " ") + std::string(row.text(2));
                 if (name.empty()) name = row.text(3);
                 if (!name.empty()) item["customer_name"] = name;
             });
}

boost::json::object to_json(const Context& context, ChangeReader& reader, storage::Transaction& tx,
                            const Kept& kept) {
    const auto is_own = kept.is_own ? ChangeReader::IsOwn::yes : ChangeReader::IsOwn::no;
    const auto shown = [&](const boost::json::object& values) {
        return reader.value_of(*kept.table, kept.row, kept.field, values, is_own);
    };
    boost::json::object item{{"id", std::to_string(kept.id)},
                             {"kind", kept.table->name},
                             {"kind_label", json::labels(kept.table->label)},
                             {"record", std::to_string(kept.row)},
                             {"field", reader.key_of(*kept.table, kept.field)},
                             {"before", shown(kept.before)},
                             {"after", shown(kept.left)},
                             {"now", shown(value_now(tx, kept))}};
    const bool is_shown = reader.may_read(context.journal.registry().get("customer"));
    add_customer(tx, is_shown ? kept.customer : 0, item);
    return item;
}

}  // namespace

void register_conflicts(core::Registry& registry) {
    registry.add({.name = std::string(kConflicts),
                  .label = {"元に戻せなかった項目", "Values an undo left alone"},
                  .columns = {number("job_id"), number("change_id"), text("field")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "says which changes an undo left as they are; it follows the job"});
}

std::int64_t keep_conflicts(core::Writer& writer, JobId job,
                            const std::vector<core::UndoConflict>& conflicts) {
    const auto& table = writer.registry().get(kConflicts);
    std::set<std::int64_t> changes;
    for (const auto& conflict : conflicts) {
        changes.insert(conflict.change);
        writer.execute_unjournaled(table,
                                   "INSERT INTO undo_conflict (job_id, change_id, field) VALUES (?, ?, ?)",
                                   {job.value, conflict.change, conflict.field});
    }
    return std::ssize(changes);
}

Page list_conflicts(const Context& context, const core::Actor& actor, JobId job, const std::string& cursor,
                    int limit) {
    actor.require("history.read");
    const auto above = cursor.empty() ? 0 : core::id_below(cursor);
    context.jobs.get(job);
    return context.journal.database().read([&](storage::Transaction& tx) {
        auto kept = read_kept(context, actor, tx, job, above, limit);
        Page page;
        if (std::ssize(kept) > limit) {
            kept.pop_back();
            page.next_cursor = std::to_string(kept.back().id);
        }
        ChangeReader reader(context, actor, tx);
        for (const auto& one : kept) page.items.push_back(to_json(context, reader, tx, one));
        return page;
    });
}

}  // namespace otokui::history
