#include "history/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/job_runner.hpp"
#include "history/conflicts.hpp"
#include "support/customers.hpp"

namespace otokui::history {
namespace {

using test::Customers;
using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class History : public testing::TestWithParam<test::Backend> {
protected:
    History()
        : customers_(GetParam(), [](core::Registry& registry) {
              core::register_job_tables(registry);
              register_conflicts(registry);
              registry.add_kind({"settings.update", {"設定", "Settings"}, "settings.edit"});
          }) {
        customers_.registry.add_kind({"customer.import", {"取込", "Import"}, "import"});
        register_job_kinds(jobs_);
    }

    Page of(CustomerId id, const std::string& cursor = "", int limit = 50) {
        return list_history(context_, customers_.actor, id, cursor, limit);
    }
    // An operation of `count` customers, more than one transaction should hold.
    OperationId add_many(int count) {
        return customers_.journal.write(
            {.actor = customers_.actor, .kind = "customer.import"}, [&](core::Writer& writer) {
                for (int i = 0; i < count; ++i)
                    writer.insert(writer.registry().get("customer"),
                                  {{"number", "N" + std::to_string(i)}, {"memo", std::string("x")}});
                return writer.operation();
            });
    }
    std::int64_t customers() {
        return customers_.database.storage().read([](storage::Transaction& tx) {
            return tx.find_integer("SELECT count(*) FROM customer").value();
        });
    }

    Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{customers_.journal, keys_};
    core::Jobs jobs_{customers_.journal, files_};
    Context context_{customers_.journal, customers_.catalogue, jobs_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, History, testing::ValuesIn(test::backends()), test::backend_name);

// FEATURES 53: field, old, new, actor, address, screen, time.
TEST_P(History, TellsWhoChangedWhatFromWhere) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","newsletter":true})"));
    customers_.actor = {.staff = {7}, .name = "森", .ip = "192.0.2.7", .screen = "customer"};
    customers_.update(id, 1, R"({"family_name":"林","newsletter":false})");
    const auto page = of(id);
    ASSERT_THAT(page.items, SizeIs(2));
    const auto& item = page.items[0].as_object();
    EXPECT_EQ(item.at("actor").at("name").as_string(), "森");
    EXPECT_EQ(item.at("ip").as_string(), "192.0.2.7");
    EXPECT_EQ(item.at("screen").as_string(), "customer");
    EXPECT_EQ(item.at("at").as_string(), "2026-11-22T10:00:00.000+09:00");
    ASSERT_THAT(item.at("changes").as_array(), SizeIs(2));
    EXPECT_EQ(item.at("changes").at(0).at("field").as_string(), "family_name");
    EXPECT_EQ(item.at("changes").at(0).at("kind_label").at("ja").as_string(), "顧客");
    EXPECT_EQ(item.at("changes").at(0).at("before").as_string(), "青木");
    EXPECT_EQ(item.at("changes").at(0).at("after").as_string(), "林");
    EXPECT_EQ(item.at("changes").at(1).at("before").as_bool(), true);
}

TEST_P(History, HidesContactsFromWhoMayNotSeeThem) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","phone":"0312345678"})"));
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"history.read"});
    const auto page = of(id);
    int phones = 0;
    for (const auto& change : page.items[0].at("changes").as_array()) {
        if (change.at("field").as_string() != "phone") continue;
        EXPECT_EQ(change.at("after").as_string(), "*****");
        ++phones;
    }
    EXPECT_EQ(phones, 1);
}

TEST_P(History, PagesWithoutGapsOrRepeats) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
    for (int i = 1; i <= 6; ++i) customers_.update(id, i, R"({"memo":")" + std::to_string(i) + "\"}");
    std::vector<std::string> seen;
    std::string cursor;
    do {
        auto page = of(id, cursor, 3);
        for (const auto& item : page.items) seen.emplace_back(item.at("kind").as_string());
        cursor = page.next_cursor;
    } while (!cursor.empty());
    EXPECT_THAT(seen, SizeIs(7));
    EXPECT_EQ(seen.back(), "customer.create");
    EXPECT_EQ(test::refusal([&] { of(id, "abc"); }), "cursor.invalid");
    EXPECT_EQ(test::refusal([&] { of({999}); }), "customer.not_found");
}

TEST_P(History, OperationsAreNarrowedByWhoAndSince) {
    customers_.actor = {.staff = {7}, .name = "森"};
    customers_.create(R"({"family_name":"青木"})");
    customers_.actor = {.staff = {8}, .name = "林"};
    customers_.create(R"({"family_name":"林"})");
    const auto count = [&](const OperationFilter& filter) {
        return list_operations(context_, core::system_actor("test"), filter, "", 50).items.size();
    };
    const auto now = customers_.journal.now();
    EXPECT_EQ(count({}), 2u);
    EXPECT_EQ(count({.staff = {7}}), 1u);
    EXPECT_EQ(count({.staff = {9}}), 0u);
    EXPECT_EQ(count({.from = now + std::chrono::hours(1)}), 0u);
    EXPECT_EQ(count({.from = now + -std::chrono::hours(1), .before = now + std::chrono::hours(1)}), 2u);
    EXPECT_EQ(count({.before = now + -std::chrono::hours(1)}), 0u);
}

