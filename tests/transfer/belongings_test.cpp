#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "customer/addresses.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

class Belongings : public testing::TestWithParam<test::Backend> {
protected:
    void SetUp() override { shop_.import({}, "顧客番号,姓\nA,青木\nB,森\n"); }
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Belongings, testing::ValuesIn(test::backends()), test::backend_name);

constexpr std::string_view kOrders =
    "受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\n"
    "O-1,A,2024-01-05 10:00:00,売上完了,\"3,000\",P1,緑茶,1000,2\n"
    "O-1,A,2024-01-05 10:00:00,売上完了,\"3,000\",P2,番茶,1000,1\n"
    "O-2,A,2024-02-05,captured,500,P1,緑茶,500,1\n"
    "O-3,B,2024/03/05,未決済,700,P1,緑茶,700,1\n"
    "O-4,,2024/03/06,売上完了,900,P1,緑茶,900,1\n";

TEST_P(Belongings, OrdersMakeThePurchaseFiguresOfTheirCustomers) {
    const auto job = shop_.import({.kind = Kind::orders}, std::string(kOrders));
    ASSERT_EQ(job.status, JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(figures(job), "5 0 0 0");
    EXPECT_EQ(shop_.text("SELECT purchase_total || '/' || purchase_count FROM customer WHERE number = 'A'"),
              "3500/2");
    EXPECT_EQ(shop_.text("SELECT purchase_total || '/' || purchase_count FROM customer WHERE number = 'B'"),
              "0/0");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM order_line"), 5);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM orders WHERE customer_id IS NULL"), 1);
    // One order paid now, one line gone.
    const auto change =
        shop_.import({.kind = Kind::orders, .mode = Mode::upsert},
                     "受注番号,決済状況,商品番号,商品名,単価,数量\nO-3,売上完了,P1,緑茶,700,1\n"
                     "O-1,売上完了,P2,番茶,1000,1\n");
    EXPECT_EQ(figures(change), "0 2 0 0");
    EXPECT_EQ(shop_.text("SELECT purchase_total || '/' || purchase_count FROM customer WHERE number = 'B'"),
              "700/1");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM order_line"), 4);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(Belongings, ExportsComeInAgainWithoutAChange) {
    shop_.import({.kind = Kind::orders}, std::string(kOrders));
    shop_.import({.kind = Kind::addresses},
                 "顧客番号,お届け先名,姓,名,郵便番号,都道府県,市区町村,町域・番地,電話番号\n"
                 "A,実家,青木,一郎,100-0005,東京都,千代田区,丸の内1-9-2,03-1234-5678\n"
                 "A,会社,青木,一郎,,大阪府,,,\nB,,森,,,,,,\n");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer_address WHERE is_default = 1"), 2);
    for (const auto kind : {Kind::orders, Kind::addresses}) {
        const auto rows = kind == Kind::orders ? 5 : 3;
        const auto file = shop_.exported(boost::json::object(), kind);
        EXPECT_EQ(shop_.last_export.counts.total, rows);
        const auto job = shop_.import({.kind = kind, .mode = Mode::upsert}, file);
        EXPECT_EQ(figures(job), "0 0 " + std::to_string(rows) + " 0") << file;
    }
    const auto one =
        shop_.exported(boost::json::parse(R"({"condition":{"field":"number","op":"in","value":["B"]},
                                        "columns":["number","ordered_at","total"],"encoding":"utf-8"})"),
                       Kind::orders);
    EXPECT_EQ(one, "受注番号,受注日,合計\r\nO-3,2024/03/05 00:00:00,700\r\n");
}

// The address of a customer is the billing address (請求先); orders keep the one they were sent to.
TEST_P(Belongings, Features44OrdersMadeKeepTheAddressTheyHad) {
    shop_.import({.kind = Kind::addresses},
                 "顧客番号,お届け先名,姓,市区町村,町域・番地\nA,実家,青木,千代田区,丸の内1-9-2\n");
    shop_.import(
        {.kind = Kind::orders},
        "受注番号,顧客番号,受注日,決済状況,合計,お届け先氏名,お届け先郵便番号,お届け先住所,お届け先電話番号\n"
        "O-1,A,2024-01-05,売上完了,1000,青木,1000005,千代田区丸の内1-9-2,0312345678\n");
    const auto sent = [&] {
        return shop_.text(
            "SELECT ship_name || ship_postal_code || ship_address || ship_phone || ' ' || version FROM "
            "orders");
    };
    const auto before = sent();
    const CustomerId customer{shop_.count("SELECT id FROM customer WHERE number = 'A'")};
    const customer::AddressId address{shop_.count("SELECT id FROM customer_address")};
    customer::update(
        shop_.customers, shop_.actor, customer, {.any = true},
        {{"family_name", "森"}, {"city", "渋谷区"}, {"street", "神南1"}, {"phone", "0398765432"}});
    EXPECT_EQ(shop_.text("SELECT family_name || city || street FROM customer_address"),
              "青木千代田区丸の内1-9-2");
    customer::update_address(shop_.customers, shop_.actor, customer, address, {.any = true},
                             {{"street", "大手町1"}});
    EXPECT_EQ(shop_.text("SELECT family_name || city || street FROM customer WHERE number = 'A'"),
              "森渋谷区神南1");
    EXPECT_EQ(sent(), before);
    customer::remove_address(shop_.customers, shop_.actor, customer, address, {.any = true});
    customer::remove(shop_.customers, shop_.actor, customer, {.any = true});
    EXPECT_EQ(sent(), before);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(Belongings, AnAddressIsChangedByItsIdAndBelongsToItsCustomer) {
    shop_.import({.kind = Kind::addresses}, "顧客番号,お届け先名\nA,実家\nA,会社\n");
    const auto id = std::to_string(shop_.count("SELECT id FROM customer_address WHERE label = '会社'"));
    const auto job = shop_.import({.kind = Kind::addresses, .mode = Mode::upsert, .on_error = OnError::skip},
                                  "お届け先ID,顧客番号,お届け先名,既定のお届け先\n" + id + ",A,本社,1\n" +
                                      "999,A,x,0\n" + ",X,y,0\n,,z,0\n");
    EXPECT_EQ(figures(job), "0 1 0 3");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"3:address_not_found お届け先ID", "4:customer_not_found 顧客番号",
                                        "5:required 顧客番号"}));
    EXPECT_EQ(shop_.text("SELECT label FROM customer_address WHERE is_default = 1"), "本社");
    const auto stolen =
        shop_.import({.kind = Kind::addresses, .mode = Mode::upsert, .on_error = OnError::skip},
                     "お届け先ID,顧客番号,お届け先名\n" + id + ",B,本社\n");
    EXPECT_EQ(errors_of(shop_, stolen.id), std::vector<std::string>{"2:address_not_found お届け先ID"});
}

