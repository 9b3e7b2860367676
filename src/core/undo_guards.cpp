#include "core/undo_guards.hpp"

#include <boost/json/array.hpp>

#include "base/text_json.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"

namespace otokui::core {
namespace {

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

// What came since and would have no place in the row as it was; or a rule that a form would have asked.
bool is_in_the_way(Writer& writer, const StoredChange& change, const Record& now, const Assignments& values,
                   std::vector<UndoConflict>& conflicts) {
    const auto& table = *change.table;
    const auto& find_in_the_way = writer.registry().hooks(table).find_in_the_way;
    if (!find_in_the_way) return false;
    auto found = find_in_the_way(writer, now, row_after(change, &now, values));
    for (auto& one : found) {
        const auto& column = table.columns[table.column(one.column)];
        conflicts.push_back(conflict_of(change, one.column, to_json(now.values[table.column(one.column)]),
                                        to_json(column.initial())));
        conflicts.back().problem = std::move(one.problem);
    }
    return !found.empty();
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

UndoConflict conflict_of(const StoredChange& change, std::string field, boost::json::value now,
                         boost::json::value expected) {
    return {change.table->name, change.row,          change.customer, std::move(field),
            std::move(now),     std::move(expected), change.id};
}

UndoConflict whole_row(const StoredChange& change, boost::json::value now) {
    return conflict_of(change, "", std::move(now), nullptr);
}

bool is_guarded(Writer& writer, const StoredChange& change, const Record* now, const Assignments& values,
                std::vector<UndoConflict>& conflicts) {
    return is_forbidden(writer, change, now, values, conflicts) ||
           refers_to_gone(writer, change, now, values, conflicts) ||
           (now && is_in_the_way(writer, change, *now, values, conflicts));
}

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

void refuse_undo(const Registry& registry, const Actor& actor, const std::vector<UndoConflict>& conflicts) {
    refuse_forbidden(conflicts);
    for (const auto& conflict : conflicts)
        if (conflict.problem) throw Refused(*conflict.problem);
    refuse_changed_since(registry, actor, conflicts);
}

}  // namespace otokui::core
