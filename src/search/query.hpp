#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "search/compile.hpp"
#include "search/order.hpp"
#include "storage/database.hpp"

namespace otokui::search {

/// Runs one plan: counts, and walks in an order. Chooses the way that is cheap for what is known.
class Query {
public:
    Query(storage::Transaction& tx, const Plan& plan, const Order& order);

    std::int64_t count();
    /// The places of all found in order, when they are few; nothing when they are many or cheaper to count.
    std::optional<std::vector<storage::Values>> find_few();
    /// How many stand before the row at `place`.
    std::int64_t count_before(const storage::Values& place);

    /// At most `limit` rows from the beginning of the walk, or behind `after`: their places. `total`: of all
    /// found.
    std::vector<storage::Values> walk(Order::Walk walk, const storage::Values* after, std::int64_t limit,
                                      std::int64_t total);

    /// "SELECT <selected> FROM customer c … ORDER BY …" over all found, streaming.
    void for_each(std::string_view selected, const storage::Transaction::Each& each);

private:
    enum class Way {
        index_alone,  // the text index without the rows
        index,        // the text index, then the rows
        facts,        // the index customer_facts and nothing else
        own_index,    // the one narrow index that has all that is asked
        in_order,     // the rows in the order's own index: little to skip
        found_first,  // PostgreSQL: all the text finds as a list, then their rows
        free          // as the engine thinks best
    };
    /// What is asked: sets that are made once; the match as a set and the rest of one row after the other;
    /// everything of one row after the other.
    enum class Ask { sets, probes, rows };
    Way counting() const;
    Way walking(std::int64_t total) const;
    Ask asking(Way way) const;
    const Sql& demanded(Ask ask) const;
    bool is_postgres() const { return tx_.engine() == storage::Engine::postgres; }
    std::string_view id(Way way) const;
    /// "FROM … WHERE …" of everything the plan demands and `position` (may be empty).
    Sql from(Way way, Ask ask, const Sql& position) const;
    Sql from_text_index(Way way, std::vector<Sql>& demands) const;
    Sql from_customers(Way way, Ask ask, std::vector<Sql>& demands) const;
    Sql is_found_by_text(Way way) const;
    Sql of_scope(std::string_view deleted_at) const;
    /// The plus keeps SQLite from taking the facts for a look-up of the few who are deleted.
    std::string_view deleted_at() const { return is_postgres() ? "c.deleted_at" : "+c.deleted_at"; }

    std::int64_t count(const Sql& sql);
    std::int64_t count(const Sql& position, Way way);
    std::int64_t count_tallied(const Sql& rest, Scope scope);
    std::int64_t count_except();
    std::int64_t count_members();
    std::int64_t count_own_index();
    std::optional<std::vector<std::int64_t>> find_few_members();

    class Walking;

    storage::Transaction& tx_;
    const Plan& plan_;
    const Order& order_;
    bool match_is_large_ = false;  // known only where there is something to choose
};

}  // namespace otokui::search
