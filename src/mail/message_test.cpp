#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otokui::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Letter letter() {
    return {.from = {"お得意", "shop@example.jp"},
            .to = {"Hanako", "hanako@example.jp"},
            .reply_to = "desk@example.jp",
            .subject = "Hello",
            .body_text = "一\n二\r\n",
            .body_html = std::nullopt,
            .message_id = "abc@example.jp",
            .date = {1'795'309'200'000}};
}

TEST(MailMessage, IsWrittenWithEveryHeader) {
    EXPECT_EQ(format(letter()),
              "Date: Sun, 22 Nov 2026 10:00:00 +0900\r\n"
              "From: =?UTF-8?B?44GK5b6X5oSP?= <shop@example.jp>\r\n"
              "To: \"Hanako\" <hanako@example.jp>\r\n"
              "Reply-To: desk@example.jp\r\n"
              "Subject: Hello\r\n"
              "Message-ID: <abc@example.jp>\r\n"
              "MIME-Version: 1.0\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\n"
              "5LiADQrkuowNCg==\r\n");
}

TEST(MailMessage, OffersHtmlAsTheSecondAlternative) {
    auto with_html = letter();
    with_html.body_html = "<p>一</p>";
    const auto text = format(with_html);
    EXPECT_THAT(text, HasSubstr("Content-Type: multipart/alternative; boundary=\"=_abc\"\r\n"));
    EXPECT_LT(text.find("text/plain"), text.find("text/html"));
    EXPECT_THAT(text, HasSubstr("\r\n--=_abc--\r\n"));
}

TEST(MailMessage, RefusesWhatWouldAddAHeader) {
    const std::string injected = "x\r\nBcc: b@example.jp";
    for (const auto& spoil : std::vector<std::function<void(Letter&)>>{
             [&](Letter& l) { l.subject = injected; }, [&](Letter& l) { l.from.name = injected; },
             [&](Letter& l) { l.to.name = injected; }, [&](Letter& l) { l.to.email = injected; },
             [&](Letter& l) { l.from.email = injected; }, [&](Letter& l) { l.reply_to = injected; },
             [&](Letter& l) { l.message_id = injected; }}) {
        auto spoilt = letter();
        spoil(spoilt);
        EXPECT_THROW(format(spoilt), std::invalid_argument);
    }
}

TEST(MailMessage, BodyCannotEndTheMessage) {
    auto sly = letter();
    sly.body_text = "\r\n.\r\nQUIT\r\n";
    EXPECT_THAT(format(sly), Not(HasSubstr("\r\n.\r\n")));
}

TEST(MailMessage, IdsAreFreshAndOfTheSendersDomain) {
    const auto id = make_message_id("shop@example.jp");
    EXPECT_THAT(id, testing::EndsWith("@example.jp"));
    EXPECT_NE(id, make_message_id("shop@example.jp"));
}

}  // namespace
}  // namespace otokui::mail
