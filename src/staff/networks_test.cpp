#include "staff/networks.hpp"

#include <gtest/gtest.h>

namespace otokui::staff {
namespace {

bool is_in(const char* address, const char* network) {
    const auto parsed = parse_network(network);
    return parsed && contains(*parsed, address);
}

TEST(Networks, HoldTheAddressesOfTheirPrefix) {
    EXPECT_TRUE(is_in("192.0.2.7", "192.0.2.0/24"));
    EXPECT_FALSE(is_in("192.0.3.7", "192.0.2.0/24"));
    EXPECT_TRUE(is_in("192.0.2.7", "192.0.2.7"));
    EXPECT_FALSE(is_in("192.0.2.8", "192.0.2.7"));
    EXPECT_TRUE(is_in("192.0.2.131", "192.0.2.128/25"));
    EXPECT_FALSE(is_in("192.0.2.127", "192.0.2.128/25"));
    EXPECT_TRUE(is_in("203.0.113.1", "0.0.0.0/0"));
    EXPECT_TRUE(is_in("2001:db8::1", "2001:db8::/32"));
    EXPECT_FALSE(is_in("2001:db9::1", "2001:db8::/32"));
    EXPECT_TRUE(is_in("fe80::1%eth0", "fe80::/10"));
}

TEST(Networks, TakeBothWritingsOfAnIpv4AddressAsOne) {
    EXPECT_TRUE(is_in("::ffff:192.0.2.7", "192.0.2.0/24"));
    EXPECT_TRUE(is_in("192.0.2.7", "::ffff:192.0.2.0/120"));
    EXPECT_FALSE(is_in("2001:db8::1", "0.0.0.0/0"));
    EXPECT_TRUE(is_in("192.0.2.7", "::/0"));
}

TEST(Networks, AreRefusedWhenTheyAreNone) {
    for (const char* wrong :
         {"", "x", "192.0.2", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/24x", "192.0.2.7/24",
          "2001:db8::1/32", "2001:db8::/129", "192.0.2.0/24/8", "1.2.3.256"})
        EXPECT_FALSE(parse_network(wrong)) << wrong;
    EXPECT_FALSE(is_in("", "0.0.0.0/0"));
    EXPECT_FALSE(is_in("somewhere", "::/0"));
}

}  // namespace
}  // namespace otokui::staff
