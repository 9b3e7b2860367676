#include "search/service.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/problem.hpp"
#include "search/compile.hpp"
#include "search/cursor.hpp"
#include "search/query.hpp"

namespace otokui::search {
namespace {

using storage::Transaction;
using storage::Values;

template <class Work>
auto read(const Context& context, const storage::ReadLimits& limits, Work work) {
    try {
        return context.database.read(work, limits);
    } catch (const storage::Cancelled&) {
        throw Refused({ProblemKind::unavailable,
                       "search.too_slow",
                       {"検索に時間がかかりすぎました。条件を絞ってください。",
                        "The search took too long. Narrow it down."}});
    }
}

std::int64_t id_of(const Values& place) { return std::get<std::int64_t>(place.back()); }

// The places of a page's rows in order, and the number of the first.
struct Found {
    std::vector<Values> places;
    std::int64_t first_row = 0;
};

Found first_page(Query& query, std::int64_t limit, std::int64_t total) {
    return {query.walk(Order::Walk::forward, nullptr, limit, total), 1};
}

Found walk_back(Query& query, const Values* from, std::int64_t limit, std::int64_t total) {
    auto places = query.walk(Order::Walk::backward, from, limit, total);
    std::reverse(places.begin(), places.end());
    return {std::move(places)};
}

// The last page as one comes to it from the first: it may be short.
Found last_page(Query& query, std::int64_t limit, std::int64_t total) {
    const auto rows = total % limit == 0 ? limit : total % limit;
    auto found = walk_back(query, nullptr, rows, total);
    found.first_row = total - rows + 1;
    return found;
}

Found find_places(Query& query, const Cursor* cursor, std::int64_t limit, std::int64_t total) {
    if (cursor == nullptr) return first_page(query, limit, total);
    if (cursor->way == Cursor::Way::last) return last_page(query, limit, total);
    Found found;
    if (cursor->way == Cursor::Way::next) {
        found = {query.walk(Order::Walk::forward, &cursor->place, limit, total)};
        // Nobody is behind that place any more: what is left is the last page.
        if (found.places.empty()) return last_page(query, limit, total);
    } else {
        found = walk_back(query, &cursor->place, limit, total);
        // A short page before this one would be a short first page.
        if (std::ssize(found.places) < limit) return first_page(query, limit, total);
    }
    found.first_row = query.count_before(found.places.front()) + 1;
    return found;
}

// The same out of all places found.
Found find_places(const std::vector<Values>& all, const Order& order, const Cursor* cursor,
                  std::int64_t limit) {
    const auto total = std::ssize(all);
    const auto before = [&](const Values& a, const Values& b) { return order.comes_before(a, b); };
    std::int64_t first = 0;
    if (cursor != nullptr) {
        const auto last = (total - 1) / limit * limit;
        if (cursor->way == Cursor::Way::last) {
            first = last;
        } else if (cursor->way == Cursor::Way::next) {
            first = std::upper_bound(all.begin(), all.end(), cursor->place, before) - all.begin();
            if (first == total) first = last;
        } else {
            first = std::lower_bound(all.begin(), all.end(), cursor->place, before) - all.begin() - limit;
            first = std::max<std::int64_t>(first, 0);
        }
    }
    const auto end = std::min(first + limit, total);
    return {{all.begin() + first, all.begin() + end}, first + 1};
}

boost::json::array read_items(Transaction& tx, const Context& context, const Request& request,
                              const std::vector<Values>& places, const core::Actor& actor) {
    std::vector<const core::Field*> fields{&context.catalogue.get("id"), &context.catalogue.get("version")};
    for (const auto* column : request.columns)
        if (column != fields[0] && column != fields[1]) fields.push_back(column);
    const core::RecordReader reader(context.catalogue, fields, actor, shop_day(context.clock()));
    core::Masters masters(tx);
    reader.prepare(masters);

    std::vector<std::int64_t> ids;
    std::unordered_map<std::int64_t, std::size_t> positions;
    for (const auto& place : places) {
        positions.emplace(id_of(place), ids.size());
        ids.push_back(id_of(place));
    }
    std::vector<boost::json::object> objects(ids.size());
    const auto sql = Sql{}
                         .add("SELECT " + reader.columns() + ", c.id FROM customer c WHERE c.id IN ")
                         .add(list_of(tx.engine(), ids));
    tx.query(sql.text, sql.values, [&](const storage::Row& row) {
        objects[positions.at(row.integer(row.columns() - 1))] = reader.read(row, masters);
    });
    boost::json::array items;
    for (auto& object : objects) items.push_back(std::move(object));
    return items;
}

}  // namespace

Page find(const Context& context, const Request& request, const core::Actor& actor,
          const storage::ReadLimits& limits) {
    require_visible(request.condition, request.sort, actor);
    return read(context, limits, [&](Transaction& tx) {
        const Order order(tx.engine(), request.sort);
        std::optional<Cursor> cursor;
        if (!request.cursor.empty()) cursor = parse_cursor(request.cursor, order);
        const auto plan = compile(tx, context.catalogue, request.condition, actor, shop_day(context.clock()));
        Query query(tx, plan, order);
        Page page;
        const auto few = request.limit == 0 ? std::nullopt : query.find_few();
        page.total = few ? std::ssize(*few) : query.count();
        if (request.limit == 0 || page.total == 0) return page;

        const auto* from = cursor ? &*cursor : nullptr;
        const auto [places, first_row] = few ? find_places(*few, order, from, request.limit)
                                             : find_places(query, from, request.limit, page.total);
        page.items = read_items(tx, context, request, places, actor);
        page.first_row = first_row;
        if (first_row > 1)
            page.previous_cursor = format_cursor({Cursor::Way::previous, places.front()}, order);
        if (first_row + std::ssize(places) <= page.total)
            page.next_cursor = format_cursor({Cursor::Way::next, places.back()}, order);
        return page;
    });
}

std::int64_t count(const Context& context, const core::Condition& condition, const core::Actor& actor,
                   const storage::ReadLimits& limits) {
    require_visible(condition, {}, actor);
    return read(context, limits, [&](Transaction& tx) {
        const auto plan = compile(tx, context.catalogue, condition, actor, shop_day(context.clock()));
        return Query(tx, plan, Order(tx.engine(), {})).count();
    });
}

void refuse_superseded() {
    throw Refused(
        {ProblemKind::conflict,
         "count.superseded",
         {"新しい件数の計算を始めたため中止しました。", "A newer count of this session took its place."}});
}

std::vector<std::int64_t> counts(const Context& context, const std::vector<core::Condition>& conditions,
                                 const core::Actor& actor, const storage::ReadLimits& limits,
                                 const std::function<void(Transaction&)>& first) {
    for (const auto& condition : conditions) require_visible(condition, {}, actor);
    try {
        return read(context, limits, [&](Transaction& tx) {
            if (first) first(tx);
            std::vector<std::int64_t> result;
            for (const auto& condition : conditions) {
                const auto plan = compile(tx, context.catalogue, condition, actor, shop_day(context.clock()));
                result.push_back(Query(tx, plan, Order(tx.engine(), {})).count());
            }
            return result;
        });
    } catch (const Refused&) {
        if (limits.stop.stop_requested()) refuse_superseded();
        throw;
    }
}

std::vector<CustomerId> ids(const Context& context, const core::Condition& condition,
                            const std::vector<SortBy>& sort, const core::Actor& actor,
                            const storage::ReadLimits& limits) {
    require_visible(condition, sort, actor);
    return read(context, limits, [&](Transaction& tx) {
        const auto plan = compile(tx, context.catalogue, condition, actor, shop_day(context.clock()));
        std::vector<CustomerId> found;
        const Order order(tx.engine(), sort);
        Query(tx, plan, order).for_each("c.id", [&](const storage::Row& row) {
            found.push_back({row.integer(0)});
        });
        return found;
    });
}

void for_each(const Context& context, const core::Condition& condition, const std::vector<SortBy>& sort,
              const std::vector<const core::Field*>& columns, const core::Actor& actor,
              const EachCustomer& each, const storage::ReadLimits& limits) {
    require_visible(condition, sort, actor);
    read(context, limits, [&](Transaction& tx) {
        const auto today = shop_day(context.clock());
        const auto plan = compile(tx, context.catalogue, condition, actor, today);
        const core::RecordReader reader(context.catalogue, columns, actor, today);
        core::Masters masters(tx);
        reader.prepare(masters);
        const Order order(tx.engine(), sort);
        Query(tx, plan, order).for_each(reader.columns() + ", c.id", [&](const storage::Row& row) {
            each(row, reader, masters);
        });
    });
}

}  // namespace otokui::search
