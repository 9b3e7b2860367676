#include "core/answers.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "base/clock.hpp"

namespace otokui::core::answers {
namespace {

std::string label_of(const Field& field, std::string_view code) {
    const auto found = std::find_if(field.choices.begin(), field.choices.end(),
                                    [&](const Choice& one) { return one.code == code; });
    return found == field.choices.end() ? std::string(code) : found->label.ja;
}

template <class Each>
void each_code(const boost::json::value* answer, Each each) {
    const auto* codes = answer ? answer->if_array() : nullptr;
    if (!codes) return;
    for (const auto& code : *codes)
        if (const auto* text = code.if_string()) each(std::string_view(*text));
}

}  // namespace

Object parse(std::string_view text) {
    if (text.empty()) return {};
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    auto* object = error ? nullptr : value.if_object();
    return object ? std::move(*object) : Object();
}

std::string format(const Object& answers) {
    if (answers.empty()) return "";
    std::map<std::string_view, const boost::json::value*> sorted;
    for (const auto& [key, value] : answers) sorted.emplace(key, &value);
    std::string text = "{";
    for (const auto& [key, value] : sorted) {
        if (text.size() > 1) text += ',';
        text += boost::json::serialize(boost::json::string(key)) + ':' + boost::json::serialize(*value);
    }
    return text + "}";
}

boost::json::value shown(const Field& field, const boost::json::value* answer) {
    if (field.type == FieldType::boolean) return answer && answer->is_bool() && answer->as_bool();
    if (field.type == FieldType::set) return answer && answer->is_array() ? *answer : boost::json::array();
    if (field.type != FieldType::choice) return answer ? *answer : boost::json::value();
    boost::json::value code;
    each_code(answer, [&](std::string_view one) { code = boost::json::string(one); });
    return code;
}

boost::json::value names(const Field& field, const boost::json::value* answer) {
    boost::json::array labels;
    each_code(answer, [&](std::string_view code) { labels.emplace_back(label_of(field, code)); });
    if (field.type == FieldType::set) return labels;
    return labels.empty() ? boost::json::value() : labels.front();
}

std::string cell(const Field& field, const boost::json::value* answer) {
    if (field.type == FieldType::boolean) return shown(field, answer).as_bool() ? "1" : "0";
    if (!answer) return "";
    if (const auto* text = answer->if_string())
        return field.type == FieldType::day ? written_day(std::string_view(*text)) : std::string(*text);
    if (const auto* number = answer->if_int64()) return std::to_string(*number);
    std::string labels;
    each_code(answer, [&](std::string_view code) {
        if (!labels.empty()) labels += '|';
        labels += label_of(field, code);
    });
    return labels;
}

}  // namespace otokui::core::answers
