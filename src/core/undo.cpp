#include "core/undo.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <set>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"

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

UndoConflict conflict_of(const StoredChange& change, std::string field, boost::json::value now,
                         boost::json::value expected) {
    return {change.table->name, change.row,          change.customer, std::move(field),
            std::move(now),     std::move(expected), change.id};
}

UndoConflict whole_row(const StoredChange& change, boost::json::value now) {
    return conflict_of(change, "", std::move(now), nullptr);
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

Record row_after(const StoredChange& change, const Record* now, const Assignments& values) {
    Record after{change.row, {}};
    if (now) after = *now;
    for (std::size_t i = after.values.size(); i < change.table->columns.size(); ++i)
        after.values.push_back(change.table->columns[i].initial());
    for (const auto& [name, value] : values)
        if (name != "id") after.values[change.table->column(name)] = value;
    return after;
}

// Contact data that a role sees masked it does not write; other values have rights of their own.
std::string forbidden_column(const Writer& writer, const Table& table, const Record* now,
                             const Record& after) {
    if (!writer.actor().may(kUnmaskedRight))
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto before = now ? now->values[i] : table.columns[i].initial();
            if (table.columns[i].privacy == Privacy::contact && after.values[i] != before)
                return table.columns[i].name;
        }
    const auto& find_forbidden = writer.registry().hooks(table).find_forbidden;
    return find_forbidden ? find_forbidden(writer.actor(), now, after) : std::string();
}

// What somebody may not do at the record he may not do by an undo either.
bool is_forbidden(Writer& writer, const StoredChange& change, const Record* now, const Assignments& values,
                  std::vector<UndoConflict>& conflicts) {
    auto column = forbidden_column(writer, *change.table, now, row_after(change, now, values));
    if (column.empty()) return false;
    conflicts.push_back(conflict_of(change, std::move(column), "forbidden", nullptr));
    conflicts.back().is_forbidden = true;
    return true;
}

// A label that was deleted since does not come back with the row that had it.
bool refers_to_gone(Writer& writer, const StoredChange& change, const Record* now, const Assignments& values,
                    std::vector<UndoConflict>& conflicts) {
    const auto& find_gone = writer.registry().hooks(*change.table).find_gone;
    if (!find_gone) return false;
    const auto after = row_after(change, now, values);
    const auto gone = find_gone(writer.tx(), {{change.row, now, &after}});
    for (const auto& one : gone)
        conflicts.push_back(
            conflict_of(change, one.column, "gone",
                        now ? to_json(now->values[change.table->column(one.column)]) : boost::json::value()));
    return !gone.empty();
}

void undo_update(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
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
    if (is_forbidden(writer, change, &*now, assignments, conflicts) ||
        refers_to_gone(writer, change, &*now, assignments, conflicts))
        return;
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

// The row of a document of settings comes with the first change of it: that change is what is taken back, and
// what somebody else has set since stays.
std::optional<StoredChange> first_of_settings(const Registry& registry, const StoredChange& change) {
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
void undo_insert(Writer& writer, const StoredChange& change, std::vector<UndoConflict>& conflicts) {
    const auto& table = *change.table;
    if (const auto first = first_of_settings(writer.registry(), change))
        return undo_update(writer, *first, conflicts);
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
    if (is_forbidden(writer, change, nullptr, assignments, conflicts) ||
        refers_to_gone(writer, change, nullptr, assignments, conflicts))
        return;
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

void refuse_forbidden(const std::vector<UndoConflict>& conflicts) {
    std::vector<FieldError> errors;
    for (const auto& conflict : conflicts)
        if (conflict.is_forbidden) errors.push_back({"/" + conflict.field, "forbidden"});
    if (!errors.empty())
        throw Refused({ProblemKind::forbidden,
                       "field.forbidden",
                       {"元に戻すと変わる項目のうち、変更する権限がないものがあります。",
                        "You do not have the right to change some of the fields that this would take back."},
                       std::move(errors)});
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
        if (const auto* field = settings::find_field(registry, conflict.field))
            told["field_label"] = json::labels(field->label);
        listed.push_back(std::move(told));
    }
    problem.extra["conflicts"] = std::move(listed);
    throw Refused(std::move(problem));
}

}  // namespace

OperationId undo(Journal& journal, const Actor& actor, OperationId operation) try {
    return journal.write({.actor = actor, .kind = "operation.undo", .undoes = operation},
                         [&](Writer& writer) {
                             require_undoable(writer.tx(), journal.registry(), actor, operation);
                             std::vector<UndoConflict> conflicts;
                             undo_stretch(writer, operation, std::numeric_limits<std::int64_t>::max(),
                                          kMostChangesAtOnce, conflicts);
                             refuse_forbidden(conflicts);
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
