#include "access/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/store.hpp"
#include "support/customers.hpp"

namespace otokui::access {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;

class AccessService : public testing::TestWithParam<test::Backend> {
protected:
    AccessService() : customers_(GetParam(), register_tables) {}

    void open(std::int64_t customer, std::int64_t staff = 7, const std::string& kind = "open") {
        log_.write({.actor = {.staff = {staff}, .name = "森"},
                    .session = "session:" + std::to_string(staff),
                    .kind = kind,
                    .customer = {customer},
                    .count = 1});
        customers_.now += 1'000;
    }
    void show_page(std::vector<std::int64_t> page, std::int64_t staff = 7,
                   std::string asked = R"({"text":"田中"})") {
        const auto count = std::ssize(page);
        log_.write({.actor = {.staff = {staff}, .name = "森"},
                    .session = "session:" + std::to_string(staff),
                    .kind = "search",
                    .page = std::move(page),
                    .count = count,
                    .asked = std::move(asked)});
        customers_.now += 1'000;
    }
    // Kind and customer (or how many) of each entry, over pages of `limit`.
    std::vector<std::string> told(const Filter& filter, int limit = 2) {
        std::vector<std::string> lines;
        std::string cursor;
        do {
            const auto page = list(context_, customers_.actor, filter, cursor, limit);
            EXPECT_LE(std::ssize(page.items), limit);
            for (const auto& item : page.items) {
                const auto& customer = item.at("customer");
                lines.push_back(std::string(item.at("kind").as_string()) + " " +
                                (customer.is_null() ? "of " + std::to_string(item.at("customers").as_int64())
                                                    : std::string(customer.as_string())));
            }
            cursor = page.next_cursor;
        } while (!cursor.empty());
        return lines;
    }
    std::int64_t count(const std::string& table) {
        return customers_.database.storage().read([&](storage::Transaction& tx) {
            return tx.find_integer("SELECT count(*) FROM " + table).value();
        });
    }

