#include "base/text/normalise.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

struct StoredCase {
    std::string (*normalise)(std::string_view);
    std::string typed, stored;
};
class Normalise : public testing::TestWithParam<StoredCase> {};

TEST_P(Normalise, GivesTheStoredValue) {
    EXPECT_EQ(GetParam().normalise(GetParam().typed), GetParam().stored);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Normalise,
    testing::Values(
        StoredCase{trimmed, "　 田中 \t\r\n", "田中"},
        StoredCase{trimmed, "a\r\nb\rc\n\r\nd", "a\nb\rc\n\nd"},
        StoredCase{trimmed, "a\r\r\nb\r\rc", "a\nb\r\rc"}, StoredCase{trimmed, "ＡＢｃ ①", "ＡＢｃ ①"},
        StoredCase{trimmed, "葛\U000E0100 ", "葛\U000E0100"}, StoredCase{trimmed, " \u3000", ""},
        StoredCase{trimmed, "", ""}, StoredCase{kana, "たなか　たろう", "タナカ　タロウ"},
        StoredCase{kana, "ﾀﾅｶ ｼﾞﾛｰ", "タナカ ジロー"}, StoredCase{kana, "ｶﾞﾊﾟｳﾞﾜﾞ", "ガパヴヷ"},
        StoredCase{kana, "か\u3099", "ガ"}, StoredCase{kana, "ｱﾞ", "ア\u3099"},
        StoredCase{kana, "ｵｵﾀﾆ･ｼｮｳﾍｲ", "オオタニ・ショウヘイ"}, StoredCase{kana, "ABC ゝ", "ABC ヽ"},
        StoredCase{phone, "０９０－１２３４－５６７８", "09012345678"},
        StoredCase{phone, " (03) 1234.5678", "0312345678"},
        StoredCase{phone, "+81-90-1234-5678", "09012345678"},
        StoredCase{phone, "090ー1234ー5678", "09012345678"},
        StoredCase{phone, " 03-1234-5678 内線9 ", "03-1234-5678 内線9"}, StoredCase{phone, "--", ""},
        StoredCase{postal_code, "〒１２３－４５６７", "1234567"},
        StoredCase{postal_code, "123 4567", "1234567"}, StoredCase{postal_code, "SW1A 1AA", "SW1A 1AA"},
        StoredCase{mail, " Ｔaro@EXAMPLE.com ", "taro@example.com"}));

struct ProblemCase {
    std::optional<std::string_view> (*problem)(std::string_view);
    std::string value;
    std::string code;  // "" = no problem
};
class NormalisedValue : public testing::TestWithParam<ProblemCase> {};

TEST_P(NormalisedValue, HasTheProblem) {
    EXPECT_EQ(GetParam().problem(GetParam().value).value_or(""), GetParam().code) << GetParam().value;
}

INSTANTIATE_TEST_SUITE_P(
    Mail, NormalisedValue,
    testing::Values(ProblemCase{mail_problem, "a@b.jp", ""},
                    ProblemCase{mail_problem, "taro.tanaka+shop@mail.example.co.jp", ""},
                    ProblemCase{mail_problem, "taro..x.@docomo.ne.jp", ""},
                    ProblemCase{mail_problem, "\"a b\"@example.com", ""},
                    ProblemCase{mail_problem, "\"a\\\"b\"@example.com", ""},
                    ProblemCase{mail_problem, "\"a\\\\\"@example.com", ""},
                    ProblemCase{mail_problem, "\"a\\\"@example.com", "not_an_email"},
                    ProblemCase{mail_problem, "\"a\"b\"@example.com", "not_an_email"},
                    ProblemCase{mail_problem, "", "not_an_email"},
                    ProblemCase{mail_problem, "x", "not_an_email"},
                    ProblemCase{mail_problem, "@b.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@", "not_an_email"},
                    ProblemCase{mail_problem, "a@b", "not_an_email"},
                    ProblemCase{mail_problem, "a@b..jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@-b.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@b.jp.", "not_an_email"},
                    ProblemCase{mail_problem, "a@1.2.3.4", "not_an_email"},
                    ProblemCase{mail_problem, ".a@b.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a b@c.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@b.jp, c@d.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@b.jp\r\nBcc: c@d.jp", "not_an_email"},
                    ProblemCase{mail_problem, "\"a\r\n\"@b.jp", "not_an_email"},
                    ProblemCase{mail_problem, std::string("a\0@b.jp", 7), "not_an_email"},
                    ProblemCase{mail_problem, "田中@example.jp", "not_an_email"},
                    ProblemCase{mail_problem, "a@例え.jp", "not_an_email"},
                    ProblemCase{mail_problem, std::string(64, 'a') + "@b.jp", ""},
                    ProblemCase{mail_problem, std::string(65, 'a') + "@b.jp", "not_an_email"},
                    ProblemCase{mail_problem, std::string(61, 'a') + ".@b.jp", ""},
                    ProblemCase{mail_problem, std::string(62, 'a') + ".@b.jp", "not_an_email"},
                    ProblemCase{mail_problem, std::string(61, 'a') + "..@b.jp", "not_an_email"},
                    ProblemCase{mail_problem,
                                "a@" + std::string(63, 'b') + "." + std::string(63, 'b') + "." +
                                    std::string(63, 'b') + "." + std::string(60, 'c'),
                                ""},
                    ProblemCase{mail_problem,
                                "a@" + std::string(63, 'b') + "." + std::string(63, 'b') + "." +
                                    std::string(63, 'b') + "." + std::string(61, 'c'),
                                "not_an_email"},
                    ProblemCase{mail_problem,
                                "a.@" + std::string(63, 'b') + "." + std::string(63, 'b') + "." +
                                    std::string(63, 'b') + "." + std::string(58, 'c'),
                                "not_an_email"},
                    ProblemCase{mail_problem, "a@" + std::string(64, 'b') + ".jp", "not_an_email"}));

