#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"

namespace otokui::mail {
namespace {

// Somebody waits for the answer.
constexpr std::chrono::seconds kLongestTest{15};

Written test_text(Language language) {
    const Text subject{"テストメール", "Test mail"};
    const Text text{"このメールが届けば、メールの設定は正しく行われています。\n",
                    "If you read this, the mail settings work.\n"};
    return {subject.in(language), text.in(language)};
}

struct Ready {
    Peer peer;
    Party sender;
    std::string reply_to;
};

Ready get_ready(const Context& context, storage::Transaction& tx) {
    const auto settings = read_settings(tx);
    const auto shop = context.shop(tx);
    if (!is_set_up(settings, shop))
        throw Refused({ProblemKind::conflict,
                       "mail.not_set_up",
                       {"メールサーバーと差出人を先に設定してください。",
                        "Set the mail server and the sender first."}});
    const auto sender = sender_of(settings, shop).value();
    return {peer_of(context, tx, settings, sender), sender, settings.reply_to};
}

json::Object send_now(const Context& context, const Ready& ready, const std::string& to,
                      const Written& mail) {
    auto peer = ready.peer;
    peer.timeout = std::min(peer.timeout, kLongestTest);
    const Letter letter{.from = ready.sender,
                        .to = {"", to},
                        .reply_to = ready.reply_to,
                        .subject = mail.subject,
                        .body_text = mail.body_text,
                        .body_html = std::nullopt,
                        .message_id = make_message_id(ready.sender.email),
                        .date = context.journal.now()};
    const Envelope envelope{Address::parse(ready.sender.email)->on_wire(), Address::parse(to)->on_wire()};
    const auto sending = SmtpClient().send(peer, envelope, format(letter));
    return {{"delivered", sending.outcome == Outcome::sent},
            {"stage", sending.stage},
            {"answer", sending.answer}};
}

}  // namespace

TestMail send_test(const Context& context, const core::Actor& actor, const json::Value& body,
                   Language language) {
    actor.require("settings.edit");
    json::ObjectReader reader(body);
    const auto to = text::trimmed(reader.text("to"));
    const bool queue = reader.find_boolean("queue").value_or(false);
    if (reader.errors().empty() && !Address::parse(to)) reader.add_error("to", "not_an_email");
    reader.finish("settings.invalid");
    const auto mail = test_text(language);
    if (!queue) {
        const auto ready =
            context.journal.database().read([&](storage::Transaction& tx) { return get_ready(context, tx); });
        return {send_now(context, ready, to, mail), false};
    }
    const auto queued = context.journal.write({.actor = actor}, [&](core::Writer& writer) {
        get_ready(context, writer.tx());
        return enqueue(context, writer, {to}, mail);
    });
    return {{{"mail", std::to_string(queued.id.value)}}, true};
}

}  // namespace otokui::mail
