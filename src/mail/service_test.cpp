#include "mail/service.hpp"

#include <gmock/gmock.h>

#include "core/record_json.hpp"
#include "mail/shop_fixture.hpp"
#include "mail/template.hpp"

namespace otokui::mail {
namespace {

class MailService : public MailShop {
protected:
    core::Actor actor_with(std::initializer_list<std::string> rights) {
        auto actor = customers_.actor;
        actor.rights = std::make_shared<const core::Rights>(rights);
        return actor;
    }
    std::vector<std::string> setting_errors(const std::string& body) {
        return test::field_errors(
            [&] { put_settings(context_, customers_.actor, std::nullopt, json::parse(body)); });
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, MailService, testing::ValuesIn(test::backends()), test::backend_name);

using Errors = std::vector<std::string>;

TEST_P(MailService, KeepsBackWhatCannotBeSentAndNeverRefusesTheCause) {
    EXPECT_EQ(send_reset().status, Status::suppressed);  // nothing is set up
    set_up_mail();
    EXPECT_EQ(send_reset("a@example.jp\r\nBcc: b@example.jp").status, Status::failed);
    EXPECT_EQ(send_reset("no address").status, Status::failed);
    EXPECT_EQ(send_withdrawal(make_customer(), "鈴木\r\nBcc: b@example.jp").status, Status::queued);
    drain(*make_sender());
    ASSERT_EQ(sent_.size(), 1U);
    EXPECT_EQ(sent_[0].message.find("Bcc"), std::string::npos);
}

TEST_P(MailService, SuppressedMailGoesOutByHandOnceMailIsSetUp) {
    const auto mail = send_withdrawal(make_customer());
    EXPECT_EQ(state(mail.id), "suppressed not_set_up");
    EXPECT_EQ(test::refusal([&] { retry(context_, customers_.actor, mail.id); }), "mail.not_set_up");
    set_up_mail();
    retry(context_, customers_.actor, mail.id);
    EXPECT_EQ(drain(*make_sender()), 1);
    EXPECT_EQ(get(mail.id).at("from").as_string(), "shop@example.jp");
}

TEST_P(MailService, ListsACustomersMailsNewestFirstInPages) {
    set_up_mail();
    const auto customer = make_customer();
    const auto first = send_withdrawal(customer);
    const auto second = send_withdrawal(customer);
    send_reset();
    const auto page = list_of_customer(context_, customers_.actor, customer, "", 1);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].at("id").as_string(), std::to_string(second.id.value));
    const auto rest = list_of_customer(context_, customers_.actor, customer, page.next_cursor, 1);
    EXPECT_EQ(rest.items[0].at("id").as_string(), std::to_string(first.id.value));
    EXPECT_EQ(rest.next_cursor, "");
    EXPECT_EQ(list_all(context_, customers_.actor, "", "", 50).items.size(), 3U);
    EXPECT_EQ(list_all(context_, customers_.actor, "failed", "", 50).items.size(), 0U);
    EXPECT_EQ(test::refusal([&] { list_all(context_, customers_.actor, "lost", "", 50); }), "query.invalid");
    EXPECT_EQ(test::refusal([&] { list_all(context_, customers_.actor, "", "x", 50); }), "cursor.invalid");
    EXPECT_EQ(test::refusal([&] { list_of_customer(context_, customers_.actor, {999}, "", 50); }),
              "customer.not_found");
}

TEST_P(MailService, MasksContactDataAndHidesMailsOfStaff) {
    set_up_mail();
    const auto mail = send_withdrawal(make_customer());
    const auto staff = send_reset();
    const auto viewer = actor_with({"mail.read"});
    const auto seen = get_mail(context_, viewer, mail.id);
    for (const auto* key : {"to", "body_text"}) EXPECT_EQ(seen.at(key).as_string(), core::kMask) << key;
    EXPECT_NE(seen.at("subject").as_string(), core::kMask);
    EXPECT_EQ(get_mail(context_, actor_with({"mail.read", "contact.read"}), mail.id).at("to").as_string(),
              "ichiro@example.jp");
    EXPECT_EQ(test::refusal([&] { get_mail(context_, viewer, staff.id); }), "mail.not_found");
    EXPECT_EQ(test::refusal([&] { list_all(context_, viewer, "", "", 50); }), "forbidden");
    EXPECT_EQ(test::refusal([&] { retry(context_, viewer, mail.id); }), "forbidden");
}

TEST_P(MailService, SettingsNameEveryWrongField) {
    EXPECT_THAT(setting_errors(R"({"host":"a b","port":0,"tls":"starttls","user":"x\ny","reply_to":"nobody",
                                   "admin_email":"a@example.jp\r\nBcc: b@example.jp","timeout_seconds":0,
                                   "ca_certificate":"x","more":1,
                                   "sender":{"name":"x\r\nBcc: b@example.jp","email":"shop"}})"),
                testing::UnorderedElementsAre("/host bad_character", "/port out_of_range",
                                              "/user bad_character", "/reply_to not_an_email",
                                              "/admin_email not_an_email", "/timeout_seconds out_of_range",
                                              "/ca_certificate not_a_certificate", "/more unknown_field",
                                              "/sender/name bad_character", "/sender/email not_an_email"));
    EXPECT_EQ(setting_errors(R"({"host":"mail.example.jp","port":25,"tls":"none"})"),
              Errors{"/tls plain_not_allowed"});
    EXPECT_EQ(
        setting_errors(R"({"host":"mail.example.jp","port":25,"tls":"none","allow_plain":true,"user":"u"})"),
        Errors{"/user password_in_clear"});
    EXPECT_EQ(setting_errors(R"({"host":"127.0.0.1","port":25,"tls":"none","user":"u","password":"p"})"),
              Errors{});
}

