#pragma once

#include <boost/json/array.hpp>

#include "core/actor.hpp"
#include "memo/types.hpp"

// 顧客メモ: notes of staff about a customer. Whoever may see the customer sees them; writing takes memo.edit;
// deleting is for the author, and for who may delete customers.
namespace otokui::memo {

struct Page {
    std::vector<Memo> items = {};
    std::string next_cursor = {};  // empty at the end
};

/// Pinned ones first, then the newest. `alert`: only those that are marked so, or not. Refused not_found
/// customer.not_found; invalid cursor.invalid.
Page list_of(const Context& context, const core::Actor& actor, CustomerId customer, std::optional<bool> alert,
             const std::string& cursor, int limit);
/// すべてのメモ: of all customers that are not deleted or are, newest first. Refused invalid cursor.invalid.
Page list_all(const Context& context, const core::Actor& actor, const Filter& filter,
              const std::string& cursor, int limit);
/// Refused not_found memo.not_found.
Memo get(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id);

/// A memo with what was changed of what came ("adjusted": card numbers are masked), and the operation, 0 when
/// nothing really changed.
struct Written {
    Memo memo;
    boost::json::array adjusted = {};
    OperationId operation = {};
};
/// `{title?, body, pinned?, alert?}`. Refused invalid memo.invalid with all field errors, not_found
/// customer.not_found, conflict customer.deleted.
Written create(const Context& context, const core::Actor& actor, CustomerId customer,
               const json::Value& body);
/// Refused stale memo.stale with `current` and `sent`, and as above. `version`: nothing for any.
Written update(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id,
               std::optional<std::int64_t> version, const json::Value& body);
/// Refused forbidden memo.not_own.
OperationId remove(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id,
                   std::optional<std::int64_t> version);

json::Object to_json(const Memo& memo);

}  // namespace otokui::memo
