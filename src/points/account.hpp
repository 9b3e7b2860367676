#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/journal.hpp"
#include "points/rules.hpp"

// The points of one customer inside a write: every row of the ledger is made here, whoever asks for it.
namespace otokui::points {

/// The rules as they stand in this transaction.
Rules read_rules(storage::Transaction& tx, const core::Registry& registry);

/// What to write into the ledger. Signs, ceilings and whether somebody may hold points are for whoever asks.
struct Booking {
    Kind kind;
    std::int64_t delta = 0;
    std::string reason = {};
    std::string order_number = {};
    std::int64_t own_kind = 0;  // row of point_kind; 0: none
    /// The date of what is given; where the whole balance has one date, of all of it. Absent: by the rules.
    /// Empty inside: never.
    std::optional<std::optional<Moment>> expires_at = {};
};

/// Made with the customer's row locked, so that two writers never work on the same lots. Where the whole
/// balance has one date, dates that differ (after a change of the rules) become the latest of them first.
class Account {
public:
    /// Refused not_found customer.not_found.
    Account(core::Writer& writer, CustomerId customer, const Rules& rules);

    std::int64_t balance() const { return purse_.balance(); }
    /// Status "member" and not deleted: nobody else holds points.
    bool is_member() const { return is_member_; }

    /// Adds one row. Refused conflict points.not_enough when less is there than to be taken and balances may
    /// not fall below zero: all but earn_revoked, which takes what there is and notes the rest in the reason;
    /// points.too_many beyond kMostHeld.
    EntryId book(const Booking& booking);

    /// One row of 失効 for each lot whose last moment lies before `now`. How many, and how many points.
    std::pair<std::int64_t, std::int64_t> expire_before(Moment now);

    /// The row of the opposite sign. Nothing when points that the row brought have been used and balances may
    /// not fall below zero. The unique index of point_entry.reverses keeps it from happening twice.
    std::optional<EntryId> reverse(EntryId entry, const std::string& reason);

    /// One row that empties the account (退会による失効); none when it is empty.
    void void_all(Kind kind);

private:
    struct Row {
        Kind kind;
        std::int64_t delta;
        std::optional<Moment> expires_at;
        std::string order_number, reason;
        std::int64_t own_kind = 0, reverses = 0;
    };
    EntryId write(const Row& row);
    void store_lot(Lot& lot, std::int64_t entry);
    void load_lots_of(std::int64_t entry);
    std::vector<Purse::Effect> effects_of(std::int64_t entry);
    std::optional<Moment> date_for(const Booking& booking);

    core::Writer& writer_;
    CustomerId customer_;
    Rules rules_;
    Purse purse_;
    std::vector<std::optional<Moment>> stored_dates_;  // of the lots, as the table has them
    bool is_member_ = false;
    std::int64_t last_at_ = 0;
};

/// The row that stands for this one now: itself; or, cancelled and the cancelling undone, the row that did
/// that. Nothing while it is cancelled.
std::optional<EntryId> in_force(storage::Transaction& tx, EntryId entry);

/// Undoes the insert of a row of the ledger, by one of the opposite sign; of what was undone and done again,
/// by the last one. False when it cannot be.
bool counter(core::Writer& writer, const core::Record& entry);

/// The customer's balance and the nearest date, from the lots.
void settle(core::Writer& writer, const std::vector<std::int64_t>& customers);

/// Refused forbidden points.over_ceiling.
void require_within_ceiling(const core::Actor& actor, std::int64_t delta);

}  // namespace otokui::points
