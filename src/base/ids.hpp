#pragma once

#include <compare>
#include <cstdint>

namespace otokui {

/// The id of one table cannot be passed as another's. 0 means "no row"; ids of stored rows are positive.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    auto operator<=>(const Id&) const = default;
    explicit operator bool() const noexcept { return value != 0; }
};

using CustomerId = Id<struct CustomerTag>;
using StaffId = Id<struct StaffTag>;
using OperationId = Id<struct OperationTag>;
using JobId = Id<struct JobTag>;

}  // namespace otokui
