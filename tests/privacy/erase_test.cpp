// An erased person is in no byte of the database: markers are planted wherever the product keeps something of
// a person, and looked for in every row and in every byte of the files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "access/service.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "consent/service.hpp"
#include "core/settings.hpp"
#include "core/undo.hpp"
#include "customer/addresses.hpp"
#include "form/service.hpp"
#include "history/service.hpp"
#include "memo/service.hpp"
#include "privacy/service.hpp"
#include "saved_search/service.hpp"
#include "search/stored.hpp"
#include "staff/accounts.hpp"
#include "storage/schema.hpp"
#include "support/customers.hpp"
#include "transfer/service.hpp"

namespace otokui {
namespace {

using boost::json::object;
using boost::json::parse;

// One word that nobody else has, then what it stands in.
const std::string kMark = "kesareru";
std::string marked(const std::string& what) { return kMark + what; }

class Erasure : public testing::TestWithParam<test::Backend> {
protected:
    Erasure()
        : database_(GetParam(), test::Schema::empty), shop_(database_.url(), app::Open::create_and_migrate) {
        shop_.journal.write({.actor = actor_, .kind = "customer.create"}, [&](core::Writer& writer) {
            writer.insert(shop_.registry.get("label"), {{"name", std::string("VIP")}});
        });
    }

    CustomerId create(const object& body) {
        const auto written = customer::create(shop_.customers, actor_, body);
        return {std::stoll(std::string(written.record.at("id").as_string()))};
    }

    object person() const {
        return {{"family_name", marked("sei")},
                {"given_name", marked("mei")},
                {"family_kana", "ケサレルセイ"},
                {"given_kana", "ケサレルメイ"},
                {"email", marked("@a.example.jp")},
                {"email2", marked("2@a.example.jp")},
                {"city", marked("city")},
                {"street", marked("street")},
                {"building", marked("building")},
                {"company", marked("company")},
                {"department", marked("dept")},
                {"memo", marked("memo")},
                {"member_id", marked("member")},
                {"phone", "0388776655"},
                {"fax", "0388776656"},
                {"birth_date", "1971-02-03"},
                {"status", "member"}};
    }

    std::string number_of(CustomerId id) {
        return std::string(customer::get(shop_.customers, actor_, id).at("number").as_string());
    }

    core::Job erase(CustomerId id) {
        core::JobRunner runner(shop_.jobs, {});
        return runner.run_to_end(privacy::erase(shop_.privacies, actor_, id,
                                                object{{"number", number_of(id)}, {"reason", nullptr}}));
    }

    /// "table.column" of every text that holds `word`.
    std::vector<std::string> columns_with(const std::string& word) {
        std::vector<std::string> found;
        for (const auto& table : shop_.registry.tables())
            for (const auto& column : table.columns) {
                if (column.type != core::ColumnType::text) continue;
                const auto rows = shop_.database->read([&](storage::Transaction& tx) {
                    return tx.find_integer(
                        "SELECT count(*) FROM " + table.name + " WHERE " + column.name + " LIKE ?",
                        {"%" + word + "%"});
                });
                if (rows.value_or(0) > 0) found.push_back(table.name + "." + column.name);
            }
        return found;
    }

    /// Files by what they hold. SQLite: the file and its log. PostgreSQL: every table, index and catalogue of
    /// the database, after what stands in memory has been written to them; its own log is no part of this.
    std::vector<std::pair<std::string, std::filesystem::path>> files() {
        if (GetParam() == test::Backend::sqlite)
            return {{"database", database_.url().target}, {"log", database_.url().target + "-wal"}};
        shop_.database->write([](storage::Transaction& tx) { tx.execute("CHECKPOINT", {}); });
        std::vector<std::pair<std::string, std::filesystem::path>> files;
        shop_.database->read([&](storage::Transaction& tx) {
            const auto folder = *tx.find_text(
                "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname "
                "= "
                "current_database()");
            for (const auto& entry : std::filesystem::directory_iterator(folder)) {
                const auto file = entry.path().filename().string();
                const auto name =
                    tx.find_text("SELECT relname FROM pg_class WHERE relfilenode::text = ?", {file});
                files.emplace_back(name.value_or(file), entry.path());
            }
        });
        return files;
    }

