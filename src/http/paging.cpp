#include "http/paging.hpp"

#include <algorithm>
#include <charconv>

namespace otokui::http {
namespace {

constexpr std::size_t kMaxCursorLength = 1024;

bool is_cursor_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

PageRequest page_request(const Request& request) {
    PageRequest page;
    std::vector<FieldError> errors;
    if (const std::string* limit = request.query.find("limit")) {
        const auto [end, fault] = std::from_chars(limit->data(), limit->data() + limit->size(), page.limit);
        const bool is_whole = fault == std::errc() && end == limit->data() + limit->size();
        if (!is_whole || page.limit < 1 || page.limit > kMaxPageSize)
            errors.push_back({"/limit", "out_of_range"});
    }
    if (const std::string* cursor = request.query.find("cursor")) {
        page.cursor = *cursor;
        if (cursor->size() > kMaxCursorLength || !std::ranges::all_of(*cursor, is_cursor_character))
            errors.push_back({"/cursor", "bad_cursor"});
    }
    if (!errors.empty())
        throw Refused({.kind = ProblemKind::invalid,
                       .code = "query.invalid",
                       .detail = {"ページの指定が正しくありません。", "The page asked for is not valid."},
                       .fields = std::move(errors)});
    return page;
}

json::Object page(json::Array items, const std::string& next_cursor) {
    json::Object answer;
    answer["items"] = std::move(items);
    answer["next_cursor"] = next_cursor.empty() ? json::Value(nullptr) : json::Value(next_cursor);
    return answer;
}

}  // namespace otokui::http
