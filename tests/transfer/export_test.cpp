#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

class CustomerExport : public testing::TestWithParam<test::Backend> {
protected:
    std::string lines(std::string_view body) { return shop_.exported(boost::json::parse(body)); }
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomerExport, testing::ValuesIn(test::backends()),
                         test::backend_name);

constexpr std::string_view kPeople =
    "番号,姓,名,セイ,メール,電話,都道府県,備考,性別,登録日\n"
    "A1,髙橋,花子,たかはし,hanako@example.jp,03-1234-5678,東京都,\"=1+1\",女,2024/01/16 13:59:58\n"
    "A2,𠮷田,太郎,,taro@example.jp,,大阪,\"2行の\nメモ, \"\"引用\"\"\",男,2023-05-01\n"
    "A3,'田中,次郎,,,090-1234-5678,,'-5,,\n";

TEST_P(CustomerExport, WritesWhatASearchFindsGuardedAgainstFormulas) {
    shop_.import({.map = {{"番号", "number"}, {"電話", "phone"}}}, std::string(kPeople));
    EXPECT_EQ(lines(R"({"condition":{"field":"number","op":"in","value":["A1"]},"encoding":"utf-8",
                        "columns":["number","name","phone","memo","registered_at"]})"),
              "顧客番号,氏名,電話番号,メモ,登録日\r\nA1,髙橋 花子,0312345678,'=1+1,2024/01/16 13:59:58\r\n");
    const auto all = lines(R"({"columns":["number","memo"],"sort":[{"field":"number","direction":"asc"}],
                               "newline":"lf","header":"keys"})");
    EXPECT_EQ(all, "\xEF\xBB\xBFnumber,memo\nA1,'=1+1\nA2,\"2行の\nメモ, \"\"引用\"\"\"\nA3,''-5\n");
    EXPECT_EQ(shop_.last_export.counts.total, 3);
}

TEST_P(CustomerExport, LeavesFormulasAloneWhereItIsAskedTo) {
    shop_.import({.map = {{"番号", "number"}, {"電話", "phone"}}}, std::string(kPeople));
    const auto memos = [&](const char* guard) {
        return lines(R"({"columns":["number","memo"],"condition":{"field":"number","op":"in","value":["A1"]},
                         "encoding":"utf-8","guard_formulas":)" +
                     std::string(guard) + "}");
    };
    EXPECT_EQ(memos("true"), "顧客番号,メモ\r\nA1,'=1+1\r\n");
    EXPECT_EQ(memos("null"), memos("true"));
    EXPECT_EQ(memos("false"), "顧客番号,メモ\r\nA1,=1+1\r\n");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update}, memos("false"))), "0 0 1 0");
}

TEST_P(CustomerExport, WritesDaysAsPeopleDoAndTakesBothWritings) {
    shop_.import({}, "顧客番号,姓,生年月日,登録日\nD1,青木,1985-04-03,2024-01-16 13:59:58\n");
    const auto file = lines(R"({"columns":["number","birth_date","registered_at"],"encoding":"utf-8"})");
    EXPECT_EQ(file, "顧客番号,生年月日,登録日\r\nD1,1985/04/03,2024/01/16 13:59:58\r\n");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update}, file)), "0 0 1 0");
    const std::string before = "顧客番号,生年月日,登録日\nD1,1985-04-03,2024-01-16 13:59:58\n";
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update}, before)), "0 0 1 0");
}

TEST_P(CustomerExport, ComesInAgainWithoutAChangeInEveryEncoding) {
    shop_.import({.on_error = OnError::skip, .on_clash = OnClash::no_login},
                 read_test_file("jp_10k.csv").substr(0, 200'000));
    shop_.import({.map = {{"番号", "number"}, {"電話", "phone"}}}, std::string(kPeople));
    const auto customers = shop_.count("SELECT count(*) FROM customer");
    ASSERT_GT(customers, 500);
    const auto changes = shop_.count("SELECT count(*) FROM change");
    for (const auto* header : {"labels", "keys"})
        for (const auto* encoding : {"utf-8", "utf-8-bom"}) {
            const auto file = shop_.exported(boost::json::object{{"encoding", encoding}, {"header", header}});
            for (const auto mode : {Mode::update, Mode::upsert}) {
                const auto job = shop_.import({.mode = mode}, file);
                EXPECT_EQ(figures(job), "0 0 " + std::to_string(customers) + " 0") << encoding;
                EXPECT_EQ(errors_of(shop_, job.id), std::vector<std::string>());
            }
        }
    EXPECT_EQ(shop_.count("SELECT count(*) FROM change"), changes);
}

TEST_P(CustomerExport, NamesCharactersThatShiftJisLacksAndTheRowsTheyWouldChange) {
    shop_.import({.map = {{"番号", "number"}, {"電話", "phone"}}}, std::string(kPeople));
    const auto file = shop_.exported({{"encoding", "cp932"}});
    EXPECT_EQ(boost::json::serialize(shop_.last_export.summary.at("unmappable")),
              R"([{"character":"𠮷","count":1}])");
    const auto job = shop_.import({.mode = Mode::update, .dry_run = true}, file);
    EXPECT_EQ(job.status, JobStatus::done);
    EXPECT_EQ(figures(job), "0 1 2 0");
    EXPECT_EQ(job.summary.at("encoding").as_string(), "cp932");
    EXPECT_EQ(boost::json::serialize(job.summary.at("warnings")),
              R"({"replacement_character":{"count":1,"lines":[3]}})");
}

TEST_P(CustomerExport, NeedsItsRightAndMasksWhatTheActorMayNotSee) {
    shop_.import({.map = {{"番号", "number"}, {"電話", "phone"}}}, std::string(kPeople));
    auto actor = shop_.actor;
    actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    EXPECT_THROW(start_export(shop_.context, actor, Kind::customers, boost::json::object()), Refused);
    actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read", "export"});
    const auto body = boost::json::parse(R"({"columns":["number","phone","name"],"encoding":"utf-8"})");
    const auto job = shop_.run(start_export(shop_.context, actor, Kind::customers, body));
    const auto file = shop_.file_of(job.id, "result");
    EXPECT_NE(file.find("A1,*****,髙橋 花子"), std::string::npos) << file;
    EXPECT_THROW(
        start_export(shop_.context, actor, Kind::customers,
                     boost::json::parse(R"({"condition":{"field":"phone","op":"is","value":"03"}})")),
        Refused);
}

TEST_P(CustomerExport, NamesEveryFaultOfItsDescription) {
    try {
        lines(
            R"({"columns":["number","nonsense","number"],"encoding":"ebcdic","newline":1,"what":2,"guard_formulas":1})");
        FAIL();
    } catch (const Refused& refused) {
        std::vector<std::string> faults;
        for (const auto& field : refused.problem().fields) faults.push_back(field.pointer + " " + field.code);
        EXPECT_EQ(faults, (std::vector<std::string>{"/what unknown_field", "/encoding not_a_choice",
                                                    "/newline wrong_type", "/guard_formulas wrong_type",
                                                    "/columns/1 unknown_field", "/columns/2 duplicate"}));
    }
}

}  // namespace
}  // namespace otokui::transfer
