#include "consent/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/key_ring.hpp"
#include "consent/tables.hpp"
#include "mail/sender.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"
#include "mail/tables.hpp"
#include "support/customers.hpp"

namespace otokui::consent {
namespace {

using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

class Consents : public testing::TestWithParam<test::Backend> {
protected:
    Consents()
        : customers_(
              GetParam(),
              [this](core::Registry& registry) {
                  register_tables(registry, customers_.catalogue);
                  mail::register_tables(registry);
                  registry.add_kind({"customer.import", {"取込", "Import"}, "import"});
                  registry.add_kind({"signup.create", {"登録", "Sign-up"}, "customer.edit"});
              },
              note_changes) {}

    CustomerId person(const std::string& fields) {
        return Customers::id_of(customers_.create(R"({"family_name":"青木",)" + fields + "}"));
    }
    mail::Context set_up_mail(crypto::KeyRing& keys) {
        const mail::Context mails{customers_.journal, keys, [](storage::Transaction&) {
                                      return mail::ShopFacts{.name = "店", .sender = {}};
                                  }};
        mail::put_settings(mails, customers_.actor, std::nullopt,
                           json::parse(R"({"host":"mail.example.jp","port":587,"tls":"starttls",)"
                                       R"("sender":{"name":"店","email":"shop@example.jp"}})"));
        return mails;
    }
    OperationId change(CustomerId id, const std::string& body, const core::Actor& actor) {
        customers_.now += 1'000;
        return customer::update(customers_.context, actor, id, {.any = true}, customers_.json(body))
            .operation;
    }
    static core::Actor staff(std::int64_t token = 0) {
        return {.staff = {3}, .token = token, .name = "担当", .ip = "192.0.2.7"};
    }
    // "newsletter + staff 192.0.2.7 ground", newest first.
    Texts log(CustomerId id, std::string_view what = "") {
        Texts lines;
        for (const auto& item : list_of(context_, customers_.actor, id, what, "", 200).items) {
            const auto text = [&](std::string_view key) {
                const auto* value = item.at(key).if_string();
                return value ? " " + std::string(*value) : std::string();
            };
            lines.push_back(text("what").substr(1) + (item.at("value").as_bool() ? " +" : " -") +
                            text("how") + text("ip") + text("ground") +
                            (item.at("current").as_bool() ? "" : " (past)"));
        }
        return lines;
    }
    bool is_cleaned(CustomerId id) { return customers_.get(id).at("cleaned").as_bool(); }
    Bounced bounce_at(const std::string& email, std::optional<std::int64_t> at = {}) {
        return bounce(context_, staff(), email, "550 no such user",
                      at ? std::optional(Moment{*at}) : std::nullopt);
    }

