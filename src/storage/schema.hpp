#pragma once

#include <string>
#include <vector>

#include "storage/database.hpp"

namespace otokui::storage {

struct StoredTable {
    std::string name;
    std::vector<std::string> columns;  // in the schema's order, `id` included
};

/// The tables the schema has, sorted by name, without those of the engine itself, of migrations
/// (schema_version) and those of searching that are made anew in a copy (customer_text_*, customer_tally).
std::vector<StoredTable> list_tables(Database& database);

}  // namespace otokui::storage
