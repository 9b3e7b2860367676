#include "search/query.hpp"

#include <algorithm>

namespace otokui::search {
namespace {

using storage::Engine;
using storage::Row;
using storage::Values;

/// From so many hits on, walking an order meets a page of them soon.
constexpr std::int64_t kManyForRows = 2'000;
/// The same where each row must be looked up from the order's index, or sorted out of a text's hits.
constexpr std::int64_t kManyForIndex = 20'000;
/// Up to so many are read at once and put in order here: one pass instead of one to count and one for the
/// page.
constexpr std::int64_t kFew = 2'000;
/// From so many matches on, reading all facts costs less than looking up the row of each.
constexpr std::int64_t kLargeMatch = 25'000;

}  // namespace

std::string_view Query::id(Way way) const {
    const bool of_index = way == Way::index_alone || way == Way::index;
    if (!of_index) return "c.id";
    return plan_.scope == Scope::deleted ? "customer_text_deleted.rowid" : "customer_text_live.rowid";
}

Query::Query(storage::Transaction& tx, const Plan& plan, const Order& order)
    : tx_(tx), plan_(plan), order_(order) {
    if (!plan.match || plan.rest.empty() || !plan.only_facts || plan.scope == Scope::everybody) return;
    auto sql = Sql{}.add("SELECT count(*) FROM (SELECT 1 FROM ").add(text_table(plan.scope));
    sql.add(" WHERE ").add(text_table(plan.scope)).add(" MATCH ").bind(plan.match->expression);
    match_is_large_ = count(sql.add(" LIMIT ").bind(kLargeMatch).add(")")) == kLargeMatch;
}

Query::Way Query::counting() const {
    if (tx_.engine() == Engine::postgres) return Way::free;
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
    if (tx_.engine() == Engine::postgres)  // a name only: the planner knows no ways but its own
        return !plan_.probing.empty() && total >= kManyForRows ? Way::in_order : Way::free;
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

Sql Query::from(Way way, const Sql& position) const {
    Sql sql;
    std::vector<Sql> demands;
    const std::string table(text_table(plan_.scope));
    const bool sqlite = tx_.engine() == Engine::sqlite;
    const auto of_scope = [&](std::string_view column) {
        if (plan_.scope == Scope::everybody) return;
        demands.push_back(
            {std::string(column) + (plan_.scope == Scope::living ? " IS NULL" : " IS NOT NULL"), {}});
    };
    const bool by_index = way == Way::index_alone || way == Way::index;
    if (by_index) {
        sql.add(" FROM " + table);
        // CROSS: the text index leads, whatever SQLite guesses.
        if (way == Way::index || !order_.is_by_id())
            sql.add(" CROSS JOIN customer c ON c.id = " + table + ".rowid");
        demands.push_back(Sql{}.add(table + " MATCH ").bind(plan_.match->expression));
    } else {
        sql.add(" FROM customer c");
        if (way == Way::facts) sql.add(" INDEXED BY customer_facts");
        if (way == Way::own_index) sql.add(" INDEXED BY " + std::string(plan_.own_index));
        if (way == Way::in_order && sqlite)
            sql.add(order_.is_by_id() ? std::string(" NOT INDEXED")
                                      : " INDEXED BY " + std::string(order_.index()));
        // The plus keeps SQLite from taking the facts for a look-up of the few who are deleted.
        of_scope(way == Way::facts || !sqlite ? "c.deleted_at" : "+c.deleted_at");
        // On a walk few rows are asked for, and each costs less than the list of all matches; but a prefix
        // makes FTS5 put together all its lists each time it is asked.
        const bool asks_each = plan_.match && plan_.match->expression.find('*') == std::string::npos;
        if (asks_each && way == Way::in_order)
            demands.push_back(Sql{}
                                  .add("EXISTS (SELECT 1 FROM " + table + " WHERE " + table + " MATCH ")
                                  .bind(plan_.match->expression)
                                  .add(" AND rowid = c.id)"));
        else if (plan_.match)
            demands.push_back(Sql{}.add("c.id IN ").add(matching(plan_.scope, plan_.match->expression)));
    }
    if (!plan_.rest.empty()) demands.push_back(probes(way) ? plan_.probing : plan_.rest);
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
    return count(Sql{}.add("SELECT count(*)").add(from(way, position)));
}

// SQLite counts a whole table from the heads of its pages, and few are deleted; for PostgreSQL the number is
// kept.
std::int64_t Query::count_scope() {
    if (tx_.engine() == Engine::postgres) {
        const std::string sum = "SELECT CAST(COALESCE(sum(customers), 0) AS BIGINT) FROM customer_tally";
        if (plan_.scope == Scope::everybody) return count({sum, {}});
        return count(
            {sum + (plan_.scope == Scope::living ? " WHERE deleted = 0" : " WHERE deleted = 1"), {}});
    }
    const auto deleted = [&] {
        return count(
            {"SELECT count(*) FROM customer INDEXED BY customer_facts WHERE deleted_at IS NOT NULL", {}});
    };
    if (plan_.scope == Scope::deleted) return deleted();
    const auto everybody = count({"SELECT count(*) FROM customer", {}});
    return plan_.scope == Scope::living ? everybody - deleted() : everybody;
}

std::int64_t Query::count_except() {
    if (plan_.except) {
        auto sql = Sql{}.add("SELECT count(*) FROM ").add(matching(plan_.scope, plan_.except->expression));
        return count(sql);
    }
    const std::string by = tx_.engine() == Engine::sqlite ? " INDEXED BY customer_facts" : "";
    auto sql = Sql{}.add("SELECT count(*) FROM customer c" + by + " WHERE ").add(plan_.complement);
    if (plan_.scope != Scope::everybody)
        sql.add(" AND c.deleted_at ").add(plan_.scope == Scope::living ? "IS NULL" : "IS NOT NULL");
    return count(sql);
}

std::int64_t Query::count_members() {
    auto sql = Sql{}.add("SELECT count(*) FROM (").add(plan_.members).add(") AS members");
    if (plan_.scope != Scope::everybody)  // few are deleted
        sql.add(plan_.scope == Scope::living ? " WHERE customer NOT IN " : " WHERE customer IN ")
            .add("(SELECT id FROM customer WHERE deleted_at IS NOT NULL)");
    return count(sql);
}

// The index knows nothing of deletion: the few deleted are taken off.
std::int64_t Query::count_own_index() {
    const auto from_index = [&](std::string_view index) {
        Sql sql{"SELECT count(*) FROM customer c", {}};
        if (tx_.engine() == Engine::sqlite) sql.add(" INDEXED BY ").add(index);
        return sql.add(" WHERE ").add(plan_.rest);
    };
    const auto deleted = from_index("customer_facts").add(" AND c.deleted_at IS NOT NULL");
    if (plan_.scope == Scope::deleted) return count(deleted);
    auto all = from_index(plan_.own_index);
    if (!plan_.own_index_demands.empty()) all.add(" AND ").add(plan_.own_index_demands);
    const auto everybody = count(all);
    return plan_.scope == Scope::living ? everybody - count(deleted) : everybody;
}

bool Query::probes(Way way) const {
    if (plan_.probing.empty()) return false;
    return way == Way::in_order || way == Way::index || plan_.is_selective ||
           (plan_.match && !match_is_large_);
}

std::int64_t Query::count() {
    if (!plan_.members.empty())
        return plan_.all_but_members ? count_scope() - count_members() : count_members();
    if (!plan_.match) {
        if (plan_.rest.empty()) return count_scope();
        if (!plan_.complement.empty() || plan_.except) return count_scope() - count_except();
    }
    if (!plan_.own_index.empty() && !plan_.match && !plan_.is_selective) return count_own_index();
    return count({}, counting());
}

std::optional<std::vector<std::int64_t>> Query::find_few_members() {
    std::vector<std::int64_t> members;
    auto sql =
        Sql{}.add("SELECT customer FROM (").add(plan_.members).add(") AS members LIMIT ").bind(kFew + 1);
    tx_.query(sql.text, sql.values, [&](const Row& row) { members.push_back(row.integer(0)); });
    return std::ssize(members) > kFew ? std::nullopt : std::optional(std::move(members));
}

std::optional<std::vector<Values>> Query::find_few() {
    const bool is_most = !plan_.complement.empty() || plan_.except || plan_.all_but_members;
    if (plan_.rest.empty() || is_most) return std::nullopt;
    const auto way = counting();
    const auto row_id = plan_.members.empty() ? id(way) : "c.id";
    auto sql = Sql{}.add("SELECT " + order_.selected(row_id));
    if (plan_.members.empty()) {
        sql.add(from(way, {}));
    } else {
        const auto members = find_few_members();
        if (!members) return std::nullopt;
        sql.add(" FROM customer c WHERE c.id IN ").add(list_of(tx_.engine(), *members));
        if (plan_.scope != Scope::everybody)
            sql.add(plan_.scope == Scope::living ? " AND c.deleted_at IS NULL"
                                                 : " AND c.deleted_at IS NOT NULL");
    }
    sql.add(" LIMIT ").bind(kFew + 1);
    std::vector<Values> places;
    tx_.query(sql.text, sql.values, [&](const Row& row) {
        auto& place = places.emplace_back();
        for (int i = 1; i < row.columns(); ++i) place.push_back(row.value(i));
    });
    if (std::ssize(places) > kFew) return std::nullopt;
    std::sort(places.begin(), places.end(),
              [&](const Values& a, const Values& b) { return order_.comes_before(a, b); });
    return places;
}

std::int64_t Query::count_before(const Values& place) {
    auto way = counting();
    if (way == Way::facts && plan_.rest.empty() && !plan_.match && order_.is_by_id() &&
        plan_.scope == Scope::living) {  // reads only the rows before, and nothing of them
        const auto position = order_.behind(place, Order::Walk::backward, "c.id");
        return count(Sql{}.add("SELECT count(*) FROM customer c NOT INDEXED WHERE ").add(position)) -
               count(Sql{}
                         .add("SELECT count(*) FROM customer c INDEXED BY customer_facts"
                              " WHERE c.deleted_at IS NOT NULL AND ")
                         .add(position));
    }
    if (way == Way::index_alone && !order_.is_by_id()) way = Way::index;
    if (way == Way::facts && !order_.only_facts()) way = Way::free;
    if (way == Way::own_index) way = order_.only_facts() ? Way::facts : Way::free;
    const auto before = order_.behind(place, Order::Walk::backward, id(way));
    if (!order_.has_segments()) return count(before, way);
    const auto filled = order_.in_segment(Order::Segment::filled);
    if (order_.segment_of(place) == Order::Segment::filled) return count(all_of({filled, before}), way);
    const auto empty = order_.in_segment(Order::Segment::empty);
    return count(filled, way) + count(all_of({empty, before}), way);
}

std::vector<Values> Query::walk(Order::Walk walk, const Values* after, std::int64_t limit,
                                std::int64_t total) {
    using Segment = Order::Segment;
    const auto way = walking(total);
    const auto row_id = id(way);
    std::vector<Values> places;
    const auto take = [&](const Sql& position) {
        const auto left = limit - static_cast<std::int64_t>(places.size());
        if (left <= 0) return;
        auto sql = Sql{}.add("SELECT " + order_.selected(row_id)).add(from(way, position));
        sql.add(order_.order_by(walk, row_id)).add(" LIMIT ").bind(left);
        tx_.query(sql.text, sql.values, [&](const Row& row) {
            auto& place = places.emplace_back();
            for (int i = 1; i < row.columns(); ++i) place.push_back(row.value(i));
        });
    };
    const auto behind = [&] { return order_.behind(*after, walk, row_id); };
    if (!order_.has_segments()) {
        take(after ? behind() : Sql{});
        return places;
    }
    auto segments = std::vector{Segment::filled, Segment::empty};
    if (walk == Order::Walk::backward) std::swap(segments[0], segments[1]);
    const bool in_second = after && order_.segment_of(*after) == segments[1];
    if (!in_second) {
        const auto segment = order_.in_segment(segments[0]);
        take(after ? all_of({segment, behind()}) : segment);
    }
    const auto segment = order_.in_segment(segments[1]);
    take(in_second ? all_of({segment, behind()}) : segment);
    return places;
}

void Query::for_each(std::string_view selected, const storage::Transaction::Each& each) {
    auto way = walking(order_.is_by_id() ? kManyForRows : 0);
    if (way == Way::index_alone) way = Way::index;
    auto sql = Sql{}.add("SELECT ").add(selected).add(from(way, {}));
    if (order_.has_segments())
        sql.add(" ORDER BY CASE WHEN ")
            .add(order_.in_segment(Order::Segment::filled))
            .add(" THEN 0 ELSE 1 END,");
    auto by = order_.order_by(Order::Walk::forward, id(way));
    if (order_.has_segments()) by = by.substr(std::string_view(" ORDER BY").size());
    sql.add(by);
    tx_.query(sql.text, sql.values, each);
}

}  // namespace otokui::search
