// Rows of one file that clash, one case each.

#include <boost/json/serialize.hpp>

#include "history/service.hpp"
#include "transfer/shop.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

class ClashesInAFile : public testing::TestWithParam<test::Backend> {
protected:
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, ClashesInAFile, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(ClashesInAFile, NewGuestsOfOneMailAreOnePersonHoweverFarApart) {
    std::string file = "メールアドレス,姓,ステータス\n";
    constexpr int kRows = 2'500;  // several stretches
    for (int i = 0; i < kRows; ++i) file += "m" + std::to_string(i % (kRows - 1)) + "@example.jp,森,ゲスト\n";
    const auto whole = shop_.import({.mode = Mode::upsert}, file);
    EXPECT_EQ(whole.status, JobStatus::failed);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 0);
    const auto job = shop_.import({.mode = Mode::upsert, .on_error = OnError::skip}, file);
    EXPECT_EQ(errors_of(shop_, job.id),
              std::vector<std::string>{std::to_string(kRows + 1) + ":same_customer"});
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), kRows - 1);
}

TEST_P(ClashesInAFile, ARefusedRowTakesNothing) {
    const auto job = shop_.import({.mode = Mode::upsert, .on_error = OnError::skip},
                                  "メールアドレス,姓,生年月日,ステータス\n"
                                  "a@example.jp,青木,2001-02-30,ゲスト\na@example.jp,森,,ゲスト\n"
                                  "b@example.jp,林,2001-02-30,会員\nb@example.jp,原,,会員\n");
    EXPECT_EQ(figures(job), "2 0 0 2");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE family_name IN ('森', '原')"), 2);
}

TEST_P(ClashesInAFile, AMailGivenUpByOneRowIsFreeForTheNext) {
    shop_.import({},
                 "顧客番号,姓,メールアドレス,ステータス\nA,青木,a@example.jp,会員\nB,森,b@example.jp,会員\n");
    const std::string header = "コントロールカラム,顧客番号,姓,メールアドレス,ステータス\n";
    const auto early = shop_.import({.mode = Mode::control, .on_error = OnError::skip},
                                    header + "n,C,林,a@example.jp,会員\nu,A,青木,z@example.jp,会員\n");
    EXPECT_EQ(errors_of(shop_, early.id), std::vector<std::string>{"2:email_taken メールアドレス"});
    const auto job = shop_.import({.mode = Mode::control},
                                  header +
                                      "u,B,森,y@example.jp,会員\nd,A,,,\nn,C,林,b@example.jp,会員\n"
                                      "n,D,原,z@example.jp,会員\n");
    ASSERT_EQ(job.status, JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE mail_key = 'b@example.jp'"), "C");
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE mail_key = 'z@example.jp'"), "D");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
    history::Context histories{shop_.journal, shop_.catalogue, shop_.jobs};
    history::undo(histories, shop_.actor, job.operation);
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE mail_key = 'b@example.jp'"), "B");
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE mail_key = 'z@example.jp'"), "A");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(ClashesInAFile, ALabelDeletedSinceTheCheckKeepsItsRowsOut) {
    const auto label = shop_.journal.write({.actor = shop_.actor, .kind = "label.create"}, [&](auto& writer) {
        return writer.insert(writer.registry().get("label"), {{"name", std::string("VIP")}});
    });
    shop_.import({}, "顧客番号,姓\nA,青木\n");
    const auto plan = shop_.import({.mode = Mode::upsert, .dry_run = true},
                                   "顧客番号,姓,顧客ラベル\nA,青木,VIP\nB,森,VIP\nC,林,\n");
    ASSERT_EQ(figures(plan), "2 1 0 0");
    shop_.journal.write({.actor = shop_.actor, .kind = "label.delete"},
                        [&](auto& writer) { writer.remove(writer.registry().get("label"), label); });
    const auto applied = shop_.run(apply_plan(shop_.context, shop_.actor, plan.id));
    EXPECT_EQ(applied.status, JobStatus::failed);
    std::vector<std::string> told;
    for (const auto& one : applied.problem.at("conflicts").as_array())
        told.push_back(std::to_string(one.at("line").as_int64()) + ":" +
                       std::string(one.at("code").as_string()));
    EXPECT_EQ(told, (std::vector<std::string>{"2:choice_deleted", "3:choice_deleted"}));
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE labels <> ''"), 0);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(ClashesInAFile, AMailTakenSinceTheCheckKeepsTheChangeOfACustomerOut) {
    shop_.import({}, "顧客番号,姓,メールアドレス,ステータス\nA,青木,a@example.jp,会員\n");
    const auto plan =
        shop_.import({.mode = Mode::update, .dry_run = true}, "顧客番号,メールアドレス\nA,k@example.jp\n");
    ASSERT_EQ(figures(plan), "0 1 0 0");
    shop_.import({}, "顧客番号,姓,メールアドレス,ステータス\nB,岸,k@example.jp,会員\n");
    const auto applied = shop_.run(apply_plan(shop_.context, shop_.actor, plan.id));
    EXPECT_EQ(applied.status, JobStatus::failed);
    EXPECT_EQ(applied.problem.at("code").as_string(), "job.plan_outdated");
    EXPECT_EQ(applied.problem.at("conflicts").at(0).at("code").as_string(), "email_taken");
    EXPECT_EQ(shop_.text("SELECT email FROM customer WHERE number = 'A'"), "a@example.jp");
}

}  // namespace
}  // namespace otokui::transfer
