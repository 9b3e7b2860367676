#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "storage/value.hpp"

namespace otokui::access {

/// Ids of a page in few bytes: sorted, then the differences as base-128 numbers, low bits first. Fifty ids of
/// customers are about a hundred bytes. Ids are positive.
storage::Blob pack(std::vector<std::int64_t> ids);
/// Ascending. Throws std::runtime_error for bytes that `pack` does not make.
std::vector<std::int64_t> unpack(std::span<const std::uint8_t> bytes);

}  // namespace otokui::access
