#include "search/query.hpp"

#include <algorithm>

namespace otokui::search {
namespace {

using storage::Row;

/// From so many hits on, walking an order meets a page of them soon.
constexpr std::int64_t kManyForRows = 2'000;
/// The same where each row must be looked up from the order's index, or sorted out of a text's hits.
constexpr std::int64_t kManyForIndex = 20'000;
/// From so many matches on, reading all facts costs less than looking up the row of each.
constexpr std::int64_t kLargeMatch = 25'000;
/// Up to so many deleted are asked one after the other.
constexpr std::int64_t kFewDeleted = 25'000;

}  // namespace

std::string_view Query::id(Way way) const {
    const bool of_index = way == Way::index_alone || way == Way::index;
    if (!of_index) return "c.id";
    if (is_postgres()) return "customer_text_search.customer_id";
    return plan_.scope == Scope::deleted ? "customer_text_deleted.rowid" : "customer_text_live.rowid";
}

Query::Query(storage::Transaction& tx, const Plan& plan, const Order& order)
    : tx_(tx), plan_(plan), order_(order) {
    if (is_postgres() || !plan.match || plan.rest.empty() || !plan.only_facts ||
        plan.scope == Scope::everybody)
        return;
    auto sql = Sql{}.add("SELECT count(*) FROM (SELECT 1 FROM ").add(text_table(plan.scope));
    sql.add(" WHERE ").add(text_table(plan.scope)).add(" MATCH ").bind(plan.match->expression);
    match_is_large_ = count(sql.add(" LIMIT ").bind(kLargeMatch).add(")")) == kLargeMatch;
}

Query::Way Query::counting() const {
    if (is_postgres()) return plan_.match && plan_.rest.empty() ? Way::index_alone : Way::free;
    if (plan_.match && plan_.scope != Scope::everybody) {
        if (plan_.rest.empty()) return Way::index_alone;
        return match_is_large_ ? Way::facts : Way::index;
    }
    if (plan_.match || plan_.is_selective) return Way::free;
    if (!plan_.own_index.empty()) return Way::own_index;
    return plan_.only_facts ? Way::facts : Way::free;
}

Query::Way Query::walking(std::int64_t total) const {
    const auto counted = counting();
    if (plan_.is_selective) return Way::free;
    if (is_postgres()) {  // mostly a name only: the planner knows no ways but its own
        // It would walk the order and ask each row, since it cannot know that those of one name stand
        // together.
        if (plan_.match && !order_.is_by_id() && total < kManyForIndex) return Way::found_first;
        const bool asks_rows = !plan_.probing.empty() || !plan_.by_row.empty();
        return asks_rows && total >= (order_.is_by_id() ? kManyForRows : kManyForIndex) ? Way::in_order
                                                                                        : Way::free;
    }
    const bool has_order = !order_.index().empty();
    if (plan_.match && plan_.scope != Scope::everybody) {
        if (order_.is_by_id()) return plan_.rest.empty() ? Way::index_alone : Way::index;
        if (has_order && total >= kManyForIndex) return Way::in_order;
        return counted == Way::index_alone ? Way::index : counted;
    }
    if (plan_.match) return Way::free;
    if (has_order && total >= (order_.is_by_id() ? kManyForRows : kManyForIndex)) return Way::in_order;
    if (counted == Way::own_index) return counted;
    return counted == Way::facts && order_.only_facts() ? Way::facts : Way::free;
}

Query::Ask Query::asking(Way way) const {
    if (plan_.is_selective) return Ask::rows;
    const bool few_rows = way == Way::in_order || way == Way::index || (plan_.match && !match_is_large_);
    return few_rows ? Ask::probes : Ask::sets;
}

const Sql& Query::demanded(Ask ask) const {
    if (ask == Ask::rows && !plan_.by_row.empty()) return plan_.by_row;
    return ask == Ask::sets || plan_.probing.empty() ? plan_.rest : plan_.probing;
}

Sql Query::of_scope(std::string_view deleted_at) const {
    return Sql{}.add(deleted_at).add(plan_.scope == Scope::living ? " IS NULL" : " IS NOT NULL");
}

Sql Query::from_text_index(Way way, std::vector<Sql>& demands) const {
    const bool wants_rows = way == Way::index || !order_.is_by_id();
    if (is_postgres()) {
        demands.push_back(fits_document(plan_.scope, plan_.match->expression));
        Sql sql{" FROM customer_text_search", {}};
        return wants_rows ? sql.add(" JOIN customer c ON c.id = customer_text_search.customer_id") : sql;
    }
    const std::string table(text_table(plan_.scope));
    demands.push_back(Sql{}.add(table + " MATCH ").bind(plan_.match->expression));
    Sql sql{" FROM " + table, {}};
    // CROSS: the text index leads, whatever SQLite guesses.
    return wants_rows ? sql.add(" CROSS JOIN customer c ON c.id = " + table + ".rowid") : sql;
}

// On a walk PostgreSQL looks into the set (IS TRUE: it does not join it). SQLite asks of each row: few are
// asked for, and each costs less than the list of all matches; but a prefix makes FTS5 put together all its
// lists each time it is asked.
Sql Query::is_found_by_text(Way way) const {
    const auto& match = *plan_.match;
    const auto in_set = is_matched(tx_.engine(), plan_.scope, match);
    if (way == Way::found_first)
        return Sql{}
            .add("c.id = ANY (ARRAY(SELECT customer_id FROM customer_text_search WHERE ")
            .add(fits_document(plan_.scope, match.expression))
            .add("))");
    if (way != Way::in_order) return in_set;
    if (is_postgres()) return Sql{}.add("(").add(in_set).add(") IS TRUE");
    if (match.expression.find('*') != std::string::npos) return in_set;
    const std::string table(text_table(plan_.scope));
    return Sql{}
        .add("EXISTS (SELECT 1 FROM " + table + " WHERE " + table + " MATCH ")
        .bind(match.expression)
        .add(" AND rowid = c.id)");
}

Sql Query::from_customers(Way way, Ask ask, std::vector<Sql>& demands) const {
    Sql sql{" FROM customer c", {}};
    if (way == Way::facts) sql.add(" INDEXED BY customer_facts");
    if (way == Way::own_index) sql.add(" INDEXED BY " + std::string(plan_.own_index));
    if (way == Way::in_order && !is_postgres())
        sql.add(order_.is_by_id() ? std::string(" NOT INDEXED")
                                  : " INDEXED BY " + std::string(order_.index()));
    if (plan_.scope != Scope::everybody)
        demands.push_back(of_scope(way == Way::facts ? "c.deleted_at" : deleted_at()));
    if (plan_.match && ask != Ask::rows) demands.push_back(is_found_by_text(way));
    return sql;
}

Sql Query::from(Way way, Ask ask, const Sql& position) const {
    std::vector<Sql> demands;
    const bool by_index = way == Way::index_alone || way == Way::index;
    auto sql = by_index ? from_text_index(way, demands) : from_customers(way, ask, demands);
    if (!demanded(ask).empty()) demands.push_back(demanded(ask));
    if (way == Way::own_index && !plan_.own_index_demands.empty())
        demands.push_back({std::string(plan_.own_index_demands), {}});
    if (!position.empty()) demands.push_back(position);
    const char* separator = " WHERE ";
    for (const auto& demand : demands) {
        sql.add(separator).add(demand);
        separator = " AND ";
    }
    return sql;
}

std::int64_t Query::count(const Sql& sql) {
    std::int64_t result = 0;
    tx_.query(sql.text, sql.values, [&](const Row& row) { result = row.integer(0); });
    return result;
}

std::int64_t Query::count(const Sql& position, Way way) {
    return count(Sql{}.add("SELECT count(*)").add(from(way, asking(way), position)));
}

// The tally has its columns under the names of table customer.
std::int64_t Query::count_tallied(const Sql& rest, Scope scope) {
    Sql sql{"SELECT CAST(COALESCE(sum(c.customers), 0) AS BIGINT) FROM customer_tally c WHERE ", {}};
    sql.add(rest.empty() ? always() : rest);
    if (scope != Scope::everybody)
        sql.add(scope == Scope::living ? " AND c.deleted = 0" : " AND c.deleted = 1");
    return count(sql);
}

std::int64_t Query::count_except() {
    const auto& expression = plan_.except->expression;
    if (is_postgres())
        return count(Sql{}
                         .add("SELECT count(*) FROM customer_text_search WHERE ")
                         .add(fits_document(plan_.scope, expression)));
    return count(Sql{}.add("SELECT count(*) FROM ").add(matching(tx_.engine(), plan_.scope, expression)));
}

// Deletion stands in the customers alone. Mostly few are deleted: then these are asked, not all the members.
std::int64_t Query::count_members() {
    const auto members = [&](std::string_view where) {
        auto sql = Sql{}.add("SELECT count(*) FROM (").add(plan_.members).add(") AS members");
        if (!where.empty()) sql.add(where).add("(SELECT id FROM customer WHERE deleted_at IS NOT NULL)");
        return count(sql);
    };
    if (plan_.scope == Scope::everybody) return members("");
    const auto deleted = count_tallied({}, Scope::deleted);
    if (is_postgres() || deleted > kFewDeleted)
        return members(plan_.scope == Scope::living ? " WHERE customer NOT IN " : " WHERE customer IN ");
    const auto found = count(Sql{}
                                 .add("SELECT count(*) FROM customer c INDEXED BY customer_facts"
                                      " WHERE c.deleted_at IS NOT NULL AND ")
                                 .add(demanded(Ask::probes)));
    const auto deleted_members = plan_.all_but_members ? deleted - found : found;
    return plan_.scope == Scope::living ? members("") - deleted_members : deleted_members;
}

// The index knows nothing of deletion: the few deleted are taken off.
std::int64_t Query::count_own_index() {
    const auto from_index = [&](std::string_view index) {
        Sql sql{"SELECT count(*) FROM customer c", {}};
        if (!is_postgres()) sql.add(" INDEXED BY ").add(index);
        return sql.add(" WHERE ").add(plan_.rest);
    };
    const auto deleted = from_index("customer_facts").add(" AND c.deleted_at IS NOT NULL");
    if (plan_.scope == Scope::deleted) return count(deleted);
    auto all = from_index(plan_.own_index);
    if (!plan_.own_index_demands.empty()) all.add(" AND ").add(plan_.own_index_demands);
    const auto everybody = count(all);
    return plan_.scope == Scope::living ? everybody - count(deleted) : everybody;
}

std::int64_t Query::count() {
    if (plan_.is_tallied) return count_tallied(plan_.rest, plan_.scope);
    if (!plan_.members.empty())
        return plan_.all_but_members ? count_tallied({}, plan_.scope) - count_members() : count_members();
    if (plan_.except) return count_tallied({}, plan_.scope) - count_except();
    if (!plan_.own_index.empty() && !plan_.match && !plan_.is_selective) return count_own_index();
    return count({}, counting());
}

}  // namespace otokui::search
