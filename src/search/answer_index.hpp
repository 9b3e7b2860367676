#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journal.hpp"
#include "storage/value.hpp"

// Table customer_answer: what customers answered to the shop's own fields, one row for each value, for
// searching. It is made from the text of customer.answers alone and asks nobody what fields there are: so an
// undo, an import or another server keeps it right also for fields it has never heard of.
namespace otokui::search {

struct AnswerRow {
    std::string field;
    std::string code;       // of an array its one element; of a text how its shadow begins (kCodeLength)
    std::string shadow;     // of a text
    storage::Value number;  // numbers; ticks 1; days YYYYMMDD; else NULL
};
/// In code points; what is compared whole is looked up by it first.
inline constexpr std::size_t kCodeLength = 64;

inline constexpr std::string_view kAnswerTable = "customer_answer";
inline constexpr std::string_view kAnswerColumns[] = {"field", "code", "customer_id", "shadow", "number"};

std::vector<AnswerRow> answer_rows(std::string_view answers);
storage::Values values_of(AnswerRow row, std::int64_t customer);
/// YYYYMMDD.
std::int64_t number_of(Day day);
/// How a shadow stands in column code.
std::string code_of_shadow(std::string_view shadow);

/// Brings customer_answer in step with rows of table customer, whose `answers` stand at `position`.
void index_answers(core::Writer& writer, const std::vector<core::RowChange>& changes, std::size_t position);

}  // namespace otokui::search
