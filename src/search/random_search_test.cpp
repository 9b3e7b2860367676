#include <boost/json/serialize.hpp>

#include "core/files.hpp"
#include "core/jobs.hpp"
#include "list/service.hpp"
#include "list/tables.hpp"
#include "search/testing/random_shop.hpp"
#include "search/testing/random_tree.hpp"
#include "search/testing/reference.hpp"
#include "support/database.hpp"
#include "support/scale.hpp"

// Random trees over random customers and orders, against a reference that looks at every row.
namespace otokui::search {
namespace {

using core::Field;
using test::kNow;

class RandomSearch : public testing::TestWithParam<otokui::test::Backend> {
protected:
    RandomSearch() : seed_(test::seed()), dice_(seed_) {
        core::register_job_tables(list_registry_);
        list::register_tables(list_registry_);
        for (const char* master : {"occupation", "customer_type", "member_level", "special_type"})
            for (const std::int64_t id : {1, 2, 3})
                shop_.sql("INSERT INTO " + std::string(master) + " (id, name, position) VALUES (?, ?, ?)",
                          {id, std::to_string(id), id});
    }

    void fill(int customers) {
        shop_.add_own_fields();
        shop_.write([&](core::Writer& writer) {
            for (int i = 0; i < customers; ++i)
                shop_.insert(writer, test::random_customer(dice_, shop_.customers(), i));
        });
        std::vector<test::Orders::Row> orders;
        for (int i = 0; i < 2 * customers; ++i) {
            orders.push_back(test::random_order(dice_, i, customers));
            for (const auto& [key, value] : orders.back().values)
                if (const auto* text = std::get_if<std::string>(&value); text && !text->empty())
                    texts_.push_back(*text);
        }
        shop_.write([&](core::Writer& writer) {
            for (const auto& order : orders) test::insert_order(writer, order);
        });
        orders_ = test::Orders(std::move(orders));
        read_back();
        for (int i = 0; i < 4; ++i) keep_list();
    }

    // Whom a merge has left instead of the customer. Random merges can go in rings: a list gives up after so
    // many.
    std::int64_t survivor_of(std::int64_t id) const {
        constexpr int kMostMerges = 100;
        const auto column = shop_.customers().column("merged_into");
        for (int i = 0; i < kMostMerges; ++i) {
            const auto row = std::ranges::find(rows_, id, &core::Record::id);
            const auto* next = std::get_if<std::int64_t>(&row->values[column]);
            if (!next) return id;
            id = *next;
        }
        return id;
    }

    // Ids nobody has are no members; the deleted are, and who was merged stands for his survivor.
    void keep_list() {
        std::set<std::int64_t> members;
        std::string text = "999999999\n";
        for (int i = dice_.roll(0, static_cast<int>(rows_.size())); i > 0; --i) {
            const auto id = dice_.pick(rows_).id;
            text += std::to_string(id) + "\n";
            members.insert(survivor_of(id));
        }
        const auto list =
            list::create({list_journal_, files_}, core::shell_actor("test"), list::Kind::id, text);
        list_names_.push_back(list.list);
        lists_.emplace(list.list, std::move(members));
    }

    test::Reference reference() const {
        return {shop_.catalogue(), shop_.customers(), rows_, orders_, lists_};
    }

    void read_back() {
        std::string sql = "SELECT id";
        for (const auto& column : shop_.customers().columns) sql += ", " + column.name;
        shop_.storage().read([&](storage::Transaction& tx) {
            tx.query(sql + " FROM customer", {}, [&](const storage::Row& row) {
                core::Record record{row.integer(0), {}};
                for (int i = 1; i < row.columns(); ++i) record.values.push_back(row.value(i));
                for (const auto& value : record.values)
                    if (const auto* text = std::get_if<std::string>(&value); text && !text->empty())
                        texts_.push_back(*text);
                rows_.push_back(std::move(record));
            });
        });
    }

    std::vector<SortBy> random_sort() {
        std::vector<const Field*> sortable;
        for (const auto* field : shop_.catalogue().all_fields())
            if (field->sortable) sortable.push_back(field);
        std::vector<SortBy> sort;
        for (int i = dice_.roll(0, 2); i > 0; --i) {
            const auto* field = dice_.pick(sortable);
            const bool twice =
                std::any_of(sort.begin(), sort.end(), [&](const auto& by) { return by.field == field; });
            if (!twice) sort.push_back({field, dice_.once_in(2)});
        }
        return sort;
    }