TEST_P(History, SaysWhatWasUndone) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
    const auto written = customers_.update(id, 1, R"({"family_name":"林"})");
    const auto undone = std::get<OperationId>(undo(context_, customers_.actor, written.operation));
    const auto item = get_operation(context_, customers_.actor, written.operation);
    EXPECT_EQ(item.at("undone_by").as_string(), std::to_string(undone.value));
    EXPECT_FALSE(item.at("undoable").as_bool());
    EXPECT_EQ(get_operation(context_, customers_.actor, undone).at("undoes").as_string(),
              std::to_string(written.operation.value));
}

TEST_P(History, ALongOperationIsUndoneByAJob) {
    const auto operation = add_many(450);
    const auto job = std::get<JobId>(undo(context_, customers_.actor, operation));
    core::JobRunner runner(jobs_, {});
    const auto done = runner.run_to_end(job);
    EXPECT_EQ(done.status, core::JobStatus::done);
    EXPECT_EQ(customers(), 0);
    undo(context_, customers_.actor, done.operation);
    EXPECT_THAT(customers_.verify(), SizeIs(0));
}

TEST_P(History, AJobsUndoLeavesAndNamesWhatChangedSince) {
    const auto operation = add_many(150);
    customers_.update({75}, 1, R"({"family_name":"青木","phone":"0312345678"})");
    customers_.update({76}, 1, R"({"family_name":"林"})");
    const auto job = std::get<JobId>(undo(context_, customers_.actor, operation));
    core::JobRunner runner(jobs_, {});
    const auto done = runner.run_to_end(job);
    EXPECT_EQ(customers(), 2);
    EXPECT_EQ(done.counts.skipped, 2);
    EXPECT_EQ(done.counts.ok, 148);
    const auto first = list_conflicts(context_, customers_.actor, job, "", 1);
    ASSERT_THAT(first.items, SizeIs(1));
    EXPECT_EQ(first.items[0].at("customer").as_string(), "76");
    EXPECT_EQ(first.items[0].at("customer_name").as_string(), "林");
    EXPECT_EQ(first.items[0].at("field").as_string(), "family_name");
    EXPECT_TRUE(first.items[0].at("after").is_null());
    EXPECT_EQ(first.items[0].at("now").as_string(), "林");
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"history.read"});
    const auto rest = list_conflicts(context_, customers_.actor, job, first.next_cursor, 50);
    std::vector<std::string> told;
    for (const auto& item : rest.items)
        told.push_back(std::string(item.at("field").as_string()) + " " +
                       std::string(item.at("now").as_string()));
    EXPECT_THAT(told, UnorderedElementsAre("family_name 青木", "phone *****"));
    EXPECT_THAT(rest.next_cursor, testing::IsEmpty());
}

TEST_P(History, AnUndoOfAnUndoNeedsTheRightOfWhatItDoesAnew) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
    const auto written = customers_.update(id, 1, R"({"family_name":"林"})");
    const auto undone = std::get<OperationId>(undo(context_, customers_.actor, written.operation));
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"operation.undo"});
    EXPECT_EQ(test::refusal([&] { undo(context_, customers_.actor, undone); }), "forbidden");
    customers_.actor.rights =
        std::make_shared<const core::Rights>(core::Rights{"operation.undo", "customer.edit"});
    undo(context_, customers_.actor, undone);
    customers_.actor.rights = nullptr;
    EXPECT_EQ(customers_.get(id).at("family_name").as_string(), "林");
}

TEST_P(History, SettingsAreToldValueByValue) {
    const auto put = [&](const boost::json::object& content) {
        return customers_.journal.write({.actor = customers_.actor, .kind = "settings.update"},
                                        [&](core::Writer& writer) {
                                            core::settings::put(writer, "points", content);
                                            return writer.operation();
                                        });
    };
    put({{"expiry_days", 365}, {"allow_negative", false}});
    const auto changes =
        get_operation(context_, customers_.actor, put({{"expiry_days", 30}, {"allow_negative", false}}))
            .at("changes")
            .as_array();
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].at("field").as_string(), "points.expiry_days");
    EXPECT_EQ(changes[0].at("before").as_int64(), 365);
    EXPECT_EQ(changes[0].at("after").as_int64(), 30);
}

}  // namespace
}  // namespace otokui::history
