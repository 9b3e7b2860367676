#include <algorithm>

#include "search/query.hpp"

// Pages: a walk over those found in an order.
namespace otokui::search {
namespace {

using storage::Row;
using storage::Values;

/// Up to so many are read at once and put in order here: one pass instead of one to count and one for the
/// page.
constexpr std::int64_t kFew = 2'000;
/// Exports go the way of so many found.
constexpr std::int64_t kMany = 2'000;
/// From so many hits on, the rows that come next in the order are looked at themselves, this many of them,
/// before what is found is made ready as a set: where hits are frequent a page is full long before.
constexpr std::int64_t kManyToMeet = 20'000, kLookedAt = 4'000;

Order::Walk opposite(Order::Walk walk) {
    return walk == Order::Walk::forward ? Order::Walk::backward : Order::Walk::forward;
}

Values place_of(const Row& row) {
    Values place;
    for (int i = 1; i < row.columns(); ++i) place.push_back(row.value(i));
    return place;
}

}  // namespace

std::optional<std::vector<std::int64_t>> Query::find_few_members() {
    std::vector<std::int64_t> members;
    auto sql =
        Sql{}.add("SELECT customer FROM (").add(plan_.members).add(") AS members LIMIT ").bind(kFew + 1);
    tx_.query(sql.text, sql.values, [&](const Row& row) { members.push_back(row.integer(0)); });
    return std::ssize(members) > kFew ? std::nullopt : std::optional(std::move(members));
}

std::optional<std::vector<Values>> Query::find_few() {
    const bool is_most = plan_.except || plan_.all_but_members;
    if (plan_.rest.empty() || is_most) return std::nullopt;
    if (plan_.is_tallied) {
        const auto total = count();
        if (total == 0) return std::vector<Values>{};
        if (total > kFew) return std::nullopt;
    }
    const auto way = counting();
    const auto row_id = plan_.members.empty() ? id(way) : "c.id";
    auto sql = Sql{}.add("SELECT " + order_.selected(row_id));
    if (plan_.members.empty()) {
        sql.add(from(way, asking(way), {}));
    } else {
        const auto members = find_few_members();
        if (!members) return std::nullopt;
        if (members->empty()) return std::vector<Values>{};
        sql.add(" FROM customer c WHERE c.id IN ").add(list_of(tx_.engine(), *members));
        if (plan_.scope != Scope::everybody) sql.add(" AND ").add(of_scope(deleted_at()));
    }
    sql.add(" LIMIT ").bind(kFew + 1);
    std::vector<Values> places;
    tx_.query(sql.text, sql.values, [&](const Row& row) { places.push_back(place_of(row)); });
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

// One walk: collects the places of rows until there are enough.
class Query::Walking {
public:
    Walking(Query& query, Order::Walk walk, std::int64_t limit, std::int64_t total)
        : query_(query), order_(query.order_), walk_(walk), limit_(limit), way_(query.walking(total)) {
        const auto& plan = query.plan_;
        const bool asks_rows = !plan.by_row.empty() || (query.is_postgres() && !plan.probing.empty());
        looks_ahead_ = asks_rows && way_ == Way::in_order && total >= kManyToMeet && !order_.index().empty();
    }

    /// Rows of a segment (may be empty: of all) that come behind `after`.
    void take(const Sql& segment, std::optional<Values> after) {
        if (left() == 0) return;
        if (looks_ahead_) {
            const auto end = find_end(segment, after);
            const auto had = places_.size();
            const auto until = end ? order_.behind(*end, opposite(walk_), "c.id") : Sql{};
            read(Way::in_order, Ask::rows, position(segment, after, until));
            if (!end || left() == 0) return;
            if (places_.size() > had) after = places_.back();
        }
        read(way_, query_.asking(way_), position(segment, after, {}));
    }
    std::vector<Values> places() { return std::move(places_); }

private:
    std::int64_t left() const { return limit_ - std::ssize(places_); }

    Sql position(const Sql& segment, const std::optional<Values>& after, const Sql& until) const {
        std::vector<Sql> parts;
        if (!segment.empty()) parts.push_back(segment);
        if (after) parts.push_back(order_.behind(*after, walk_, query_.id(way_)));
        if (!until.empty()) parts.push_back(until);
        return parts.empty() ? Sql{} : all_of(parts);
    }

    // The row behind those to be looked at, whoever is found; nothing when the segment ends before.
    std::optional<Values> find_end(const Sql& segment, const std::optional<Values>& after) {
        auto sql = Sql{}.add("SELECT " + order_.selected("c.id")).add(" FROM customer c");
        if (!query_.is_postgres())
            sql.add(order_.is_by_id() ? std::string(" NOT INDEXED")
                                      : " INDEXED BY " + std::string(order_.index()));
        const auto where = position(segment, after, {});
        if (!where.empty()) sql.add(" WHERE ").add(where);
        sql.add(order_.order_by(walk_, "c.id")).add(" LIMIT 1 OFFSET ").bind(kLookedAt);
        std::optional<Values> end;
        query_.tx_.query(sql.text, sql.values, [&](const Row& row) { end = place_of(row); });
        return end;
    }

    void read(Way way, Ask ask, const Sql& position) {
        const auto row_id = query_.id(way);
        auto sql = Sql{}.add("SELECT " + order_.selected(row_id)).add(query_.from(way, ask, position));
        sql.add(order_.order_by(walk_, row_id)).add(" LIMIT ").bind(left());
        query_.tx_.query(sql.text, sql.values, [&](const Row& row) { places_.push_back(place_of(row)); });
    }

    Query& query_;
    const Order& order_;
    Order::Walk walk_;
    std::int64_t limit_;
    Way way_;
    bool looks_ahead_;
    std::vector<Values> places_;
};

std::vector<Values> Query::walk(Order::Walk walk, const Values* after, std::int64_t limit,
                                std::int64_t total) {
    using Segment = Order::Segment;
    Walking walking(*this, walk, limit, total);
    const auto from = after ? std::optional(*after) : std::nullopt;
    if (!order_.has_segments()) {
        walking.take({}, from);
        return walking.places();
    }
    auto segments = std::vector{Segment::filled, Segment::empty};
    if (walk == Order::Walk::backward) std::swap(segments[0], segments[1]);
    const bool in_second = from && order_.segment_of(*from) == segments[1];
    if (!in_second) walking.take(order_.in_segment(segments[0]), from);
    walking.take(order_.in_segment(segments[1]), in_second ? from : std::nullopt);
    return walking.places();
}

void Query::for_each(std::string_view selected, const storage::Transaction::Each& each) {
    auto way = walking(order_.is_by_id() ? kMany : 0);
    if (way == Way::index_alone) way = Way::index;
    auto sql = Sql{}.add("SELECT ").add(selected).add(from(way, asking(way), {}));
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