TEST_P(Belongings, AnOrderComesInWholeOrNotAtAll) {
    const auto job =
        shop_.import({.kind = Kind::orders, .on_error = OnError::skip},
                     "受注番号,顧客番号,受注日,合計,商品番号,数量\n"
                     "O-1,A,2024-01-05,1000,P1,1\nO-1,A,2024-01-05,1000,P2,many\n"
                     "O-2,A,2024-01-05,1000,P1,1\nO-2,B,,,P2,1\n"
                     "O-3,A,2024-01-05,1000,P1,1\nO-4,A,,1000,P1,1\nO-3,A,2024-01-05,1000,P1,1\n");
    EXPECT_EQ(figures(job), "0 0 0 7");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"2:order_has_errors", "3:not_a_number 数量", "4:order_has_errors",
                                        "5:order_lines_differ", "6:duplicate_in_file 受注番号",
                                        "7:required 受注日", "8:duplicate_in_file 受注番号"}));
}

TEST_P(Belongings, AnOrderOfSomebodyDeletedSinceTheCheckStaysOutWithAllItsLines) {
    const auto plan = shop_.import({.kind = Kind::orders, .dry_run = true}, std::string(kOrders));
    ASSERT_EQ(figures(plan), "5 0 0 0");
    customer::remove(shop_.customers, shop_.actor,
                     {shop_.count("SELECT id FROM customer WHERE number = 'A'")}, {.any = true});
    const auto applied = shop_.run(apply_plan(shop_.context, shop_.actor, plan.id));
    EXPECT_EQ(applied.status, JobStatus::failed);
    EXPECT_EQ(applied.problem.at("code").as_string(), "job.plan_outdated");
    std::string told;
    for (const auto& one : applied.problem.at("conflicts").as_array())
        told +=
            std::to_string(one.at("line").as_int64()) + ":" + std::string(one.at("code").as_string()) + " ";
    EXPECT_EQ(told, "2:changed_since_check 3:changed_since_check 4:changed_since_check ");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM orders"), 0);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(Belongings, AnOrderHoldsNoNumberAndNoTextWithoutBounds) {
    const std::string longest(100, '9');
    const auto job =
        shop_.import({.kind = Kind::orders, .on_error = OnError::skip},
                     "受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量,備考\n"
                     "O-1,A,2024-01-05,captured,9223372036854775807,,,,,\n" +
                         longest + "9,A,2024-01-05,captured,1,,,,,\n" + "O-3,A,2024-01-05,captured,1,P1," +
                         std::string(256, 'n') + ",1,1,\n" +
                         "O-4,A,2024-01-05,captured,1,\"P\n1\",,4611686018427387904,2,\n"
                         "O-5,A,2024-01-05,captured,1,P1,,999999999999,2,\n"
                         "O-6,A,2024-01-05,captured,1,P1,,1,-9223372036854775808,\n"
                         "O-7,A,2024-01-05,captured,1,P1,,999999999999,1,\nO-7,,,,,P2,,1,1,\n" +
                         longest + ",A,2024-01-05,captured,999999999999,P1,,-5,999999,\"午前\n指定\"\n");
    EXPECT_EQ(
        errors_of(shop_, job.id),
        (std::vector<std::string>{"2:out_of_range 合計", "3:too_long 受注番号", "4:too_long 商品名",
                                  "5:bad_character 商品番号", "5:out_of_range 単価", "7:out_of_range 単価",
                                  "8:out_of_range 数量", "9:out_of_range", "10:order_has_errors"}));
    EXPECT_EQ(figures(job), "1 0 0 8");
    EXPECT_EQ(shop_.text("SELECT note FROM orders"), "午前\n指定");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
