#pragma once

#include "core/catalogue.hpp"
#include "core/registry.hpp"
#include "customer/input.hpp"

// Answers to the shop's own fields (フリーフォーム): read like any field, kept together in one column.
namespace otokui::customer {

/// A JSON value for an own field: text, long text, whole number, a day as birth dates are written (和暦 too,
/// but also ahead), a code, an array of codes, true or false; null for no answer.
void read_answer(const core::Field& field, const boost::json::value& value, const std::string& pointer,
                 Input& input);
/// A CSV cell: "" for no answer; options by label or code, several joined by "|"; ticks as all booleans;
/// numbers in full or half width, with commas.
void read_answer_cell(const core::Field& field, std::string_view cell, const std::string& pointer,
                      Input& input);

/// Puts the answers of the input on top of those of `before` (null: a new customer) as the value of their one
/// column. What turns out only now is told as an error: an option that is offered no more and was not chosen
/// before (not_a_choice).
void settle_answers(const core::Table& table, const core::Record* before, Input& input);

/// required, for each own field that must not be empty: of a new customer all of them, of another those that
/// the input empties. After settle_answers.
void require_answers(const core::Catalogue& catalogue, const core::Record* before, Input& input);

}  // namespace otokui::customer
