#include "access/id_list.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

namespace otokui::access {
namespace {

RC_GTEST_PROP(IdList, ReadsBackWhatItPacked, (const std::vector<std::uint32_t>& numbers)) {
    std::vector<std::int64_t> ids(numbers.begin(), numbers.end());
    std::erase(ids, 0);
    const std::set<std::int64_t> distinct(ids.begin(), ids.end());
    const auto read = unpack(pack(ids));
    RC_ASSERT(read == std::vector<std::int64_t>(distinct.begin(), distinct.end()));
}

TEST(IdList, TakesTheGreatestId) {
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(unpack(pack({greatest, 1})), (std::vector<std::int64_t>{1, greatest}));
}

TEST(IdList, NeedsTwoBytesForANeighbourAmongManyThousand) {
    std::vector<std::int64_t> ids;
    for (std::int64_t i = 1; i <= 50; ++i) ids.push_back(900'000 + i * 300);
    EXPECT_LE(pack(ids).size(), 102U);
}

TEST(IdList, RefusesBytesThatItDoesNotMake) {
    EXPECT_THROW(unpack(storage::Blob{0x80}), std::runtime_error);
    EXPECT_THROW(unpack(storage::Blob(12, 0xff)), std::runtime_error);
    EXPECT_TRUE(unpack({}).empty());
}

}  // namespace
}  // namespace otokui::access
