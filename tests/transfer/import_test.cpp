#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "history/service.hpp"
#include "transfer/importer.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

// Members of jp_10k.csv whose mail address (NFKC, lower case) an earlier member has: counted apart from this
// program.
constexpr int kClashes = 769;

class CustomerImport : public testing::TestWithParam<test::Backend> {
protected:
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};

    void add_master(const char* table, const char* name) {
        shop_.journal.write({.actor = shop_.actor, .kind = "customer.create"}, [&](core::Writer& writer) {
            writer.insert(writer.registry().get(table), {{"name", std::string(name)}});
        });
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomerImport, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(CustomerImport, TakesEveryRowOfAForeignFileWhenClashesAreTakenWithoutLogin) {
    const auto job = shop_.import({.on_clash = OnClash::no_login}, read_test_file("jp_10k.csv"));
    ASSERT_EQ(job.status, JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(figures(job), "10000 0 0 0");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 10'000);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE suspected_duplicate = 1 AND no_login = 1"),
              kClashes);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM change WHERE act = 'i'"), 10'000);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM operation WHERE kind = 'customer.import'"), 1);
    EXPECT_EQ(
        shop_.text("SELECT family_name || ':' || given_kana || ':' || email || ':' || phone || ':' || "
                   "postal_code || ':' || street || ':' || birth_date || ':' || status || ':' || device "
                   "FROM customer WHERE number = 'c000003'"),
        "池村:シズカ:ikemura.shizuka0804@yahoo.co.jp:07094219253:4964992:春日井市白金　五丁目38番24号:1971-"
        "08-"
        "04:member:csv");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(CustomerImport, ListsExactlyTheRejectedRowsUnderTheStrictRuleAndTakesThemFromTheirFile) {
    const auto strict = shop_.import({.on_error = OnError::skip}, read_test_file("jp_10k.csv"));
    EXPECT_EQ(figures(strict), std::to_string(10'000 - kClashes) + " 0 0 " + std::to_string(kClashes));
    const auto errors = errors_of(shop_, strict.id);
    EXPECT_EQ(errors.size(), static_cast<std::size_t>(kClashes));
    for (const auto& error : errors) EXPECT_TRUE(error.ends_with(":email_taken email")) << error;
    const auto rejects = shop_.file_of(strict.id, "rejects");
    EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), kClashes + 1);
    const auto again = shop_.import({.on_clash = OnClash::no_login}, rejects);
    EXPECT_EQ(figures(again), std::to_string(kClashes) + " 0 0 0");
}

TEST_P(CustomerImport, ChangesNothingWhenOneRowIsWrongAndAllOrNothingIsAsked) {
    const auto job =
        shop_.import({}, "number,family_name,email\n1,青木,a@example.jp\n2,森,broken\n3,林,c@example.jp\n");
    EXPECT_EQ(job.status, JobStatus::failed);
    EXPECT_EQ(job.problem.at("code").as_string(), "import.rows_refused");
    EXPECT_EQ(figures(job), "2 0 0 1");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 0);
    EXPECT_EQ(shop_.file_of(job.id, "rejects"),
              "number,family_name,email,line,column,reason\r\n2,森,broken,3,email,"
              "email：メールアドレスの形式が正しくありません。\r\n");
}

TEST_P(CustomerImport, NamesEveryFaultByLineAndColumn) {
    const auto job = shop_.import({.on_error = OnError::skip},
                                  "番号,姓,フリガナ(姓),メール,電話,郵便番号,都道府県,生年月日,性別\n"
                                  "1,青木,漢字,a@,90-1234-5678,0123,火星,2999-01-01,謎\n"
                                  "2,森\n"
                                  "3,,,,,,,,\n"
                                  "4,\"林\"x,,,,,,,\n"
                                  "5,原,,,,,,2001-02-30,\n");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"2:not_kana フリガナ(姓)", "2:not_an_email メール",
                                        "2:lost_leading_zero 電話", "2:lost_leading_zero 郵便番号",
                                        "2:not_a_choice 都道府県", "2:in_the_future 生年月日",
                                        "2:not_a_choice 性別", "3:wrong_column_count", "4:one_of_required 姓",
                                        "5:bare_quote 姓", "6:no_such_day 生年月日"}));
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 0);
}

