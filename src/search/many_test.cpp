#include <algorithm>

#include "search/testing/shop.hpp"
#include "support/database.hpp"

// What is done only where many are found: the rows that come next are looked at before a set is made.
namespace otokui::search {
namespace {

using Ids = std::vector<std::int64_t>;

/// So many sort first and are found by nothing that is asked for; then come so many that are.
constexpr std::int64_t kOthers = 5'000, kWanted = 20'500;

class SearchOfMany : public testing::TestWithParam<otokui::test::Backend> {
protected:
    SearchOfMany() {
        copy({{"family_name", "佐藤"}, {"family_name_text", "佐藤"}, {"kana_sort", "a"}}, kOthers);
        copy({{"family_name", "田中"}, {"family_name_text", "田中"}, {"kana_sort", "b"}, {"labels", ",1,"}},
             kWanted);
        copy({{"family_name", "田中"}, {"family_name_text", "田中"}, {"kana_sort", ""}}, 10);
        database_.storage().write([&](storage::Transaction& tx) { rebuild_index(tx, shop_.catalogue()); });
        shop_.sql("ANALYZE customer");  // as the engine does by itself after a while
    }

    void copy(const std::vector<std::pair<std::string, std::string>>& values, std::int64_t times) {
        const auto model = shop_.insert({});
        std::string columns, selected;
        for (const auto& column : shop_.customers().columns) {
            const auto set =
                std::ranges::find(values, column.name, &std::pair<std::string, std::string>::first);
            (columns += columns.empty() ? "" : ", ") += column.name;
            selected += selected.empty() ? "" : ", ";
            if (column.name == "number" || column.name == "number_text")
                selected += "number || '-' || g.i";
            else
                selected += set == values.end() ? column.name : "'" + set->second + "'";
        }
        shop_.sql(
            "INSERT INTO customer (" + columns +
                ") WITH RECURSIVE g (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < ?) SELECT " +
                selected + " FROM g CROSS JOIN customer WHERE customer.id = ?",
            {times, model});
        shop_.sql("DELETE FROM customer WHERE id = ?", {model});
    }

    /// All found, page after page.
    Ids pages(const std::string& condition, const std::string& sort, bool backward) {
        auto request = shop_.request("{\"limit\":200,\"columns\":[\"number\"]," + condition + ",\"sort\":[" +
                                     sort + "]}");
        if (backward) request.cursor = "last";
        Ids ids;
        for (bool more = true; more;) {
            const auto page = find(shop_.context(), request, core::shell_actor("test"));
            Ids some;
            for (const auto& item : page.items)
                some.push_back(std::stoll(std::string(item.at("id").as_string())));
            if (backward) std::ranges::reverse(some);
            ids.insert(ids.end(), some.begin(), some.end());
            request.cursor = backward ? page.previous_cursor : page.next_cursor;
            // The middle is like the rest: from near one end to near the other.
            if (ids.size() > 600) break;
            more = !request.cursor.empty();
        }
        if (backward) std::ranges::reverse(ids);
        return ids;
    }

    Ids expected(const std::string& where, const std::string& order) {
        Ids ids;
        database_.storage().read([&](storage::Transaction& tx) {
            tx.query("SELECT id FROM customer WHERE " + where + " ORDER BY " + order, {},
                     [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        });
        return ids;
    }

    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, SearchOfMany, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(SearchOfMany, PagesAreThoseOfTheWholeOrder) {
    struct Case {
        const char *condition, *where;
    };
    constexpr Case kCases[] = {
        {R"("text":"田")", "family_name = '田中'"},
        {R"("text":"田中")", "family_name = '田中'"},
        {R"("condition":{"all":[{"text":"田"},{"field":"labels","op":"any_of","value":["1"]}]})",
         "labels = ',1,'"},
        {R"("condition":{"field":"labels","op":"any_of","value":["1"]})", "labels = ',1,'"}};
    constexpr const char* kOrders[][2] = {
        {R"({"field":"kana","direction":"asc"})",
         "CASE WHEN kana_sort = '' THEN 1 ELSE 0 END, kana_sort, id"},
        {R"({"field":"kana","direction":"desc"})",
         "CASE WHEN kana_sort = '' THEN 1 ELSE 0 END, kana_sort DESC, id DESC"},
        {R"({"field":"id","direction":"asc"})", "id"},
        {R"({"field":"id","direction":"desc"})", "id DESC"}};
    for (const auto& [condition, where] : kCases)
        for (const auto& [sort, order] : kOrders) {
            SCOPED_TRACE(std::string(condition) + " by " + order);
            const auto all = expected(where, order);
            ASSERT_GE(std::ssize(all), kWanted);
            const auto first = pages(condition, sort, false), last = pages(condition, sort, true);
            EXPECT_TRUE(std::ranges::equal(first, std::span(all).first(first.size())));
            EXPECT_TRUE(std::ranges::equal(last, std::span(all).last(last.size())));
        }
}

}  // namespace
}  // namespace otokui::search
