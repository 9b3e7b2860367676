#include "core/undo.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <map>
#include <set>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/customer.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"
#include "core/undo_guards.hpp"

namespace otokui::core {
namespace {

using storage::Value;

std::vector<StoredChange> read_changes(storage::Transaction& tx, const Registry& registry,
                                       OperationId operation, std::int64_t below, std::int64_t most) {
    std::vector<StoredChange> changes;
    tx.query(
        "SELECT id, table_name, row_id, COALESCE(customer_id, 0), act, old_values, new_values, salt FROM "
        "change"
        " WHERE operation_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        {operation.value, below, most}, [&](const storage::Row& row) {
            auto& change = changes.emplace_back();
            change.id = row.integer(0);
            change.table = &registry.get(row.text(1));
            change.row = row.integer(2);
            change.customer = row.integer(3);
            change.act = static_cast<Act>(row.text(4).front());
            change.is_erased = row.is_null(7);
            if (!row.is_null(5)) change.before = boost::json::parse(row.text(5)).as_object();
            if (!row.is_null(6)) change.after = boost::json::parse(row.text(6)).as_object();
        });
    return changes;
}

bool same(const boost::json::value* a, const boost::json::value* b) { return a && b ? *a == *b : a == b; }

boost::json::value value_or_null(const boost::json::value* value) {
    return value ? *value : boost::json::value();
}

// The values that stand in one column, as an operation found and left them and as they are now.
struct ManyValues {
    answers::Object before, left, now;
    std::string prefix;
    std::set<std::string> names;  // what the operation knew of
};

ManyValues read_many(const StoredChange& change, const Record& now, std::string_view column) {
    const auto in = [&](const boost::json::object& values) {
        const auto* text = values.if_contains(column);
        return text && text->is_string() ? answers::parse(text->as_string()) : answers::Object();
    };
    const auto& table = *change.table;
    const auto text = [&](std::string_view name) {
        return std::get<std::string>(now.values[table.column(name)]);
    };
    ManyValues many{in(change.before),
                    in(change.after),
                    answers::parse(text(column)),
                    column == kAnswers ? std::string(kOwnPrefix) : text("name") + ".",
                    {}};
    for (const auto* side : {&many.before, &many.left})
        for (const auto& [name, value] : *side) many.names.emplace(name);
    return many;
}

// Each value is compared and taken back by itself. Returns the column as it will be.
Value undo_many(const StoredChange& change, const Record& now, std::string_view column,
                std::vector<UndoConflict>& conflicts) {
    auto many = read_many(change, now, column);
    for (const auto& name : many.names) {
        const auto *was = many.before.if_contains(name), *is = many.left.if_contains(name);
        if (same(was, is)) continue;
        const auto* stands = many.now.if_contains(name);
        if (!same(stands, is))
            conflicts.push_back(
                conflict_of(change, many.prefix + name, value_or_null(stands), value_or_null(is)));
        else if (was)
            many.now[name] = *was;
        else
            many.now.erase(name);
    }
    if (column == kAnswers) return answers::format(many.now);
    return boost::json::serialize(many.now);
}

void add_changed_of_many(const StoredChange& change, const Record& now, std::string_view column,
                         std::vector<UndoConflict>& conflicts) {
    auto many = read_many(change, now, column);
    for (const auto& [name, value] : many.now) many.names.emplace(name);
    for (const auto& name : many.names) {
        const auto *is = many.left.if_contains(name), *stands = many.now.if_contains(name);
        if (!same(stands, is))
            conflicts.push_back(
                conflict_of(change, many.prefix + name, value_or_null(stands), value_or_null(is)));
    }
}

void add_if_changed(const StoredChange& change, const Record& now, const Column& column,
                    const boost::json::value& left, std::vector<UndoConflict>& conflicts) {
    if (holds_many(*change.table, column.name))
        return add_changed_of_many(change, now, column.name, conflicts);
    const auto& value = now.values[change.table->column(column.name)];
    if (value != from_json(column, left))
        conflicts.push_back(conflict_of(change, column.name, to_json(value), left));
}

// What an undo does in one transaction.
struct Stretch {
    struct PutBack {
        const Table* table;
        Record before;
    };
    Writer& writer;
    std::vector<UndoConflict>& conflicts;
    std::vector<PutBack> put_back = {};
    std::map<std::int64_t, bool> erased = {};  // by customer

