#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/registry.hpp"
#include "memo/types.hpp"
#include "storage/database.hpp"

namespace otokui::memo::store {

/// Who has it may delete memos of others too.
inline constexpr std::string_view kDeleteAny = "customer.delete";

[[noreturn]] void refuse_not_found();
[[noreturn]] void refuse_not_own();

/// Where a page of a customer's memos begins: after this one. Pinned ones come first, then the newest.
struct Place {
    bool pinned = true;
    std::int64_t id = std::numeric_limits<std::int64_t>::max();
};
std::vector<Memo> list_of(storage::Transaction& tx, CustomerId customer, std::optional<bool> alert,
                          const Place& after, std::int64_t most);
/// Of all customers, newest first, with ids below `before`. A text is looked for in the memos themselves, one
/// by one, from the newest.
std::vector<Memo> list_all(storage::Transaction& tx, const Filter& filter, std::int64_t before,
                           std::int64_t most);
/// For the timeline: by (created_at, id).
std::vector<Memo> newest_of(storage::Transaction& tx, CustomerId customer,
                            std::optional<core::TimelinePlace> before, std::int64_t most);
/// Refused not_found memo.not_found, of another customer too.
Memo get(storage::Transaction& tx, CustomerId customer, MemoId id);

}  // namespace otokui::memo::store
