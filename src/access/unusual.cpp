#include "access/unusual.hpp"

#include <algorithm>
#include <array>

#include "access/store.hpp"
#include "core/columns.hpp"

namespace otokui::access {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::array<std::string_view, 2> kTakingOut{"download", "disclosure"};

constexpr std::string_view kColumns =
    "SELECT id, staff_id, actor, day, at, entry_id, taken, usual, earlier_days, seen_at, seen_by FROM "
    "access_alert ";

Unusual read_unusual(const Row& row) {
    Unusual unusual{.id = row.integer(0),
                    .staff = {row.integer(1)},
                    .actor = std::string(row.text(2)),
                    .day = parse_day(row.text(3)).value(),
                    .at = {row.integer(4)},
                    .entry = row.integer(5),
                    .taken = row.integer(6),
                    .usual = row.integer(7),
                    .earlier_days = row.integer(8)};
    if (!row.is_null(9)) unusual.seen_at = Moment{row.integer(9)};
    unusual.seen_by = row.text(10);
    return unusual;
}

// What a person took out, by day.
std::map<Day, std::int64_t> taken_since(Transaction& tx, StaffId staff, Moment since) {
    std::map<Day, std::int64_t> days;
    std::map<std::pair<Day, std::int64_t>, std::int64_t>
        files;  // by day and job: a file fetched twice is one
    store::each_taken_out(tx, staff, kTakingOut, since, [&](const store::TakenOut& taken) {
        const auto day = shop_day(taken.at);
        if (taken.job == 0) {
            days[day] += taken.rows;
            return;
        }
        auto& known = files[{day, taken.job}];
        if (taken.rows <= known) return;
        days[day] += taken.rows - known;
        known = taken.rows;
    });
    return days;
}

// False when the day of the person has its alert already; then that follows what was taken since.
bool note(core::Writer& writer, const Unusual& unusual) {
    const auto& table = writer.registry().get("access_alert");
    const auto day = format_day(unusual.day);
    const auto id = writer.tx().allocate_ids("access_alert", 1).front();
    const auto added = writer.execute_unjournaled(
        table,
        "INSERT INTO access_alert (id, staff_id, day, at, actor, entry_id, taken, usual, earlier_days, "
        "seen_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT (staff_id, day) DO NOTHING",
        {id, unusual.staff.value, day, unusual.at.milliseconds, unusual.actor, unusual.entry, unusual.taken,
         unusual.usual, unusual.earlier_days});
    if (added > 0) return true;
    writer.execute_unjournaled(table, "UPDATE access_alert SET taken = ? WHERE staff_id = ? AND day = ?",
                               {unusual.taken, unusual.staff.value, day});
    return false;
}

}  // namespace

bool takes_out(std::string_view kind) { return std::ranges::find(kTakingOut, kind) != kTakingOut.end(); }

std::int64_t usual_of(std::span<const std::int64_t> days) {
    if (days.empty()) return kLeastUsual;
    std::vector<std::int64_t> sorted(days.begin(), days.end());
    // Of an even number the larger of the two in the middle.
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return std::max(*middle, kLeastUsual);
}

void judge(core::Writer& writer, const Reading& reading, const OnUnusual& tell) {
    if (!takes_out(reading.kind) || !reading.actor.staff) return;
    const auto today = shop_day(writer.now());
    auto days = taken_since(writer.tx(), reading.actor.staff, start_of(add_days(today, -kUsualDays)));
    Unusual unusual{.staff = reading.actor.staff,
                    .actor = reading.actor.name,
                    .day = today,
                    .at = writer.now(),
                    .taken = days[today],
                    .ip = reading.actor.ip};
    days.erase(today);
    std::vector<std::int64_t> earlier;
    for (const auto& [day, rows] : days) earlier.push_back(rows);
    unusual.usual = usual_of(earlier);
    unusual.earlier_days = std::ssize(earlier);
    if (unusual.taken < kUnusualTimes * unusual.usual) return;
    unusual.entry = store::latest_of(writer.tx(), reading.actor.staff, reading.kind);
    if (note(writer, unusual) && tell) tell(writer, unusual);
}

std::vector<Unusual> list_unusual(Transaction& tx, Alerts which, std::int64_t below, int limit) {
    const std::string unseen = which == Alerts::unseen ? "AND seen_at IS NULL " : "";
    std::vector<Unusual> found;
    tx.query(std::string(kColumns) + "WHERE id < ? " + unseen + "ORDER BY id DESC LIMIT ?",
             {below, std::int64_t{limit}}, [&](const Row& row) { found.push_back(read_unusual(row)); });
    return found;
}

std::optional<Unusual> find_unusual(Transaction& tx, std::int64_t id) {
    std::optional<Unusual> found;
    tx.query(std::string(kColumns) + "WHERE id = ?", {id},
             [&](const Row& row) { found = read_unusual(row); });
    return found;
}

void mark_seen(core::Writer& writer, std::int64_t id, const core::Actor& actor) {
    writer.execute_unjournaled(
        writer.registry().get("access_alert"),
        "UPDATE access_alert SET seen_at = ?, seen_by = ? WHERE id = ? AND seen_at IS NULL",
        {writer.now().milliseconds, actor.name, id});
}

std::map<std::int64_t, Unusual> unusual_of(Transaction& tx, std::span<const std::int64_t> entries) {
    std::map<std::int64_t, Unusual> found;
    if (entries.empty()) return found;
    const auto [lowest, highest] = std::ranges::minmax(entries);
    tx.query(std::string(kColumns) + "WHERE entry_id >= ? AND entry_id <= ? ORDER BY id", {lowest, highest},
             [&](const Row& row) {
                 auto unusual = read_unusual(row);
                 found.emplace(unusual.entry, std::move(unusual));
             });
    return found;
}

bool remove_unusual(core::Writer& writer, Moment before) {
    constexpr std::int64_t kAtOnce = 500;
    return writer.execute_unjournaled(
               writer.registry().get("access_alert"),
               "DELETE FROM access_alert WHERE id IN (SELECT id FROM access_alert WHERE "
               "at < ? ORDER BY id LIMIT ?)",
               {before.milliseconds, kAtOnce}) > 0;
}

void register_unusual_table(core::Registry& registry) {
    using core::columns::number;
    using core::columns::optional_number;
    using core::columns::text;
    registry.add({.name = "access_alert",
                  .label = {"通常より多い出力", "Unusual exports"},
                  .columns = {number("staff_id"), text("day"), number("at"), text("actor"),
                              number("entry_id"), number("taken"), number("usual"), number("earlier_days"),
                              optional_number("seen_at"), text("seen_by")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "made of the log of readings, deleted with it"});
}

}  // namespace otokui::access
