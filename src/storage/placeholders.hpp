#pragma once

#include <string>
#include <string_view>

namespace otokui::storage {

struct Numbered {
    std::string sql;  // "WHERE id = $1 AND name = $2"
    int count = 0;
};

/// Our `?` as PostgreSQL's `$1`, `$2` …; those in strings, quoted names, comments and dollar quotes stay.
/// Cost: linear.
Numbered number_placeholders(std::string_view sql);

}  // namespace otokui::storage