TEST_P(MailService, PasswordIsSealedKeptAndNeverShown) {
    set_up_mail(R"(,"user":"u","password":"geheim")");
    set_up_mail(R"(,"user":"u")");  // absent: it stays
    const auto shown = get_settings(context_, customers_.actor);
    EXPECT_TRUE(shown.at("password_set").as_bool());
    EXPECT_EQ(json::to_text(shown).find("geheim"), std::string::npos);
    const auto peer = customers_.database.storage().read([&](storage::Transaction& tx) {
        EXPECT_EQ(tx.find_text("SELECT content FROM setting WHERE name = 'mail'")->find("geheim"),
                  std::string::npos);
        return peer_of(context_, tx, read_settings(tx), {"", "shop@example.jp"});
    });
    EXPECT_EQ(peer.password, "geheim");
    EXPECT_EQ(peer.hello, "example.jp");
    set_up_mail(R"(,"user":"u","password":null)");
    EXPECT_FALSE(get_settings(context_, customers_.actor).at("password_set").as_bool());
}

TEST_P(MailService, SettingsAreTakenBackButNoPassword) {
    set_up_mail();
    const auto put = [&](const std::string& more) {
        return put_settings(
                   context_, customers_.actor, std::nullopt,
                   json::parse(R"({"host":"other.example.jp","port":587,"tls":"starttls")" + more + "}"))
            .operation;
    };
    core::undo(customers_.journal, customers_.actor, put(""));
    EXPECT_EQ(get_settings(context_, customers_.actor).at("host"), "mail.example.jp");
    const auto secret = put(R"(,"user":"u","password":"geheim")");
    EXPECT_EQ(test::refusal([&] { core::undo(customers_.journal, customers_.actor, secret); }),
              "operation.not_undoable");
}

TEST_P(MailService, StaleSettingsAreRefusedWithBothValues) {
    set_up_mail();
    EXPECT_EQ(test::refusal([&] {
                  put_settings(context_, customers_.actor, 7,
                               json::parse(R"({"host":"x","port":25,"tls":"starttls"})"));
              }),
              "settings.stale");
}

