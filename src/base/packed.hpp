#pragma once

#include <string>
#include <string_view>

// Zstandard (RFC 8878) for what is kept: quick rather than small, a table as CSV shrinks to a third.
namespace otokui {

std::string pack(std::string_view plain);

/// What pack() was given. Throws std::runtime_error when `packed` is not its result, or would be longer than
/// `longest` bytes.
std::string unpack(std::string_view packed, std::size_t longest);

}  // namespace otokui
