#include "access/store.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "access/id_list.hpp"
#include "access/unusual.hpp"

namespace otokui::access::store {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Value;
using storage::Values;

constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();
// Entries are numbered as they are written, and so nearly in the order of time: a clock that was set back, or
// differs between servers, is wrong by at most this. Milliseconds.
constexpr std::int64_t kSlack = 60LL * 60 * 1000;

constexpr std::string_view kColumns =
    "e.id, e.at, e.last_at, e.times, e.kind, e.fields, e.customer_count, COALESCE(e.customer_id, 0), "
    "COALESCE(c.number, ''), COALESCE(e.staff_id, 0), COALESCE(e.token_id, 0), e.actor, e.ip, e.screen, "
    "COALESCE(e.search_id, 0), COALESCE(e.job_id, 0), e.digest";
constexpr std::string_view kFrom = " FROM access_entry e LEFT JOIN customer c ON c.id = e.customer_id ";

Value id_or_null(std::int64_t id) { return id == 0 ? Value() : Value(id); }

Entry read_entry(const Row& row) {
    Entry entry{.id = row.integer(0),
                .at = {row.integer(1)},
                .last_at = {row.integer(2)},
                .times = row.integer(3),
                .kind = std::string(row.text(4)),
                .fields = static_cast<int>(row.integer(5)),
                .count = row.integer(6),
                .customer = {row.integer(7)},
                .customer_number = std::string(row.text(8)),
                .actor = {},
                .search = row.integer(14),
                .job = row.integer(15),
                .digest = std::string(row.text(16))};
    entry.actor.staff = {row.integer(9)};
    entry.actor.token = row.integer(10);
    entry.actor.name = row.text(11);
    entry.actor.ip = row.text(12);
    entry.actor.screen = row.text(13);
    return entry;
}

// Of the first entry at or after the moment, by the index on time.
std::optional<std::int64_t> first_at(Transaction& tx, Moment moment) {
    return tx.find_integer("SELECT id FROM access_entry WHERE at >= ? ORDER BY at, id LIMIT 1",
                           {moment.milliseconds});
}

// The lowest id of the entries since a moment, and the highest of those before one. Looks at an hour of the
// index on time, from the first entry on, which is as far as clocks may be wrong.
std::int64_t lowest_id(Transaction& tx, Moment from) {
    const auto first = tx.find_integer("SELECT min(at) FROM access_entry WHERE at >= ?", {from.milliseconds});
    if (!first) return kNone;
    return tx
        .find_integer("SELECT min(id) FROM access_entry WHERE at >= ? AND at <= ?",
                      {from.milliseconds, *first + kSlack})
        .value();
}
std::int64_t highest_id(Transaction& tx, Moment before) {
    const auto last = tx.find_integer("SELECT max(at) FROM access_entry WHERE at < ?", {before.milliseconds});
    if (!last) return 0;
    return tx
        .find_integer("SELECT max(id) FROM access_entry WHERE at < ? AND at >= ?",
                      {before.milliseconds, *last - kSlack})
        .value();
}

// A condition over access_entry e, all of it by AND.
struct Where {
    std::string text;
    Values values;
    void add(std::string_view condition, std::initializer_list<Value> more) {
        text += (text.empty() ? "WHERE " : " AND ") + std::string(condition);
        values.insert(values.end(), more);
    }
};

// Kinds of which there are few are found by their index; of the common ones a member of staff has fewer than
// the shop. Only SQLite must be told: "+" hides a column from its indexes.
bool is_common(std::string_view kind) { return kind == "search" || kind == "open"; }

Where where_of(Transaction& tx, const Filter& filter) {
    Where where;
    const bool by_kind = !filter.kind.empty() && !is_common(filter.kind);
    const bool sqlite = tx.engine() == storage::Engine::sqlite;
    if (filter.staff)
        where.add(sqlite && by_kind ? "+e.staff_id = ?" : "e.staff_id = ?", {filter.staff->value});
    if (!filter.kind.empty())
        where.add(sqlite && filter.staff && !by_kind ? "+e.kind = ?" : "e.kind = ?", {filter.kind});
    if (!filter.ip.empty()) where.add("e.ip = ?", {filter.ip});
    // The ids make it quick, the times exact.
    if (filter.from) {
        where.add(sqlite ? "+e.at >= ?" : "e.at >= ?", {filter.from->milliseconds});
        where.add("e.id >= ?", {lowest_id(tx, *filter.from)});
    }
    if (filter.before) {
        where.add(sqlite ? "+e.at < ?" : "e.at < ?", {filter.before->milliseconds});
        where.add("e.id <= ?", {highest_id(tx, *filter.before)});
    }
    return where;
}

std::vector<Entry> read_entries(Transaction& tx, const Where& where, int limit) {
    std::vector<Entry> entries;
    auto values = where.values;
    values.emplace_back(std::int64_t{limit});
    tx.query(
        "SELECT " + std::string(kColumns) + std::string(kFrom) + where.text + " ORDER BY e.id DESC LIMIT ?",
        values, [&](const Row& row) { entries.push_back(read_entry(row)); });
    return entries;
}

// Ids of entries with the customer on their page that are not in the index yet, newest first.
std::vector<std::int64_t> pages_not_indexed(Transaction& tx, Where where, std::int64_t above,
                                            std::int64_t customer, int limit) {
    where.add("e.id > ?", {above});
    where.add("e.page_ids IS NOT NULL", {});
    std::vector<std::int64_t> found;
    tx.query("SELECT e.id, e.page_ids FROM access_entry e " + where.text + " ORDER BY e.id DESC",
             where.values, [&](const Row& row) {
                 if (std::ssize(found) == limit) return;
                 if (std::ranges::binary_search(unpack(row.bytes(1)), customer))
                     found.push_back(row.integer(0));
             });
    return found;
}

// The same of those in the index, stretch by stretch from the newest.
void add_pages_indexed(Transaction& tx, const Where& where, std::int64_t below, std::int64_t customer,
                       int limit, std::vector<std::int64_t>& found) {
    const auto newest = std::min(below - 1, indexed_up_to(tx));
    const auto oldest = tx.find_integer("SELECT min(stretch) FROM access_shown").value_or(kNone);
    const std::string sql =
        "SELECT e.id FROM access_shown s JOIN access_entry e ON e.id = s.entry_id " +
        (where.text.empty() ? "WHERE " : where.text + " AND ") +
        "s.stretch = ? AND s.customer_id = ? AND s.entry_id < ? ORDER BY s.entry_id DESC LIMIT ?";
    for (auto stretch = newest >> kStretchBits; stretch >= oldest && std::ssize(found) < limit; --stretch) {
        auto values = where.values;
        values.insert(values.end(), {stretch, customer, below, std::int64_t{limit} - std::ssize(found)});
        tx.query(sql, values, [&](const Row& row) { found.push_back(row.integer(0)); });
    }
}

std::vector<Entry> list_of_customer(Transaction& tx, const Filter& filter, std::int64_t below, int limit) {
    const auto customer = filter.customer->value;
    const auto where = where_of(tx, filter);
    auto narrowed = where;
    narrowed.add("e.id < ?", {below});
    auto pages = pages_not_indexed(tx, narrowed, indexed_up_to(tx), customer, limit);
    add_pages_indexed(tx, where, below, customer, limit, pages);

    auto opened = narrowed;
    opened.add("e.customer_id = ?", {customer});
    auto entries = read_entries(tx, opened, limit);
    for (const auto id : pages) entries.push_back(find(tx, id).value());
    std::ranges::sort(entries, std::ranges::greater(), &Entry::id);
    if (std::ssize(entries) > limit) entries.resize(static_cast<std::size_t>(limit));
    return entries;
}

// The first rows in the order of their ids that are older; they are few at a time, so that nobody waits.
std::vector<std::int64_t> oldest(Transaction& tx, std::string_view table, std::string_view moment,
                                 Moment before) {
    constexpr std::int64_t kAtOnce = 500;
    std::vector<std::int64_t> ids;
    tx.query("SELECT id, " + std::string(moment) + " FROM " + std::string(table) + " ORDER BY id LIMIT ?",
             {kAtOnce}, [&](const Row& row) {
                 if (row.integer(1) < before.milliseconds) ids.push_back(row.integer(0));
             });
    return ids;
}

// Of stretches whose entries are all gone, some thousand lines.
bool remove_index(core::Writer& writer) {
    constexpr std::int64_t kAtOnce = 2'000;
    auto& tx = writer.tx();
    const auto first = tx.find_integer("SELECT min(id) FROM access_entry");
    const auto stretch = tx.find_integer("SELECT min(stretch) FROM access_shown");
    if (!stretch || (first && *stretch >= *first >> kStretchBits)) return false;
    const auto upto = tx.find_integer(
        "SELECT customer_id FROM access_shown WHERE stretch = ? ORDER BY customer_id LIMIT 1 OFFSET ?",
        {*stretch, kAtOnce});
    writer.execute_unjournaled(writer.registry().get("access_shown"),
                               "DELETE FROM access_shown WHERE stretch = ? AND customer_id <= ?",
                               {*stretch, upto.value_or(kNone)});
    return true;
}

}  // namespace

