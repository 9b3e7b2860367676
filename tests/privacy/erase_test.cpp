// An erased person is in no byte of the database: markers are planted wherever the product keeps something of
// a person, and looked for in every row and in every byte of the files.

#include <atomic>
#include <thread>

#include "core/customer.hpp"
#include "erasure_fixture.hpp"

namespace otokui::erasure {
namespace {

class Erasure : public ErasureShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Erasure, testing::ValuesIn(test::backends()), test::backend_name);

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

TEST_P(Erasure, FindsThePersonUnderFormerDeliveryAddressesToo) {
    const auto id = create({{"family_name", "鍋島"}, {"given_name", "トメ"}});
    const auto other = create({{"family_name", "残る"}, {"email", "nokoru@example.jp"}});
    const auto address = [&](const std::string& when, const std::string& phone) {
        return object{{"label", "ご実家のお届け先"},
                      {"family_name", marked(when)},
                      {"given_name", "ミツ"},
                      {"street", marked(when + "street")},
                      {"building", marked(when + "house")},
                      {"company", marked(when + "company")},
                      {"phone", phone}};
    };
    const auto add = [&](const object& body) {
        const auto written = customer::create_address(shop_.customers, actor_, id, body);
        return customer::AddressId{std::stoll(std::string(written.record.at("id").as_string()))};
    };
    const auto changed = add(address("first", "0377001122"));
    customer::update_address(shop_.customers, actor_, id, changed, {.any = true},
                             address("second", "0377003344"));
    const auto deleted = add(address("gone", "0377005566"));
    customer::update_address(shop_.customers, actor_, id, deleted, {.any = true},
                             object{{"family_name", marked("left")}});
    customer::remove_address(shop_.customers, actor_, id, deleted, {.any = true});

    std::vector<std::string> phones{"0377001122", "0377003344", "0377005566"};
    std::vector<std::string> quoting = phones;
    for (const std::string when : {"first", "second", "gone"})
        for (const std::string what : {"　みつ", "street", "house", "company"})
            quoting.push_back(marked(when + what));
    quoting.push_back(marked("left") + " ミツ");
    auto reason = [&, times = 0](const std::string& text) mutable {
        const auto memo = std::to_string(++times);
        shop_.journal.write(
            {.actor = actor_, .kind = "customer.update", .reason = text}, [&](core::Writer& writer) {
                for (const auto customer : {id, other})
                    writer.update(writer.registry().get("customer"), customer.value, {{"memo", memo}});
            });
    };
    core::JobRunner runner(shop_.jobs, {});
    for (const auto& text : quoting) {
        search::store(shop_.journal, shop_.catalogue, actor_, object{{"text", text}});
        shop_.access_log.write({.actor = actor_,
                                .session = "shell",
                                .kind = "search",
                                .count = 1,
                                .asked = boost::json::serialize(object{{"text", text}})});
        reason(text + " の件");
        std::istringstream file("姓,メモ\n無関係," + text + "\n");
        transfer::import_file(shop_.transfers, runner, actor_, {.dry_run = true, .file_name = text + ".csv"},
                              file);
    }
    reason("ご実家のお届け先を確認");
    ASSERT_FALSE(columns_with(kMark).empty());
    ASSERT_THAT(columns_with("0377001122"), testing::Contains("import_row.payload"));

    const auto job = erase(id);
    EXPECT_EQ(job.status, core::JobStatus::done) << boost::json::serialize(job.problem);
    phones.insert(phones.end(), {kMark, "KESARERU"});
    for (const auto& word : phones) {
        EXPECT_THAT(columns_with(word), testing::IsEmpty()) << word;
        EXPECT_THAT(files_with(word), testing::IsEmpty()) << word;
    }
    EXPECT_THAT(columns_with("ご実家のお届け先を確認"), testing::ElementsAre("operation.reason"));
    EXPECT_EQ(customer::get(shop_.customers, actor_, other).at("email"), "nokoru@example.jp");
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
    // Packed and sealed, files of before would show no word of what they hold: none is left.
    EXPECT_EQ(shop_.database->read([](storage::Transaction& tx) {
        return tx.find_integer("SELECT count(*) FROM file_chunk").value() +
               tx.find_integer("SELECT count(*) FROM stored_file").value();
    }),
              0);
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

TEST_P(Erasure, WaitsForThoseWhoHaveLookedAtThePersonAndWriteYet) {
    const auto id = create(person());
    core::Job job;
    std::atomic<bool> is_over = false;
    std::jthread erasing;
    // Seen from outside: how far the erasure is cannot be told by the one it waits for.
    const auto waits = [&] {
        return is_over || shop_.database->read([](storage::Transaction& tx) {
            return tx
                .find_integer(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = "
                    "'Lock' LIMIT 1",
                    {})
                .has_value();
        });
    };
    shop_.journal.write({.actor = actor_, .kind = "address.create"}, [&](core::Writer& writer) {
        core::require_living_customer(writer.tx(), id);
        if (!erasing.joinable())
            erasing = std::jthread([&] {
                job = erase(id);
                is_over = true;
            });
        while (GetParam() == test::Backend::postgres && !waits()) std::this_thread::yield();
        writer.insert(shop_.registry.get("customer_address"),
                      {{"customer_id", id.value}, {"street", marked("late")}});
    });
    erasing.join();
    EXPECT_EQ(job.status, core::JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_THAT(columns_with(kMark), testing::IsEmpty());
}

// His row goes before his history: until that has gone, an undo could read what was.
TEST_P(Erasure, LetsNothingBeTakenBackOnceItHasBegun) {
    const auto id = create(person());
    const auto address = customer::create_address(shop_.customers, actor_, id, object{{"street", "古い道"}});
    const auto removed = customer::remove_address(
        shop_.customers, actor_, id, {std::stoll(std::string(address.record.at("id").as_string()))},
        {.any = true});
    const auto emptied =
        customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", nullptr}}).operation;
    shop_.journal.write({.actor = actor_, .kind = "customer.erase"}, [&](core::Writer& writer) {
        writer.update(shop_.registry.get("customer"), id.value,
                      {{"deleted_at", writer.now().milliseconds}, {"erased_at", writer.now().milliseconds}});
    });
    for (const auto operation : {removed, emptied})
        EXPECT_EQ(test::refusal([&] { core::undo(shop_.journal, actor_, operation); }),
                  "operation.changed_since");
    EXPECT_THAT(columns_with("古い道"), testing::ElementsAre("change.old_values", "change.new_values"));
    EXPECT_TRUE(customer::get(shop_.customers, actor_, id).at("company").is_null());
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

}  // namespace
}  // namespace otokui::erasure
