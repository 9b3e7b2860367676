#include "http/request.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace otokui::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 6> kMethods{{{Method::get, "GET"},
                                                                       {Method::head, "HEAD"},
                                                                       {Method::post, "POST"},
                                                                       {Method::put, "PUT"},
                                                                       {Method::patch, "PATCH"},
                                                                       {Method::delete_, "DELETE"}}};

const std::string kEmpty;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char left, char right) { return lower(left) == lower(right); });
}

[[noreturn]] void refuse_empty_body() {
    throw Refused({ProblemKind::malformed, "body.required", {"本文がありません。", "The body is missing."}});
}

}  // namespace

std::string_view name_of(Method method) {
    return std::ranges::find(kMethods, method, &std::pair<Method, std::string_view>::first)->second;
}

std::optional<Method> find_method(std::string_view name) {
    const auto found = std::ranges::find(kMethods, name, &std::pair<Method, std::string_view>::second);
    if (found == kMethods.end()) return std::nullopt;
    return found->first;
}

bool is_safe(Method method) { return method == Method::get || method == Method::head; }

const std::string* Parameters::find(std::string_view name) const {
    const auto found = std::ranges::find(pairs_, name, &Pair::first);
    return found == pairs_.end() ? nullptr : &found->second;
}

const std::string& Parameters::get(std::string_view name) const {
    const std::string* value = find(name);
    return value == nullptr ? kEmpty : *value;
}

std::vector<std::string> Parameters::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : pairs_)
        if (key == name) values.push_back(value);
    return values;
}

void Headers::set(std::string_view name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    fields_.emplace_back(std::string(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const {
    const auto found =
        std::ranges::find_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    return found == fields_.end() ? nullptr : &found->second;
}

const std::string& Headers::get(std::string_view name) const {
    const std::string* value = find(name);
    return value == nullptr ? kEmpty : *value;
}

std::int64_t path_id(const Request& request, std::string_view name) {
    const std::string& digits = request.path_parameters.get(name);
    std::int64_t id = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    const bool is_whole = fault == std::errc() && end == digits.data() + digits.size();
    if (!is_whole || id <= 0 || digits.front() == '0')
        throw Refused({ProblemKind::not_found, "not_found", {"見つかりません。", "Not found."}});
    return id;
}

json::Value json_body(const Request& request) {
    if (request.body.empty()) refuse_empty_body();
    return json::parse(request.body);
}

json::Value optional_json_body(const Request& request) {
    if (request.body.empty()) return json::Object();
    return json::parse(request.body);
}

IfMatch require_if_match(const Request& request) {
    if (!request.if_match)
        throw Refused({ProblemKind::precondition_required,
                       "header.if_match_required",
                       {"If-Matchヘッダーに、読み込んだときのバージョンを指定してください。",
                        "Send the version that you read in the If-Match header."}});
    return *request.if_match;
}

}  // namespace otokui::http