TEST_P(CustomerImport, HoldsAWholeNameToTheRulesOfItsParts) {
    std::string longest;
    for (int i = 0; i < 100; ++i) longest += "髙";
    const auto job = shop_.import({.on_error = OnError::skip},
                                  "顧客番号,氏名,フリガナ\n"
                                  "1,\"青木\n一\",アオキ\n"
                                  "2,森 二,漢字 ジロウ\n"
                                  "3," +
                                      longest +
                                      "髙 三,\n"
                                      "4," +
                                      longest +
                                      " 四,ハヤシ シロウ\n"
                                      "5,原　五,はら　ごろう\n");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"2:bad_character 氏名", "4:not_kana フリガナ", "5:too_long 氏名"}));
    EXPECT_EQ(shop_.text("SELECT family_name || given_name || family_kana || given_kana FROM customer WHERE "
                         "number = '5'"),
              "原五ハラゴロウ");
}

TEST_P(CustomerImport, RefusesAFileWhoseHeaderSaysThatItCannotWork) {
    const auto code = [&](const ImportOptions& options, const std::string& file) -> std::string {
        try {
            shop_.import(options, file);
            return "taken";
        } catch (const Refused& refused) {
            return refused.problem().code;
        }
    };
    EXPECT_EQ(code({}, ""), "import.not_csv");
    EXPECT_EQ(code({}, "\"a\nb"), "import.not_csv");
    EXPECT_EQ(code({}, "foo,bar\n1,2\n"), "import.format_unknown");
    EXPECT_EQ(code({.format = "otokui"}, "姓,姓\n1,2\n"), "import.duplicate_column");
    EXPECT_EQ(code({.map = {{"nothere", "family_name"}}}, "姓\n1\n"), "import.mapping_invalid");
    EXPECT_EQ(code({.map = {{"姓", "points"}}}, "姓\n1\n"), "import.mapping_invalid");
    EXPECT_EQ(code({.mode = Mode::control}, "姓\n1\n"), "import.control_missing");
}

TEST_P(CustomerImport, NamesTheColumnsThatTheRoleSeesMasked) {
    core::Actor masked = shop_.actor;
    masked.rights = std::make_shared<const core::Rights>(core::Rights{"import", "customer.edit"});
    std::istringstream file("ニックネーム,連絡先,Mail\n青木,0312345678,a@example.jp\n");
    const ImportOptions options{
        .map = {{"ニックネーム", "family_name"}, {"連絡先", "phone"}, {"Mail", "email"}}};
    const auto job = import_file(shop_.context, shop_.runner, masked, options, file);
    ASSERT_EQ(job.status, JobStatus::failed);
    EXPECT_EQ(job.problem.at("code").as_string(), "field.forbidden");
    const auto& detail = job.problem.at("detail");
    EXPECT_TRUE(detail.at("ja").as_string().ends_with("「連絡先」「Mail」")) << detail;
    EXPECT_TRUE(detail.at("en").as_string().ends_with("“連絡先”, “Mail”")) << detail;
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 0);
}

TEST_P(CustomerImport, TreatsRepeatedNumbersAsWrongInEachOfTheirRows) {
    const auto job = shop_.import({.on_error = OnError::skip}, "顧客番号,姓\nA,青木\nB,森\nA,林\nA,原\n");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"2:duplicate_in_file 顧客番号", "4:duplicate_in_file 顧客番号",
                                        "5:duplicate_in_file 顧客番号"}));
    EXPECT_EQ(shop_.text("SELECT family_name FROM customer"), "森");
}