TEST_P(MailService, EditedTemplateIsSentAndCanBeTakenBack) {
    set_up_mail();
    const auto& shipped = get_shipped("withdrawal", Language::ja);
    const auto changed = patch_template(context_, customers_.actor, shipped.id, 1,
                                        json::parse(R"({"subject":"さようなら {{customer_name}}",
                                                        "body_html":"<p>{{customer_name}}</p>"})"));
    EXPECT_TRUE(changed.changed.at("edited").as_bool());
    EXPECT_EQ(changed.changed.at("version").as_int64(), 2);
    const auto mail = send_withdrawal(make_customer(), "鈴木<b>");
    EXPECT_EQ(get(mail.id).at("subject").as_string(), "さようなら 鈴木<b>");
    EXPECT_EQ(get(mail.id).at("body_html").as_string(), "<p>鈴木&lt;b&gt;</p>");
    EXPECT_EQ(test::refusal([&] {
                  patch_template(context_, customers_.actor, shipped.id, 1,
                                 json::parse(R"({"subject":"x"})"));
              }),
              "template.stale");
    const auto back = patch_template(context_, customers_.actor, shipped.id, 2,
                                     json::parse(R"({"subject":null,"body_html":null})"));
    EXPECT_FALSE(back.changed.at("edited").as_bool());
    core::undo(customers_.journal, customers_.actor, back.operation);
    EXPECT_TRUE(get_template(context_, customers_.actor, shipped.id).at("edited").as_bool());
}

TEST_P(MailService, FirstEditOfATemplateIsTakenBackBesideALaterOne) {
    const auto& shipped = get_shipped("withdrawal", Language::ja);
    const auto edit = [&](const char* body) {
        return patch_template(context_, customers_.actor, shipped.id, std::nullopt, json::parse(body))
            .operation;
    };
    const auto now = [&](const char* key) {
        return get_template(context_, customers_.actor, shipped.id).at(key).as_string();
    };
    const auto first = edit(R"({"subject":"さようなら"})");
    const auto other = edit(R"({"body_text":"また来てください"})");
    core::undo(customers_.journal, customers_.actor, first);
    EXPECT_EQ(now("subject"), shipped.contents.subject);
    EXPECT_EQ(now("body_text"), "また来てください");
    core::undo(customers_.journal, customers_.actor, other);
    EXPECT_FALSE(get_template(context_, customers_.actor, shipped.id).at("edited").as_bool());
    const auto again = edit(R"({"subject":"また"})");
    edit(R"({"subject":"別の件名"})");
    EXPECT_EQ(test::refusal([&] { core::undo(customers_.journal, customers_.actor, again); }),
              "operation.changed_since");
    EXPECT_EQ(now("subject"), "別の件名");
}

TEST_P(MailService, WrongTemplatesAreRefusedAndPreviewsStoreNothing) {
    EXPECT_EQ(test::field_errors([&] {
                  patch_template(
                      context_, customers_.actor, 9, std::nullopt,
                      json::parse(R"({"subject":"{{at}}\nBcc: b@example.jp","body_text":"{{{at}}}{{nobody}}",
                                                 "name":"x"})"));
              }),
              (Errors{"/subject bad_character", "/body_text template.raw_value",
                      "/body_text template.unknown_variable", "/name unknown_field"}));
    const auto shown = preview_template(context_, customers_.actor, 1,
                                        json::parse(R"({"body_text":"{{link}} {{shop_name}}"})"));
    EXPECT_EQ(shown.at("body_text").as_string(), "https://shop.example/password#… おとくい商店");
    EXPECT_FALSE(get_template(context_, customers_.actor, 1).at("edited").as_bool());
    EXPECT_EQ(list_templates(context_, customers_.actor).size(), 12U);
    EXPECT_EQ(test::refusal([&] { get_template(context_, customers_.actor, 13); }), "template.not_found");
}

}  // namespace
}  // namespace otokui::mail
