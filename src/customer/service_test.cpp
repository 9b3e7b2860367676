#include "customer/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "customer/addresses.hpp"
#include "customer/fields.hpp"
#include "support/customers.hpp"

namespace otokui::customer {
namespace {

using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class CustomerService : public testing::TestWithParam<test::Backend> {
protected:
    CustomerId add(const std::string& body) { return Customers::id_of(customers_.create(body)); }
    boost::json::value field(CustomerId id, const char* key) { return customers_.get(id).at(key); }
    Customers customers_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomerService, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(CustomerService, StoresWhatWasTypedAndTellsWhatItAdjusted) {
    const auto written = customers_.create(
        R"({"family_name":" 髙橋 ","given_name":"𠮷子","family_kana":"たかはし","given_kana":"ﾖｼｺ","email":"Ｈanako@Example.JP",
            "phone":"+81 90-1234-5678","postal_code":"〒150ー0001","prefecture":13,"birth_date":"昭和45年1月2日","memo":"一行目\r\n二行目"})");
    const auto& record = written.record;
    EXPECT_EQ(record.at("name").as_string(), "髙橋 𠮷子");
    EXPECT_EQ(record.at("kana").as_string(), "タカハシ ヨシコ");
    EXPECT_EQ(record.at("email").as_string(), "hanako@example.jp");
    EXPECT_EQ(record.at("phone").as_string(), "09012345678");
    EXPECT_EQ(record.at("postal_code").as_string(), "1500001");
    EXPECT_EQ(record.at("prefecture_name").as_string(), "東京都");
    EXPECT_EQ(record.at("birth_date").as_string(), "1970-01-02");
    EXPECT_EQ(record.at("age").as_int64(), 56);
    EXPECT_EQ(record.at("memo").as_string(), "一行目\n二行目");
    EXPECT_EQ(record.at("status").as_string(), "guest");
    std::vector<std::string> pointers;
    for (const auto& adjusted : record.at("adjusted").as_array())
        pointers.emplace_back(adjusted.at("pointer").as_string());
    EXPECT_THAT(pointers, UnorderedElementsAre("/family_name", "/family_kana", "/given_kana", "/email",
                                               "/phone", "/postal_code", "/birth_date", "/memo"));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(CustomerService, NamesEveryWrongFieldAtOnce) {
    EXPECT_THAT(
        field_errors([&] {
            customers_.create(
                R"({"family_name":"青木","email":"x","phone":"12","postal_code":"1","birth_date":"2026-02-31","sex":"unknown",
                            "prefecture":48,"purchase_total":1,"colour":"red","newsletter":"yes","family_kana":"aoki"})");
        }),
        UnorderedElementsAre("/email not_an_email", "/phone not_a_phone", "/postal_code not_a_postal_code",
                             "/birth_date no_such_day", "/sex not_a_choice", "/prefecture not_a_choice",
                             "/purchase_total read_only", "/colour unknown_field", "/newsletter wrong_type",
                             "/family_kana not_kana"));
}

TEST_P(CustomerService, NeedsANameAMailOrAPhone) {
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"memo":"?"})"); }),
                ElementsAre("/family_name one_of_required"));
    EXPECT_TRUE(add(R"({"phone":"0312345678"})"));
    const auto id = add(R"({"email":"a@example.jp"})");
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"email":null})"); }),
                ElementsAre("/family_name one_of_required"));
}

TEST_P(CustomerService, APostalCodeLiesInItsPrefectureWhereTheShopAsksForIt) {
    const auto id = add(R"({"family_name":"青木","postal_code":"060-0001","prefecture":47})");
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.insert(
            customers_.registry.get("setting"),
            {{"name", std::string("customer")}, {"content", std::string(R"({"check_postal_code":true})")}});
    });
    const auto errors = [&](const std::string& body) {
        return field_errors([&] { customers_.update(id, 1, body); });
    };
    EXPECT_THAT(errors(R"({"postal_code":"060-0002"})"), ElementsAre("/prefecture postal_code_elsewhere"));
    EXPECT_THAT(errors(R"({"prefecture":13})"), ElementsAre("/prefecture postal_code_elsewhere"));
    EXPECT_THAT(field_errors([&] {
                    create_address(customers_.context, customers_.actor, id,
                                   customers_.json(R"({"postal_code":"0600001","prefecture":13})"));
                }),
                ElementsAre("/prefecture postal_code_elsewhere"));
    EXPECT_THAT(errors(R"({"city":"那覇市","postal_code":"0600001"})"), IsEmpty()) << "as it stood";
    const auto next = [&](const std::string& body) {
        const auto version = customers_.get(id).at("version").as_int64();
        return field_errors([&] { customers_.update(id, version, body); });
    };
    EXPECT_THAT(next(R"({"postal_code":"9999999"})"), IsEmpty()) << "no code that is known";
    EXPECT_THAT(next(R"({"postal_code":"0600001","prefecture":1})"), IsEmpty());
}