    std::vector<std::string> files_with(const std::string& word) {
        std::vector<std::string> found;
        for (const auto& [name, path] : files()) {
            std::ifstream file(path, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(word) != std::string::npos) found.push_back(name);
        }
        return found;
    }

    void plant(CustomerId id);

    test::Database database_;
    app::Shop shop_;
    const core::Actor actor_ = core::shell_actor("test");
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Erasure, testing::ValuesIn(test::backends()), test::backend_name);

// Whatever else the product keeps of somebody: a second name in the history, an address, an order with its
// copy, stored searches, a staged import and its file, an export.
void Erasure::plant(CustomerId id) {
    customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", marked("oldcompany")}});
    customer::create_address(shop_.customers, actor_, id,
                             object{{"family_name", marked("other")}, {"street", marked("elsewhere")}});
    shop_.journal.write(
        {.actor = actor_, .kind = "order.import", .reason = marked("reason")}, [&](core::Writer& writer) {
            writer.insert(shop_.registry.get("orders"), {{"number", std::string("A-1")},
                                                         {"customer_id", id.value},
                                                         {"ordered_at", std::int64_t{1}},
                                                         {"payment_status", std::string("captured")},
                                                         {"total", std::int64_t{5000}},
                                                         {"ship_name", marked("ship")},
                                                         {"ship_address", marked("shipaddress")},
                                                         {"note", marked("note")}});
        });
    const auto noted =
        memo::create(shop_.memos, actor_, id,
                     object{{"title", marked("title")}, {"body", marked("body")}, {"alert", true}});
    memo::update(shop_.memos, actor_, id, noted.memo.id, {}, object{{"body", marked("second")}});
    consent::record(
        shop_.consents, actor_, id,
        object{{"what", "newsletter"}, {"value", true}, {"ground", marked("ground")}, {"ip", marked("ip")}});
    consent::bounce(shop_.consents, actor_,
                    object{{"email", marked("@a.example.jp")},
                           {"reason", "550 " + marked("@a.example.jp") + " unknown"}});
    points::give(shop_.point_services, actor_, id,
                 object{{"delta", 10}, {"kind", "manual_grant"}, {"reason", marked("points")}});
    search::store(shop_.journal, shop_.catalogue, actor_, object{{"text", marked("sei")}});
    core::JobRunner runner(shop_.jobs, {});
    std::istringstream again("メールアドレス,姓\n" + marked("@a.example.jp") + "," + marked("again") + "\n");
    transfer::import_file(shop_.transfers, runner, actor_,
                          {.kind = transfer::Kind::customers, .dry_run = true}, again);
    const auto exported = transfer::export_file(
        shop_.transfers, runner, actor_, transfer::Kind::customers,
        object{{"condition", parse(R"({"field":"company","op":"contains","value":"kesareruoldcompany"})")}});
    std::ostringstream out;
    transfer::save_job_file(shop_.transfers, exported.id, "result", out);
    EXPECT_NE(out.str().find(kMark), std::string::npos);
}

TEST_P(Erasure, LeavesNoTraceInSavedSearchesOfAnybodyAndTheirHistory) {
    const auto id = create(person());
    const auto account = staff::add_account_with_password(
        shop_.members, actor_, {.login = "hanako", .name = "花子", .role = "operator"},
        "桜の下でおにぎりを食べる");
    const core::Actor hanako{.staff = account.account.id, .name = "花子"};
    const auto save = [&](const std::string& name, const char* condition) {
        return saved_search::create(
            shop_.saved_searches, hanako,
            {.scope = {hanako.staff, {}}, .name = name, .content = {{"condition", parse(condition)}}});
    };
    const char* quoting = R"({"field":"email","op":"is","value":"kesareru@a.example.jp"})";
    save("今も", quoting);
    const auto gone = save("前に", quoting);
    saved_search::remove(shop_.saved_searches, hanako, gone.saved.id, {});
    const auto other = save("残る", R"({"field":"email","op":"ends_with","value":"@a.example.jp"})");
    ASSERT_THAT(columns_with(kMark), testing::Contains("saved_search.content"));
    EXPECT_EQ(erase(id).status, core::JobStatus::done);
    EXPECT_THAT(columns_with(kMark), testing::IsEmpty());
    EXPECT_NO_THROW(saved_search::get(shop_.saved_searches, hanako, other.saved.id));
    for (const auto& verification : shop_.registry.verifications())
        EXPECT_THAT(shop_.database->read(verification.run), testing::IsEmpty()) << verification.name;
}

TEST_P(Erasure, FindsThePersonUnderFormerValuesAndOtherWritings) {
    auto body = person();
    body["family_name"] = "鍋島";
    body["given_name"] = "トメ";
    body["email"] = "mukashi@example.jp";
    body["phone"] = "0366554433";
    const auto id = create(body);
    const auto other = create({{"family_name", "残る"}, {"email", "nokoru@example.jp"}});
    customer::update(shop_.customers, actor_, id, {.any = true}, object{{"family_name", "早乙女"}});
    customer::update(shop_.customers, actor_, id, {.any = true},
                     object{{"email", "ima@example.jp"}, {"phone", "0388776655"}, {"given_name", "あや"}});
    const std::vector<std::string> quoting{
        "ＭＵＫＡＳＨＩ@example.jp", "ima@example.jp", "03-6655-4433", "０３（８８７７）６６５５",
        "+81 3-8877-6655",           "鍋島　とめ",     "早乙女トメ",   "早乙女 あや"};
    std::vector<std::string> asked = quoting;
    asked.push_back("nokoru@example.jp");
    std::vector<std::string> stored;
    for (const auto& text : asked) {
        stored.push_back(search::store(shop_.journal, shop_.catalogue, actor_, object{{"text", text}}));
        shop_.access_log.write({.actor = actor_,
                                .session = "shell",
                                .kind = "search",
                                .count = 1,
                                .asked = boost::json::serialize(object{{"text", text}})});
    }
    for (const auto& reason :
         {std::string("鍋島 とめ様のご依頼"), std::string("TEL 03-8877-6655"), std::string("棚卸し")})
        shop_.journal.write({.actor = actor_, .kind = "customer.update", .reason = reason},
                            [&](core::Writer& writer) {
                                for (const auto customer : {id, other})
                                    writer.update(writer.registry().get("customer"), customer.value,
                                                  {{"memo", std::to_string(reason.size())}});
                            });
    const auto reasons = [&] {
        std::vector<std::string> found;
        shop_.database->read([&](storage::Transaction& tx) {
            tx.query("SELECT reason FROM operation WHERE kind = 'customer.update' AND reason <> ''", {},
                     [&](const storage::Row& row) { found.emplace_back(row.text(0)); });
        });
        return found;
    };
    ASSERT_EQ(reasons().size(), 3U);
    EXPECT_EQ(erase(id).status, core::JobStatus::done);

    EXPECT_THAT(reasons(), testing::ElementsAre("棚卸し"));
    for (std::size_t i = 0; i < quoting.size(); ++i)
        EXPECT_EQ(test::refusal([&] { search::get_stored(shop_.journal, actor_, stored[i]); }),
                  "search.not_found")
            << quoting[i];
    EXPECT_NO_THROW(search::get_stored(shop_.journal, actor_, stored.back()));
    std::vector<boost::json::value> left;
    for (const auto& item : access::list(shop_.accesses, actor_, {.kind = "search"}, "", 50).items) {
        const auto entry = std::stoll(std::string(item.at("id").as_string()));
        left.push_back(access::get(shop_.accesses, actor_, entry).at("asked"));
    }
    ASSERT_EQ(left.size(), asked.size());
    EXPECT_EQ(left.front(), boost::json::value(object{{"text", "nokoru@example.jp"}}));
    for (std::size_t i = 1; i < left.size(); ++i) EXPECT_TRUE(left[i].is_null()) << left[i];
    for (const auto& verification : shop_.registry.verifications())
        EXPECT_THAT(shop_.database->read(verification.run), testing::IsEmpty()) << verification.name;
}

TEST_P(Erasure, LeavesNoTraceOfThePersonAndTheBooksAgree) {
    const auto id = create(person());
    const auto other = create({{"family_name", "残る"}, {"email", "nokoru@example.jp"}});
    plant(id);
    for (const auto* planted : {"memo.title", "memo.body", "consent.ground", "consent.ip",
                                "point_entry.reason", "point_entry.reason_text"})
        ASSERT_THAT(columns_with(kMark), testing::Contains(planted));
    // The planner's statistics quote what columns hold.
    if (GetParam() == test::Backend::postgres)
        shop_.database->write([](storage::Transaction& tx) { tx.execute("ANALYZE", {}); });
    ASSERT_FALSE(files_with(kMark).empty());

    const auto job = erase(id);
    EXPECT_EQ(job.status, core::JobStatus::done) << boost::json::serialize(job.problem);

    for (const auto* word : {"kesareru", "ケサレル", "0388776655", "0388776656", "1971-02-03"})
        EXPECT_THAT(columns_with(word), testing::IsEmpty()) << word;
    for (const auto& verification : shop_.registry.verifications())
        EXPECT_THAT(shop_.database->read(verification.run), testing::IsEmpty()) << verification.name;
    const auto left = customer::get(shop_.customers, actor_, id);
    EXPECT_EQ(left.at("purchase_total"), 5000);
    EXPECT_EQ(left.at("deleted"), "yes");
    EXPECT_FALSE(left.at("erased_at").is_null());
    EXPECT_EQ(customer::get(shop_.customers, actor_, other).at("email"), "nokoru@example.jp");
    EXPECT_TRUE(job.summary.at("scrubbed").as_bool());
    for (const auto* word : {"kesareru", "KESARERU", "ケサレル", "0388776655", "1971-02-03"})
        EXPECT_THAT(files_with(word), testing::IsEmpty()) << word;
}

TEST_P(Erasure, TakesWhoeverAnsweredAtLengthAndLeavesSearchesForHisCity) {
    object answers;
    for (int i = 0; i < 30; ++i) {
        const auto key = "k" + std::to_string(i);
        form::create(shop_.forms, actor_,
                     {.key = key, .label = {key, ""}, .type = form::Type::long_text, .max_length = 10'000});
        std::string text = marked(key);
        for (int n = 0; n < 5'000; ++n) text += "長";
        answers["x." + key] = std::move(text);
    }
    auto body = person();
    body["city"] = "横浜市港北区";
    const auto id = create(body);
    customer::update(shop_.customers, actor_, id, {.any = true}, answers);
    const auto of_city =
        search::store(shop_.journal, shop_.catalogue, actor_,
                      parse(R"({"condition":{"field":"city","op":"is","value":"横浜市港北区"}})"));
    const auto job = erase(id);
    EXPECT_EQ(job.status, core::JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_THAT(columns_with(kMark), testing::IsEmpty());
    EXPECT_NO_THROW(search::get_stored(shop_.journal, actor_, of_city));
}

TEST_P(Erasure, CancelsWhatWasToBeDoneWithThePerson) {
    const auto id = create(person());
    const auto condition = parse(R"({"field":"email","op":"is","value":"kesareru@a.example.jp"})");
    core::JobRunner runner(shop_.jobs, {});
    std::vector<JobId> plans;
    for (const std::string& name : {marked("@a.example.jp.csv"), std::string("all.csv")}) {
        std::istringstream file("メールアドレス,姓\nnokoru@example.jp,残る\n" + marked("@a.example.jp") +
                                ",同じ\n");
        plans.push_back(
            transfer::import_file(shop_.transfers, runner, actor_, {.dry_run = true, .file_name = name}, file)
                .id);
    }
    const auto waiting = transfer::start_export(shop_.transfers, actor_, transfer::Kind::customers,
                                                object{{"condition", condition}});
    erase(id);
    EXPECT_EQ(shop_.jobs.get(waiting).status, core::JobStatus::cancelled);
    for (const auto plan : plans)
        EXPECT_EQ(test::refusal([&] { transfer::apply_plan(shop_.transfers, actor_, plan); }), "job.expired");
    EXPECT_THAT(columns_with(kMark), testing::IsEmpty());
}

TEST_P(Erasure, CannotBeUndoneAndWhatWasDoneBeforeBringsNothingBack) {
    const auto id = create(person());
    customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", marked("new")}});
    erase(id);
    std::vector<OperationId> operations;
    shop_.database->read([&](storage::Transaction& tx) {
        tx.query("SELECT DISTINCT operation_id FROM change WHERE customer_id = ?", {id.value},
                 [&](const storage::Row& row) { operations.push_back({row.integer(0)}); });
    });
    ASSERT_EQ(operations.size(), 3U);
    for (const auto operation : operations)
        EXPECT_THAT(test::refusal([&] { core::undo(shop_.journal, actor_, operation); }),
                    testing::AnyOf("operation.changed_since", "operation.not_undoable"));
    EXPECT_EQ(test::refusal([&] { customer::restore(shop_.customers, actor_, id); }), "customer.erased");
    EXPECT_EQ(test::refusal([&] { erase(id); }), "customer.erased");
    EXPECT_THAT(columns_with(kMark), testing::IsEmpty());
}

TEST_P(Erasure, AsksForTheNumberAndRefusesWhoeverHasUnfinishedOrders) {
    const auto id = create(person());
    EXPECT_EQ(
        test::field_errors([&] { privacy::erase(shop_.privacies, actor_, id, object{{"number", "1"}}); }),
        std::vector<std::string>{"/number number_differs"});
    shop_.journal.write({.actor = actor_, .kind = "order.import"}, [&](core::Writer& writer) {
        writer.insert(shop_.registry.get("orders"), {{"number", std::string("A-1")},
                                                     {"customer_id", id.value},
                                                     {"payment_status", std::string("authorized")}});
    });
    EXPECT_EQ(test::refusal([&] { erase(id); }), "customer.has_ties");
    EXPECT_EQ(test::refusal([&] { customer::remove(shop_.customers, actor_, id, {.any = true}); }),
              "customer.has_ties");
    EXPECT_EQ(test::refusal([&] { customer::withdraw(shop_.customers, actor_, id, object()); }),
              "customer.has_ties");
    EXPECT_EQ(test::refusal([&] {
                  customer::update(shop_.customers, actor_, id, {.any = true},
                                   object{{"status", "withdrawn"}});
              }),
              "customer.has_ties");
}

TEST_P(Erasure, WithdrawingEndsMailAndSpecialTypeAndCanBeUndone) {
    auto body = person();
    body["newsletter"] = true;
    const auto id = create(body);
    const auto written = customer::withdraw(shop_.customers, actor_, id, object{{"reason", "引っ越し"}});
    EXPECT_EQ(written.record.at("status"), "withdrawn");
    EXPECT_FALSE(written.record.at("withdrawn_at").is_null());
    EXPECT_EQ(written.record.at("newsletter"), false);
    EXPECT_EQ(written.record.at("email").as_string(), marked("@a.example.jp"));
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

TEST_P(Erasure, DisclosureTellsOwnFieldsByTheirLabelsAndTheMemberIdBesideTheMail) {
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

TEST_P(Erasure, DisclosureHoldsEverythingOfThePersonAndNothingOfOthers) {
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
    const auto csv = privacy::disclosure_csv(disclosed, "ja");
    EXPECT_NE(csv.find("\"変更履歴\",\"1\",\"顧客: 姓\",\" → " + marked("sei") + "\""), std::string::npos);
    EXPECT_NE(csv.find("\"顧客\",\"1\",\"姓\",\"" + marked("sei") + "\""), std::string::npos);
    for (const auto* formula : {"=1+1", "@SUM(A1)", "＝1+1", "＋81", "－1", "＠x"}) {
        customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", formula}});
        const auto guarded = privacy::disclosure_csv(privacy::disclose(shop_.privacies, actor_, id), "ja");
        EXPECT_NE(guarded.find(std::string("\"会社名\",\"'") + formula), std::string::npos) << formula;
    }
    EXPECT_NE(privacy::disclosure_page(disclosed, "en").find("<h2>Customer</h2>"), std::string::npos);
    core::Actor viewer = actor_;
    viewer.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.disclose"});
    EXPECT_EQ(test::refusal([&] { privacy::disclose(shop_.privacies, viewer, id); }), "forbidden");
}

}  // namespace
}  // namespace otokui