    test::Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    Log log_{customers_.journal, keys_};
    Context context_{customers_.journal, keys_, log_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, AccessService, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(AccessService, ListsNewestFirstByEachFilter) {
    open(1);
    open(2, 8);
    open(1, 8, "history");
    EXPECT_THAT(told({}), ElementsAre("history 1", "open 2", "open 1"));
    EXPECT_THAT(told({.staff = StaffId{8}}), ElementsAre("history 1", "open 2"));
    EXPECT_THAT(told({.customer = CustomerId{1}}), ElementsAre("history 1", "open 1"));
    EXPECT_THAT(told({.kind = "open"}), ElementsAre("open 2", "open 1"));
    const auto id = test::Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
    ASSERT_EQ(id.value, 1);
    EXPECT_THAT(told({.number = "00000001"}), ElementsAre("history 1", "open 1"));
    EXPECT_THAT(told({.number = "absent"}), IsEmpty());
    EXPECT_THAT(told({.staff = StaffId{8}, .customer = CustomerId{1}, .kind = "history"}),
                ElementsAre("history 1"));
    EXPECT_THAT(told({.staff = StaffId{7}, .kind = "history"}), IsEmpty());
}

TEST_P(AccessService, TakesAPeriodFromItsFirstToBeforeItsLastMoment) {
    const auto start = customers_.now;
    open(1);
    customers_.now = start + kDay;
    open(2);
    customers_.now = start + 2 * kDay;
    open(3);
    EXPECT_THAT(told({.from = Moment{start + kDay}}), ElementsAre("open 3", "open 2"));
    EXPECT_THAT(told({.before = Moment{start + kDay}}), ElementsAre("open 1"));
    EXPECT_THAT(told({.from = Moment{start + kDay}, .before = Moment{start + 2 * kDay}}),
                ElementsAre("open 2"));
    EXPECT_THAT(told({.from = Moment{start + 3 * kDay}}), IsEmpty());
}

// A clock set back writes later entries with earlier times.
TEST_P(AccessService, FindsEntriesOfAPeriodThoughTheClockWasSetBack) {
    const auto start = customers_.now;
    open(1);
    customers_.now = start - 60LL * 60 * 1000;
    open(2);
    EXPECT_THAT(told({.from = Moment{start}}), ElementsAre("open 1"));
    EXPECT_THAT(told({.before = Moment{start}}), ElementsAre("open 2"));
}

TEST_P(AccessService, FindsACustomerOnPagesBeforeAndAfterTheyAreIndexed) {
    show_page({5, 9, 1});
    open(9);
    show_page({1, 2}, 8);
    customers_.now += 10 * 60 * 1000;
    index_pages(customers_.journal);
    EXPECT_EQ(count("access_shown"), 5);
    show_page({9, 10});
    EXPECT_EQ(count("access_shown"), 5);
    EXPECT_THAT(told({.customer = CustomerId{9}}), ElementsAre("search of 2", "open 9", "search of 3"));
    EXPECT_THAT(told({.customer = CustomerId{1}}), ElementsAre("search of 2", "search of 3"));
    EXPECT_THAT(told({.staff = StaffId{7}, .customer = CustomerId{1}}), ElementsAre("search of 3"));
    EXPECT_THAT(told({.customer = CustomerId{3}}), IsEmpty());
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(AccessService, FindsACustomerOverSeveralStretchesOfTheIndex) {
    const auto skip = [&](std::int64_t id) {
        customers_.database.storage().write([&](storage::Transaction& tx) {
            if (tx.engine() == storage::Engine::sqlite)
                tx.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'access_entry'", {id});
            else
                tx.query("SELECT setval(pg_get_serial_sequence('access_entry', 'id'), ?)", {id},
                         [](const auto&) {});
        });
    };
    for (int stretch = 0; stretch < 3; ++stretch) {
        for (int i = 0; i < 3; ++i) show_page({4, 100 + i});
        skip((stretch + 1LL) << store::kStretchBits);
    }
    customers_.now += 10 * 60 * 1000;
    index_pages(customers_.journal);
    EXPECT_THAT(told({.customer = CustomerId{4}}, 2), SizeIs(9));
    EXPECT_THAT(told({.customer = CustomerId{101}}, 2), SizeIs(3));
}

TEST_P(AccessService, FindsIndexesThatDiffer) {
    show_page({5, 9});
    customers_.now += 10 * 60 * 1000;
    index_pages(customers_.journal);
    customers_.database.storage().write(
        [](storage::Transaction& tx) { tx.execute("DELETE FROM access_shown WHERE customer_id = 9"); });
    EXPECT_THAT(customers_.verify(), SizeIs(1));
}

TEST_P(AccessService, ShowsTheDeepestConditionThatCanBeAsked) {
    std::string asked = R"({"field":"birth_date","op":"at_least","value":{"ago":1,"unit":"day"}})";
    for (int depth = 0; depth < 32; ++depth) asked = R"({"all":[)" + asked + "]}";
    asked = R"({"condition":)" + asked + "}";
    show_page({5}, 7, asked);
    const auto entry = list(context_, customers_.actor, {}, "", 1).items.at(0);
    const auto whole = get(context_, customers_.actor, std::stoll(std::string(entry.at("id").as_string())));
    EXPECT_EQ(boost::json::serialize(whole.at("asked")), asked);
}

TEST_P(AccessService, ShowsWhatWasAskedToWhoMaySeeContacts) {
    show_page({5, 9, 1});
    const auto entry = list(context_, customers_.actor, {}, "", 1).items.at(0).as_object();
    EXPECT_TRUE(entry.at("has_search").as_bool());
    EXPECT_FALSE(entry.contains("asked"));
    const auto id = std::stoll(std::string(entry.at("id").as_string()));
    const auto whole = get(context_, customers_.actor, id);
    EXPECT_EQ(whole.at("asked").at("text").as_string(), "田中");
    EXPECT_EQ(boost::json::serialize(whole.at("page")), R"(["1","5","9"])");
    auto masked = customers_.actor;
    masked.rights = std::make_shared<const core::Rights>(core::Rights{"access_log.read"});
    EXPECT_TRUE(get(context_, masked, id).at("asked").is_null());
    EXPECT_EQ(test::refusal([&] { get(context_, masked, id + 1); }), "access_log.not_found");
    masked.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    EXPECT_EQ(test::refusal([&] { get(context_, masked, id); }), "forbidden");
    EXPECT_EQ(test::refusal([&] { list(context_, masked, {}, "", 1); }), "forbidden");
    EXPECT_EQ(test::refusal([&] { summarise(context_, masked, {}); }), "forbidden");
}

TEST_P(AccessService, CountsPersonsOnceInASummary) {
    show_page({5, 9, 1});
    open(9);
    open(9);
    open(3, 8);
    log_.write({.actor = {.staff = {7}, .name = "森"},
                .session = "s",
                .kind = "download",
                .fields = kContact,
                .count = 1'000});
    const auto all = summarise(context_, customers_.actor, {});
    EXPECT_EQ(all.at("persons").as_int64(), 4);
    EXPECT_EQ(all.at("entries").as_int64(), 4);
    EXPECT_EQ(all.at("times").as_int64(), 5);
    EXPECT_EQ(all.at("file_rows").as_int64(), 1'000);
    EXPECT_EQ(boost::json::serialize(all.at("fields")), R"(["personal","contact"])");
    const auto of_seven = summarise(context_, customers_.actor, {.staff = StaffId{7}});
    EXPECT_EQ(of_seven.at("persons").as_int64(), 3);
    ASSERT_THAT(of_seven.at("kinds").as_array(), SizeIs(3));
    EXPECT_EQ(of_seven.at("kinds").at(1).at("kind").as_string(), "open");
    EXPECT_EQ(of_seven.at("kinds").at(1).at("times").as_int64(), 2);
    EXPECT_TRUE(summarise(context_, customers_.actor, {.staff = StaffId{99}}).at("first_at").is_null());
}

TEST_P(AccessService, ForgetsWhatIsOlderThanAYear) {
    show_page({5, 9});
    open(5);
    customers_.now += 10 * 60 * 1000;
    index_pages(customers_.journal);
    customers_.now += 364 * kDay;
    open(6);
    remove_expired(customers_.journal);
    EXPECT_EQ(count("access_entry"), 3);
    customers_.now += 3 * kDay;
    remove_expired(customers_.journal);
    EXPECT_THAT(told({}), ElementsAre("open 6"));
    EXPECT_EQ(count("access_search"), 0);
    customers_.now += 365 * kDay;
    remove_expired(customers_.journal);
    EXPECT_THAT(told({}), IsEmpty());
    EXPECT_EQ(count("access_shown"), 0);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(AccessService, KeepsLongerWhenTheShopSaysSoAndNeverShorter) {
    open(5);
    customers_.put_setting(R"({"access_log_days":730})");
    customers_.now += 400 * kDay;
    remove_expired(customers_.journal);
    EXPECT_EQ(count("access_entry"), 1);
    customers_.now += 331 * kDay;
    remove_expired(customers_.journal);
    EXPECT_EQ(count("access_entry"), 0);
}

TEST_P(AccessService, RefusesACursorThatItDidNotGive) {
    EXPECT_EQ(test::refusal([&] { list(context_, customers_.actor, {}, "x", 1); }), "cursor.invalid");
}

}  // namespace
}  // namespace otokui::access
