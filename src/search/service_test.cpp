#include "search/service.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "base/text/shadow.hpp"
#include "search/stored.hpp"
#include "search/testing/shop.hpp"
#include "support/database.hpp"

namespace otokui::search {
namespace {

using Ids = std::vector<std::int64_t>;

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const Refused& refused) {
        std::string all = refused.problem().code;
        for (const auto& field : refused.problem().fields) all += " " + field.pointer + ":" + field.code;
        return all;
    }
    return "";
}

class Search : public testing::TestWithParam<otokui::test::Backend> {
protected:
    std::int64_t insert(core::Assignments values) { return shop_.insert(std::move(values)); }
    Ids find_ids(std::string_view body) { return shop_.find_ids(body); }
    void order(const std::string& number, std::int64_t customer) {
        shop_.sql(
            "INSERT INTO orders (number, number_text, customer_id, ordered_at, status, payment_status, "
            "payment_method, channel, total, tax, shipping_fee, discount, ship_name, ship_postal_code, "
            "ship_address, ship_phone, tracking_number, note, created_at, updated_at, version) VALUES "
            "(?, ?, ?, 0, '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', 0, 0, 1)",
            {number, text::shadow(text::ShadowKind::text, number), customer});
    }
    Page page(std::string_view body, const core::Actor& actor = core::shell_actor("test")) {
        return find(shop_.context(), shop_.request(body), actor);
    }
    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Search, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(Search, HidesTheDeletedUnlessAskedFor) {
    const auto living = insert({});
    const auto deleted = insert({{"deleted_at", std::int64_t{1}}});
    EXPECT_EQ(find_ids("{}"), Ids{living});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"deleted","op":"in","value":["yes"]}})"), Ids{deleted});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"deleted","op":"in","value":["no","yes"]}})"),
              (Ids{deleted, living}));
    EXPECT_EQ(find_ids(R"({"condition":{"any":[{"field":"deleted","op":"in","value":["yes"]}]}})"),
              Ids{deleted});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"deleted","op":"in","value":[]}})"), Ids{});
}

TEST_P(Search, FindsNamesHoweverTheyAreWritten) {
    const auto id = insert({{"family_name", "髙﨑"}, {"given_name", "花子"}, {"family_kana", "タカサキ"}});
    insert({{"family_name", "佐藤"}});
    for (const char* typed : {"高崎", "髙﨑　花子", "たかさき", "ﾀｶｻｷ", "崎花", "花"})
        EXPECT_EQ(find_ids(R"({"text":")" + std::string(typed) + R"("})"), Ids{id}) << typed;
    EXPECT_EQ(find_ids(R"({"text":"高崎 佐藤"})"), Ids{});
}

TEST_P(Search, FindsPhonesInAnyWritingByTheLastFourDigits) {
    const auto id = insert({{"phone", "09012345678"}});
    insert({{"phone", "09000000000"}});
    for (const char* typed : {"090-1234-5678", "０９０１２３４", "5678", "+81 90"})
        EXPECT_EQ(find_ids(R"({"text":")" + std::string(typed) + R"("})").back(), id) << typed;
    EXPECT_EQ(find_ids(R"({"text":"5678"})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"text":"a5678"})"), Ids{}) << "no phone has letters";
    EXPECT_EQ(find_ids(R"({"condition":{"field":"phone","op":"ends_with","value":"5678"}})"), Ids{id});
}

TEST_P(Search, FindsAllOfAMailDomain) {
    const auto id = insert({{"email", "hanako@example.co.jp"}});
    insert({{"email", "taro@example.com"}});
    EXPECT_EQ(find_ids(R"({"text":"@example.co.jp"})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"email","op":"is","value":" HANAKO@example.co.jp"}})"),
              Ids{id});
}

TEST_P(Search, TakesPartsOfAnAddressForThemselvesOnly) {
    const auto id =
        insert({{"prefecture", std::int64_t{13}}, {"city", "中央区"}, {"street", "京橋四丁目8番"}});
    insert({{"prefecture", std::int64_t{13}}, {"city", "港区"}, {"street", "中央4-8"}});
    EXPECT_EQ(find_ids(R"({"text":"東京都中央区京橋４－８"})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"city","op":"contains","value":"中央"}})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"address","op":"contains","value":"中央"}})").size(), 2u);
}

TEST_P(Search, CountsAnEmptyValueIntoComplements) {
    const auto without = insert({});
    const auto other = insert({{"family_name", "佐藤"}, {"prefecture", std::int64_t{1}}});
    const auto same = insert({{"family_name", "田中"}, {"prefecture", std::int64_t{13}}});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"name","op":"is_not","value":"田中"}})"),
              (Ids{other, without}));
    EXPECT_EQ(find_ids(R"({"condition":{"field":"prefecture","op":"not_in","value":[13]}})"),
              (Ids{other, without}));
    EXPECT_EQ(
        find_ids(R"({"condition":{"none":[{"field":"birth_date","op":"at_least","value":"2000-01-01"}]}})"),
        (Ids{same, other, without}));
}

