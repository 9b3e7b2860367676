#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otokui::staff {

/// Addresses that begin with the same bits: "192.0.2.0/24", "2001:db8::/32"; one address is a network of
/// itself. IPv4 is kept as IPv6 (::ffff:192.0.2.0/120), so that both writings of one address are one.
struct Network {
    std::array<std::uint8_t, 16> address{};
    int bits = 128;
};

/// Nothing when it is none, also when bits are set behind the prefix ("192.0.2.7/24": a slip, and the wrong
/// network would be let in).
std::optional<Network> parse_network(std::string_view text);
/// False for an address that is none.
bool contains(const Network& network, std::string_view address);

}  // namespace otokui::staff