TEST_P(CustomerImport, TreatsOneCustomerUnderTwoNamesAsRepeated) {
    shop_.import(
        {}, "顧客番号,姓,メールアドレス,ステータス\nA,青木,a@example.jp,ゲスト\nB,森,b@example.jp,ゲスト\n");
    const auto id = shop_.text("SELECT CAST(id AS TEXT) FROM customer WHERE number = 'A'");
    const auto errors = [&](Mode mode, const std::string& file) {
        const auto job = shop_.import({.mode = mode, .on_error = OnError::skip}, file);
        auto told = errors_of(shop_, job.id);
        told.push_back(figures(job));
        return told;
    };
    using Told = std::vector<std::string>;
    // Two writings of one id: which of the rows is right nobody can tell.
    for (const auto mode : {Mode::update, Mode::upsert})
        EXPECT_EQ(errors(mode, "顧客ID,姓\n" + id + ",林\n00" + id + ",原\n"),
                  (Told{"2:duplicate_in_file 顧客ID", "3:duplicate_in_file 顧客ID", "0 0 0 2"}));
    EXPECT_EQ(errors(Mode::control, "コントロールカラム,顧客ID,姓\nu," + id + ",林\nd,0" + id + ",\n"),
              (Told{"2:duplicate_in_file 顧客ID", "3:duplicate_in_file 顧客ID", "0 0 0 2"}));
    // By id and by number, and by the mail address of a guest: the first row is taken.
    EXPECT_EQ(errors(Mode::upsert, "顧客ID,顧客番号,姓\n" + id + ",,林\n,A,原\n,B,谷\n"),
              (Told{"3:same_customer", "0 2 0 1"}));
    EXPECT_EQ(errors(Mode::control, "コントロールカラム,顧客ID,顧客番号,姓\nu," + id + ",,林\nd,,A,\n"),
              (Told{"3:same_customer", "0 0 1 1"}));
    for (const auto mode : {Mode::update, Mode::upsert})
        EXPECT_EQ(errors(mode, "メールアドレス,姓\na@example.jp,谷" + std::to_string(static_cast<int>(mode)) +
                                   "\nＡ@example.jp,原\n"),
                  (Told{"3:same_customer", "0 1 0 1"}));
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE family_name = '原'"), 0);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE deleted_at IS NULL"), 2);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(CustomerImport, TakesMembershipByItsNamesAndRulesAndGivesItBackTheSame) {
    add_master("label", "VIP");
    add_master("label", "ギフト利用");
    add_master("customer_group", "友の会");
    add_master("member_level", "ゴールド");
    add_master("special_type", "社員販売");
    add_master("block_reason", "受取拒否");
    const std::string header =
        "顧客番号,姓,ステータス,顧客ラベル,顧客グループ,会員レベル,特殊会員種別,ブロックリスト,ブロック理由,"
        "要注意\n";
    const auto job =
        shop_.import({.on_error = OnError::skip},
                     header +
                         "A,青木,会員,ギフト利用|VIP,友の会,ゴールド,社員販売,1,受取拒否,午前中のみ\n"
                         "B,森,ゲスト,,,ゴールド,,,,\n"
                         "C,林,会員,VIP|VIP,知らない会,,,はい,,\n"
                         "D,原,退会,,,,社員販売,いいえ,,\n");
    EXPECT_EQ(errors_of(shop_, job.id),
              (std::vector<std::string>{"3:level.not_a_member 会員レベル", "4:duplicate 顧客ラベル",
                                        "4:not_a_choice 顧客グループ", "4:block.reason_required ブロック理由",
                                        "5:special_type.not_a_member 特殊会員種別"}));
    EXPECT_EQ(shop_.text("SELECT labels || customer_groups || block_reasons || alert FROM customer"),
              ",1,2,,1,,1,午前中のみ");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update}, shop_.exported())), "0 0 1 0");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update}, header + "A,青木,退会,VIP,,,,0,,\n")), "0 1 0 0");
    EXPECT_EQ(
        shop_.count("SELECT count(*) FROM customer WHERE withdrawn_at IS NOT NULL AND level_id IS NULL AND "
                    "special_type_id IS NULL AND blocked = 0 AND block_reasons = '' AND labels = ',1,'"),
        1);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

