#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/journal.hpp"

// Table customer_tally: how many customers there are of each kind, by what is ticked of them. A shop has some
// thousand kinds, so that any question about ticks alone is counted from as many rows instead of a million.
// The number of a kind is the sum over its slots: on PostgreSQL a transaction writes the slot of its own
// connection, so that those that run at once do not wait for each other.
namespace otokui::search {

/// The columns of table customer that make a kind, as the tally has them too. Sets are '' or not. None is
/// written by Writer::derive, of which no hook is told.
inline constexpr std::array<std::string_view, 9> kTicks{"status",      "sex",     "newsletter",
                                                        "direct_mail", "cleaned", "outbound_call",
                                                        "blocked",     "labels",  "customer_groups"};
bool is_tick(std::string_view column);

/// Keeps the tally in step with rows of table customer, in the transaction that changes them.
class Tally {
public:
    explicit Tally(const core::Table& customers);
    void note(core::Writer& writer, const std::vector<core::RowChange>& changes) const;

private:
    storage::Values kind_of(const core::Record& record) const;

    std::size_t deleted_at_;
    std::array<std::size_t, kTicks.size()> positions_{};
};

/// SELECT of deleted (0 or 1), the ticks and how many, one row for each kind: counted in table customer.
std::string counted_kinds();
/// False when the tally says something else.
bool tally_is_right(storage::Transaction& tx);

}  // namespace otokui::search