std::int64_t first_since(Transaction& tx, Moment moment) { return first_at(tx, moment).value_or(kNone); }

std::optional<std::int64_t> find_visit(Transaction& tx, const Reading& reading, Moment since,
                                       std::int64_t lowest) {
    if (lowest == kNone) return std::nullopt;
    return tx.find_integer(
        "SELECT id FROM access_entry WHERE customer_id = ? AND id >= ? AND session = ? AND kind = ? AND "
        "at > ? ORDER BY id DESC LIMIT 1",
        {reading.customer.value, lowest, reading.session, reading.kind, since.milliseconds});
}

void each_taken_out(Transaction& tx, StaffId staff, std::span<const std::string_view> kinds, Moment since,
                    const std::function<void(const TakenOut&)>& each) {
    for (const auto kind : kinds) {
        const auto where = where_of(tx, {.staff = staff, .kind = std::string(kind), .from = since});
        tx.query("SELECT e.at, COALESCE(e.job_id, 0), e.customer_count * e.times FROM access_entry e " +
                     where.text,
                 where.values,
                 [&](const Row& row) { each({{row.integer(0)}, row.integer(1), row.integer(2)}); });
    }
}

std::int64_t latest_of(Transaction& tx, StaffId staff, const std::string& kind) {
    const auto where = where_of(tx, {.staff = staff, .kind = kind});
    std::int64_t latest = 0;
    tx.query("SELECT e.id FROM access_entry e " + where.text + " ORDER BY e.id DESC LIMIT 1", where.values,
             [&](const Row& row) { latest = row.integer(0); });
    return latest;
}

