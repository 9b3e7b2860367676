#include "privacy/disclosure_history.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <map>
#include <set>

#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"
#include "core/record_json.hpp"

namespace otokui::privacy {
namespace {

using boost::json::object;
using boost::json::value;
using core::Field;
using core::FieldType;

/// Turns stored columns into what a person reads.
class Words {
public:
    Words(const core::Catalogue& catalogue, storage::Transaction& tx) : catalogue_(catalogue), masters_(tx) {
        for (const auto& field : catalogue.fields())
            if (!field.column.empty()) by_column_.emplace(field.column, &field);
    }

    /// One entry per column that differs; of the shop's own fields one per field.
    boost::json::array changes(const core::Table& table, const object& before, const object& after) {
        boost::json::array told;
        for (const auto& column : table.columns) {
            if (column.source == core::Source::derived || column.type == core::ColumnType::bytes ||
                column.privacy == core::Privacy::secret || column.name == table.version_column ||
                column.name == table.customer_column)
                continue;
            const auto *was = before.if_contains(column.name), *is = after.if_contains(column.name);
            if (!was && !is) continue;
            if (column.name == core::kAnswers && table.customer_column == "id")
                add_answers(was, is, told);
            else
                add_column(table, column, was, is, told);
        }
        return told;
    }

private:
    static void add(std::string key, const Text& label, value before, value after, boost::json::array& told) {
        if (before == after) return;
        told.push_back(object{{"key", std::move(key)},
                              {"labels", json::labels(label)},
                              {"before", std::move(before)},
                              {"after", std::move(after)}});
    }

    void add_column(const core::Table& table, const core::Column& column, const value* was, const value* is,
                    boost::json::array& told) {
        const bool is_of_catalogue = table.name == "customer" || table.name == "customer_address";
        const auto found = is_of_catalogue ? by_column_.find(column.name) : by_column_.end();
        if (found == by_column_.end())
            return add(column.name, {column.name, column.name}, plain(column, was), plain(column, is), told);
        const auto& field = *found->second;
        add(field.key, field.label, in_words(field, was), in_words(field, is), told);
    }

    void add_answers(const value* was, const value* is, boost::json::array& told) {
        const auto answers_of = [](const value* text) {
            return text && text->is_string() ? core::answers::parse(text->as_string()) : object();
        };
        const auto before = answers_of(was), after = answers_of(is);
        std::set<std::string> names;
        for (const auto* side : {&before, &after})
            for (const auto& [name, answer] : *side) names.emplace(name);
        for (const auto& name : names) {
            const auto key = std::string(core::kOwnPrefix) + name;
            const auto* field = catalogue_.find_own(name);
            const auto told_of = [&](const value* answer) {
                if (!answer) return value();
                return field ? value(core::answers::cell(*field, answer)) : *answer;
            };
            add(key, field ? field->label : Text{key, key}, told_of(before.if_contains(name)),
                told_of(after.if_contains(name)), told);
        }
    }

    static value plain(const core::Column& column, const value* stored) {
        if (!stored || stored->is_null() || *stored == "") return nullptr;
        const bool is_moment = column.name.ends_with("_at") && stored->is_int64();
        return is_moment ? value(format_moment({stored->as_int64()})) : *stored;
    }

    value in_words(const Field& field, const value* stored) {
        if (!stored || stored->is_null() || *stored == "") return nullptr;
        const auto* number = stored->if_int64();
        if (field.type == FieldType::moment && number) return value(format_moment({*number}));
        if (field.type == FieldType::reference && number) return value(masters_.name(field.master, *number));
        if (field.type == FieldType::choice) return choice(field, *stored);
        if (field.type != FieldType::set || !stored->is_string()) return *stored;
        std::string names;
        for (const auto id : core::parse_set(stored->as_string()))
            names += (names.empty() ? "" : "|") + masters_.name(field.master, id);
        return value(names);
    }

    static value choice(const Field& field, const value& stored) {
        const auto code = stored.is_int64() ? std::to_string(stored.as_int64())
                                            : std::string(std::string_view(stored.as_string()));
        for (const auto& one : field.choices)
            if (one.code == code) return value(one.label.ja);
        return stored;
    }

    const core::Catalogue& catalogue_;
    core::Masters masters_;
    std::map<std::string, const Field*, std::less<>> by_column_;
};

struct Stored {
    std::int64_t at = 0;
    std::string kind, table;
    object before, after;
};

}  // namespace

boost::json::array disclosed_history(storage::Transaction& tx, const core::Catalogue& catalogue,
                                     const core::Registry& registry, std::int64_t customer) {
    std::vector<Stored> all;
    tx.query(
        "SELECT o.at, o.kind, c.table_name, c.old_values, c.new_values FROM change c JOIN operation o ON "
        "o.id = c.operation_id WHERE c.customer_id = ? ORDER BY c.id",
        {customer}, [&](const storage::Row& row) {
            const auto values = [&](int column) {
                return row.is_null(column) ? object() : boost::json::parse(row.text(column)).as_object();
            };
            all.push_back(
                {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), values(3), values(4)});
        });
    Words words(catalogue, tx);
    boost::json::array history;
    for (const auto& change : all) {
        const auto* table = registry.find(change.table);
        history.push_back(object{
            {"at", format_moment({change.at})},
            {"labels", json::labels(registry.kind(change.kind).label)},
            {"of", json::labels(table ? table->label : Text{})},
            {"changes", table ? words.changes(*table, change.before, change.after) : boost::json::array()}});
    }
    return history;
}

}  // namespace otokui::privacy