    // His values in the journal are the last that an erasure empties.
    bool is_erased(const StoredChange& change) {
        if (change.is_erased || change.customer == 0) return change.is_erased;
        const auto [found, is_new] = erased.try_emplace(change.customer);
        if (is_new) found->second = !hold_unless_erased(writer.tx(), {change.customer});
        return found->second;
    }
    void end() {
        for (const auto& one : put_back) {
            const auto after = writer.find(*one.table, one.before.id);
            if (after) writer.registry().hooks(*one.table).after_undo(writer, one.before, *after);
        }
    }
};

void undo_update(Stretch& stretch, const StoredChange& change) {
    auto& [writer, conflicts, put_back, erased] = stretch;
    const auto now = writer.find(*change.table, change.row);
    if (!now) return conflicts.push_back(whole_row(change, nullptr));
    const auto found = conflicts.size();
    Value many;
    for (const auto& [name, left] : change.after)
        if (holds_many(*change.table, name))
            many = undo_many(change, *now, name, conflicts);
        else
            add_if_changed(change, *now, change.table->columns[change.table->column(name)], left, conflicts);
    if (conflicts.size() > found) return;
    Assignments assignments;
    for (const auto& [name, value] : change.before)
        assignments.emplace_back(name,
                                 holds_many(*change.table, name)
                                     ? many
                                     : from_json(change.table->columns[change.table->column(name)], value));
    if (is_guarded(writer, change, &*now, assignments, conflicts)) return;
    if (writer.registry().hooks(*change.table).after_undo) put_back.push_back({change.table, *now});
    writer.update(*change.table, change.row, assignments);
}

// Empty columns are as shipped.
StoredChange first_of_shipped(const StoredChange& change) {
    const auto& table = *change.table;
    auto first = change;
    for (const auto& column : table.columns) {
        if (column.name == table.version_column || column.name == table.updated_column)
            first.after.erase(column.name);
        else if (first.after.contains(column.name))
            first.before[column.name] = to_json(column.initial());
    }
    return first;
}

// The row of a document of settings, or of a text that the product ships, comes with the first change of it:
// that change is what is taken back, and what somebody else has set since stays.
std::optional<StoredChange> first_change(const Registry& registry, const StoredChange& change) {
    if (registry.hooks(*change.table).comes_with_first_change) return first_of_shipped(change);
    const auto* name = change.after.if_contains("name");
    if (change.table->name != "setting" || !name) return std::nullopt;
    const auto* document = registry.find_settings(std::string(name->as_string()));
    if (!document) return std::nullopt;
    auto first = change;
    const auto shipped = settings::content_of(*document, settings::values_of(*document, {}));
    first.before = {{"content", boost::json::serialize(shipped)}};
    first.after = {{"content", change.after.at("content")}};
    return first;
}

// What was filled in after the row was made counts as changed, so empty columns are compared as well.
void undo_insert(Stretch& stretch, const StoredChange& change) {
    auto& [writer, conflicts, put_back, erased] = stretch;
    const auto& table = *change.table;
    if (const auto first = first_change(writer.registry(), change)) return undo_update(stretch, *first);
    const auto now = writer.find(table, change.row);
    if (!now) return conflicts.push_back(whole_row(change, nullptr));
    const auto found = conflicts.size();
    for (const auto& column : table.columns) {
        if (column.source == Source::derived || column.name == table.version_column ||
            column.name == table.updated_column)
            continue;
        const auto* left = change.after.if_contains(column.name);
        add_if_changed(change, *now, column, left ? *left : to_json(column.initial()), conflicts);
    }
    if (conflicts.size() > found) return;
    if (const auto& counter = writer.registry().hooks(table).undo_insert) {
        if (!counter(writer, *now)) conflicts.push_back(whole_row(change, to_json(table, *now)));
        return;
    }
    if (table.customer_column == "id" && has_belongings(writer, table, change.row))
        return conflicts.push_back(whole_row(change, "belongings"));
    writer.remove(table, change.row);
}

void undo_remove(Stretch& stretch, const StoredChange& change) {
    auto& [writer, conflicts, put_back, erased] = stretch;
    if (const auto now = writer.find(*change.table, change.row))
        return conflicts.push_back(whole_row(change, to_json(*change.table, *now)));
    Assignments assignments{{"id", change.row}};
    for (const auto& [name, value] : change.before)
        assignments.emplace_back(name, from_json(change.table->columns[change.table->column(name)], value));
    if (is_guarded(writer, change, nullptr, assignments, conflicts)) return;
    writer.insert(*change.table, assignments);
}

void undo_change(Stretch& stretch, const StoredChange& change) {
    if (stretch.is_erased(change)) return stretch.conflicts.push_back(whole_row(change, "erased"));
    switch (change.act) {
        case Act::update:
            return undo_update(stretch, change);
        case Act::insert:
            return undo_insert(stretch, change);
        case Act::remove:
            return undo_remove(stretch, change);
    }
}

}  // namespace

OperationId undo(Journal& journal, const Actor& actor, OperationId operation) try {
    return journal.write({.actor = actor, .kind = "operation.undo", .undoes = operation},
                         [&](Writer& writer) {
                             require_undoable(writer.tx(), journal.registry(), actor, operation);
                             std::vector<UndoConflict> conflicts;
                             undo_stretch(writer, operation, std::numeric_limits<std::int64_t>::max(),
                                          kMostChangesAtOnce, conflicts);
                             if (!conflicts.empty()) refuse_undo(journal.registry(), actor, conflicts);
                             return writer.operation();
                         });
} catch (const storage::UniqueViolation&) {
    refuse_undo(journal.registry(), actor, {});  // a value from before has been given to another row
} catch (const storage::ForeignKeyViolation&) {
    refuse_undo(journal.registry(), actor, {});  // rows that came later stand on one that would go
}

std::int64_t undo_stretch(Writer& writer, OperationId operation, std::int64_t below, std::int64_t most,
                          std::vector<UndoConflict>& conflicts) {
    const auto changes = read_changes(writer.tx(), writer.registry(), operation, below, most);
    Stretch stretch{writer, conflicts};
    for (const auto& change : changes) undo_change(stretch, change);
    stretch.end();
    return static_cast<std::int64_t>(changes.size()) < most ? 0 : changes.back().id;
}

boost::json::object to_json(const UndoConflict& conflict) {
    boost::json::object result{{"table", conflict.table},
                               {"row", std::to_string(conflict.row)},
                               {"field", conflict.field},
                               {"now", conflict.now},
                               {"expected", conflict.expected}};
    if (conflict.customer != 0) result["customer"] = std::to_string(conflict.customer);
    return result;
}

}  // namespace otokui::core