void count_again(core::Writer& writer, const std::map<std::int64_t, Again>& entries) {
    const auto& table = writer.registry().get("access_entry");
    for (const auto& [id, again] : entries)
        writer.execute_unjournaled(
            table, "UPDATE access_entry SET times = times + ?, last_at = ?, fields = fields | ? WHERE id = ?",
            {again.times, writer.now().milliseconds, std::int64_t{again.fields}, id});
}

void insert(core::Writer& writer, const std::vector<NewEntry>& entries) {
    if (entries.empty()) return;
    const auto& table = writer.registry().get("access_entry");
    std::vector<core::Record> records;
    for (const auto& [reading, times, fields, search] : entries) {
        core::Record record;
        for (const auto& column : table.columns) record.values.push_back(column.initial());
        const auto set = [&](std::string_view column, Value value) {
            record.values[table.column(column)] = std::move(value);
        };
        const auto now = writer.now().milliseconds;
        set("at", now);
        set("last_at", now);
        set("times", times);
        set("kind", reading->kind);
        set("fields", std::int64_t{fields});
        set("customer_count", reading->count);
        set("customer_id", id_or_null(reading->customer.value));
        if (!reading->page.empty()) set("page_ids", pack(reading->page));
        set("staff_id", id_or_null(reading->actor.staff.value));
        set("token_id", id_or_null(reading->actor.token));
        set("actor", reading->actor.name);
        set("session", reading->session);
        set("ip", reading->actor.ip);
        set("screen", reading->actor.screen);
        set("search_id", id_or_null(search));
        set("job_id", id_or_null(reading->job));
        set("digest", reading->digest);
        records.push_back(std::move(record));
    }
    writer.insert_many(table, records);
}

std::int64_t insert_search(core::Writer& writer, crypto::Bytes sealed) {
    return writer.insert(writer.registry().get("access_search"),
                         {{"content", std::move(sealed)}, {"created_at", writer.now().milliseconds}});
}

std::vector<Entry> list(Transaction& tx, const Filter& asked, std::int64_t below, int limit) {
    auto filter = asked;
    if (!filter.number.empty()) {
        const auto id = tx.find_integer("SELECT id FROM customer WHERE number = ?", {filter.number});
        if (!id || (filter.customer && filter.customer->value != *id)) return {};
        filter.customer = CustomerId{*id};
    }
    if (filter.customer) return list_of_customer(tx, filter, below, limit);
    auto where = where_of(tx, filter);
    where.add("e.id < ?", {below});
    return read_entries(tx, where, limit);
}