TEST_P(Search, TakesADayOnAMomentAsTheShopsDay) {
    const auto evening = parse_moment("2024-01-31T23:59:59.999+09:00")->milliseconds;
    const auto last = insert({{"registered_at", evening}});
    const auto next = insert({{"registered_at", evening + 1}});
    const auto on = [&](const char* op, const char* day) {
        return find_ids(R"({"condition":{"field":"registered_at","op":")" + std::string(op) +
                        R"(","value":")" + day + "\"}}");
    };
    EXPECT_EQ(on("is", "2024-01-31"), Ids{last});
    EXPECT_EQ(on("at_most", "2024-01-31"), Ids{last});
    EXPECT_EQ(on("at_least", "2024-02-01"), Ids{next});
    // kNow is 29 February 2024.
    EXPECT_EQ(
        find_ids(
            R"({"condition":{"field":"registered_at","op":"at_least","value":{"ago":28,"unit":"day"}}})"),
        Ids{next});
}

TEST_P(Search, FindsBirthdaysOverTheTurnOfTheYear) {
    const auto december = insert({{"birth_date", "1990-12-31"}});
    const auto january = insert({{"birth_date", "1980-01-05"}});
    insert({{"birth_date", "1980-06-05"}});
    insert({});
    EXPECT_EQ(
        find_ids(
            R"({"condition":{"field":"birth_date","op":"anniversary_between","value":{"from":"12-25","to":"01-05"}}})"),
        (Ids{january, december}));
}

TEST_P(Search, FindsBirthdaysOfTheDaysToComeAndEverybodysWithinAYear) {
    // kNow is 29 February 2024.
    const auto today = insert({{"birth_date", "2000-02-29"}});
    const auto soon = insert({{"birth_date", "1990-03-07"}});
    const auto later = insert({{"birth_date", "1990-03-08"}});
    const auto yesterday = insert({{"birth_date", "1990-02-28"}});
    insert({});
    const auto within = [&](const char* from, const char* to) {
        return find_ids(R"({"condition":{"field":"birth_date","op":"anniversary_between","value":{"from":)" +
                        std::string(from) + R"(,"to":)" + to + "}}}");
    };
    constexpr const char* kToday = R"({"ahead":0,"unit":"day"})";
    EXPECT_EQ(within(kToday, kToday), Ids{today});
    EXPECT_EQ(within(kToday, R"({"ahead":7,"unit":"day"})"), (Ids{soon, today}));
    EXPECT_EQ(within(R"({"ago":1,"unit":"day"})", kToday), (Ids{yesterday, today}));
    const Ids everybody{yesterday, later, soon, today};
    EXPECT_EQ(within(kToday, R"({"ahead":364,"unit":"day"})"), (Ids{later, soon, today})) << "to 27 February";
    for (const char* to : {R"({"ahead":1,"unit":"year"})", R"({"ahead":400,"unit":"day"})",
                           R"({"ahead":12,"unit":"month"})", R"({"ahead":30,"unit":"year"})"})
        EXPECT_EQ(within(kToday, to), everybody) << to;
    EXPECT_EQ(within(R"({"ago":6,"unit":"month"})", R"({"ahead":6,"unit":"month"})"), everybody);
    EXPECT_EQ(within("\"03-01\"", "\"03-07\""), Ids{soon}) << "what was written spans no years";
}

TEST_P(Search, KnowsAgesOnTheDay) {
    const auto leapling = insert({{"birth_date", "2000-02-29"}});
    const auto younger = insert({{"birth_date", "2000-03-01"}});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"age","op":"at_least","value":24}})"), Ids{leapling});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"age","op":"is","value":23}})"), Ids{younger});
    EXPECT_EQ(find_ids(R"({"condition":{"field":"age","op":"at_most","value":9223372036854775807}})").size(),
              2u);
}

TEST_P(Search, ReadsTheMonthOfBirthAsItsName) {
    insert({{"birth_date", "1985-05-03"}});
    insert({});
    const std::vector<const core::Field*> columns{&shop_.catalogue().get("birth_month")};
    std::vector<std::string> cells;
    std::string json;
    for_each(shop_.context(), {}, {{&shop_.catalogue().get("id"), false}}, columns, core::shell_actor("test"),
             [&](const storage::Row& row, const core::RecordReader& reader, core::Masters& masters) {
                 reader.append_cell(row, 0, masters, cells.emplace_back());
                 json += boost::json::serialize(reader.read(row, masters));
             },
             {});
    EXPECT_EQ(cells, (std::vector<std::string>{"5月", ""}));
    EXPECT_EQ(json,
              R"({"birth_month":5,"birth_month_name":"5月"}{"birth_month":null,"birth_month_name":null})");
}

