// 開示 tells everything kept of a person and nothing of others; 退会 ends what it should.

#include "erasure_fixture.hpp"
#include "privacy/words.hpp"

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
    EXPECT_EQ(written.record.at("deleted"), "no") << "to withdraw is not to delete";
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

TEST_P(PersonKept, DisclosureCallsEveryColumnAsTheScreensDo) {
    std::vector<std::string> unnamed;
    shop_.database->read([&](storage::Transaction& tx) {
        const privacy::Words words(shop_.catalogue, shop_.registry, tx, Language::ja);
        for (const auto& table : shop_.registry.tables())
            for (const auto& column : table.columns) {
                const bool is_told = table.in_disclosure && table.customer_column != "id" &&
                                     table.name != "change" && privacy::Words::tells(table, column);
                const auto label = words.label(table, column);
                if (is_told && (label.ja == column.name || label.en == column.name || label.en.empty()))
                    unnamed.push_back(table.name + "." + column.name);
            }
    });
    EXPECT_THAT(unnamed, testing::IsEmpty()) << "to be named in src/privacy/words.cpp";
}

TEST_P(PersonKept, DisclosureTellsInTheLanguageOfWhoAsks) {
    const auto id = create(person());
    plant(id);
    customer::create_address(
        shop_.customers, actor_, id,
        object{{"label", "実家"}, {"prefecture", 13}, {"phone", "0312345678"}, {"is_default", true}});
    const auto csv = [&](Language language) {
        return privacy::disclosure_csv(privacy::disclose(shop_.privacies, actor_, id, language), language);
    };
    const auto ja = csv(Language::ja), en = csv(Language::en);
    for (const auto* line :
         {R"("お届け先住所","2","お届け先名","実家")", R"("お届け先住所","2","既定のお届け先","はい")",
          R"("お届け先住所","2","都道府県","東京都")", R"("お届け先住所","2","電話番号","0312345678")",
          R"("受注","1","決済状況","売上完了")", R"("受注","1","受注総額","5000")",
          R"("メモ","1","要注意","はい")", R"("ポイント履歴","1","名目","手動付与")",
          R"("同意の記録","1","同意の対象","メルマガ購読")", R"("顧客","1","ステータス","会員")"})
        EXPECT_NE(ja.find(line), std::string::npos) << line << "\n" << ja;
    for (const auto* line :
         {R"("Delivery address","2","Name of the address","実家")",
          R"("Delivery address","2","Default address","Yes")",
          R"("Delivery address","2","Phone","0312345678")", R"("Order","1","Payment status","Captured")",
          R"("Memo","1","Attention","Yes")", R"("Customer","1","Status","Member")"})
        EXPECT_NE(en.find(line), std::string::npos) << line << "\n" << en;
    for (const auto* name : {"\"is_default\"", "\"created_at\"", "\"payment_status\"", "\"label\""}) {
        EXPECT_EQ(ja.find(name), std::string::npos) << name;
        EXPECT_EQ(en.find(name), std::string::npos) << name;
    }
    // As a moment stands everywhere else on the page.
    EXPECT_NE(ja.find("\"お届け先住所\",\"1\",\"作成日\",\"20"), std::string::npos);
    const auto page =
        privacy::disclosure_page(privacy::disclose(shop_.privacies, actor_, id, Language::en), Language::en);
    EXPECT_NE(page.find("<th align=\"left\">Name of the address</th><td>実家</td>"), std::string::npos);
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
    const auto csv = privacy::disclosure_csv(disclosed, Language::ja);
    EXPECT_NE(csv.find("\"変更履歴\",\"1\",\"顧客: 姓\",\" → " + marked("sei") + "\""), std::string::npos);
    EXPECT_NE(csv.find("\"顧客\",\"1\",\"姓\",\"" + marked("sei") + "\""), std::string::npos);
    for (const auto* formula : {"=1+1", "@SUM(A1)", "＝1+1", "＋81", "－1", "＠x"}) {
        customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", formula}});
        const auto guarded =
            privacy::disclosure_csv(privacy::disclose(shop_.privacies, actor_, id), Language::ja);
        EXPECT_NE(guarded.find(std::string("\"会社名\",\"'") + formula), std::string::npos) << formula;
    }
    EXPECT_NE(privacy::disclosure_page(disclosed, Language::en).find("<h2>Customer</h2>"), std::string::npos);
    core::Actor viewer = actor_;
    viewer.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.disclose"});
    EXPECT_EQ(test::refusal([&] { privacy::disclose(shop_.privacies, viewer, id); }), "forbidden");
}

}  // namespace
}  // namespace otokui::erasure
