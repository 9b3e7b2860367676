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
    // What the customer holds has been overdue since yesterday, and nothing has let it expire yet.
    void let_pass(const std::string& number) {
        constexpr std::int64_t kDay = 86'400'000;
        const auto yesterday = shop_.journal.now().milliseconds - kDay;
        shop_.database.write([&](storage::Transaction& tx) {
            const auto id = tx.find_integer("SELECT id FROM customer WHERE number = ?", {number}).value();
            tx.execute("UPDATE point_lot SET expires_at = ? WHERE customer_id = ?", {yesterday, id});
            tx.execute("UPDATE customer SET points_expire_at = ? WHERE id = ?", {yesterday, id});
        });
    }
    std::int64_t add_kind(const std::string& name, const std::string& kind) {
        return shop_.journal.write({.actor = shop_.actor, .kind = "points.change"},
                                   [&](core::Writer& writer) {
                                       return writer.insert(writer.registry().get(points::kOwnKinds),
                                                            {{"name", name},
                                                             {"kind", kind},
                                                             {"position", std::int64_t{1}},
                                                             {"created_at", std::int64_t{1}}});
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
    EXPECT_EQ(file,
              "顧客番号,メールアドレス,氏名,出力時ポイント,ポイント,名目,コメント\r\nA,a@example.jp,青木,100,"
              "100,,\r\n"
              "B,b@example.jp,森,40,40,,\r\n");
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

TEST_P(PointsFile, LetsExpireWhatIsOverdueBeforeItBooksTheDifference) {
    let_pass("A");
    let_pass("B");
    const auto job = shop_.import({.kind = Kind::points}, "顧客番号,出力時ポイント,ポイント\nA,100,130\n");
    EXPECT_EQ(figures(job), "0 1 0 0");
    EXPECT_EQ(
        shop_.text("SELECT kind || delta || '/' || balance_after FROM point_entry ORDER BY id DESC LIMIT 1 "
                   "OFFSET 1"),
        "expire-100/0");
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 30);
    EXPECT_GT(shop_.count("SELECT points_expire_at FROM customer WHERE number = 'A'"),
              shop_.journal.now().milliseconds)
        << "what comes by the file does not die with what was there";
    // Without the column the difference is to what can be used.
    EXPECT_EQ(figures(shop_.import({.kind = Kind::points}, "顧客番号,ポイント\nB,25\n")), "0 1 0 0");
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'B'"), 25);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(PointsFile, TakesNothingThatIsOverdue) {
    let_pass("A");
    const std::string file = "顧客番号,出力時ポイント,ポイント\nA,100,80\n";
    const auto job = shop_.import({.kind = Kind::points, .on_error = OnError::skip}, file);
    EXPECT_EQ(errors_of(shop_, job.id), std::vector<std::string>{"2:points.below_zero ポイント"});
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 100);
}

TEST_P(PointsFile, IsTakenBackWithWhatExpiredOnTheWay) {
    const auto plan = shop_.import({.kind = Kind::points, .dry_run = true},
                                   "顧客番号,出力時ポイント,ポイント\nA,100,130\nB,40,41\n");
    let_pass("A");
    book("B", 5);
    EXPECT_EQ(shop_.runner.run_to_end(apply_plan(shop_.context, shop_.actor, plan.id)).status,
              JobStatus::failed);
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 100);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(PointsFile, RefusesRowsOverTheCeilingOfWhoImports) {
    auto actor = shop_.actor;
    actor.rights =
        std::make_shared<const core::Rights>(core::Rights{"import", "points.edit", "contact.read"});
    actor.points_ceiling = 50;
    std::istringstream file("顧客番号,出力時ポイント,ポイント\nA,100,150\nB,40,91\n");
    const auto job = import_file(shop_.context, shop_.runner, actor,
                                 {.kind = Kind::points, .on_error = OnError::skip}, file);
    EXPECT_EQ(figures(job), "0 1 0 1");
    EXPECT_EQ(errors_of(shop_, job.id), std::vector<std::string>{"3:points.over_ceiling ポイント"});
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 150);
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'B'"), 40);
}

TEST_P(PointsFile, BooksUnderTheShopsOwnNamesOfPoints) {
    const auto apology = add_kind("お詫び", "manual_grant"), correction = add_kind("訂正", "manual_deduct");
    const std::string header = "顧客番号,ポイント,名目\n";
    const auto wrong = shop_.import({.kind = Kind::points, .on_error = OnError::skip},
                                    header + "A,130,なにか\nB,30,お詫び\n");
    EXPECT_EQ(errors_of(shop_, wrong.id),
              (std::vector<std::string>{"2:points.no_such_kind 名目", "3:points.kind_wrong_sign 名目"}));
    const auto before = held("A");
    EXPECT_EQ(figures(shop_.import({.kind = Kind::points}, header + "A,130,お詫び\nB,30,訂正\n")), "0 2 0 0");
    EXPECT_EQ(shop_.text("SELECT kind || point_kind_id FROM point_entry ORDER BY id DESC LIMIT 1 OFFSET 1"),
              "csv" + std::to_string(apology));
    EXPECT_EQ(shop_.count("SELECT point_kind_id FROM point_entry ORDER BY id DESC LIMIT 1"), correction);
    EXPECT_EQ(held("A"), "130" + before.substr(3)) << "a file leaves the dates, whatever the name";
    // The name goes away between the check and what follows.
    const auto plan = shop_.import({.kind = Kind::points, .dry_run = true}, header + "A,131,景品\n");
    EXPECT_EQ(figures(plan), "0 0 0 1");
    add_kind("景品", "manual_grant");
    const auto checked = shop_.import({.kind = Kind::points, .dry_run = true}, header + "A,131,景品\n");
    shop_.database.write(
        [](storage::Transaction& tx) { tx.execute("DELETE FROM point_kind WHERE name = '景品'", {}); });
    const auto job = shop_.run(apply_plan(shop_.context, shop_.actor, checked.id));
    EXPECT_EQ(job.status, JobStatus::failed);
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 130);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
