#include "base/text/card_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

struct MaskCase {
    std::string text, masked;
};
class CardNumbers : public testing::TestWithParam<MaskCase> {};

TEST_P(CardNumbers, AreMaskedToTheLastFour) {
    EXPECT_EQ(mask_card_numbers(GetParam().text), GetParam().masked);
}

// Numbers the brands publish for testing.
INSTANTIATE_TEST_SUITE_P(Brands, CardNumbers,
                         testing::Values(MaskCase{"4111111111111111", "************1111"},
                                         MaskCase{"4222222222222", "*********2222"},
                                         MaskCase{"5555555555554444", "************4444"},
                                         MaskCase{"2223003122003222", "************3222"},
                                         MaskCase{"378282246310005", "***********0005"},
                                         MaskCase{"3530111333300000", "************0000"},
                                         MaskCase{"30569309025904", "**********5904"},
                                         MaskCase{"38520000023237", "**********3237"},
                                         MaskCase{"6011111111111117", "************1117"},
                                         MaskCase{"6200000000000005", "************0005"}));

INSTANTIATE_TEST_SUITE_P(
    Writings, CardNumbers,
    testing::Values(MaskCase{"カード 4111-1111-1111-1111 です", "カード ****-****-****-1111 です"},
                    MaskCase{"4111 1111 1111 1111", "**** **** **** 1111"},
                    MaskCase{"４１１１１１１１１１１１１１１１", "************１１１１"},
                    MaskCase{"４１１１－１１１１－１１１１－１１１１", "****－****－****－１１１１"},
                    MaskCase{"3782 822463 10005", "**** ****** *0005"},
                    MaskCase{"a4111111111111111b5555555555554444", "a************1111b************4444"},
                    MaskCase{"090-1234-5678 4111-1111-1111-1111", "090-1234-5678 ****-****-****-1111"},
                    MaskCase{"4111-1111-1111-1111 2026", "****-****-****-1111 2026"}));

INSTANTIATE_TEST_SUITE_P(OtherNumbers, CardNumbers,
                         testing::Values(MaskCase{"", ""}, MaskCase{"4111111111111112", "4111111111111112"},
                                         MaskCase{"4901234567894", "4901234567894"},
                                         MaskCase{"4569951116179", "4569951116179"},
                                         MaskCase{"41111111111111110", "41111111111111110"},
                                         MaskCase{"1234567890123452", "1234567890123452"},
                                         MaskCase{"4111--1111-1111-1111", "4111--1111-1111-1111"},
                                         MaskCase{"4111  111111111111", "4111  111111111111"},
                                         MaskCase{"0000000000000000", "0000000000000000"},
                                         MaskCase{"03-1234-5678", "03-1234-5678"}));

TEST(CardNumbersFound, AreNamedWithBrandAndPlace) {
    const auto found = find_card_numbers("番号4111-1111-1111-1111");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], (CardNumber{6, 19, "visa", "1111"}));
}

TEST(CardNumbersFound, AreMaskedAlsoWhereOneBeginsInAnother) {
    const std::string masked = mask_card_numbers("4111 1111 1111 1111１-44 4111111111111111１");
    EXPECT_TRUE(find_card_numbers(masked).empty()) << masked;
}

RC_GTEST_PROP(CardNumbersProperty, AMaskedTextHoldsNone, ()) {
    const auto piece = rc::gen::element<std::string>("4111111111111111", "4111 1111 1111 1111", " ", "-",
                                                     "5555", "田", "4", "１");
    std::string text = *test::any_text();
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) text += part;
    const std::string masked = mask_card_numbers(text);
    RC_ASSERT(find_card_numbers(masked).empty());
    RC_ASSERT(mask_card_numbers(masked) == masked);
}

}  // namespace
}  // namespace otokui::text
