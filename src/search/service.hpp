#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/problem.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/condition.hpp"
#include "core/record_json.hpp"
#include "storage/database.hpp"

// Finding customers. Nothing here shows SQL: another engine (a memory index) may stand behind it.
namespace otokui::search {

struct SortBy {
    const core::Field* field = nullptr;
    bool descending = false;
    bool operator==(const SortBy&) const = default;
};

inline constexpr int kMaxPageSize = 200;
inline constexpr int kDefaultPageSize = 50;
inline constexpr std::size_t kMaxCounts = 50;

struct Request {
    core::Condition condition = {};  // a text of the one box is already a part of it
    std::vector<SortBy> sort = {};   // empty: newest first
    std::vector<const core::Field*> columns = {};
    int limit = kDefaultPageSize;  // 0: the total only
    std::string cursor = {};       // empty: the first page; "last": the last one
};

struct Page {
    boost::json::array items = {};  // id, version and the columns
    std::int64_t total = 0;
    std::int64_t first_row = 0;                          // of all found, from 1; 0 without items
    std::string next_cursor = {}, previous_cursor = {};  // empty at the ends
};

/// What every search stands on.
struct Context {
    storage::Database& database;
    const core::Catalogue& catalogue;
    Clock clock;
};

/// `{condition?, text?, sort?, columns?, limit?, cursor?}` with every fault at once: Refused invalid
/// condition.invalid when one is in the condition, else body.invalid.
Request parse_request(const core::Catalogue& catalogue, const boost::json::value& body);
/// Condition and text of a body (a search, an export, a bulk operation) as one condition; adds its faults to
/// `errors`.
core::Condition parse_target(const core::Catalogue& catalogue, const boost::json::value* condition,
                             const boost::json::value* text, std::vector<FieldError>& errors);
/// Of `sort`, e.g. [{"field":"kana","direction":"asc"}].
std::vector<SortBy> parse_sort(const core::Catalogue& catalogue, const boost::json::value* sort,
                               std::vector<FieldError>& errors);
/// Refused forbidden field.forbidden when condition or sort ask about what the actor may see only masked. The
/// functions below call it.
void require_visible(const core::Condition& condition, const std::vector<SortBy>& sort,
                     const core::Actor& actor);

// All refuse unavailable search.too_slow past the time limit, and invalid cursor.invalid.

/// One page and the exact total, of one snapshot.
Page find(const Context& context, const Request& request, const core::Actor& actor,
          const storage::ReadLimits& limits = {});
std::int64_t count(const Context& context, const core::Condition& condition, const core::Actor& actor,
                   const storage::ReadLimits& limits = {});
/// {conditions:[…]}, each as in a search; at most kMaxCounts. Refused invalid condition.invalid with every
/// fault, else body.invalid.
std::vector<core::Condition> parse_counts(const core::Catalogue& catalogue, const boost::json::value& body);
/// How many each finds, of one snapshot; the time limit is for all together. `first` runs first in that
/// transaction. Refused conflict count.superseded when asked to stop.
std::vector<std::int64_t> counts(const Context& context, const std::vector<core::Condition>& conditions,
                                 const core::Actor& actor, const storage::ReadLimits& limits = {},
                                 const std::function<void(storage::Transaction&)>& first = {});
[[noreturn]] void refuse_superseded();
/// Ids of all found, in the order of `sort`.
std::vector<CustomerId> ids(const Context& context, const core::Condition& condition,
                            const std::vector<SortBy>& sort, const core::Actor& actor,
                            const storage::ReadLimits& limits = {});

/// Called for every customer found, streaming: constant memory, one snapshot. `row` has the reader's columns,
/// then the id; `masters` has been prepared for them.
using EachCustomer =
    std::function<void(const storage::Row& row, const core::RecordReader& reader, core::Masters& masters)>;
void for_each(const Context& context, const core::Condition& condition, const std::vector<SortBy>& sort,
              const std::vector<const core::Field*>& columns, const core::Actor& actor,
              const EachCustomer& each, const storage::ReadLimits& limits);

}  // namespace otokui::search
