#include "storage/placeholders.hpp"

namespace otokui::storage {
namespace {

std::size_t after(std::string_view sql, std::size_t from, std::string_view end) {
    const auto found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
}

std::size_t after_comment(std::string_view sql, std::size_t at) {
    int depth = 0;  // PostgreSQL's block comments nest
    while (at < sql.size()) {
        if (sql.substr(at, 2) == "/*") {
            ++depth;
            at += 2;
        } else if (sql.substr(at, 2) == "*/") {
            at += 2;
            if (--depth == 0) break;
        } else {
            ++at;
        }
    }
    return at;
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "$$ … $$" and "$tag$ … $tag$"; a dollar that begins no quote is passed over.
std::size_t after_dollar(std::string_view sql, std::size_t at) {
    auto end = at + 1;
    while (end < sql.size() && is_name_character(sql[end])) ++end;
    if (end == sql.size() || sql[end] != '$') return end;
    const auto tag = sql.substr(at, end + 1 - at);
    return after(sql, end + 1, tag);
}

// The place after the quoted text, name or comment that begins at `at`; `at` itself when none does.
std::size_t after_quoted(std::string_view sql, std::size_t at) {
    switch (sql[at]) {
        case '\'':  // a doubled quote ends one string and begins the next: the same to us
            return after(sql, at + 1, "'");
        case '"':
            return after(sql, at + 1, "\"");
        case '$':
            return after_dollar(sql, at);
        case '-':
            return sql.substr(at, 2) == "--" ? after(sql, at, "\n") : at;
        case '/':
            return sql.substr(at, 2) == "/*" ? after_comment(sql, at) : at;
        default:
            return at;
    }
}

}  // namespace

Numbered number_placeholders(std::string_view sql) {
    Numbered result;
    result.sql.reserve(sql.size() + 16);
    for (std::size_t at = 0; at < sql.size();) {
        if (const auto end = after_quoted(sql, at); end != at) {
            result.sql += sql.substr(at, end - at);
            at = end;
        } else if (sql[at] == '?') {
            result.sql += "$" + std::to_string(++result.count);
            ++at;
        } else {
            result.sql += sql[at++];
        }
    }
    return result;
}

}  // namespace otokui::storage