    // Pages from first to last, and back again.
    void check_paging(Request request, const std::vector<std::int64_t>& expected, const core::Actor& actor) {
        request.limit = dice_.roll(1, 40);
        std::vector<std::int64_t> forward;
        Page page;
        for (bool more = !expected.empty(); more; more = !page.next_cursor.empty()) {
            page = find(shop_.context(), request, actor);
            ASSERT_EQ(page.total, std::ssize(expected));
            ASSERT_EQ(page.first_row, std::ssize(forward) + 1);
            ASSERT_EQ(page.previous_cursor.empty(), forward.empty());
            ASSERT_FALSE(page.items.empty());
            for (const auto& item : page.items)
                forward.push_back(std::stoll(std::string(item.at("id").as_string())));
            request.cursor = page.next_cursor;
        }
        ASSERT_EQ(forward, expected);
        std::vector<std::int64_t> backward;
        request.cursor = "last";
        for (bool more = !expected.empty(); more; more = !page.previous_cursor.empty()) {
            page = find(shop_.context(), request, actor);
            ASSERT_EQ(page.first_row + std::ssize(page.items) - 1,
                      std::ssize(expected) - std::ssize(backward));
            for (auto item = page.items.rbegin(); item != page.items.rend(); ++item)
                backward.push_back(std::stoll(std::string(item->at("id").as_string())));
            request.cursor = page.previous_cursor;
        }
        ASSERT_EQ(std::vector(backward.rbegin(), backward.rend()), expected);
    }

    // What the API says without a page, and the rows an export would write.
    void check_totals(Request request, std::int64_t expected, const core::Actor& actor) {
        request.limit = 0;
        ASSERT_EQ(find(shop_.context(), request, actor).total, expected);
        std::int64_t rows = 0;
        for_each(shop_.context(), request.condition, request.sort, request.columns, actor,
                 [&](const storage::Row&, const core::RecordReader&, core::Masters&) { ++rows; }, {});
        ASSERT_EQ(rows, expected);
    }

    void check(const test::Reference& reference, const core::Actor& actor) {
        // The clock moves: relative days and ages follow it.
        shop_.now = kNow + std::chrono::hours(dice_.roll(-400, 400) * 13);
        test::RandomTree trees(dice_, shop_.catalogue(), texts_, list_names_, shop_.now);
        const auto tree = trees.node(dice_.roll(0, 4));
        Request request{.condition = core::parse_condition(shop_.catalogue(), tree),
                        .sort = random_sort(),
                        .columns = shop_.catalogue().default_columns()};
        if (dice_.once_in(2)) request.columns = shop_.catalogue().own_fields();
        SCOPED_TRACE(boost::json::serialize(tree));
        std::string sorted;
        for (const auto& by : request.sort) sorted += by.field->key + (by.descending ? "- " : "+ ");
        SCOPED_TRACE("sorted by " + sorted);
        std::vector<CustomerId> found;
        try {
            found = ids(shop_.context(), request.condition, request.sort, actor);
        } catch (const Refused& refused) {
            ASSERT_EQ(refused.problem().code, "field.forbidden");
            ASSERT_FALSE(actor.may(core::kUnmaskedRight));
            ++forbidden_;
            return;
        }
        const auto expected = reference.find(request.condition, request.sort, actor, shop_day(shop_.now));
        std::vector<std::int64_t> found_ids;
        for (const auto id : found) found_ids.push_back(id.value);
        ASSERT_EQ(found_ids, expected);
        ASSERT_EQ(count(shop_.context(), request.condition, actor), std::ssize(expected));
        if (dice_.once_in(4)) check_totals(request, std::ssize(expected), actor);
        if (dice_.once_in(3)) check_paging(request, expected, actor);
    }

    unsigned seed_;
    test::Dice dice_;
    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
    std::vector<std::string> texts_;
    std::vector<core::Record> rows_;
    test::Orders orders_{{}};
    core::Registry list_registry_;
    core::Journal list_journal_{database_.storage(), list_registry_, [] { return kNow; }};
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{list_journal_, keys_};
    std::vector<std::string> list_names_;
    test::Lists lists_;
    int forbidden_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomSearch, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(RandomSearch, FindsWhatLookingAtEveryRowFinds) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    fill(otokui::test::scaled(2'000, 200));
    const auto reference = this->reference();
    for (int i = otokui::test::scaled(5'000, 500); i > 0 && !HasFatalFailure(); --i)
        check(reference, core::shell_actor("test"));
}

TEST_P(RandomSearch, ShowsAMaskedViewerNothingOfContacts) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    fill(150);
    const auto reference = this->reference();
    for (int i = otokui::test::scaled(2'000, 60); i > 0 && !HasFatalFailure(); --i)
        check(reference, test::masked_viewer());
    EXPECT_GT(forbidden_, 0);
}

TEST_P(RandomSearch, KeepsTheIndexTrue) {
    fill(100);
    EXPECT_EQ(
        shop_.storage().read([&](storage::Transaction& tx) { return verify_index(tx, shop_.catalogue()); }),
        std::vector<std::string>{});
}

}  // namespace
}  // namespace otokui::search
