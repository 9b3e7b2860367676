#pragma once

#include <string>

#include "base/json.hpp"
#include "http/request.hpp"

namespace otokui::http {

/// `?limit=` (1..200, default 50) and `?cursor=` (A-Z a-z 0-9 _ -, at most 1,024 characters; empty: the first
/// page) of a GET list.
struct PageRequest {
    int limit = 50;
    std::string cursor;
};
inline constexpr int kMaxPageSize = 200;

/// Refuses (invalid) with both field errors at once.
PageRequest page_request(const Request& request);

/// `{items, next_cursor}`; an empty cursor becomes null.
json::Object page(json::Array items, const std::string& next_cursor);

}  // namespace otokui::http
