#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "core/journal.hpp"

namespace otokui::memo {

using MemoId = Id<struct MemoTag>;

inline constexpr std::string_view kTable = "memo";
inline constexpr std::size_t kMaxTitle = 100;     // characters
inline constexpr std::size_t kMaxBody = 10'000;   // characters
inline constexpr std::size_t kMaxSearched = 200;  // characters of a text to look for

/// What the services stand on; owned by the application.
struct Context {
    core::Journal& journal;
};

/// A memo about a customer as staff see it. The customer does not see it, but is told of it in a disclosure.
struct Memo {
    MemoId id;
    CustomerId customer;
    std::string customer_number, customer_name;  // the parts of the name joined by a space
    std::string title;                           // may be empty
    std::string body;
    bool pinned = false;
    bool alert = false;       // 要注意
    StaffId created_by = {};  // 0: the shell's owner or the system
    std::string created_by_name, updated_by_name;
    StaffId updated_by = {};
    Moment created_at, updated_at;
    std::int64_t version = 1;
};

/// What of all memos is asked for; everything that is set must hold.
struct Filter {
    std::string text = {};  // stands in title or body in any writing
    std::optional<StaffId> author = {};
    std::optional<bool> alert = {}, pinned = {};
};

}  // namespace otokui::memo
