#include "core/id_cursor.hpp"

#include <charconv>
#include <limits>

#include "base/problem.hpp"

namespace otokui::core {

void refuse_cursor() {
    throw Refused({ProblemKind::invalid,
                   "cursor.invalid",
                   {"続きの位置が正しくありません。", "The cursor is not one this list gave."},
                   {{"/cursor", "bad_cursor"}}});
}

std::int64_t id_below(const std::string& cursor) {
    return cursor.empty() ? std::numeric_limits<std::int64_t>::max() : id_above(cursor);
}

std::int64_t id_above(const std::string& cursor) {
    if (cursor.empty()) return 0;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), id);
    if (error == std::errc() && end == cursor.data() + cursor.size() && id > 0) return id;
    refuse_cursor();
}

}  // namespace otokui::core
