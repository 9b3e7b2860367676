#include "timeline/service.hpp"

#include <algorithm>
#include <charconv>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/notes.hpp"
#include "core/settings.hpp"

namespace otokui::timeline {
namespace {

using core::TimelineItem;
using core::TimelinePlace;
using core::TimelineSource;

// Where the page before ended.
struct Place {
    TimelinePlace place;
    std::string kind;
};

// "1795309200000_12_order"
std::optional<Place> parse_cursor(const std::string& cursor) {
    if (cursor.empty()) return std::nullopt;
    const char* next = cursor.data();
    const char* const end = next + cursor.size();
    const auto number = [&] {
        std::int64_t value = 0;
        const auto [stop, error] = std::from_chars(next, end, value);
        if (error != std::errc() || stop == end || *stop != '_') core::refuse_cursor();
        next = stop + 1;
        return value;
    };
    Place place;
    place.place.at = {number()};
    place.place.id = number();
    place.kind.assign(next, end);
    return place;
}

std::string format_cursor(const TimelineItem& item, const std::string& kind) {
    return std::to_string(item.at.milliseconds) + "_" + std::to_string(item.id) + "_" + kind;
}

std::vector<const TimelineSource*> sources_for(storage::Transaction& tx, const core::Registry& registry,
                                               const core::Actor& actor) {
    std::vector<const TimelineSource*> sources;
    for (const auto& source : registry.timeline())
        if (actor.may(source.right) &&
            (source.feature.empty() || core::settings::is_on(tx, registry, source.feature)))
            sources.push_back(&source);
    return sources;
}

void refuse_unknown_kinds(const core::Registry& registry, const std::vector<std::string>& kinds) {
    for (const auto& kind : kinds)
        if (std::ranges::find(registry.timeline(), kind, &TimelineSource::kind) == registry.timeline().end())
            throw Refused({ProblemKind::invalid,
                           "query.invalid",
                           {"絞り込みの値が正しくありません。", "A value of the filter is not known."},
                           {{"/kinds", "not_a_choice"}}});
}

// Of what stands at the very place where the page before ended, kinds behind that page's last one are still
// to come.
std::optional<TimelinePlace> begin_of(const TimelineSource& source, const std::optional<Place>& ended) {
    if (!ended) return std::nullopt;
    auto place = ended->place;
    if (source.kind > ended->kind && place.id < std::numeric_limits<std::int64_t>::max()) ++place.id;
    return place;
}

struct Found {
    TimelineItem item;
    const TimelineSource* source;
};

bool is_newer(const Found& a, const Found& b) {
    if (a.item.at.milliseconds != b.item.at.milliseconds)
        return a.item.at.milliseconds > b.item.at.milliseconds;
    if (a.item.id != b.item.id) return a.item.id > b.item.id;
    return a.source->kind < b.source->kind;
}

boost::json::value text_or_null(const std::string& text) {
    return text.empty() ? boost::json::value() : boost::json::value(text);
}

boost::json::object to_json(const Found& found, const core::Actor& actor) {
    const auto& item = found.item;
    return {
        {"kind", found.source->kind},
        {"id", std::to_string(item.id)},
        {"at", format_moment(item.at)},
        {"title", json::labels(item.title)},
        {"detail", text_or_null(core::without_mails(item.detail, actor))},
        {"number", text_or_null(item.number)},
        {"operation", text_or_null(item.operation ? std::to_string(item.operation.value) : std::string())}};
}

}  // namespace

Page list(core::Journal& journal, const core::Actor& actor, CustomerId customer,
          const std::vector<std::string>& kinds, const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto& registry = journal.registry();
    refuse_unknown_kinds(registry, kinds);
    const auto ended = parse_cursor(cursor);
    const auto most = static_cast<std::size_t>(limit);
    return journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        Page page;
        std::vector<Found> found;
        for (const auto* source : sources_for(tx, registry, actor)) {
            page.kinds.push_back(
                boost::json::object{{"kind", source->kind}, {"label", json::labels(source->label)}});
            if (!kinds.empty() && std::ranges::find(kinds, source->kind) == kinds.end()) continue;
            for (auto& item : source->list(tx, actor, customer.value, begin_of(*source, ended), most + 1))
                found.push_back({std::move(item), source});
        }
        std::ranges::sort(found, is_newer);
        const bool has_more = found.size() > most;
        if (has_more) found.resize(most);
        for (const auto& one : found) page.items.push_back(to_json(one, actor));
        if (has_more) page.next_cursor = format_cursor(found.back().item, found.back().source->kind);
        return page;
    });
}

}  // namespace otokui::timeline
