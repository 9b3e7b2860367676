#include "level/store.hpp"

#include <algorithm>

#include "core/settings.hpp"
#include "level/types.hpp"

namespace otokui::level::store {
namespace {

using storage::Row;
using storage::Value;

// Whose level is judged: a fixed one wins over the rule (「会員レベルを自動で判定しない」). Spelled so that
// no index of facts is of use: members are read in the order of their ids, a stretch at a time.
constexpr std::string_view kJudged = "status = 'member' AND COALESCE(deleted_at, 0) = 0 AND level_fixed = 0";

std::optional<std::int64_t> number_at(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

// Levels mostly share a period: each is summed up once.
struct Sums {
    std::vector<std::optional<Moment>> from;   // the periods
    std::vector<std::size_t> period_of_level;  // position in `from`
    std::string columns;                       // two for each period
    storage::Values values;
};

Sums sums_of(const std::vector<Level>& levels, Day judged) {
    Sums sums;
    for (const auto& level : levels) {
        const auto from = period_of(level, judged).from;
        const auto known = std::ranges::find(sums.from, from);
        sums.period_of_level.push_back(static_cast<std::size_t>(known - sums.from.begin()));
        if (known == sums.from.end()) sums.from.push_back(from);
    }
    for (const auto& from : sums.from) {
        const auto start = from ? from->milliseconds : std::int64_t{0};
        sums.columns +=
            ", COALESCE(CAST(sum(CASE WHEN o.ordered_at >= ? THEN o.total ELSE 0 END) AS BIGINT), 0), "
            "COALESCE(CAST(sum(CASE WHEN o.ordered_at >= ? THEN 1 ELSE 0 END) AS BIGINT), 0)";
        sums.values.insert(sums.values.end(), {start, start});
    }
    return sums;
}

std::vector<Figures> read_figures(const Row& row, const Sums& sums, int first) {
    std::vector<Figures> figures;
    for (const auto period : sums.period_of_level) {
        const int column = first + static_cast<int>(period) * 2;
        figures.push_back({row.integer(column), row.integer(column + 1)});
    }
    return figures;
}

Schedule::Every every_of(std::string_view code) {
    using Every = Schedule::Every;
    for (const auto& [name, every] :
         {std::pair("day", Every::day), std::pair("month", Every::month),
          std::pair("quarter", Every::quarter), std::pair("half_year", Every::half_year),
          std::pair("year", Every::year)})
        if (code == name) return every;
    return Every::never;
}

}  // namespace

std::vector<Level> read_levels(storage::Transaction& tx) {
    std::vector<Level> levels;
    tx.query(
        "SELECT id, name, position, minimum_total, minimum_count, match, look_back_months FROM member_level",
        {}, [&](const Row& row) {
            levels.push_back({.id = row.integer(0),
                              .name = std::string(row.text(1)),
                              .position = row.integer(2),
                              .minimum_total = number_at(row, 3),
                              .minimum_count = number_at(row, 4),
                              .any = row.text(5) == "any",
                              .look_back_months = number_at(row, 6)});
        });
    sort_by_rank(levels);
    return levels;
}

Rules read_rules(storage::Transaction& tx, const core::Registry& registry) {
    const auto values = core::settings::read(tx, registry, kSettings);
    return {.downgrade = values.flag("allow_downgrade") ? Downgrade::allowed : Downgrade::never,
            .schedule = {.every = every_of(values.choice("schedule")),
                         .day = static_cast<int>(values.integer("day")),
                         .month = static_cast<int>(values.integer("month"))}};
}

std::vector<Member> read_members(storage::Transaction& tx, const std::vector<Level>& levels, Day judged,
                                 std::int64_t above, std::int64_t most) {
    const auto sums = sums_of(levels, judged);
    auto values = sums.values;
    values.insert(values.end(), {above, most, start_of(judged).milliseconds});
    std::vector<Member> members;
    tx.query("SELECT c.id, c.level_id" + sums.columns +
                 " FROM (SELECT id, level_id FROM customer WHERE id > ? AND " + std::string(kJudged) +
                 " ORDER BY id LIMIT ?) c LEFT JOIN orders o ON o.customer_id = c.id AND o.payment_status = "
                 "'captured' AND o.ordered_at < ? GROUP BY c.id, c.level_id ORDER BY c.id",
             values, [&](const Row& row) {
                 members.push_back({row.integer(0), number_at(row, 1), read_figures(row, sums, 2)});
             });
    return members;
}

std::int64_t count_members(storage::Transaction& tx) {
    return tx.find_integer("SELECT count(*) FROM customer WHERE " + std::string(kJudged)).value();
}

std::vector<Figures> figures_of(storage::Transaction& tx, const std::vector<Level>& levels, Day judged,
                                CustomerId customer) {
    const auto sums = sums_of(levels, judged);
    auto values = sums.values;
    values.insert(values.end(), {customer.value, start_of(judged).milliseconds});
    std::vector<Figures> figures;
    tx.query(
        "SELECT 0" + sums.columns +
            " FROM orders o WHERE o.customer_id = ? AND o.payment_status = 'captured' AND o.ordered_at < ?",
        values, [&](const Row& row) { figures = read_figures(row, sums, 1); });
    return figures;
}

namespace {

std::vector<Move> find_moves(storage::Transaction& tx, std::string_view condition,
                             std::initializer_list<Value> values) {
    std::vector<Move> moves;
    tx.query(
        "SELECT id, customer_id, from_level, to_level, total, purchases, outcome FROM level_move WHERE "
        "job_id = ? AND customer_id > ?" +
            std::string(condition),
        values, [&](const storage::Row& row) {
            moves.push_back({.id = row.integer(0),
                             .customer = row.integer(1),
                             .from = number_at(row, 2),
                             .to = number_at(row, 3),
                             .figures = {row.integer(4), row.integer(5)},
                             .outcome = std::string(row.text(6))});
        });
    return moves;
}

}  // namespace

std::vector<Move> read_moves(storage::Transaction& tx, JobId plan, std::int64_t above, std::int64_t most) {
    return find_moves(tx, " ORDER BY customer_id LIMIT ?", {plan.value, above, most});
}

std::vector<Move> moves_between(storage::Transaction& tx, JobId plan, std::int64_t above, std::int64_t last) {
    return find_moves(tx, " AND customer_id <= ? ORDER BY customer_id", {plan.value, above, last});
}

}  // namespace otokui::level::store
