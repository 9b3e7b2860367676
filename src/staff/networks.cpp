#include "staff/networks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace otokui::staff {
namespace {

constexpr int kAddressBits = 128, kMappedBits = 96;

struct Parsed {
    std::array<std::uint8_t, 16> bytes{};
    bool is_v4 = false;
};

std::optional<Parsed> parse_address(const std::string& text) {
    Parsed parsed;
    if (inet_pton(AF_INET, text.c_str(), parsed.bytes.data() + 12) == 1) {
        parsed.bytes[10] = parsed.bytes[11] = 0xff;
        parsed.is_v4 = true;
        return parsed;
    }
    if (inet_pton(AF_INET6, text.c_str(), parsed.bytes.data()) == 1) return parsed;
    return std::nullopt;
}

// The byte's part of a mask of so many leading bits.
std::uint8_t mask_of(int bits, std::size_t byte) {
    const int left = std::clamp(bits - static_cast<int>(byte) * 8, 0, 8);
    return static_cast<std::uint8_t>(0xff << (8 - left));
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(std::string(text.substr(0, slash)));
    if (!address) return std::nullopt;
    Network network{address->bytes, kAddressBits};
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        int bits = -1;
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
        if (bits < 0 || bits > (address->is_v4 ? kAddressBits - kMappedBits : kAddressBits))
            return std::nullopt;
        network.bits = address->is_v4 ? bits + kMappedBits : bits;
    }
    for (std::size_t i = 0; i < network.address.size(); ++i)
        if ((network.address.at(i) & ~mask_of(network.bits, i)) != 0) return std::nullopt;
    return network;
}

bool contains(const Network& network, std::string_view address) {
    // A zone ("fe80::1%eth0") says nothing of where the address lies.
    const auto parsed = parse_address(std::string(address.substr(0, address.find('%'))));
    if (!parsed) return false;
    for (std::size_t i = 0; i < network.address.size(); ++i)
        if ((parsed->bytes.at(i) & mask_of(network.bits, i)) != network.address.at(i)) return false;
    return true;
}

}  // namespace otokui::staff