TEST_P(CustomerImport, TakesTheWordsOfOtherShopsForTheSameThing) {
    add_master("label", "VIP");
    add_master("customer_group", "友の会");
    add_master("member_level", "ゴールド");
    add_master("block_reason", "受取拒否");
    const auto job =
        shop_.import({},
                     "管理ID,お名前,会員区分,タグ,顧客分類,会員ランク,ブラックリスト,ブラックリスト"
                     "理由,クリーニング済み,備考\n"
                     "A,青木 一郎,本会員,VIP,友の会,ゴールド,はい,受取拒否,1,午前中\n");
    EXPECT_EQ(job.summary.at("format").as_string(), "mapped");
    EXPECT_EQ(boost::json::serialize(job.summary.at("ignored_columns")), "[]");
    ASSERT_EQ(figures(job), "1 0 0 0") << boost::json::serialize(job.problem);
    EXPECT_EQ(shop_.text("SELECT number || status || labels || customer_groups || level_id || blocked || "
                         "block_reasons || cleaned || memo FROM customer"),
              "Amember,1,,1,11,1,1午前中");
}

TEST_P(CustomerImport, CreatesUpdatesAndKeepsByItsMode) {
    shop_.import({}, "顧客番号,姓,名,電話番号\nA,青木,一郎,0312345678\nB,森,二郎,0312345679\n");
    const std::string file = "顧客番号,姓,電話番号\nA,青木,0312345678\nB,林,\nC,原,0312345670\n";
    EXPECT_EQ(figures(shop_.import({.on_error = OnError::skip, .dry_run = true}, file)), "1 0 0 2");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::update, .on_error = OnError::skip, .dry_run = true}, file)),
              "0 1 1 1");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::upsert}, file)), "1 1 1 0");
    // An empty cell empties the field, a column that is not there keeps it.
    EXPECT_EQ(shop_.text("SELECT family_name || given_name || phone FROM customer WHERE number = 'B'"),
              "林二郎");
}

TEST_P(CustomerImport, ObeysTheControlColumn) {
    shop_.import({}, "顧客番号,姓\nA,青木\nB,森\n");
    const auto job = shop_.import({.mode = Mode::control, .on_error = OnError::skip},
                                  "コントロールカラム,顧客番号,姓\nn,C,林\nu,A,青山\nd,B,\nu,X,原\nq,Y,谷\n");
    EXPECT_EQ(figures(job), "1 1 0 2");
    EXPECT_EQ(job.summary.at("delete").as_int64(), 1);
    EXPECT_EQ(errors_of(shop_, job.id), (std::vector<std::string>{"5:customer_not_found 顧客番号",
                                                                  "6:not_a_control コントロールカラム"}));
    EXPECT_EQ(shop_.text("SELECT family_name FROM customer WHERE number = 'A'"), "青山");
    EXPECT_EQ(shop_.text("SELECT number FROM customer WHERE deleted_at IS NOT NULL"), "B");
    const auto taken = shop_.import({.mode = Mode::control, .on_error = OnError::skip},
                                    "コントロールカラム,顧客番号,姓\nn,A,岸\nu,B,森\n");
    EXPECT_EQ(errors_of(shop_, taken.id),
              (std::vector<std::string>{"2:number_taken 顧客番号", "3:customer_deleted 顧客番号"}));
}