TEST_P(Search, FindsTheCustomerOfAnOrderNumber) {
    const auto id = insert({});
    insert({});
    order("ORD-77001", id);
    EXPECT_EQ(find_ids(R"({"text":"ORD-77001"})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"text":"ord-77"})"), Ids{id});
    EXPECT_EQ(find_ids(R"({"text":"77001"})"), Ids{}) << "an order number is known by its beginning";
}

TEST_P(Search, KnowsNoOrderNumberWithoutTheRightToSeeOrders) {
    order("ORD-77001", insert({{"family_name", "田中"}}));
    auto reader = core::shell_actor("test");
    reader.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read", "contact.read"});
    const auto total = [&](const char* body) { return page(body, reader).total; };
    EXPECT_EQ(page(R"({"text":"ORD-77001"})").total, 1);
    EXPECT_EQ(total(R"({"text":"ORD-77001"})"), 0);
    EXPECT_EQ(total(R"({"text":"ord-77"})"), 0);
    EXPECT_EQ(total(R"({"condition":{"none":[{"text":"ORD-77001"}]}})"), 1);
    EXPECT_EQ(total(R"({"text":"田中"})"), 1);
}

TEST_P(Search, FindsEveryCustomerWhoseOrdersBeginAlike) {
    constexpr int kMany = 1'100;
    for (int i = 0; i < kMany; ++i) insert({});
    const auto nobody = insert({});
    const auto namesake = insert({{"family_name", "ord-99"}});
    shop_.sql(
        "INSERT INTO orders (number, number_text, customer_id, ordered_at, status, payment_status, "
        "payment_method, channel, total, tax, shipping_fee, discount, ship_name, ship_postal_code, "
        "ship_address, ship_phone, tracking_number, note, created_at, updated_at, version) SELECT 'ORD-99' "
        "|| "
        "id, 'ord-99' || id, id, 0, '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', 0, 0, 1 FROM "
        "customer "
        "WHERE id < ?",
        {nobody});
    EXPECT_EQ(page(R"({"text":"ORD-99","limit":1})").total, kMany + 1);
    EXPECT_EQ(find_ids(R"({"condition":{"none":[{"text":"ord-99"}]}})"), Ids{nobody});
    EXPECT_EQ(page(R"({"text":"ORD-99","sort":[{"field":"id","direction":"desc"}],"limit":1})")
                  .items.at(0)
                  .at("id")
                  .as_string(),
              std::to_string(namesake));
}

TEST_P(Search, SortsNamesByTheSyllabaryWithTheNamelessLast) {
    const auto nameless = insert({});
    const auto wa = insert({{"family_kana", "ワタナベ"}, {"family_name", "渡辺"}});
    const auto ba = insert({{"family_kana", "バンノ"}, {"family_name", "坂野"}});
    const auto ha = insert({{"family_kana", "ハンノ"}, {"family_name", "飯野"}});
    const auto sorted = [&](const char* direction) {
        return find_ids(R"({"sort":[{"field":"kana","direction":")" + std::string(direction) + R"("}]})");
    };
    EXPECT_EQ(sorted("asc"), (Ids{ha, ba, wa, nameless}));
    EXPECT_EQ(sorted("desc"), (Ids{wa, ba, ha, nameless}));
}

TEST_P(Search, GivesExactlyTheColumnsAskedFor) {
    const auto id = insert({{"family_name", "田中"}, {"prefecture", std::int64_t{13}}});
    const auto found = page(R"({"columns":["name","prefecture","blocked"]})");
    EXPECT_EQ(
        boost::json::serialize(found.items),
        R"([{"id":")" + std::to_string(id) +
            R"(","version":1,"name":"田中","prefecture":13,"prefecture_name":"東京都","blocked":false}])");
}

TEST_P(Search, CountsAloneWithLimitZero) {
    insert({});
    const auto found = page(R"({"limit":0})");
    EXPECT_EQ(found.total, 1);
    EXPECT_TRUE(found.items.empty());
    EXPECT_EQ(found.first_row, 0);
}

TEST_P(Search, ShowsAnAlignedLastPage) {
    for (int i = 0; i < 7; ++i) insert({});
    const auto last = page(R"({"limit":3,"cursor":"last"})");
    EXPECT_EQ(last.first_row, 7);
    EXPECT_EQ(last.items.size(), 1u);
    EXPECT_EQ(last.next_cursor, "");
    EXPECT_EQ(page(R"({"limit":3,"cursor":")" + last.previous_cursor + "\"}").first_row, 4);
}

