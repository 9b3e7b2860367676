#include "mail/address.hpp"

#include <gtest/gtest.h>

namespace otokui::mail {
namespace {

TEST(MailAddress, QuotesWhatRfc5321TakesOnlyQuoted) {
    EXPECT_EQ(Address::parse("hanako@example.jp")->on_wire(), "hanako@example.jp");
    EXPECT_EQ(Address::parse("a..b@docomo.ne.jp")->on_wire(), "\"a..b\"@docomo.ne.jp");
    EXPECT_EQ(Address::parse("a.@docomo.ne.jp")->on_wire(), "\"a.\"@docomo.ne.jp");
    EXPECT_EQ(Address::parse("\"a b\"@example.jp")->on_wire(), "\"a b\"@example.jp");
}

TEST(MailAddress, TakesNothingThatCouldEndACommand) {
    for (const auto* text : {"a@example.jp\r\nDATA", "a@example.jp>", "<a@example.jp>",
                             "a@example.jp\nRCPT TO:<b@example.jp>", "a@example.jp b@example.jp",
                             "a@exa\rmple.jp", "\"a\r\n\"@example.jp", "a", "@", "a@", "花子@example.jp"})
        EXPECT_FALSE(Address::parse(text)) << text;
}

TEST(MailHeader, LeavesShortAsciiAlone) {
    EXPECT_EQ(encode_text("Hello", 9), "Hello");
    EXPECT_EQ(encode_text("=?UTF-8?B?QQ==?=", 9), "=?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?=");
}

TEST(MailHeader, EncodesJapaneseInWordsThatTearNoCharacter) {
    EXPECT_EQ(encode_text("お得意", 9), "=?UTF-8?B?44GK5b6X5oSP?=");
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "髙";
    const auto encoded = encode_text(subject, 9);
    std::size_t line = 9;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        line = encoded[i] == '\n' ? 0 : line + 1;
        EXPECT_LE(line, 78U);
    }
    // Each word holds whole characters: three bytes each are four characters of base64.
    for (auto at = encoded.find("=?UTF-8?B?"); at != std::string::npos;
         at = encoded.find("=?UTF-8?B?", at + 1)) {
        const auto end = encoded.find("?=", at + 10);
        EXPECT_EQ((end - at - 10) % 4, 0U);
        EXPECT_EQ(encoded.substr(at, end - at).find('=', 10), std::string::npos);
    }
}

TEST(MailHeader, WritesNamesThatOtherSystemsLose) {
    const Address shop{"shop", "example.jp"};
    EXPECT_EQ(encode_mailbox("", shop, 6), "shop@example.jp");
    EXPECT_EQ(encode_mailbox("A [B]; \"C\".", shop, 6), "\"A [B]; \\\"C\\\".\" <shop@example.jp>");
    EXPECT_EQ(encode_mailbox("お得意", shop, 6), "=?UTF-8?B?44GK5b6X5oSP?= <shop@example.jp>");
}

TEST(MailHeader, RefusesControlCharacters) {
    for (const std::string text : {"a\r\nBcc: b@example.jp", "a\nb", "a\rb", "a\x7f",
                                   "a\xc2\x85"
                                   "b",
                                   "a\xe2\x80\xa8"
                                   "b",
                                   "\xff"}) {
        EXPECT_FALSE(is_header_text(text));
        EXPECT_THROW(encode_text(text, 0), std::invalid_argument);
        EXPECT_THROW(encode_mailbox(text, {"a", "example.jp"}, 0), std::invalid_argument);
    }
    EXPECT_THROW(encode_text(std::string_view("a\0b", 3), 0), std::invalid_argument);
}

TEST(MailHeader, Base64HasTheVectorsOfRfc4648) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace otokui::mail
