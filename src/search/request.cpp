#include <algorithm>
#include <set>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "search/service.hpp"

namespace otokui::search {
namespace {

constexpr std::size_t kMaxSortFields = 5;
constexpr std::size_t kMaxColumns = 200;
constexpr std::size_t kMaxCursorLength = 4096;

const Text kNotSortable{"この項目では並べ替えられません。", "This field cannot be sorted by."};
const Text kSwitchedOff{"この機能は設定で使用しないことになっています。",
                        "This part is switched off in the settings."};
const Text kNotListable{"この項目は一覧に出せません。", "This field cannot be a column."};

// What `read` refuses goes to `errors`.
template <class Read>
void collect(std::vector<FieldError>& errors, Read read) {
    try {
        read();
    } catch (const Refused& refused) {
        const auto& fields = refused.problem().fields;
        errors.insert(errors.end(), fields.begin(), fields.end());
    }
}

std::vector<const core::Field*> parse_columns(const core::Catalogue& catalogue, const json::Value* value,
                                              std::vector<FieldError>& errors) {
    const auto fail = [&](std::string pointer, std::string code, Text message = {}) {
        errors.push_back({std::move(pointer), std::move(code), std::move(message)});
    };
    std::vector<const core::Field*> columns;
    const auto* keys = value->if_array();
    if (keys == nullptr || keys->empty() || keys->size() > kMaxColumns) {
        fail("/columns", keys == nullptr ? "wrong_type" : keys->empty() ? "too_few" : "too_many");
        return columns;
    }
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const auto pointer = "/columns/" + std::to_string(i);
        const auto* key = (*keys)[i].if_string();
        const auto* field = key == nullptr ? nullptr : catalogue.find_declared(*key);
        if (field == nullptr)
            fail(pointer, key == nullptr ? "wrong_type" : "unknown_field");
        else if (!catalogue.is_on(field->feature))
            fail(pointer, "feature_off", kSwitchedOff);
        else if (!field->listable)
            fail(pointer, "not_listable", kNotListable);
        else if (std::find(columns.begin(), columns.end(), field) != columns.end())
            fail(pointer, "duplicate");
        else
            columns.push_back(field);
    }
    return columns;
}

[[noreturn]] void refuse_field(const Text& label) {
    throw Refused({ProblemKind::forbidden,
                   "field.forbidden",
                   {"「" + label.ja + "」で検索・並べ替えする権限がありません。",
                    "You may not search or sort by \"" + label.en + "\"."}});
}

}  // namespace

core::Condition parse_target(const core::Catalogue& catalogue, const json::Value* condition,
                             const json::Value* text, std::vector<FieldError>& errors) {
    core::Condition all;
    if (condition != nullptr)
        collect(errors,
                [&] { all.parts.push_back(core::parse_condition(catalogue, *condition, "/condition")); });
    if (text == nullptr || text->is_null()) return all;
    if (const auto* typed = text->if_string())
        collect(errors, [&] {
            core::Condition words;
            words.kind = core::Condition::Kind::text;
            words.text = core::parse_text(*typed);
            all.parts.push_back(std::move(words));
        });
    else
        errors.push_back({"/text", "wrong_type", {}});
    return all;
}

std::vector<SortBy> parse_sort(const core::Catalogue& catalogue, const json::Value* value,
                               std::vector<FieldError>& errors) {
    std::vector<SortBy> sort;
    if (value == nullptr || value->is_null()) return sort;
    const auto* entries = value->if_array();
    if (entries == nullptr || entries->size() > kMaxSortFields) {
        errors.push_back({"/sort", entries == nullptr ? "wrong_type" : "too_many", {}});
        return sort;
    }
    for (std::size_t i = 0; i < entries->size(); ++i) {
        json::ObjectReader reader((*entries)[i], "/sort/" + std::to_string(i));
        const auto key = reader.text("field");
        const auto direction = reader.text("direction");
        const auto* field = catalogue.find_declared(key);
        if (!key.empty() && field == nullptr) reader.add_error("field", "unknown_field");
        if (field != nullptr && !catalogue.is_on(field->feature))
            reader.add_error("field", "feature_off", kSwitchedOff);
        if (field != nullptr && !field->sortable) reader.add_error("field", "not_sortable", kNotSortable);
        if (!direction.empty() && direction != "asc" && direction != "desc")
            reader.add_error("direction", "not_a_choice");
        const bool twice =
            std::any_of(sort.begin(), sort.end(), [&](const SortBy& by) { return by.field == field; });
        if (field != nullptr && twice) reader.add_error("field", "duplicate");
        const auto faults = reader.errors();
        errors.insert(errors.end(), faults.begin(), faults.end());
        if (faults.empty()) sort.push_back({field, direction == "desc"});
    }
    return sort;
}

Request parse_request(const core::Catalogue& catalogue, const json::Value& body) {
    json::ObjectReader reader(body);
    std::vector<FieldError> of_condition, others;
    Request request;
    request.condition = parse_target(catalogue, reader.find("condition"), reader.find("text"), of_condition);
    request.sort = parse_sort(catalogue, reader.find("sort"), others);
    const auto* columns = reader.find("columns");
    request.columns = columns == nullptr || columns->is_null() ? catalogue.default_columns()
                                                               : parse_columns(catalogue, columns, others);
    const auto limit = reader.find_integer("limit");
    if (limit && (*limit < 0 || *limit > kMaxPageSize))
        reader.add_error("limit", "out_of_range");
    else
        request.limit = static_cast<int>(limit.value_or(kDefaultPageSize));
    request.cursor = reader.find_text("cursor").value_or("");
    if (request.cursor.size() > kMaxCursorLength) reader.add_error("cursor", "bad_cursor");
    const bool has_bad_condition = !of_condition.empty();
    reader.add_errors(std::move(of_condition));
    reader.add_errors(std::move(others));
    reader.finish(has_bad_condition ? "condition.invalid" : "body.invalid");
    return request;
}

std::vector<core::Condition> parse_counts(const core::Catalogue& catalogue, const json::Value& body) {
    json::ObjectReader reader(body);
    std::vector<FieldError> of_conditions;
    std::vector<core::Condition> conditions;
    const auto* given = reader.find("conditions");
    const auto* list = given == nullptr ? nullptr : given->if_array();
    if (list == nullptr) {
        reader.add_error("conditions", given == nullptr ? "required" : "wrong_type");
    } else if (list->size() > kMaxCounts) {
        reader.add_error("conditions", "too_many");
    } else {
        for (std::size_t i = 0; i < list->size(); ++i)
            collect(of_conditions, [&] {
                conditions.push_back(
                    core::parse_condition(catalogue, (*list)[i], "/conditions/" + std::to_string(i)));
            });
    }
    const bool has_bad_condition = !of_conditions.empty();
    reader.add_errors(std::move(of_conditions));
    reader.finish(has_bad_condition ? "condition.invalid" : "body.invalid");
    return conditions;
}

void require_visible(const core::Condition& condition, const std::vector<SortBy>& sort,
                     const core::Actor& actor) {
    const auto things = core::things_of(condition);
    const auto hidden = std::find_if(things.begin(), things.end(),
                                     [&](const core::Thing* thing) { return !actor.may(thing->right); });
    if (hidden != things.end()) refuse_field((*hidden)->label);
    auto fields = core::fields_of(condition);
    for (const auto& by : sort) fields.push_back(by.field);
    const auto masked = std::find_if(fields.begin(), fields.end(), [&](const core::Field* field) {
        return core::is_masked(*field, actor);
    });
    if (masked != fields.end()) refuse_field((*masked)->label);
}

}  // namespace otokui::search
