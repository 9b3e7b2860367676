#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "core/catalogue.hpp"

// The answers of one customer to the shop's own fields (フリーフォーム): one JSON object in one column, so
// that one row is the whole truth of a customer. Texts and days are strings, numbers are integers, ticks are
// true (never false), a select and a multi are arrays of codes: what an answer is can be told without knowing
// its field.
namespace otokui::core::answers {

using Object = boost::json::object;

/// Of the column's text; "" has no answers. Never throws: what is no object counts as none.
Object parse(std::string_view text);
/// The column's text: the same answers give the same text. "" when there are none.
std::string format(const Object& answers);

/// An answer as the API shows it (DESIGN 6): null when there is none, false for a tick, [] for a multi, a
/// select as its one code. `answer`: as stored; nullptr when absent.
boost::json::value shown(const Field& field, const boost::json::value* answer);
/// Labels of what was chosen, of a select or multi; codes whose option nobody knows stand for themselves.
boost::json::value names(const Field& field, const boost::json::value* answer);
/// For people and CSV: labels joined by "|", a tick 1 or 0, days YYYY/MM/DD, "" when there is none.
std::string cell(const Field& field, const boost::json::value* answer);

}  // namespace otokui::core::answers
