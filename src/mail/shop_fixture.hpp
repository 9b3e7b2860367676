#pragma once

#include <gtest/gtest.h>

#include "mail/sender.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"
#include "mail/tables.hpp"
#include "support/customers.hpp"

namespace otokui::mail {

/// A shop with mail settings, a clock that tests move, and a peer that answers what they say.
class MailShop : public testing::TestWithParam<test::Backend> {
protected:
    template <class Work>
    auto write(Work work) {
        return customers_.journal.housekeeping(work);
    }
    void set_up_mail(const std::string& more = "") {
        put_settings(context_, customers_.actor, std::nullopt,
                     json::parse(R"({"host":"mail.example.jp","port":587,"tls":"starttls",)"
                                 R"("sender":{"name":"お得意","email":"shop@example.jp"})" +
                                 more + "}"));
    }
    CustomerId make_customer() {
        return test::Customers::id_of(
            customers_.create(R"({"family_name":"鈴木","email":"ichiro@example.jp"})"));
    }
    Queued send_reset(const std::string& to = "hanako@example.jp") {
        return write([&](core::Writer& writer) {
            return send_template(context_, writer, "password_reset", Language::ja, {to, "花子"},
                                 {.texts = {{"staff_name", "花子"}, {"minutes", "15"}},
                                  .secrets = {{"link", "https://shop.example/password#secret"}}});
        });
    }
    Queued send_withdrawal(CustomerId customer, const std::string& name = "鈴木") {
        return write([&](core::Writer& writer) {
            return send_template(context_, writer, "withdrawal", Language::ja,
                                 {"ichiro@example.jp", name, customer},
                                 {.texts = {{"customer_name", name}, {"at", "2026/11/22 10:00"}}});
        });
    }
    json::Object get(MailId id) { return get_mail(context_, customers_.actor, id); }
    std::string state(MailId id) {
        const auto mail = get(id);
        const auto* cause = mail.at("cause").if_string();
        return std::string(mail.at("status").as_string()) + (cause ? " " + std::string(*cause) : "");
    }

    /// A process's sender whose peer takes everything unless `answers_` says otherwise.
    std::unique_ptr<Sender> make_sender() {
        SenderOptions options;
        options.transport = [this](const Peer&, const Envelope& envelope, std::string_view message,
                                   const std::function<bool()>&) {
            sent_.push_back({envelope, std::string(message)});
            if (during_) during_();
            if (answers_.empty()) return Sending{Outcome::sent, "content", "250 2.0.0 OK"};
            auto answer = answers_.front();
            answers_.erase(answers_.begin());
            return answer;
        };
        return std::make_unique<Sender>(context_, std::move(options));
    }
    int drain(Sender& sender) {
        int count = 0;
        while (sender.send_next()) ++count;
        return count;
    }
    void wait(std::chrono::milliseconds time) { customers_.now += time.count(); }

    crypto::KeyRing keys_ = crypto::KeyRing::random();
    test::Customers customers_{GetParam(), register_tables};
    Context context_{customers_.journal, keys_,
                     [](storage::Transaction&) { return ShopFacts{.name = "おとくい商店", .sender = {}}; }};
    struct Seen {
        Envelope envelope;
        std::string message;
    };
    std::vector<Seen> sent_;
    std::vector<Sending> answers_;
    std::function<void()> during_;
};

}  // namespace otokui::mail