TEST_P(CustomerService, GivesANumberOfItsOwnAndTakesAFreeOne) {
    EXPECT_EQ(field(add(R"({"family_name":"一"})"), "number").as_string(), "00000001");
    add(R"({"family_name":"二","number":"00000003"})");
    EXPECT_EQ(field(add(R"({"family_name":"三"})"), "number").as_string(), "00000003-1");
    EXPECT_EQ(refusal([&] { customers_.create(R"({"family_name":"四","number":"00000001"})"); }),
              "customer.number_taken");
}

TEST_P(CustomerService, AMailAddressBelongsToOneLogin) {
    add(R"({"email":"a@example.jp","status":"member"})");
    EXPECT_EQ(refusal([&] { customers_.create(R"({"email":"A@example.jp","status":"provisional"})"); }),
              "customer.email_taken");
    const auto guest = add(R"({"email":"a@example.jp","status":"guest"})");
    add(R"({"email":"a@example.jp","status":"withdrawn"})");
    EXPECT_EQ(refusal([&] { customers_.update(guest, 1, R"({"status":"member"})"); }),
              "customer.email_taken");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(CustomerService, UnderTheStatusRuleItIsUniqueWithinEachStatus) {
    customers_.put_setting(R"({"mail_unique":"status"})");
    add(R"({"email":"a@example.jp","status":"guest"})");
    add(R"({"email":"a@example.jp","status":"member"})");
    EXPECT_EQ(refusal([&] { customers_.create(R"({"email":"a@example.jp","status":"guest"})"); }),
              "customer.email_taken");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(CustomerService, AStricterMailRuleIsRefusedWhileAddressesClash) {
    add(R"({"email":"a@example.jp","status":"guest"})");
    add(R"({"email":"a@example.jp","status":"guest"})");
    EXPECT_EQ(refusal([&] { customers_.put_setting(R"({"mail_unique":"status"})"); }),
              "customer.email_taken");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(CustomerService, ChangesOnlyWhatReallyDiffers) {
    const auto id = add(R"({"family_name":"青木","phone":"0312345678"})");
    customers_.now += 1000;
    const auto same = customers_.update(id, 1, R"({"phone":"03-1234-5678"})");
    EXPECT_EQ(same.record.at("version").as_int64(), 1);
    EXPECT_FALSE(same.operation);
    EXPECT_EQ(same.record.at("updated_at"), same.record.at("created_at"));
    const auto changed = customers_.update(id, 1, R"({"phone":null})");
    EXPECT_EQ(changed.record.at("version").as_int64(), 2);
    EXPECT_TRUE(changed.record.at("phone").is_null());
    EXPECT_NE(changed.record.at("updated_at"), changed.record.at("created_at"));
}

TEST_P(CustomerService, RefusesAStaleWriteWithBothValues) {
    const auto id = add(R"({"family_name":"青木"})");
    customers_.update(id, 1, R"({"family_name":"森"})");
    try {
        customers_.update(id, 1, R"({"family_name":"林"})");
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "customer.stale");
        EXPECT_EQ(refused.problem().extra.at("current").at("family_name").as_string(), "森");
        EXPECT_EQ(refused.problem().extra.at("sent").at("family_name").as_string(), "林");
    }
    EXPECT_EQ(field(id, "family_name").as_string(), "森");
}

TEST_P(CustomerService, DeletesSoftlyAndRestores) {
    const auto id = add(R"({"email":"a@example.jp","status":"member"})");
    remove(customers_.context, customers_.actor, id, {.version = 1});
    EXPECT_EQ(field(id, "deleted").as_string(), "yes");
    EXPECT_EQ(field(id, "status").as_string(), "member");
    EXPECT_EQ(refusal([&] { customers_.update(id, 2, R"({"memo":"x"})"); }), "customer.deleted");
    EXPECT_EQ(refusal([&] { remove(customers_.context, customers_.actor, id, {.any = true}); }),
              "customer.deleted");
    const auto restored = restore(customers_.context, customers_.actor, id);
    EXPECT_EQ(restored.record.at("deleted").as_string(), "no");
    EXPECT_EQ(refusal([&] { restore(customers_.context, customers_.actor, id); }), "customer.not_deleted");
}

TEST_P(CustomerService, RestoringEndsWithTheDaysOfTheShop) {
    constexpr std::int64_t kDay = 86'400'000;
    const auto id = add(R"({"email":"a@example.jp","status":"member"})");
    remove(customers_.context, customers_.actor, id, {.version = 1});
    const auto deleted_at = customers_.now;
    customers_.now = deleted_at + 30 * kDay + 1;
    EXPECT_EQ(refusal([&] { restore(customers_.context, customers_.actor, id); }),
              "customer.restore_expired");
    EXPECT_EQ(field(id, "deleted").as_string(), "yes");
    customers_.now = deleted_at + 30 * kDay;
    restore(customers_.context, customers_.actor, id);
    EXPECT_EQ(field(id, "deleted").as_string(), "no");
}

TEST_P(CustomerService, RestoringIsRefusedWhenTheMailWasTakenMeanwhile) {
    const auto id = add(R"({"email":"a@example.jp","status":"member"})");
    remove(customers_.context, customers_.actor, id, {.version = 1});
    add(R"({"email":"a@example.jp","status":"member"})");
    EXPECT_EQ(refusal([&] { restore(customers_.context, customers_.actor, id); }), "customer.email_taken");
}

TEST_P(CustomerService, UndoBringsBackTheVeryValues) {
    const auto id =
        add(R"({"family_name":"青木","email":"a@example.jp","birth_date":"1970-01-02","status":"member"})");
    auto before = customers_.get(id);
    const auto written = customers_.update(
        id, 1, R"({"family_name":"森","email":null,"birth_date":null,"status":"withdrawn"})");
    EXPECT_FALSE(written.record.at("withdrawn_at").is_null());
    core::undo(customers_.journal, customers_.actor, written.operation);
    auto after = customers_.get(id);
    for (auto* record : {&before, &after}) {
        record->erase("version");
        record->erase("updated_at");
    }
    EXPECT_EQ(before, after);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(CustomerService, UndoOfACreationWaitsForWhatCameAfter) {
    const auto written = customers_.create(R"({"family_name":"青木"})");
    create_address(customers_.context, customers_.actor, Customers::id_of(written),
                   customers_.json(R"({"city":"渋谷区"})"));
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, customers_.actor, written.operation); }),
              "operation.changed_since");
}