    Customers customers_;
    const Context context_{customers_.journal};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Consents, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Consents, TheRegistryKnowsEveryColumn) {
    for (const auto& difference :
         core::schema_differences(customers_.registry, customers_.database.storage()))
        EXPECT_EQ(difference.find("consent"), std::string::npos) << difference;
}

// FEATURES 77: preset from sign-up, each change timestamped.
TEST_P(Consents, AreLoggedWhoeverChangesTheTick) {
    const auto id = person(R"("newsletter":true,"direct_mail":false)");
    EXPECT_THAT(log(id), ElementsAre("newsletter + staff"));
    change(id, R"({"newsletter":false,"outbound_call":true})", staff());
    change(id, R"({"newsletter":true,"memo":"x"})", staff(5));
    change(id, R"({"memo":"y"})", staff());
    EXPECT_THAT(log(id), ElementsAre("newsletter + api 192.0.2.7", "outbound_call + staff 192.0.2.7",
                                     "newsletter - staff 192.0.2.7 (past)", "newsletter + staff (past)"));
    EXPECT_THAT(log(id, "outbound_call"), ElementsAre("outbound_call + staff 192.0.2.7"));
    const auto newest = list_of(context_, customers_.actor, id, "", "", 1).items.front();
    EXPECT_EQ(newest.at("at").as_string(), format_moment({customers_.now - 1'000}));
    EXPECT_EQ(newest.at("actor").as_string(), "担当");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Consents, OfManyRowsAtOnceAndOfUndoAndWithdrawalToo) {
    std::vector<std::int64_t> ids;
    customers_.journal.write({.actor = staff(), .kind = "customer.import", .reason = "展示会の名刺"},
                             [&](core::Writer& writer) {
                                 const auto& table = writer.registry().get("customer");
                                 std::vector<core::Record> records;
                                 for (int i = 0; i < 3; ++i) {
                                     core::Record record{0, {}};
                                     for (const auto& column : table.columns)
                                         record.values.push_back(column.initial());
                                     record.values[table.column("number")] = "N" + std::to_string(i);
                                     record.values[table.column("status")] = std::string("member");
                                     record.values[table.column("family_name")] = std::string("林");
                                     record.values[table.column("newsletter")] = std::int64_t{i != 1};
                                     records.push_back(std::move(record));
                                 }
                                 writer.insert_many(table, records);
                                 for (const auto& record : records) ids.push_back(record.id);
                             });
    EXPECT_THAT(log({ids[0]}), ElementsAre("newsletter + csv 192.0.2.7 展示会の名刺"));
    EXPECT_THAT(log({ids[1]}), IsEmpty());
    const auto changed = change({ids[0]}, R"({"newsletter":false})", staff());
    core::undo(customers_.journal, customers_.actor, changed);
    EXPECT_THAT(log({ids[0]}), ElementsAre("newsletter + staff", "newsletter - staff 192.0.2.7 (past)",
                                           "newsletter + csv 192.0.2.7 展示会の名刺 (past)"));
    customer::withdraw(customers_.context, customers_.actor, {ids[0]},
                       json::parse(R"({"reason":"引っ越し"})"));
    EXPECT_EQ(log({ids[0]}).front(), "newsletter - staff 引っ越し");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Consents, CanBeGivenWithTheirGround) {
    const auto id = person(R"("newsletter":false)");
    const auto record_it = [&](const std::string& body) {
        return record(context_, staff(), id, json::parse(body));
    };
    record_it(R"({"what":"newsletter","value":true,"ground":"電話で希望"})");
    EXPECT_TRUE(customers_.get(id).at("newsletter").as_bool());
    const auto again = record_it(
        R"({"what":"newsletter","value":true,"how":"form","ip":"198.51.100.4","at":"2026-11-20T09:00:00+09:00"})");
    EXPECT_EQ(again.operation.value, 0);
    EXPECT_EQ(again.entry.at("at").as_string(), "2026-11-20T09:00:00.000+09:00");
    EXPECT_THAT(log(id), ElementsAre("newsletter + form 198.51.100.4",
                                     "newsletter + staff 192.0.2.7 電話で希望 (past)"));
    EXPECT_THAT(
        field_errors([&] {
            record_it(
                R"({"what":"points","value":1,"how":"csv","at":"2030-01-01T00:00:00Z","ground":"a\nb","x":1})");
        }),
        ElementsAre("/what not_a_choice", "/value wrong_type", "/ground bad_character", "/how not_a_choice",
                    "/at in_the_future", "/x unknown_field"));
    EXPECT_THAT(
        field_errors([&] {
            record_it(R"({"what":"cleaned","value":true,"ground":")" + std::string(201, 'x') + R"("})");
        }),
        ElementsAre("/ground too_long"));
    EXPECT_EQ(log(id).size(), 2U);
    EXPECT_EQ(refusal([&] {
                  record(context_, staff(), {4711}, json::parse(R"({"what":"cleaned","value":true})"));
              }),
              "customer.not_found");
    customer::remove(customers_.context, customers_.actor, id, {.any = true});
    EXPECT_EQ(refusal([&] { record_it(R"({"what":"cleaned","value":true})"); }), "customer.deleted");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

// FEATURES 79: tick on, reason stored.
TEST_P(Consents, ABounceWritesOffEveryCustomerOfTheAddressOnce) {
    const auto first = person(R"("email":"a@example.jp","newsletter":true)"),
               second = person(R"("email2":"a@example.jp")"), other = person(R"("email":"b@example.jp")");
    const auto bounced =
        bounce(context_, staff(), json::parse(R"({"email":" A@Example.JP ","reason":"550 unknown"})"));
    EXPECT_EQ(bounced.cleaned, 2);
    EXPECT_TRUE(is_cleaned(first));
    EXPECT_TRUE(is_cleaned(second));
    EXPECT_FALSE(is_cleaned(other));
    EXPECT_TRUE(customers_.get(first).at("newsletter").as_bool());  // rule 12: another thing than the wish
    EXPECT_EQ(log(first).front(), "cleaned + bounce 192.0.2.7 550 unknown");
    const auto version = customers_.get(first).at("version");
    const auto again = bounce_at("a@example.jp");
    EXPECT_EQ(again.cleaned, 0);
    EXPECT_EQ(again.already, 2);
    EXPECT_EQ(again.operation.value, 0);
    EXPECT_EQ(customers_.get(first).at("version"), version);
    EXPECT_EQ(log(first).size(), 2U);
    EXPECT_EQ(bounce_at("nobody@example.jp").cleaned, 0);
    core::undo(customers_.journal, customers_.actor, bounced.operation);
    EXPECT_FALSE(is_cleaned(first));
    EXPECT_THAT(
        field_errors([&] { bounce(context_, staff(), json::parse(R"({"email":"no mail","at":7})")); }),
        ElementsAre("/email not_an_email", "/reason required", "/at wrong_type"));
    core::Actor clerk = staff();
    clerk.rights = std::make_shared<const core::Rights>(core::Rights{"customer.edit"});
    EXPECT_EQ(refusal([&] { bounce(context_, clerk, "a@example.jp", "x", {}); }), "forbidden");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Consents, ABounceFromBeforeTheMarkWasLiftedDoesNotSetItAgain) {
    const auto id = person(R"("email":"a@example.jp")");
    const auto at = customers_.now - 60'000;
    EXPECT_EQ(bounce_at("a@example.jp", at).cleaned, 1);
    change(id, R"({"cleaned":false})", staff());
    const auto late = bounce_at("a@example.jp", at);
    EXPECT_EQ(late.kept, 1);
    EXPECT_FALSE(is_cleaned(id));
    customers_.now += 60'000;
    EXPECT_EQ(bounce_at("a@example.jp", customers_.now - 1).cleaned, 1);
    EXPECT_TRUE(is_cleaned(id));
}

// FEATURES 78 and 79: skipped by every sender, and counted.
TEST_P(Consents, NoMailGoesToWhomIsCleaned) {
    auto keys = crypto::KeyRing::random();
    const auto mails = set_up_mail(keys);
    const auto id = person(R"("email":"a@example.jp")"), other = person(R"("email":"b@example.jp")");
    const auto send = [&](CustomerId to, const std::string& email) {
        return customers_.journal.housekeeping([&](core::Writer& writer) {
            return mail::enqueue(mails, writer, {email, "青木", to}, {"件名", "本文"});
        });
    };
    const auto state = [&](mail::MailId mail) {
        const auto json = mail::get_mail(mails, customers_.actor, mail);
        const auto* cause = json.at("cause").if_string();
        return std::string(json.at("status").as_string()) + (cause ? " " + std::string(*cause) : "");
    };
    const auto waiting = send(id, "a@example.jp"), of_other = send(other, "b@example.jp");
    bounce_at("a@example.jp");
    EXPECT_EQ(state(send(id, "a@example.jp").id), "suppressed cleaned");
    int handed_over = 0;
    mail::SenderOptions options;
    options.transport = [&](const mail::Peer&, const mail::Envelope&, std::string_view, const auto&) {
        ++handed_over;
        return mail::Sending{mail::Outcome::sent, "content", "250 OK"};
    };
    mail::Sender sender(mails, options);
    while (sender.send_next()) continue;
    EXPECT_EQ(handed_over, 1);
    EXPECT_EQ(state(waiting.id), "suppressed cleaned");
    EXPECT_EQ(state(of_other.id), "sent");
    EXPECT_EQ(refusal([&] { mail::retry(mails, customers_.actor, waiting.id); }), "mail.recipient_cleaned");
    change(id, R"({"cleaned":false})", staff());
    EXPECT_EQ(state(send(id, "a@example.jp").id), "queued");
}

TEST_P(Consents, OurOwnMailServersRefusalIsTold) {
    auto keys = crypto::KeyRing::random();
    const auto mails = set_up_mail(keys);
    const auto id = person(R"("email":"a@example.jp")");
    mail::SenderOptions options;
    std::string stage = "content";
    options.transport = [&](const mail::Peer&, const mail::Envelope&, std::string_view, const auto&) {
        return mail::Sending{mail::Outcome::refused, stage, "550 5.1.1 no such user"};
    };
    options.on_refused = [&](const std::string& email, const std::string& answer) {
        bounce(context_, core::system_actor("mail"), email, answer, Moment{customers_.now});
    };
    mail::Sender sender(mails, options);
    for (const bool cleaned : {false, true}) {
        customers_.journal.housekeeping([&](core::Writer& writer) {
            mail::enqueue(mails, writer, {"a@example.jp", "青木", id}, {"件名", "本文"});
        });
        EXPECT_TRUE(sender.send_next());
        EXPECT_EQ(is_cleaned(id), cleaned);
        stage = "recipient";
    }
    EXPECT_EQ(log(id).front(), "cleaned + bounce 550 5.1.1 no such user");
}

TEST_P(Consents, ARefusalIsToldAgainByWhoeverTakesOverFromTheDead) {
    auto keys = crypto::KeyRing::random();
    const auto mails = set_up_mail(keys);
    const auto id = person(R"("email":"a@example.jp")");
    customers_.journal.housekeeping([&](core::Writer& writer) {
        mail::enqueue(mails, writer, {"a@example.jp", "青木", id}, {"件名", "本文"});
    });
    mail::SenderOptions options;
    options.transport = [&](const mail::Peer&, const mail::Envelope&, std::string_view, const auto&) {
        return mail::Sending{mail::Outcome::refused, "recipient", "550 5.1.1 no such user"};
    };
    bool dies = true;
    options.on_refused = [&](const std::string& email, const std::string& answer) {
        if (dies) throw std::runtime_error("dies");
        bounce(context_, core::system_actor("mail"), email, answer, Moment{customers_.now});
    };
    mail::Sender sender(mails, options);
    EXPECT_THROW(sender.send_next(), std::runtime_error);
    EXPECT_FALSE(is_cleaned(id));
    dies = false;
    customers_.now += 3'600'000;  // the lease of the dead has ended
    EXPECT_TRUE(sender.send_next());
    EXPECT_TRUE(is_cleaned(id));
}

TEST_P(Consents, AreKeptThreeYearsAfterALaterOneTookOver) {
    const auto id = person(R"("newsletter":true)");
    constexpr std::int64_t kYear = 366LL * 86'400'000;
    customers_.now += 5 * kYear;
    EXPECT_EQ(remove_expired(context_), 0);  // it still stands
    change(id, R"({"newsletter":false})", staff());
    customers_.now += 3 * kYear - 2'000;
    EXPECT_EQ(remove_expired(context_), 0);
    customers_.now += 3'000;
    EXPECT_EQ(remove_expired(context_), 1);
    EXPECT_THAT(log(id), ElementsAre("newsletter - staff 192.0.2.7"));
}

TEST_P(Consents, OfAnErasedPersonTellNothingOfHim) {
    const auto id = person(R"("newsletter":true)");
    record(context_, staff(), id,
           json::parse(R"({"what":"newsletter","value":false,"ground":"青木さんの電話"})"));
    customers_.journal.housekeeping([&](core::Writer& writer) {
        std::vector<std::int64_t> ids;
        writer.tx().query("SELECT id FROM consent", {},
                          [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        for (const auto entry : ids) writer.erase(writer.registry().get(kTable), entry);
    });
    EXPECT_THAT(log(id), ElementsAre("newsletter - staff", "newsletter + staff (past)"));
}

TEST_P(Consents, ARandomHistoryEndsWithWhatTheCustomerSays) {
    const bool holds = rc::check("the last entry is the state", [&] {
        const auto id = person(R"("email":"r)" + std::to_string(customers_.now++) + R"(@example.jp")");
        std::map<std::string, std::vector<bool>> expected;  // oldest first
        for (int steps = *rc::gen::inRange(1, 12); steps > 0; --steps) {
            const auto what =
                *rc::gen::element<std::string>("newsletter", "direct_mail", "outbound_call", "cleaned");
            const bool value = *rc::gen::arbitrary<bool>();
            const auto word = value ? "true" : "false";
            auto& said = expected[what];
            const bool stands = !said.empty() && said.back();
            if (*rc::gen::arbitrary<bool>()) {
                record(context_, staff(), id,
                       json::parse(R"({"what":")" + what + R"(","value":)" + word + "}"));
                said.push_back(value);
            } else {
                const auto done = change(id, R"({")" + what + R"(":)" + word + "}", staff());
                if (value != stands) said.push_back(value);
                if (value != stands && *rc::gen::arbitrary<bool>()) {
                    core::undo(customers_.journal, customers_.actor, done);
                    said.push_back(stands);
                }
            }
        }
        for (const auto& [what, said] : expected) {
            std::vector<bool> found;
            int current = 0;
            for (const auto& item : list_of(context_, customers_.actor, id, what, "", 200).items) {
                found.insert(found.begin(), item.at("value").as_bool());
                current += item.at("current").as_bool();
            }
            RC_ASSERT(found == said);
            RC_ASSERT(current == (said.empty() ? 0 : 1));
        }
    });
    EXPECT_TRUE(holds);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::consent