TEST_P(Search, RefusesCursorsOfAnotherOrderAndForgedOnes) {
    for (int i = 0; i < 3; ++i) insert({{"email", "a" + std::to_string(i) + "@example.jp"}});
    const auto cursor = page(R"({"limit":1,"sort":[{"field":"email","direction":"asc"}]})").next_cursor;
    ASSERT_NE(cursor, "");
    EXPECT_EQ(cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
              std::string::npos);
    for (const std::string& bad : {cursor, cursor.substr(1), std::string("!"), std::string("first"),
                                   std::string("WyJuIiwiaWQtIiwiMSJd")})  // ["n","id-","1"]
        EXPECT_EQ(refusal([&] { page(R"({"cursor":")" + bad + "\"}"); }), "cursor.invalid /cursor:bad_cursor")
            << bad;
}

TEST_P(Search, NamesEveryFaultOfABodyAtOnce) {
    EXPECT_EQ(refusal([&] {
                  shop_.request(R"({"condition":{"field":"x","op":"is"},"text":" ","limit":201,"more":1,
                      "sort":[{"field":"memo","direction":"up"}],"columns":["name","name","y"]})");
              }),
              "condition.invalid /limit:out_of_range /condition/field:unknown_field /text:empty_text "
              "/sort/0/field:not_sortable /sort/0/direction:not_a_choice /columns/1:duplicate "
              "/columns/2:unknown_field /more:unknown_field");
    EXPECT_EQ(refusal([&] { shop_.request(R"({"limit":-1})"); }), "body.invalid /limit:out_of_range");
    EXPECT_EQ(refusal([&] { shop_.request("[]"); }), "body.invalid :wrong_type");
}

TEST_P(Search, TellsAMaskedViewerNothingOfContacts) {
    insert({{"email", "hanako@example.jp"}, {"phone", "09012345678"}, {"family_name", "田中"}});
    const auto viewer = test::masked_viewer();
    EXPECT_EQ(page(R"({"text":"田中"})", viewer).total, 1);
    EXPECT_EQ(page(R"({"text":"hanako"})", viewer).total, 0);
    EXPECT_EQ(page(R"({"text":"5678"})", viewer).total, 0);
    EXPECT_EQ(page(R"({"columns":["email"]})", viewer).items.at(0).at("email"), "*****");
    for (const char* body :
         {R"({"condition":{"all":[{"none":[{"field":"email","op":"contains","value":"h"}]}]}})",
          R"({"condition":{"field":"street","op":"empty"}})",
          R"({"sort":[{"field":"email","direction":"asc"}]})"})
        EXPECT_EQ(refusal([&] { page(body, viewer); }), "field.forbidden") << body;
}

TEST_P(Search, StopsAtItsTimeLimit) {
    insert({});
    EXPECT_EQ(refusal([&] {
                  find(shop_.context(), shop_.request("{}"), core::shell_actor("test"),
                       {.time = std::chrono::milliseconds(0)});
              }),
              "search.too_slow");
}

TEST_P(Search, StreamsWhatItFindsInOrder) {
    insert({{"email", "b@example.jp"}});
    insert({{"email", "a@example.jp"}});
    std::string cells;
    const auto& email = shop_.catalogue().get("email");
    for_each(shop_.context(), {}, {{&email, false}}, {&email}, core::shell_actor("test"),
             [&](const storage::Row& row, const core::RecordReader& reader, core::Masters& masters) {
                 reader.append_cell(row, 0, masters, cells);
                 cells += ' ';
             },
             {});
    EXPECT_EQ(cells, "a@example.jp b@example.jp ");
}

TEST_P(Search, IsStoredForItsOwnerFor90Days) {
    auto now = test::kNow;
    core::Registry registry;
    register_tables(registry);
    core::Journal journal(database_.storage(), registry, [&] { return now; });
    auto hanako = core::shell_actor("test"), taro = core::shell_actor("test");
    hanako.staff = {1};
    taro.staff = {2};
    const auto body = json::parse(R"({"text":"田中","limit":20})");
    const auto id = store(journal, shop_.catalogue(), hanako, body);
    EXPECT_GE(id.size(), 22u);
    EXPECT_EQ(get_stored(journal, hanako, id), body);
    EXPECT_EQ(refusal([&] { get_stored(journal, taro, id); }), "search.not_found");
    now = now + std::chrono::hours(24 * 60);
    EXPECT_EQ(get_stored(journal, hanako, id), body);  // used: the 90 days begin anew
    now = now + std::chrono::hours(24 * 60);
    EXPECT_EQ(get_stored(journal, hanako, id), body);
    now = now + std::chrono::hours(24 * 91);
    EXPECT_EQ(refusal([&] { get_stored(journal, hanako, id); }), "search.not_found");
    EXPECT_EQ(refusal([&] { store(journal, shop_.catalogue(), hanako, json::parse(R"({"text":""})")); }),
              "condition.invalid /text:empty_text");
}

}  // namespace
}  // namespace otokui::search
