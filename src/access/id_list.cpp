#include "access/id_list.hpp"

#include <algorithm>
#include <stdexcept>

namespace otokui::access {
namespace {

constexpr int kBits = 7;
constexpr std::uint64_t kLow = (1 << kBits) - 1;
constexpr std::uint8_t kMore = 1 << kBits;
constexpr int kMostBits = 63;

}  // namespace

storage::Blob pack(std::vector<std::int64_t> ids) {
    std::ranges::sort(ids);
    const auto twice = std::ranges::unique(ids);
    ids.erase(twice.begin(), twice.end());
    storage::Blob bytes;
    std::int64_t last = 0;
    for (const auto id : ids) {
        auto rest = static_cast<std::uint64_t>(id - last);
        for (; rest > kLow; rest >>= kBits) bytes.push_back(static_cast<std::uint8_t>(rest & kLow) | kMore);
        bytes.push_back(static_cast<std::uint8_t>(rest));
        last = id;
    }
    return bytes;
}

std::vector<std::int64_t> unpack(std::span<const std::uint8_t> bytes) {
    std::vector<std::int64_t> ids;
    std::uint64_t last = 0, difference = 0;
    int shift = 0;
    for (const auto byte : bytes) {
        if (shift >= kMostBits) throw std::runtime_error("packed ids: a number too large");
        difference |= (byte & kLow) << shift;
        shift += kBits;
        if ((byte & kMore) != 0) continue;
        last += difference;
        ids.push_back(static_cast<std::int64_t>(last));
        difference = 0;
        shift = 0;
    }
    if (shift != 0) throw std::runtime_error("packed ids: cut short");
    return ids;
}

}  // namespace otokui::access