TEST_P(CustomerImport, AppliesADryRunExactlyOrNamesWhoHasChanged) {
    shop_.import({}, "顧客番号,姓\nA,青木\nB,森\n");
    const std::string file = "顧客番号,姓\nA,青山\nB,森\nC,林\n";
    const ImportOptions options{.mode = Mode::upsert, .dry_run = true};
    const auto dry = shop_.import(options, file);
    EXPECT_EQ(dry.status, JobStatus::done);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 2);
    const auto applied = shop_.run(apply_plan(shop_.context, shop_.actor, dry.id));
    EXPECT_EQ(applied.status, JobStatus::done);
    EXPECT_EQ(figures(applied), figures(dry));
    EXPECT_EQ(figures(applied), "1 1 1 0");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE family_name = '青山' OR number = 'C'"), 2);
    EXPECT_THROW(apply_plan(shop_.context, shop_.actor, dry.id), Refused);

    const auto stale = shop_.import(options, "顧客番号,姓\nA,赤木\nB,林\n");
    customer::update(shop_.customers, shop_.actor,
                     {shop_.count("SELECT id FROM customer WHERE number = 'B'")}, {.any = true},
                     {{"given_name", "花"}});
    try {
        apply_plan(shop_.context, shop_.actor, stale.id);
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "job.plan_outdated");
        const auto& conflicts = refused.problem().extra.at("conflicts").as_array();
        ASSERT_EQ(conflicts.size(), 1U);
        EXPECT_EQ(conflicts[0].at("line").as_int64(), 3);
        EXPECT_EQ(conflicts[0].at("label").as_string(), "林");
    }
    EXPECT_EQ(shop_.text("SELECT family_name FROM customer WHERE number = 'A'"), "青山");
}

TEST_P(CustomerImport, MasksCardNumbersAndSaysWhere) {
    const auto job = shop_.import({}, "顧客番号,姓,メモ\nA,青木,カード 4111 1111 1111 1111 です\n");
    EXPECT_EQ(boost::json::serialize(job.summary.at("warnings")),
              R"({"card_number_masked":{"count":1,"lines":[2]}})");
    EXPECT_EQ(shop_.text("SELECT memo FROM customer"), "カード **** **** **** 1111 です");
}

TEST_P(CustomerImport, TakesFilesOfOtherShops) {
    const auto eccube = shop_.import({}, read_test_file("eccube.csv"));
    EXPECT_EQ(eccube.summary.at("format").as_string(), "eccube");
    EXPECT_EQ(figures(eccube), "4 0 0 0");
    EXPECT_EQ(shop_.text("SELECT status || prefecture || city || street || sex || birth_date || memo FROM "
                         "customer WHERE number = '1'"),
              "member13千代田区丸の内1-9-2male1980-04-02電話は午後のみ\n請求書は別送");
    EXPECT_EQ(shop_.text("SELECT status || prefecture || sex FROM customer WHERE number = '4'"),
              "member47unanswered");
    EXPECT_EQ(
        shop_.count("SELECT count(*) FROM customer WHERE status = 'withdrawn' AND withdrawn_at IS NOT NULL"),
        1);
    const auto shopify = shop_.import({}, read_test_file("shopify.csv"));
    EXPECT_EQ(shopify.summary.at("format").as_string(), "shopify");
    EXPECT_EQ(figures(shopify), "4 0 0 0");
    EXPECT_EQ(
        shop_.text(
            "SELECT family_name || phone || prefecture || building || newsletter FROM customer WHERE email = "
            "'taro.yamada@example.com'"),
        "Yamada0901234567813Haitsu 2011");
    EXPECT_EQ(
        shop_.text("SELECT prefecture || phone FROM customer WHERE email = 'hanako.suzuki@example.com'"),
        "10112345678");
    EXPECT_EQ(shop_.count("SELECT prefecture FROM customer WHERE email = 'ken.sato@example.com'"), 27);
    // The same files again, now as changes: nobody is made a second time.
    EXPECT_EQ(figures(shop_.import({.mode = Mode::upsert}, read_test_file("eccube.csv"))), "0 0 4 0");
    EXPECT_EQ(figures(shop_.import({.mode = Mode::upsert}, read_test_file("shopify.csv"))), "0 0 4 0");
}

TEST_P(CustomerImport, TakesBackWhatItAppliedWhenItIsCancelledOrUndone) {
    const auto job = shop_.import({}, "顧客番号,姓\nA,青木\nB,森\n");
    history::Context histories{shop_.journal, shop_.catalogue, shop_.jobs};
    history::undo(histories, shop_.actor, job.operation);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 0);
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
