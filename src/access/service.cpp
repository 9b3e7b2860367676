#include "access/service.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "access/alerts.hpp"
#include "access/id_list.hpp"
#include "access/store.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"

namespace otokui::access {
namespace {

constexpr std::array<std::string_view, 19> kKinds{
    "search", "open",   "reveal",   "edit",   "history", "addresses",  "orders",  "points", "mail",    "memo",
    "list",   "export", "download", "import", "log",     "disclosure", "consent", "coupon", "timeline"};
constexpr std::string_view kRight = "access_log.read";

constexpr std::int64_t kShortestDays = 365;
// A transaction that is older than this has ended: no entry with a lower id will appear any more.
constexpr std::chrono::milliseconds kSettled = std::chrono::minutes(2);
constexpr int kIndexedAtOnce = 200;  // entries of some fifty customers each: about 20 ms

boost::json::value id_or_null(std::int64_t id) {
    return id == 0 ? boost::json::value() : boost::json::value(std::to_string(id));
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

boost::json::array fields_json(int fields) {
    boost::json::array names;
    if ((fields & kPersonal) != 0) names.emplace_back("personal");
    if ((fields & kContact) != 0) names.emplace_back("contact");
    return names;
}

boost::json::object actor_json(const core::Actor& actor) {
    const char* kind = actor.token != 0                   ? "token"
                       : actor.staff                      ? "staff"
                       : actor.name.starts_with("shell:") ? "shell"
                                                          : "system";
    return {{"kind", kind},
            {"id", id_or_null(actor.staff.value)},
            {"name", actor.name},
            {"token", id_or_null(actor.token)}};
}

boost::json::object to_json(const Entry& entry, const std::map<std::int64_t, Unusual>& alerts) {
    const auto alert = alerts.find(entry.id);
    return {{"id", std::to_string(entry.id)},
            {"at", format_moment(entry.at)},
            {"last_at", format_moment(entry.last_at)},
            {"times", entry.times},
            {"kind", entry.kind},
            {"fields", fields_json(entry.fields)},
            {"customers", entry.count},
            {"customer", id_or_null(entry.customer.value)},
            {"customer_number", text_or_null(entry.customer_number)},
            {"actor", actor_json(entry.actor)},
            {"ip", text_or_null(entry.actor.ip)},
            {"screen", text_or_null(entry.actor.screen)},
            {"has_search", entry.search != 0},
            {"job", id_or_null(entry.job)},
            {"sha256", text_or_null(entry.digest)},
            {"alert", alert == alerts.end() ? boost::json::value() : alert_json(alert->second)}};
}

// Counts distinct customers of many pages in little more memory than there are customers.
class Persons {
public:
    void add(std::int64_t id) {
        ids_.push_back(id);
        if (ids_.size() >= compact_at_) compact();
    }
    std::int64_t count() {
        compact();
        return std::ssize(ids_);
    }

private:
    void compact() {
        std::ranges::sort(ids_);
        const auto twice = std::ranges::unique(ids_);
        ids_.erase(twice.begin(), twice.end());
        compact_at_ = std::max(kLeast, ids_.size() * 2);
    }
    static constexpr std::size_t kLeast = 1 << 16;
    std::vector<std::int64_t> ids_;
    std::size_t compact_at_ = kLeast;
};

struct Figures {
    std::int64_t entries = 0, times = 0, rows = 0;
    Persons persons = {};
};

class Summary {
public:
    void add(const Entry& entry, const storage::Blob& page) {
        const auto customers = unpack(page);
        for (auto* figures : {&all_, &kinds_[entry.kind]}) {
            ++figures->entries;
            figures->times += entry.times;
            if (entry.customer) figures->persons.add(entry.customer.value);
            for (const auto customer : customers) figures->persons.add(customer);
            if (entry.kind == "download" || entry.kind == "import") figures->rows += entry.count;
        }
        fields_ |= entry.fields;
        first_ = first_ ? std::min(*first_, entry.at) : entry.at;
        last_ = last_ ? std::max(*last_, entry.last_at) : entry.last_at;
    }
    boost::json::object json() {
        auto object = to_json(all_);
        boost::json::array kinds;
        for (auto& [kind, figures] : kinds_) {
            auto one = to_json(figures);
            one["kind"] = kind;
            kinds.push_back(std::move(one));
        }
        object["kinds"] = std::move(kinds);
        object["fields"] = fields_json(fields_);
        object["first_at"] = first_ ? boost::json::value(format_moment(*first_)) : boost::json::value();
        object["last_at"] = last_ ? boost::json::value(format_moment(*last_)) : boost::json::value();
        return object;
    }

private:
    static boost::json::object to_json(Figures& figures) {
        return {{"entries", figures.entries},
                {"times", figures.times},
                {"persons", figures.persons.count()},
                {"file_rows", figures.rows}};
    }
    Figures all_;
    std::map<std::string, Figures> kinds_;
    int fields_ = 0;
    std::optional<Moment> first_, last_;
};

std::int64_t days_kept(storage::Transaction& tx) {
    const auto content = tx.find_text("SELECT content FROM setting WHERE name = 'general'");
    if (!content) return kShortestDays;
    const auto settings = json::parse(*content).as_object();
    const auto* days = settings.if_contains("access_log_days");
    return days && days->is_int64() ? std::max(days->as_int64(), kShortestDays) : kShortestDays;
}

// The index against the pages it is made of: counts and sums tell a missing, a wrong and an additional line.
std::vector<std::string> verify_index(storage::Transaction& tx) {
    std::uint64_t lines = 0, customers = 0, entries = 0;
    const auto first = tx.find_integer("SELECT min(id) FROM access_entry").value_or(0);
    tx.query("SELECT id, page_ids FROM access_entry WHERE id <= ? AND page_ids IS NOT NULL",
             {store::indexed_up_to(tx)}, [&](const storage::Row& row) {
                 for (const auto customer : unpack(row.bytes(1))) {
                     ++lines;
                     customers += static_cast<std::uint64_t>(customer);
                     entries += static_cast<std::uint64_t>(row.integer(0));
                 }
             });
    tx.query("SELECT customer_id, entry_id FROM access_shown WHERE entry_id >= ?", {first},
             [&](const storage::Row& row) {
                 --lines;
                 customers -= static_cast<std::uint64_t>(row.integer(0));
                 entries -= static_cast<std::uint64_t>(row.integer(1));
             });
    if (lines == 0 && customers == 0 && entries == 0) return {};
    return {
        "閲覧記録の索引が記録と一致しません。 The index of the log of readings differs from its entries."};
}

}  // namespace

std::span<const std::string_view> kinds() { return kKinds; }
bool is_kind(std::string_view name) { return std::ranges::find(kKinds, name) != kKinds.end(); }

Page list(const Context& context, const core::Actor& actor, const Filter& filter, const std::string& cursor,
          int limit) {
    actor.require(kRight);
    const auto before = core::id_below(cursor);
    auto entries = context.journal.database().read(
        [&](storage::Transaction& tx) { return store::list(tx, filter, before, limit + 1); });
    Page page;
    if (std::ssize(entries) > limit) {
        entries.pop_back();
        page.next_cursor = std::to_string(entries.back().id);
    }
    std::vector<std::int64_t> ids;
    for (const auto& entry : entries) ids.push_back(entry.id);
    const auto alerts =
        context.journal.database().read([&](storage::Transaction& tx) { return unusual_of(tx, ids); });
    for (const auto& entry : entries) page.items.push_back(to_json(entry, alerts));
    return page;
}

boost::json::object get(const Context& context, const core::Actor& actor, std::int64_t id) {
    actor.require(kRight);
    return context.journal.database().read([&](storage::Transaction& tx) {
        const auto entry = store::find(tx, id);
        if (!entry)
            throw Refused({ProblemKind::not_found,
                           "access_log.not_found",
                           {"この記録はありません。", "There is no such entry."}});
        auto object = to_json(*entry, unusual_of(tx, std::array{id}));
        boost::json::array page;
        for (const auto customer : store::page_of(tx, id)) page.emplace_back(std::to_string(customer));
        object["page"] = std::move(page);
        object["asked"] = nullptr;
        if (const auto sealed = store::find_search(tx, entry->search);
            sealed && actor.may(core::kUnmaskedRight))
            object["asked"] = json::parse(context.keys.open_text(*sealed, store::kSealContext));
        return object;
    });
}

boost::json::object summarise(const Context& context, const core::Actor& actor, const Filter& filter) {
    actor.require(kRight);
    try {
        return context.journal.database().read(
            [&](storage::Transaction& tx) {
                Summary summary;
                store::for_each(tx, filter, [&](const Entry& entry, const storage::Blob& page) {
                    summary.add(entry, page);
                });
                return summary.json();
            },
            {.time = std::chrono::minutes(2)});
    } catch (const storage::Cancelled&) {
        throw Refused({ProblemKind::unavailable,
                       "access_log.too_slow",
                       {"集計に時間がかかりすぎました。期間かメンバーで絞ってください。",
                        "This took too long. Narrow it down to a period or a person."}});
    }
}

void index_pages(core::Journal& journal) {
    const auto next = [](core::Writer& writer) {
        return store::index_next(writer, writer.now() + -kSettled, kIndexedAtOnce);
    };
    while (journal.housekeeping(next, storage::Priority::background)) continue;
}

void remove_expired(core::Journal& journal) {
    const auto next = [](core::Writer& writer) {
        const auto age = std::chrono::hours(24 * days_kept(writer.tx()));
        return store::remove_some(writer, writer.now() + -std::chrono::milliseconds(age));
    };
    while (journal.housekeeping(next, storage::Priority::background)) continue;
}

void register_tables(core::Registry& registry) {
    store::register_tables(registry);
    registry.add_verification({"閲覧記録の索引", verify_index});
}

}  // namespace otokui::access
