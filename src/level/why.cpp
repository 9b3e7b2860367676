#include <algorithm>

#include "core/customer.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"
#include "customer/last_change.hpp"
#include "level/service.hpp"
#include "level/store.hpp"

// 「なぜこのレベルか」: the rule and the rows that make it.
namespace otokui::level {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::int64_t kMostOrders = 20;

value number_json(const std::optional<std::int64_t>& number) { return number ? value(*number) : value(); }
value id_json(std::optional<std::int64_t> id) { return id ? value(std::to_string(*id)) : value(); }
value moment_json(std::optional<Moment> moment) { return moment ? value(format_moment(*moment)) : value(); }

struct Holder {
    std::optional<std::int64_t> held;
    bool is_fixed = false, is_member = false;
};

Holder get_holder(storage::Transaction& tx, CustomerId customer) {
    std::optional<Holder> found;
    tx.query("SELECT level_id, level_fixed, status FROM customer WHERE id = ?", {customer.value},
             [&](const storage::Row& row) {
                 found = Holder{row.is_null(0) ? std::nullopt : std::optional(row.integer(0)),
                                row.integer(1) != 0, row.text(2) == "member"};
             });
    if (!found) core::refuse_absent_customer();
    return *found;
}

boost::json::array levels_json(const std::vector<Level>& levels, const std::vector<Figures>& figures,
                               Day day) {
    boost::json::array all;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto& level = levels[i];
        const auto period = period_of(level, day);
        all.push_back(object{{"id", std::to_string(level.id)},
                             {"name", level.name},
                             {"minimum_total", number_json(level.minimum_total)},
                             {"minimum_count", number_json(level.minimum_count)},
                             {"match", level.any ? "any" : "all"},
                             {"look_back_months", number_json(level.look_back_months)},
                             {"from", moment_json(period.from)},
                             {"before", format_moment(period.before)},
                             {"total", figures[i].total},
                             {"count", figures[i].count},
                             {"fulfilled", is_fulfilled(level, figures[i])}});
    }
    return all;
}

// What the level above asks for and what is missing, by the rule that judges.
value next_json(const std::vector<Level>& levels, const std::vector<Figures>& figures,
                std::optional<std::size_t> judged, Day day) {
    const auto next = next_above(levels, judged);
    if (!next) return nullptr;
    const auto& level = levels[*next];
    boost::json::array needs;
    for (const auto& need : needs_of(level, figures[*next]))
        needs.push_back(object{{"what", need.what == Need::What::total ? "total" : "count"},
                               {"asked", need.asked},
                               {"has", need.has},
                               {"missing", need.missing()}});
    const auto from = period_of(level, day).from;
    return object{{"id", std::to_string(level.id)},
                  {"name", level.name},
                  {"match", level.any ? "any" : "all"},
                  {"from", moment_json(from)},
                  {"needs", std::move(needs)}};
}

// The newest orders that count for the level with the longest period.
value orders_json(storage::Transaction& tx, const core::Actor& actor, const std::vector<Level>& levels,
                  Day day, CustomerId customer) {
    if (!actor.may("order.read")) return nullptr;
    std::int64_t from = levels.empty() ? 0 : start_of(day).milliseconds;
    for (const auto& level : levels)
        from = std::min(from, period_of(level, day).from.value_or(Moment{0}).milliseconds);
    boost::json::array orders;
    tx.query(
        "SELECT id, number, ordered_at, total FROM orders WHERE customer_id = ? AND payment_status = "
        "'captured' AND "
        "ordered_at >= ? AND ordered_at < ? ORDER BY ordered_at DESC, id DESC LIMIT ?",
        {customer.value, from, start_of(day).milliseconds, kMostOrders}, [&](const storage::Row& row) {
            orders.push_back(object{{"id", std::to_string(row.integer(0))},
                                    {"number", row.text(1)},
                                    {"ordered_at", format_moment({row.integer(2)})},
                                    {"total", row.integer(3)}});
        });
    return orders;
}

}  // namespace

object why(const Context& context, const core::Actor& actor, CustomerId customer, std::optional<Day> day) {
    actor.require("customer.read");
    const auto today = shop_day(context.journal.now());
    const auto judged = day.value_or(today);
    return context.journal.database().read([&](storage::Transaction& tx) {
        const auto holder = get_holder(tx, customer);
        const auto levels = store::read_levels(tx);
        const auto rules = store::read_rules(tx, context.journal.registry());
        const auto figures = store::figures_of(tx, levels, judged, customer);
        core::Masters masters(tx);
        const auto name = [&](std::optional<std::int64_t> id) {
            return id ? value(masters.name("member_level", *id)) : value();
        };
        const bool is_judged = holder.is_member && !holder.is_fixed;
        const auto reached = judge(levels, figures, holder.held, rules.downgrade);
        std::optional<std::int64_t> would_be;
        if (holder.is_fixed)
            would_be = holder.held;
        else if (reached && is_judged)
            would_be = levels[*reached].id;
        const auto next = next_due(rules.schedule, add_days(today, 1));
        return object{
            {"level", id_json(holder.held)},
            {"level_name", name(holder.held)},
            {"is_member", holder.is_member},
            {"level_fixed", holder.is_fixed},
            {"date", format_day(judged)},
            {"would_be", id_json(would_be)},
            {"would_be_name", name(would_be)},
            {"next", is_judged ? next_json(levels, figures, reached, judged) : value()},
            {"allow_downgrade", rules.downgrade == Downgrade::allowed},
            {"next_judging", next ? value(format_day(*next)) : value()},
            {"levels", levels_json(levels, figures, judged)},
            {"orders", orders_json(tx, actor, levels, judged, customer)},
            {"set_by", customer::last_change_of(tx, context.journal.registry(), customer, "level_id")}};
    });
}

}  // namespace otokui::level