TEST_P(CustomerService, AViewerSeesContactsMasked) {
    const auto id = add(
        R"({"family_name":"青木","email":"a@example.jp","phone":"0312345678","city":"渋谷区","prefecture":13})");
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    const auto record = customers_.get(id);
    for (const char* key : {"email", "phone", "city", "address"})
        EXPECT_EQ(record.at(key).as_string(), "*****") << key;
    EXPECT_EQ(record.at("name").as_string(), "青木");
    EXPECT_EQ(record.at("prefecture_name").as_string(), "東京都");
    EXPECT_TRUE(record.at("email2").is_null());
    EXPECT_EQ(refusal([&] { customers_.update(id, 1, R"({"memo":"x"})"); }), "forbidden");
}

TEST_P(CustomerService, ACardNumberInTheMemoKeepsItsLastFourDigits) {
    const auto id = add(R"({"family_name":"青木","memo":"カード 4111 1111 1111 1111 です"})");
    EXPECT_EQ(std::string(field(id, "memo").as_string()).find("4111 1111"), std::string::npos);
    EXPECT_NE(std::string(field(id, "memo").as_string()).find("1111"), std::string::npos);
}

TEST_P(CustomerService, AnAddressIsTheDefaultAsLongAsThereIsOne) {
    const auto id = add(R"({"family_name":"青木"})");
    const auto& context = customers_.context;
    const auto add_address = [&](const char* body) {
        const auto written = create_address(context, customers_.actor, id, customers_.json(body));
        return AddressId{std::stoll(std::string(written.record.at("id").as_string()))};
    };
    const auto defaults = [&] {
        std::vector<std::string> labels;
        const auto page = list_addresses(context, customers_.actor, id, "", 50);
        for (const auto& address : page.at("items").as_array())
            if (address.at("is_default").as_bool()) labels.emplace_back(address.at("label").as_string());
        return labels;
    };
    const auto home =
        add_address(R"({"label":"自宅","postal_code":"150-0001","city":"渋谷区","street":"神宮前1-1"})");
    EXPECT_THAT(defaults(), ElementsAre("自宅"));
    add_address(R"({"label":"実家"})");
    EXPECT_THAT(defaults(), ElementsAre("自宅"));
    const auto office = add_address(R"({"label":"会社","is_default":true})");
    EXPECT_THAT(defaults(), ElementsAre("会社"));
    remove_address(context, customers_.actor, id, office, {.any = true});
    EXPECT_THAT(defaults(), ElementsAre("自宅"));
    EXPECT_EQ(refusal([&] { update_address(context, customers_.actor, id, home, {.version = 77}, {}); }),
              "address.stale");
    EXPECT_EQ(refusal([&] { get_address(context, customers_.actor, {999}, home); }), "customer.not_found");
    const auto other = add(R"({"family_name":"森"})");
    EXPECT_EQ(refusal([&] { get_address(context, customers_.actor, other, home); }), "address.not_found");
}

}  // namespace
}  // namespace otokui::customer
