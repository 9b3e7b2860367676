#include "list/service.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <set>

#include "core/jobs.hpp"
#include "list/tables.hpp"
#include "list/upload.hpp"
#include "support/customers.hpp"
#include "support/scale.hpp"

namespace otokui::list {
namespace {

using Ids = std::vector<std::int64_t>;

core::Actor staff(std::int64_t id, core::Rights rights = {"customer.read", "contact.read"}) {
    return {
        .staff = {id}, .name = "Staff", .rights = std::make_shared<const core::Rights>(std::move(rights))};
}

std::string join(const Ids& ids, std::string_view separator) {
    std::string text;
    for (const auto id : ids) text += (text.empty() ? "" : std::string(separator)) + std::to_string(id);
    return text;
}

class Lists : public testing::TestWithParam<test::Backend> {
protected:
    std::int64_t create(const std::string& body) { return test::Customers::id_of(shop_.create(body)).value; }
    void sql(std::string_view statement, std::initializer_list<storage::Value> values = {}) {
        storage().write([&](storage::Transaction& tx) { tx.execute(statement, values); });
    }
    // Customers 1..count as rows, since only their ids matter.
    void fill(std::int64_t count) {
        create(R"({"family_name":"A"})");
        std::string columns;
        for (const auto& column : shop_.registry.get("customer").columns)
            if (column.name != "number") columns += ", " + column.name;
        sql("INSERT INTO customer (id, number" + columns +
                ") WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT n.i, "
                "'N' || n.i" +
                columns + " FROM customer, n WHERE id = 1",
            {count});
    }
    void mark_merged(std::int64_t absorbed, std::int64_t into) {
        sql("UPDATE customer SET merged_into = ?, deleted_at = 1 WHERE id = ?", {into, absorbed});
    }
    List make(Kind kind, std::string_view text, std::string name = "") {
        return list::create(context_, actor_, kind, text, std::move(name));
    }
    Ids members(const List& list) {
        Ids ids;
        storage().read([&](storage::Transaction& tx) {
            tx.query("SELECT customer_id FROM customer_list_member WHERE list_id = ? ORDER BY customer_id",
                     {list.id.value}, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        });
        return ids;
    }
    std::string lines(const List& list, Lines which) {
        std::string text;
        if (const auto file = find_lines(context_, actor_, list.list, which))
            for (std::int64_t at = 0;; ++at) {
                const auto chunk = files_.read_chunk(*file, at);
                if (!chunk) break;
                text += *chunk;
            }
        return text;
    }
    List combine(const std::string& op, const std::vector<List>& lists) {
        boost::json::array names;
        for (const auto& list : lists) names.emplace_back(list.list);
        return list::combine(context_, actor_, boost::json::object{{"op", op}, {"lists", names}});
    }
    storage::Database& storage() { return shop_.database.storage(); }

    test::Customers shop_{GetParam(), [](core::Registry& registry) {
                              core::register_job_tables(registry);
                              register_tables(registry);
                          }};
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{shop_.journal, keys_};
    const Context context_{shop_.journal, files_};
    const core::Actor actor_ = staff(7);
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Lists, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Lists, FindIdsInAnyWritingAndTellTheUnknownBack) {
    fill(5);
    const auto list = make(Kind::id, "１\n2,abc\t3　 99 -4 02\r\n99999999999999999999,99");
    EXPECT_EQ(members(list), (Ids{1, 2, 3}));
    EXPECT_EQ(list.figures, (Figures{.found = 3, .not_found = 4, .duplicates = 2}));
    EXPECT_EQ(lines(list, Lines::not_found), "abc\n99\n-4\n99999999999999999999\n");
    EXPECT_EQ(lines(list, Lines::duplicates), "02\n99\n");
    EXPECT_EQ(lines(list, Lines::deleted), "");
}

TEST_P(Lists, FindNumbersMailsAndPhonesInAnyWriting) {
    const auto one = create(R"({"number":"C-001","email":"hanako@example.jp","phone":"090-1234-5678"})");
    const auto two = create(R"({"number":"C-002","email":"taro@example.jp","phone":"09012345678"})");
    EXPECT_EQ(members(make(Kind::number, "ｃ－００１ c-003")), Ids{one});
    EXPECT_EQ(members(make(Kind::email, "TARO@EXAMPLE.JP,ｈａｎａｋｏ@example.jp")), (Ids{one, two}));
    const auto phones = make(Kind::phone, "+81 90 1234 5678\n03 1234 5678");
    EXPECT_EQ(members(phones), (Ids{one, two})) << "one phone may reach several";
    EXPECT_EQ(phones.figures, (Figures{.found = 2, .not_found = 1}));
    EXPECT_EQ(lines(phones, Lines::not_found), "03 1234 5678\n");
}

TEST_P(Lists, FollowMergesToTheSurvivorAndCountTheDeleted) {
    fill(6);
    mark_merged(1, 2);
    mark_merged(2, 3);
    mark_merged(4, 99);  // erased since
    sql("UPDATE customer SET deleted_at = 1 WHERE id = 5");
    const auto list = make(Kind::id, "3 1 2 4 5 6");
    EXPECT_EQ(members(list), (Ids{3, 4, 5, 6}));
    EXPECT_EQ(list.figures, (Figures{.found = 4, .deleted = 2, .merged = 1}));
    EXPECT_EQ(lines(list, Lines::merged), "1\n");
    EXPECT_EQ(lines(list, Lines::deleted), "4\n5\n");
    mark_merged(6, 6);  // no circle holds anybody up
    EXPECT_EQ(make(Kind::id, "6").figures.found, 1);
}

TEST_P(Lists, TakeEveryLengthThatOthersRefuse) {
    const auto most = test::scaled(100'000, 2'000);
    fill(most);
    for (const int count : {0, 1, 700, 701, most}) {
        Ids ids(static_cast<std::size_t>(count));
        std::iota(ids.begin(), ids.end(), most - count + 1);
        const auto list = make(Kind::id, join(ids, count % 2 == 0 ? "\n" : ", "));
        EXPECT_EQ(list.figures, Figures{.found = count});
        EXPECT_EQ(members(list), ids);
    }
}

TEST_P(Lists, RefuseWhatCannotBeReadAndLeaveNothing) {
    EXPECT_EQ(test::field_errors([&] { make(Kind::id, "1\n\xFF\n2\n\xFF"); }),
              (std::vector<std::string>{"/lines/2 invalid_utf8", "/lines/4 invalid_utf8"}));
    std::string many;
    for (std::size_t i = 0; i <= kMaxEntries; ++i) many += "0\n";
    EXPECT_EQ(test::refusal([&] { make(Kind::id, many); }), "list.too_many");
    for (const char* table : {"customer_list", "customer_list_member", "stored_file"})
        EXPECT_EQ(storage().read([&](storage::Transaction& tx) {
            return tx.find_integer("SELECT count(*) FROM " + std::string(table));
        }),
                  0)
            << table;
}

TEST_P(Lists, BelongToWhoeverMadeThem) {
    fill(1);
    const auto list = make(Kind::id, "1 2", "mine");
    const auto other = staff(8);
    EXPECT_EQ(test::refusal([&] { get_list(context_, other, list.list); }), "list.not_found");
    EXPECT_EQ(
        test::refusal([&] { rename(context_, other, list.list, {}, boost::json::object{{"name", "x"}}); }),
        "list.not_found");
    EXPECT_EQ(test::refusal([&] { remove(context_, other, list.list, {}); }), "list.not_found");
    EXPECT_EQ(test::refusal([&] { find_lines(context_, other, list.list, Lines::not_found); }),
              "list.not_found");
    EXPECT_EQ(test::field_errors([&] {
                  list::combine(context_, other, boost::json::object{{"op", "or"}, {"lists", {list.list}}});
              }),
              std::vector<std::string>{"/lists/0 unknown_list"});
    EXPECT_TRUE(list_lists(context_, other, "", 50).items.empty());
    EXPECT_EQ(list_lists(context_, actor_, "", 50).items.size(), 1U);
}

TEST_P(Lists, OfContactDataAreForThoseWhoSeeIt) {
    create(R"({"email":"hanako@example.jp"})");
    const auto viewer = staff(7, {"customer.read"});
    for (const auto kind : {Kind::email, Kind::phone})
        EXPECT_EQ(test::refusal([&] { list::create(context_, viewer, kind, "x"); }), "forbidden");
    const auto list = make(Kind::email, "hanako@example.jp nobody@example.jp");
    EXPECT_EQ(test::refusal([&] { find_lines(context_, viewer, list.list, Lines::not_found); }), "forbidden");
    EXPECT_EQ(list::create(context_, viewer, Kind::id, "1").figures.found, 1);
}

TEST_P(Lists, AreRenamedUnderTheirVersion) {
    const auto list = make(Kind::id, "");
    const auto body = boost::json::object{{"name", " 春の案内 "}};
    EXPECT_EQ(test::refusal([&] { rename(context_, actor_, list.list, 9, body); }), "list.stale");
    const auto renamed = rename(context_, actor_, list.list, 1, body);
    EXPECT_EQ(renamed.name, "春の案内");
    EXPECT_EQ(renamed.version, 2);
    EXPECT_EQ(get_list(context_, actor_, list.list).version, 2);
    EXPECT_EQ(test::field_errors([&] {
                  rename(context_, actor_, list.list, {},
                         boost::json::object{{"name", std::string(101, 'x')}, {"kind", "id"}});
              }),
              (std::vector<std::string>{"/name too_long", "/kind unknown_field"}));
}

TEST_P(Lists, GoWhenUnusedUnlessTheyHaveAName) {
    fill(2);
    const auto unnamed = make(Kind::id, "1 2 3");
    const auto named = make(Kind::id, "1", "kept");
    const auto used = make(Kind::id, "2");
    shop_.now += std::chrono::milliseconds(kKeptUnused).count();
    core::Condition condition;
    condition.kind = core::Condition::Kind::leaf;
    condition.leaf.value = core::ListOperand{used.list, "/list"};
    use(shop_.journal, actor_, condition);
    shop_.now += 1;
    EXPECT_EQ(remove_overdue(context_), 1);
    EXPECT_EQ(test::refusal([&] { get_list(context_, actor_, unnamed.list); }), "list.not_found");
    EXPECT_EQ(members(unnamed), Ids{});
    EXPECT_EQ(members(named), Ids{1});
    EXPECT_EQ(members(used), Ids{2});
    remove(context_, actor_, named.list, 1);
    EXPECT_EQ(members(named), Ids{});
}

TEST_P(Lists, ArePagedNewestFirst) {
    std::vector<std::string> made, seen;
    for (int i = 0; i < 5; ++i) made.insert(made.begin(), make(Kind::id, "").list);
    std::string cursor;
    do {
        const auto page = list_lists(context_, actor_, cursor, 2);
        for (const auto& list : page.items) seen.push_back(list.list);
        cursor = page.next_cursor;
    } while (!cursor.empty());
    EXPECT_EQ(seen, made);
    EXPECT_EQ(test::refusal([&] { list_lists(context_, actor_, "x", 2); }), "cursor.invalid");
}

TEST_P(Lists, CombineAsSetsDo) {
    constexpr std::int64_t kCustomers = 30;
    fill(kCustomers);
    const bool holds = rc::check([&] {
        std::vector<std::set<std::int64_t>> sets;
        std::vector<List> lists;
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
            const auto ids = *rc::gen::container<Ids>(rc::gen::inRange<std::int64_t>(1, kCustomers + 1));
            sets.emplace_back(ids.begin(), ids.end());
            lists.push_back(make(Kind::id, join(ids, " ")));
        }
        auto all = sets.front(), any = sets.front(), first = sets.front();
        for (std::size_t i = 1; i < sets.size(); ++i) {
            std::erase_if(all, [&](std::int64_t id) { return !sets[i].contains(id); });
            any.insert(sets[i].begin(), sets[i].end());
            std::erase_if(first, [&](std::int64_t id) { return sets[i].contains(id); });
        }
        RC_ASSERT(members(combine("and", lists)) == Ids(all.begin(), all.end()));
        RC_ASSERT(members(combine("or", lists)) == Ids(any.begin(), any.end()));
        const auto minus = combine("minus", lists);
        RC_ASSERT(members(minus) == Ids(first.begin(), first.end()));
        RC_ASSERT(minus.figures == Figures{.found = std::ssize(first)});
    });
    EXPECT_TRUE(holds);
}

TEST_P(Lists, CombinedFollowWhatHappenedSince) {
    fill(3);
    const auto list = make(Kind::id, "1 2 3");
    mark_merged(1, 2);
    sql("DELETE FROM customer WHERE id = 3");
    const auto again = combine("or", {list});
    EXPECT_EQ(members(again), Ids{2});
    EXPECT_EQ(again.figures, (Figures{.found = 1, .not_found = 1, .merged = 1}));
    EXPECT_EQ(test::field_errors([&] {
                  list::combine(
                      context_, actor_,
                      boost::json::object{{"op", "xor"}, {"lists", boost::json::array()}, {"n", 1}});
              }),
              (std::vector<std::string>{"/op not_a_choice", "/lists too_few", "/n unknown_field"}));
}

}  // namespace
}  // namespace otokui::list
