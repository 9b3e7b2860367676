#pragma once

#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "core/registry.hpp"
#include "level/rules.hpp"
#include "storage/database.hpp"

namespace otokui::level::store {

/// Sorted by rank.
std::vector<Level> read_levels(storage::Transaction& tx);

struct Rules {
    Downgrade downgrade = Downgrade::allowed;
    Schedule schedule;
};
Rules read_rules(storage::Transaction& tx, const core::Registry& registry);

struct Member {
    std::int64_t id = 0;
    std::optional<std::int64_t> held;  // level
    std::vector<Figures> figures;      // of the period of each level
};
/// Members whose level is judged, above `above` in the order of their ids, at most `most`; with what they
/// bought. One query over the orders' index, whatever their number.
std::vector<Member> read_members(storage::Transaction& tx, const std::vector<Level>& levels, Day judged,
                                 std::int64_t above, std::int64_t most);
std::int64_t count_members(storage::Transaction& tx);
/// What one customer bought in the period of each level.
std::vector<Figures> figures_of(storage::Transaction& tx, const std::vector<Level>& levels, Day judged,
                                CustomerId customer);

struct Move {
    std::int64_t id = 0;  // of the row
    std::int64_t customer = 0;
    std::optional<std::int64_t> from, to;
    Figures figures;               // that decided
    std::string outcome = "move";  // or "changed": left alone, since the member had changed
};
/// Rows of a plan behind customer `above`, in the order of the customers, at most `most`.
std::vector<Move> read_moves(storage::Transaction& tx, JobId plan, std::int64_t above, std::int64_t most);
/// The same, all of them up to customer `last`.
std::vector<Move> moves_between(storage::Transaction& tx, JobId plan, std::int64_t above, std::int64_t last);

}  // namespace otokui::level::store
