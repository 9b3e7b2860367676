#include "core/settings.hpp"
#include "transfer/customers_ahead.hpp"
#include "transfer/importer.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

// New customers that a check has found free, ready to be written.
class CustomersMadeAhead : public testing::TestWithParam<test::Backend> {
protected:
    static StagedRow planned(std::int64_t line, boost::json::object set) {
        StagedRow row{.line = line, .outcome = Outcome::create};
        row.sequence = line - 2;
        row.payload["set"] = std::move(set);
        return row;
    }
    void apply(Look look) {
        shop_.journal.write({.actor = shop_.actor, .kind = "customer.import"}, [&](core::Writer& writer) {
            apply_customers(writer, shop_.catalogue, rows_, look);
        });
    }

    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
    std::vector<StagedRow> rows_;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomersMadeAhead, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(CustomersMadeAhead, GiveWayToWhatWasTakenMeanwhile) {
    rows_.push_back(planned(2, {{"family_name", "青木"}, {"email", "a@example.jp"}, {"status", "member"}}));
    rows_.push_back(planned(3, {{"family_name", "森"}, {"number", "B"}}));
    rows_.push_back(planned(4, {{"family_name", "林"}}));
    rows_.push_back(planned(5, {{"family_name", "原"}, {"number", "C"}}));
    CustomersAhead ahead(shop_.context, 4);
    ahead.make(rows_);
    const auto number = customer::number_of(rows_[2].ahead->row.record.id);
    const auto job = shop_.import({}, "顧客番号,姓,メールアドレス,ステータス\nB,谷,a@example.jp,会員\n" +
                                          number + ",岸,k@example.jp,会員\n");
    ASSERT_EQ(figures(job), "2 0 0 0");
    EXPECT_THROW(apply(Look::no), storage::UniqueViolation);
    for (auto& row : rows_) row.record = 0;
    apply(Look::first);
    std::vector<std::string> codes;
    for (const auto& row : rows_) codes.push_back(row.errors.empty() ? "" : row.errors.front().code);
    EXPECT_EQ(codes, (std::vector<std::string>{"email_taken", "number_taken", "", ""}));
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE family_name = '林'"), number + "-1");
    EXPECT_EQ(shop_.count("SELECT id FROM customer WHERE number = 'C'"), rows_[3].record);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 4);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(CustomersMadeAhead, FollowRulesAndGroupsThatChangedMeanwhile) {
    rows_.push_back(planned(2, {{"family_name", "青木"}, {"email", "a@example.jp"}, {"status", "guest"}}));
    CustomersAhead ahead(shop_.context, 1);
    ahead.make(rows_);
    shop_.registry.add({.name = "setting",
                        .label = {"設定", "Setting"},
                        .columns = {{"name"}, {"content"}, {"version", core::ColumnType::integer}},
                        .version_column = "version"});
    shop_.journal.write({.actor = shop_.actor, .kind = "customer.create"}, [&](core::Writer& writer) {
        writer.insert(writer.registry().get("customer_group"),
                      {{"name", std::string("新規")}, {"is_default", std::int64_t{1}}});
        core::settings::put(writer, "general", {{"mail_unique", "status"}});
    });
    apply(Look::no);
    EXPECT_EQ(shop_.text("SELECT mail_key FROM customer"), "guest:a@example.jp");
    EXPECT_EQ(shop_.text("SELECT customer_groups FROM customer"),
              "," + std::to_string(shop_.count("SELECT id FROM customer_group WHERE is_default = 1")) + ",");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
