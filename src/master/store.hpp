#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/registry.hpp"
#include "master/types.hpp"
#include "storage/database.hpp"

namespace otokui::master::store {

/// Where a list stands: behind this row.
struct Place {
    std::int64_t position = -1;
    std::int64_t id = 0;
};

/// In the shop's order, at most `most`; values in the order of the table's columns.
std::vector<core::Record> list(storage::Transaction& tx, const core::Table& table, const Place& after,
                               std::int64_t most);
std::optional<core::Record> find(storage::Transaction& tx, const core::Table& table, std::int64_t id);
std::vector<std::int64_t> ids(storage::Transaction& tx, const core::Table& table);

/// How many living customers hold each row, by id; rows that nobody holds are left out. Read from an index
/// alone, and of the deleted customers one by one.
/// Of masters that are held as a reference: ids and how many living customers hold each.
std::string counting_sql(const Master& master);
std::map<std::int64_t, std::int64_t> count_members(storage::Transaction& tx, const Master& master);

struct Holders {
    std::int64_t living = 0, deleted = 0;
    std::int64_t all() const { return living + deleted; }
};
Holders count_holders(storage::Transaction& tx, const Master& master, std::int64_t id);
/// Some customers who hold the row, deleted ones among them; none when nobody does.
std::vector<std::int64_t> some_holders(storage::Transaction& tx, const Master& master, std::int64_t id,
                                       std::int64_t most);
bool is_held(storage::Transaction& tx, const Master& master, std::int64_t id);

}  // namespace otokui::master::store
