// 開示 tells everything kept of a person and nothing of others; 退会 ends what it should.

#include "erasure_fixture.hpp"

namespace otokui::erasure {
namespace {

class PersonKept : public ErasureShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, PersonKept, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(PersonKept, WithdrawingEndsMailAndSpecialTypeAndCanBeUndone) {
    auto body = person();
    body["newsletter"] = true;
    const auto id = create(body);
    const auto written = customer::withdraw(shop_.customers, actor_, id, object{{"reason", "引っ越し"}});
    EXPECT_EQ(written.record.at("status"), "withdrawn");
    EXPECT_FALSE(written.record.at("withdrawn_at").is_null());
    EXPECT_EQ(written.record.at("newsletter"), false);
    EXPECT_EQ(written.record.at("email").as_string(), marked("@a.example.jp"));
    EXPECT_EQ(test::refusal([&] { customer::withdraw(shop_.customers, actor_, id, object()); }),
              "customer.already_withdrawn");
    core::undo(shop_.journal, actor_, written.operation);
    const auto back = customer::get(shop_.customers, actor_, id);
    EXPECT_EQ(back.at("status"), "member");
    EXPECT_EQ(back.at("newsletter"), true);
    EXPECT_TRUE(back.at("withdrawn_at").is_null());
    const auto guest = create({{"family_name", "山田"}});
    EXPECT_EQ(test::refusal([&] { customer::withdraw(shop_.customers, actor_, guest, object()); }),
              "customer.not_a_member");
}

TEST_P(PersonKept, DisclosureTellsOwnFieldsByTheirLabelsAndTheMemberIdBesideTheMail) {
    form::create(shop_.forms, actor_,
                 {.key = "size",
                  .label = {"サイズ", "Size"},
                  .type = form::Type::select,
                  .options = {{.code = "s", .label = {"小", "S"}}, {.code = "m", .label = {"中", "M"}}}});
    auto body = person();
    body["x.size"] = "s";
    const auto id = create(body);
    customer::update(shop_.customers, actor_, id, {.any = true}, object{{"x.size", "m"}});
    shop_.journal.write({.actor = actor_, .kind = "settings.update"}, [](core::Writer& writer) {
        core::settings::put(writer, "customer", object{{"member_id", "mail"}});
    });
    const auto disclosed = privacy::disclose(shop_.privacies, actor_, id);
    const auto& changed = disclosed.at("history").as_array().back().at("changes").at(0);
    EXPECT_EQ(changed.at("key"), "x.size");
    EXPECT_EQ(changed.at("labels").at("en"), "Size");
    EXPECT_EQ(changed.at("before"), "小");
    EXPECT_EQ(changed.at("after"), "中");
    const auto& sections = disclosed.at("sections").as_array();
    const auto of_customer =
        std::ranges::find_if(sections, [](const auto& section) { return section.at("table") == "customer"; });
    ASSERT_NE(of_customer, sections.end());
    const auto& row = of_customer->at("rows").at(0);
    EXPECT_EQ(row.at("member_id"), boost::json::value(marked("@a.example.jp")));
    EXPECT_EQ(row.at("member_id.kept"), boost::json::value(marked("member")));
}

TEST_P(PersonKept, DisclosureHoldsEverythingOfThePersonAndNothingOfOthers) {
    const auto id = create(person());
    create({{"family_name", "betsujin"}});
    plant(id);
    const auto disclosed = privacy::disclose(shop_.privacies, actor_, id);
    const auto json = boost::json::serialize(disclosed);
    for (const auto* word : {"sei", "memo", "member", "elsewhere", "shipaddress", "note", "oldcompany"})
        EXPECT_NE(json.find(marked(word)), std::string::npos) << word;
    EXPECT_EQ(json.find("betsujin"), std::string::npos);
    const auto& first = disclosed.at("history").at(0).at("changes").as_array();
    const auto sei =
        std::ranges::find_if(first, [](const auto& change) { return change.at("key") == "family_name"; });
    ASSERT_NE(sei, first.end());
    EXPECT_EQ(sei->at("labels").at("ja"), "姓");
    EXPECT_EQ(sei->at("after"), boost::json::value(marked("sei")));
    const auto csv = privacy::disclosure_csv(disclosed, "ja");
    EXPECT_NE(csv.find("\"変更履歴\",\"1\",\"顧客: 姓\",\" → " + marked("sei") + "\""), std::string::npos);
    EXPECT_NE(csv.find("\"顧客\",\"1\",\"姓\",\"" + marked("sei") + "\""), std::string::npos);
    for (const auto* formula : {"=1+1", "@SUM(A1)", "＝1+1", "＋81", "－1", "＠x"}) {
        customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", formula}});
        const auto guarded = privacy::disclosure_csv(privacy::disclose(shop_.privacies, actor_, id), "ja");
        EXPECT_NE(guarded.find(std::string("\"会社名\",\"'") + formula), std::string::npos) << formula;
    }
    EXPECT_NE(privacy::disclosure_page(disclosed, "en").find("<h2>Customer</h2>"), std::string::npos);
    core::Actor viewer = actor_;
    viewer.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.disclose"});
    EXPECT_EQ(test::refusal([&] { privacy::disclose(shop_.privacies, viewer, id); }), "forbidden");
}

}  // namespace
}  // namespace otokui::erasure
