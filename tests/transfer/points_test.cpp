#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "points/account.hpp"
#include "transfer/shop.hpp"

// ポイントCSV (manual 003): a file goes out, its ポイント are edited, it comes in again.
namespace otokui::transfer {
namespace {

using core::JobStatus;

class PointsFile : public testing::TestWithParam<test::Backend> {
protected:
    void SetUp() override {
        shop_.import({},
                     "顧客番号,姓,ステータス,メールアドレス\nA,青木,会員,a@example.jp\nB,森,会員,b@example."
                     "jp\nC,林,ゲスト,\n");
        book("A", 100);
        book("B", 40);
    }
    void book(const std::string& number, std::int64_t delta) {
        shop_.journal.write({.actor = shop_.actor, .kind = "points.change"}, [&](core::Writer& writer) {
            const auto id =
                writer.tx().find_integer("SELECT id FROM customer WHERE number = ?", {number}).value();
            points::Account(writer, {id}, points::read_rules(writer.tx(), writer.registry()))
                .book({.kind = delta > 0 ? points::Kind::manual_grant : points::Kind::manual_deduct,
                       .delta = delta});
        });
    }
    std::string held(const std::string& number) {
        return shop_.text("SELECT points || '/' || points_expire_at FROM customer WHERE number = '" + number +
                          "'");
    }

    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, PointsFile, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(PointsFile, HoldsMembersAloneAndComesInAgainWithoutAChange) {
    const auto file = shop_.exported(boost::json::parse(R"({"encoding":"utf-8"})"), Kind::points);
    EXPECT_EQ(
        file,
        "顧客番号,メールアドレス,氏名,出力時ポイント,ポイント,コメント\r\nA,a@example.jp,青木,100,100,\r\n"
        "B,b@example.jp,森,40,40,\r\n");
    EXPECT_EQ(figures(shop_.import({.kind = Kind::points}, file)), "0 0 2 0");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM point_entry"), 2);
}

TEST_P(PointsFile, BooksTheDifferenceAndLeavesTheDates) {
    const auto before = held("A");
    const auto job = shop_.import({.kind = Kind::points},
                                  "顧客番号,出力時ポイント,ポイント,コメント\nA,100,130,補填\nB,40,0,\n");
    ASSERT_EQ(job.status, JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(figures(job), "0 2 0 0");
    EXPECT_EQ(held("A"), "130" + before.substr(3));
    EXPECT_EQ(shop_.text("SELECT kind || delta || reason FROM point_entry ORDER BY id DESC LIMIT 1 OFFSET 1"),
              "csv30補填");
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'B'"), 0);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

// The last row fails only when it is applied: the rows before are taken back by rows of the opposite sign.
TEST_P(PointsFile, IsTakenBackWholeWhenABalanceChangesMeanwhile) {
    const auto plan = shop_.import({.kind = Kind::points, .dry_run = true},
                                   "顧客番号,出力時ポイント,ポイント\nA,100,130\nB,40,41\n");
    EXPECT_EQ(figures(plan), "0 2 0 0");
    book("B", 5);
    const auto job = shop_.runner.run_to_end(apply_plan(shop_.context, shop_.actor, plan.id));
    EXPECT_EQ(job.status, JobStatus::failed);
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 100);
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'B'"), 45);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(PointsFile, NamesWhatIsWrongWithEachRow) {
    const auto job =
        shop_.import({.kind = Kind::points, .on_error = OnError::skip},
                     "顧客番号,出力時ポイント,ポイント\nA,99,130\nB,40,-1\nC,0,5\nX,0,5\nB,40,x\n");
    EXPECT_EQ(figures(job), "0 0 0 5");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM point_entry"), 2);
}

}  // namespace
}  // namespace otokui::transfer
