#include "access/alerts.hpp"

#include "access/service.hpp"
#include "base/problem.hpp"
#include "core/id_cursor.hpp"

namespace otokui::access {
namespace {

constexpr std::string_view kRight = "access_log.read";

Unusual get_unusual(storage::Transaction& tx, std::int64_t id) {
    if (auto found = find_unusual(tx, id)) return *std::move(found);
    throw Refused({ProblemKind::not_found,
                   "access_alert.not_found",
                   {"この警告はありません。", "There is no such alert."}});
}

}  // namespace

boost::json::object alert_json(const Unusual& unusual) {
    return {{"id", std::to_string(unusual.id)},
            {"staff", std::to_string(unusual.staff.value)},
            {"name", unusual.actor},
            {"day", format_day(unusual.day)},
            {"at", format_moment(unusual.at)},
            {"entry", std::to_string(unusual.entry)},
            {"taken", unusual.taken},
            {"usual", unusual.usual},
            {"earlier_days", unusual.earlier_days},
            {"seen_at",
             unusual.seen_at ? boost::json::value(format_moment(*unusual.seen_at)) : boost::json::value()},
            {"seen_by", unusual.seen_at ? boost::json::value(unusual.seen_by) : boost::json::value()}};
}

Page list_alerts(const Context& context, const core::Actor& actor, Alerts which, const std::string& cursor,
                 int limit) {
    actor.require(kRight);
    const auto below = core::id_below(cursor);
    auto found = context.journal.database().read(
        [&](storage::Transaction& tx) { return list_unusual(tx, which, below, limit + 1); });
    Page page;
    if (std::ssize(found) > limit) {
        found.pop_back();
        page.next_cursor = std::to_string(found.back().id);
    }
    for (const auto& unusual : found) page.items.push_back(alert_json(unusual));
    return page;
}

boost::json::object mark_alert_seen(const Context& context, const core::Actor& actor, std::int64_t alert) {
    actor.require(kRight);
    return context.journal.housekeeping([&](core::Writer& writer) {
        get_unusual(writer.tx(), alert);
        mark_seen(writer, alert, actor);
        return alert_json(get_unusual(writer.tx(), alert));
    });
}

}  // namespace otokui::access
