#include "core/undo.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <limits>
#include <set>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/record_json.hpp"

namespace otokui::core {
namespace {

using storage::Value;

struct StoredChange {
    std::int64_t id = 0;
    const Table* table = nullptr;
    std::int64_t row = 0;
    std::int64_t customer = 0;
    Act act = Act::update;
    bool is_erased = false;  // its values went with the person
    boost::json::object before, after;
};

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

UndoConflict whole_row(const StoredChange& change, boost::json::value now) {
    return {change.table->name, change.row, change.customer, "", std::move(now), nullptr};
}

void add_if_changed(const StoredChange& change, const Record& now, const Column& column,
                    const boost::json::value& left, std::vector<UndoConflict>& conflicts) {
    const auto& value = now.values[change.table->column(column.name)];
    if (value != from_json(column, left))
        conflicts.push_back(
            {change.table->name, change.row, change.customer, column.name, to_json(value), left});
}

// What customers answered to the shop's own fields stands in one column; each answer is compared and taken
// back by itself. Returns the column as it will be.
Value undo_answers(const StoredChange& change, const Record& now, std::vector<UndoConflict>& conflicts) {
    const auto answers_in = [](const boost::json::object& values) {
        const auto* text = values.if_contains(kAnswers);
        return text && text->is_string() ? answers::parse(text->as_string()) : answers::Object();
    };
    const auto same = [](const boost::json::value* a, const boost::json::value* b) {
        return a && b ? *a == *b : a == b;
    };
    const auto before = answers_in(change.before), left = answers_in(change.after);
    auto current = answers::parse(std::get<std::string>(now.values[change.table->column(kAnswers)]));
    std::set<std::string> names;
    for (const auto* side : {&before, &left})
        for (const auto& [name, answer] : *side) names.emplace(name);
    for (const auto& name : names) {
        const auto *was = before.if_contains(name), *is = left.if_contains(name);
        if (same(was, is)) continue;
        const auto* stands = current.if_contains(name);
        if (!same(stands, is))
            conflicts.push_back({change.table->name, change.row, change.customer,
                                 std::string(kOwnPrefix) + name, stands ? *stands : boost::json::value(),
                                 is ? *is : boost::json::value()});
        else if (was)
            current[name] = *was;
        else
            current.erase(name);
    }
    return answers::format(current);
}

void undo_update(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
    const auto now = writer.find(*change.table, change.row);
    if (!now) return conflicts.push_back(whole_row(change, nullptr));
    const auto found = conflicts.size();
    Value answers;
    for (const auto& [name, left] : change.after)
        if (name == kAnswers)
            answers = undo_answers(change, *now, conflicts);
        else
            add_if_changed(change, *now, change.table->columns[change.table->column(name)], left, conflicts);
    if (conflicts.size() > found) return;
    Assignments assignments;
    for (const auto& [name, value] : change.before)
        assignments.emplace_back(
            name,
            name == kAnswers ? answers : from_json(change.table->columns[change.table->column(name)], value));
    writer.update(*change.table, change.row, assignments);
}

// Rows that came later and belong to the customer would lose him: look before a foreign key has to refuse.
bool has_belongings(Writer& writer, const Table& customers, std::int64_t customer) {
    for (const auto& table : writer.registry().tables()) {
        if (&table == &customers || table.customer_column.empty() || table.keep == Keep::no_journal) continue;
        if (writer.tx().find_integer(
                "SELECT 1 FROM " + table.name + " WHERE " + table.customer_column + " = ? LIMIT 1",
                {customer}))
            return true;
    }
    return false;
}

// What was filled in after the row was made counts as changed, so empty columns are compared as well.
void undo_insert(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
    const auto& table = *change.table;
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

void undo_remove(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
    if (const auto now = writer.find(*change.table, change.row))
        return conflicts.push_back(whole_row(change, to_json(*change.table, *now)));
    Assignments assignments{{"id", change.row}};
    for (const auto& [name, value] : change.before)
        assignments.emplace_back(name, from_json(change.table->columns[change.table->column(name)], value));
    writer.insert(*change.table, assignments);
}

void undo_change(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
    if (change.is_erased) return conflicts.push_back(whole_row(change, "erased"));
    switch (change.act) {
        case Act::update:
            return undo_update(writer, change, conflicts);
        case Act::insert:
            return undo_insert(writer, change, conflicts);
        case Act::remove:
            return undo_remove(writer, change, conflicts);
    }
}

// Contact data in a conflict are masked like everywhere else.
UndoConflict masked(UndoConflict conflict, const Table& table) {
    const auto is_contact = [&](std::string_view name) {
        const auto column = table.find_column(name);
        return column && table.columns[*column].privacy == Privacy::contact;
    };
    if (auto* row = conflict.now.if_object())
        for (auto& [name, value] : *row)
            if (is_contact(name)) value = kMask;
    if (is_contact(conflict.field)) conflict.now = conflict.expected = kMask;
    return conflict;
}

[[noreturn]] void refuse_not_undoable() {
    throw Refused({ProblemKind::conflict,
                   "operation.not_undoable",
                   {"この操作は元に戻せません。", "This operation cannot be undone."}});
}

[[noreturn]] void refuse_changed_since(const Registry& registry, const Actor& actor,
                                       const std::vector<UndoConflict>& conflicts) {
    Problem problem{ProblemKind::conflict,
                    "operation.changed_since",
                    {"この操作のあとに変更された項目があるため、元に戻せません。",
                     "Some values have changed since this operation; nothing was undone."}};
    boost::json::array listed;
    for (const auto& conflict : conflicts) {
        const auto& table = registry.get(conflict.table);
        auto told = to_json(actor.may(kUnmaskedRight) ? conflict : masked(conflict, table));
        told["table_label"] = json::labels(table.label);
        listed.push_back(std::move(told));
    }
    problem.extra["conflicts"] = std::move(listed);
    throw Refused(std::move(problem));
}

// An undo that was itself undone no longer counts.
bool is_undone(storage::Transaction& tx, std::int64_t operation) {
    std::vector<std::int64_t> undos;
    tx.query("SELECT id FROM operation WHERE undoes = ? ORDER BY id", {operation},
             [&](const storage::Row& row) { undos.push_back(row.integer(0)); });
    for (const auto undo : undos)
        if (!is_undone(tx, undo)) return true;
    return false;
}

}  // namespace

std::int64_t count_changes(storage::Transaction& tx, OperationId operation) {
    return tx.find_integer("SELECT change_count FROM operation WHERE id = ?", {operation.value}).value_or(0);
}

void require_undoable(storage::Transaction& tx, const Registry& registry, const Actor& actor,
                      OperationId operation) {
    actor.require("operation.undo");
    const auto kind_name = tx.find_text("SELECT kind FROM operation WHERE id = ?", {operation.value});
    if (!kind_name)
        throw Refused({ProblemKind::not_found,
                       "operation.not_found",
                       {"操作が見つかりません。", "No such operation."}});
    const auto& kind = registry.kind(*kind_name);
    actor.require(kind.right);
    if (!kind.undoable || count_changes(tx, operation) == 0) refuse_not_undoable();
    if (is_undone(tx, operation.value))
        throw Refused({ProblemKind::conflict,
                       "operation.already_undone",
                       {"この操作はすでに元に戻されています。", "This operation has been undone already."}});
}

OperationId undo(Journal& journal, const Actor& actor, OperationId operation) try {
    return journal.write({.actor = actor, .kind = "operation.undo", .undoes = operation},
                         [&](Writer& writer) {
                             require_undoable(writer.tx(), journal.registry(), actor, operation);
                             std::vector<UndoConflict> conflicts;
                             undo_stretch(writer, operation, std::numeric_limits<std::int64_t>::max(),
                                          kMostChangesAtOnce, conflicts);
                             if (!conflicts.empty())
                                 refuse_changed_since(journal.registry(), actor, conflicts);
                             return writer.operation();
                         });
} catch (const storage::UniqueViolation&) {
    refuse_changed_since(journal.registry(), actor, {});  // a value from before has been given to another row
} catch (const storage::ForeignKeyViolation&) {
    refuse_changed_since(journal.registry(), actor, {});  // rows that came later stand on one that would go
}

std::int64_t undo_stretch(Writer& writer, OperationId operation, std::int64_t below, std::int64_t most,
                          std::vector<UndoConflict>& conflicts) {
    const auto changes = read_changes(writer.tx(), writer.registry(), operation, below, most);
    for (const auto& change : changes) undo_change(writer, change, conflicts);
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
