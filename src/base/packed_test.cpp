#include "base/packed.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace otokui {
namespace {

constexpr std::size_t kEnough = 1 << 20;

RC_GTEST_PROP(Packed, ComesOutAsItWentIn, (const std::string& plain)) {
    RC_ASSERT(unpack(pack(plain), kEnough) == plain);
}

TEST(Packed, RepeatedTextIsSmaller) {
    std::string rows;
    while (rows.size() < 100'000) rows += "田中,花子,東京都\r\n";
    EXPECT_LT(pack(rows).size(), rows.size() / 10);
}

TEST(Packed, NothingElseComesOut) {
    const auto packed = pack("田中 花子");
    EXPECT_THROW(unpack("", kEnough), std::runtime_error);
    EXPECT_THROW(unpack("田中 花子", kEnough), std::runtime_error);
    EXPECT_THROW(unpack(std::string_view(packed).substr(0, packed.size() - 1), kEnough), std::runtime_error);
    EXPECT_THROW(unpack(packed, 3), std::runtime_error);
}

}  // namespace
}  // namespace otokui
