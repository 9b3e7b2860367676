#include "search/answer_index.hpp"

#include <boost/json/array.hpp>

#include "base/clock.hpp"
#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"
#include "core/answers.hpp"

namespace otokui::search {
namespace {

AnswerRow row_of_text(std::string field, std::string_view text) {
    AnswerRow row{.field = std::move(field),
                  .code = {},
                  .shadow = text::shadow(text::ShadowKind::text, text),
                  .number = {}};
    row.code = code_of_shadow(row.shadow);
    if (const auto day = parse_day(text)) row.number = number_of(*day);
    return row;
}

}  // namespace

std::string code_of_shadow(std::string_view shadow) {
    return std::string(text::first_code_points(shadow, kCodeLength));
}

std::int64_t number_of(Day day) {
    return int(day.year()) * std::int64_t{10'000} + unsigned(day.month()) * 100 + unsigned(day.day());
}

std::vector<AnswerRow> answer_rows(std::string_view answers) {
    std::vector<AnswerRow> rows;
    for (const auto& [key, value] : core::answers::parse(answers)) {
        const std::string field(key);
        if (const auto* text = value.if_string()) {
            rows.push_back(row_of_text(field, *text));
        } else if (const auto* number = value.if_int64()) {
            rows.push_back({field, "", "", *number});
        } else if (const auto* flag = value.if_bool()) {
            rows.push_back({field, "", "", std::int64_t{*flag}});
        } else if (const auto* codes = value.if_array()) {
            for (const auto& code : *codes)
                if (const auto* one = code.if_string()) rows.push_back({field, std::string(*one), "", {}});
        }
    }
    return rows;
}

storage::Values values_of(AnswerRow row, std::int64_t customer) {
    return {std::move(row.field), std::move(row.code), customer, std::move(row.shadow), row.number};
}

void index_answers(core::Writer& writer, const std::vector<core::RowChange>& changes, std::size_t position) {
    std::vector<storage::Values> added;
    for (const auto& change : changes) {
        const auto text = [&](const core::Record* record) -> std::string_view {
            return record ? std::string_view(std::get<std::string>(record->values[position]))
                          : std::string_view();
        };
        const auto before = text(change.before), after = text(change.after);
        if (before == after) continue;
        if (!before.empty())
            writer.index_execute("DELETE FROM customer_answer WHERE customer_id = ?", {change.id});
        for (auto& row : answer_rows(after)) added.push_back(values_of(std::move(row), change.id));
    }
    if (!added.empty()) writer.index_insert_many(kAnswerTable, kAnswerColumns, added);
}

}  // namespace otokui::search