std::optional<Entry> find(Transaction& tx, std::int64_t id) {
    Where where;
    where.add("e.id = ?", {id});
    const auto found = read_entries(tx, where, 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<std::int64_t> page_of(Transaction& tx, std::int64_t id) {
    std::vector<std::int64_t> ids;
    tx.query("SELECT page_ids FROM access_entry WHERE id = ?", {id},
             [&](const Row& row) { ids = unpack(row.bytes(0)); });
    return ids;
}

std::optional<storage::Blob> find_search(Transaction& tx, std::int64_t id) {
    std::optional<storage::Blob> sealed;
    tx.query("SELECT content FROM access_search WHERE id = ?", {id},
             [&](const Row& row) { sealed = row.bytes(0); });
    return sealed;
}

std::int64_t each_search(Transaction& tx, std::int64_t above, std::int64_t most,
                         const std::function<void(std::int64_t, const storage::Blob&)>& each) {
    tx.query("SELECT id, content FROM access_search WHERE id > ? ORDER BY id LIMIT ?", {above, most},
             [&](const Row& row) {
                 above = row.integer(0);
                 each(above, row.bytes(1));
             });
    return above;
}

void replace_search(core::Writer& writer, std::int64_t id, crypto::Bytes sealed) {
    writer.execute_unjournaled(writer.registry().get("access_search"),
                               "UPDATE access_search SET content = ? WHERE id = ?", {std::move(sealed), id});
}

void for_each(Transaction& tx, const Filter& filter,
              const std::function<void(const Entry&, const storage::Blob& page)>& each) {
    const auto where = where_of(tx, filter);
    tx.query(
        "SELECT e.at, e.last_at, e.times, e.kind, e.fields, e.customer_count, COALESCE(e.customer_id, 0), "
        "e.page_ids FROM access_entry e " +
            where.text,
        where.values, [&](const Row& row) {
            Entry entry;
            entry.at = {row.integer(0)};
            entry.last_at = {row.integer(1)};
            entry.times = row.integer(2);
            entry.kind = row.text(3);
            entry.fields = static_cast<int>(row.integer(4));
            entry.count = row.integer(5);
            entry.customer = {row.integer(6)};
            each(entry, row.bytes(7));
        });
}

std::int64_t indexed_up_to(Transaction& tx) {
    return tx.find_integer("SELECT indexed_up_to FROM access_index WHERE id = 1").value_or(0);
}

bool index_next(core::Writer& writer, Moment before, int entries) {
    static constexpr std::array<std::string_view, 3> kIndexColumns{"stretch", "customer_id", "entry_id"};
    auto& tx = writer.tx();
    std::int64_t last = 0;
    std::vector<Values> rows;
    bool is_young = false;
    tx.query("SELECT id, at, page_ids FROM access_entry WHERE id > ? ORDER BY id LIMIT ?",
             {indexed_up_to(tx), std::int64_t{entries}}, [&](const Row& row) {
                 is_young = is_young || row.integer(1) >= before.milliseconds;
                 if (is_young) return;
                 last = row.integer(0);
                 for (const auto customer : unpack(row.bytes(2)))
                     rows.push_back({last >> kStretchBits, customer, last});
             });
    if (last == 0) return false;
    std::ranges::sort(rows);
    writer.index_insert_many("access_shown", kIndexColumns, rows);
    writer.execute_unjournaled(writer.registry().get("access_index"),
                               "INSERT INTO access_index (id, indexed_up_to) VALUES (1, ?) "
                               "ON CONFLICT (id) DO UPDATE SET indexed_up_to = excluded.indexed_up_to",
                               {last});
    return true;
}

bool remove_some(core::Writer& writer, Moment before) {
    bool found = false;
    const auto entries = oldest(writer.tx(), "access_entry", "at", before);
    for (const auto id : entries)
        writer.execute_unjournaled(writer.registry().get("access_entry"),
                                   "DELETE FROM access_entry WHERE id = ?", {id});
    found = !entries.empty();
    // An entry may refer to a search that is some time older than itself.
    const auto searches =
        oldest(writer.tx(), "access_search", "created_at", before + -std::chrono::hours(24));
    for (const auto id : searches)
        writer.execute_unjournaled(writer.registry().get("access_search"),
                                   "DELETE FROM access_search WHERE id = ?", {id});
    const bool index = remove_index(writer), alerts = remove_unusual(writer, before);
    return index || alerts || found || !searches.empty();
}

}  // namespace otokui::access::store
