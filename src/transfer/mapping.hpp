#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <string>
#include <vector>

#include "transfer/layout.hpp"

// How the columns of files with a certain header are mapped: remembered for the shop.
namespace otokui::transfer {

struct Mapping {
    std::int64_t id = 0;
    Kind kind = Kind::customers;
    std::string signature;
    std::vector<MappedColumn> columns;
};

void register_mapping_table(core::Registry& registry);

/// Empty when nothing is remembered.
std::vector<MappedColumn> find_mapping(storage::Transaction& tx, Kind kind, const std::string& signature);
/// Newest first, ids below `before`; of one kind or signature only if given.
std::vector<Mapping> list_mappings(storage::Transaction& tx, std::optional<Kind> kind,
                                   const std::string& signature, std::int64_t before, std::int64_t most);
/// Replaces what was kept for the same kind and signature.
void remember_mapping(core::Journal& journal, const core::Actor& actor, const Mapping& mapping);

}  // namespace otokui::transfer