INSTANTIATE_TEST_SUITE_P(Others, NormalisedValue,
                         testing::Values(ProblemCase{phone_problem, "0312345678", ""},
                                         ProblemCase{phone_problem, "09012345678", ""},
                                         ProblemCase{phone_problem, "02001234567890", ""},
                                         ProblemCase{phone_problem, "312345678", "lost_leading_zero"},
                                         ProblemCase{phone_problem, "9012345678", "lost_leading_zero"},
                                         ProblemCase{phone_problem, "", "not_a_phone"},
                                         ProblemCase{phone_problem, "031234567", "not_a_phone"},
                                         ProblemCase{phone_problem, "16502530000", "not_a_phone"},
                                         ProblemCase{phone_problem, "020012345678901", "not_a_phone"},
                                         ProblemCase{phone_problem, "4.97E+12", "not_a_phone"},
                                         ProblemCase{postal_code_problem, "1234567", ""},
                                         ProblemCase{postal_code_problem, "600000", "lost_leading_zero"},
                                         ProblemCase{postal_code_problem, "12345678", "not_a_postal_code"},
                                         ProblemCase{postal_code_problem, "", "not_a_postal_code"},
                                         ProblemCase{postal_code_problem, "SW1A 1AA", "not_a_postal_code"},
                                         ProblemCase{kana_problem, "タナカ ジロー・ヴ", ""},
                                         ProblemCase{kana_problem, "", ""},
                                         ProblemCase{kana_problem, "たなか", "not_kana"},
                                         ProblemCase{kana_problem, "ﾀﾅｶ", "not_kana"},
                                         ProblemCase{kana_problem, "田中", "not_kana"}));

INSTANTIATE_TEST_SUITE_P(
    Lines, NormalisedValue,
    testing::Values(ProblemCase{line_problem, "𠮷野 葛\U000E0100 👨‍👩‍👧 O'Brien ❤️", ""},
                    ProblemCase{line_problem, "a\tb", "bad_character"},
                    ProblemCase{line_problem, "a\nb", "bad_character"},
                    ProblemCase{line_problem, "a\x7F", "bad_character"},
                    ProblemCase{line_problem, "a\u0085", "bad_character"},
                    ProblemCase{line_problem, "a\u2028", "bad_character"},
                    ProblemCase{line_problem, "a\xFF", "invalid_utf8"},
                    ProblemCase{line_problem, std::string("a\0", 2), "invalid_utf8"},
                    ProblemCase{multiline_problem, "a\n\tb", ""},
                    ProblemCase{multiline_problem, "a\rb", "bad_character"}));

RC_GTEST_PROP(NormaliseProperty, IsIdempotentAndStaysValid, ()) {
    const std::string typed = *test::any_text();
    for (const auto normalise : {trimmed, kana, phone, postal_code, mail}) {
        const std::string stored = normalise(typed);
        RC_ASSERT(normalise(stored) == stored);
        RC_ASSERT(is_valid_utf8(stored));
    }
}

RC_GTEST_PROP(NormaliseProperty, AMailThatPassesHoldsNoControlCharacters,
              (const std::string& local, const std::string& domain)) {
    const std::string address = local + "@" + domain;
    if (!is_mail(address)) return;
    for (const char byte : address) RC_ASSERT(byte >= 0x20 && byte < 0x7F);
}

}  // namespace
}  // namespace otokui::text
