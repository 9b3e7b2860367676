#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/text_pair.hpp"

namespace otokui::points {

/// A row of the ledger.
using EntryId = Id<struct PointEntryTag>;

/// 名目 (DOMAIN 2.8); the codes are stable.
enum class Kind {
    order_earn,
    signup,
    review,
    birthday,
    manual_grant,
    manual_deduct,
    order_use,
    use_returned,
    earn_revoked,
    expire,
    reversal,
    csv,
    bulk,
    merge_transfer,
    withdraw_void
};

/// Who may write rows of a kind. Staff may write only what is done by hand, a token also what a shop reports;
/// the rest is written by the product alone.
enum class Author { staff, token, product };

struct KindRule {
    Kind kind;
    std::string_view code;
    Text label;
    int sign;  // of the delta: 1, -1, or 0 for either
    Author author;
    /// Whether a row starts the term of the balance anew where the whole balance has one date (manual 003:
    /// what staff change by hand does, a CSV file does not).
    bool restarts;
    bool cancellable;  // by hand; what the product writes by itself is not
};

std::span<const KindRule> kind_rules();
const KindRule& rule_of(Kind kind);
const KindRule* find_kind(std::string_view code);

/// 有効期限の方式.
enum class ExpiryMode {
    balance,  // one date for the whole balance
    lots      // what each row brought has its own
};

/// The setting document "points" as it stands in a transaction.
struct Rules {
    ExpiryMode mode = ExpiryMode::balance;
    std::int64_t days = 365;  // 0: points never expire
    bool allow_negative = false;
    std::int64_t base_rate = 100;  // of the price, in hundredths of a percent

    /// Points are usable through the last millisecond of a day in Japan (DOMAIN 2.8). Nothing: never.
    std::optional<Moment> term_from(Moment now) const;
};

/// 23:59:59.999 of the day in Japan.
Moment end_of(Day day);

inline constexpr std::int64_t kMostAtOnce = 999'999;        // of one row
inline constexpr std::int64_t kMostHeld = 999'999'999'999;  // of a balance, either sign
inline constexpr std::size_t kMaxReason = 200;              // characters

/// Names of the feature and of its setting document, and of the tables.
inline constexpr std::string_view kFeature = "points", kSettings = "points";
inline constexpr std::string_view kEntries = "point_entry", kLots = "point_lot", kUses = "point_use",
                                  kRuns = "point_run", kOwnKinds = "point_kind";

}  // namespace otokui::points
