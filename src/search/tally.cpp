#include "search/tally.hpp"

#include <algorithm>
#include <map>

namespace otokui::search {
namespace {

using storage::Value;
using storage::Values;

using Kinds = std::map<Values, std::int64_t>;

bool is_set(std::string_view tick) { return tick == "labels" || tick == "customer_groups"; }

std::string joined_ticks() {
    std::string text;
    for (const auto tick : kTicks) (text += ", ") += tick;
    return text;
}

Kinds read_kinds(storage::Transaction& tx, const std::string& sql) {
    Kinds kinds;
    tx.query(sql, {}, [&](const storage::Row& row) {
        Values kind;
        for (int i = 0; i + 1 < row.columns(); ++i) kind.push_back(row.value(i));
        kinds.emplace(std::move(kind), row.integer(row.columns() - 1));
    });
    return kinds;
}

}  // namespace

bool is_tick(std::string_view column) { return std::ranges::find(kTicks, column) != kTicks.end(); }

Tally::Tally(const core::Table& customers) : deleted_at_(customers.column("deleted_at")) {
    std::ranges::transform(kTicks, positions_.begin(),
                           [&](std::string_view tick) { return customers.column(tick); });
}

Values Tally::kind_of(const core::Record& record) const {
    Values kind{std::int64_t{!storage::is_null(record.values[deleted_at_])}};
    for (std::size_t i = 0; i < kTicks.size(); ++i) {
        const auto& value = record.values[positions_[i]];
        if (is_set(kTicks[i]))
            kind.emplace_back(std::string(std::get<std::string>(value).empty() ? "" : ","));
        else
            kind.push_back(value);
    }
    return kind;
}

// In the order of the kinds, so that two who share a slot cannot wait for each other.
void Tally::note(core::Writer& writer, const std::vector<core::RowChange>& changes) const {
    Kinds more;
    for (const auto& change : changes) {
        if (change.before) --more[kind_of(*change.before)];
        if (change.after) ++more[kind_of(*change.after)];
    }
    static_assert(kTicks.size() == 9);
    const auto kind_columns = "slot, deleted" + joined_ticks();
    const std::string slot =
        writer.tx().engine() == storage::Engine::postgres ? "pg_backend_pid() % 64" : "0";
    for (const auto& [kind, count] : more) {
        if (count == 0) continue;
        writer.index_execute("INSERT INTO customer_tally (" + kind_columns + ", customers) VALUES (" + slot +
                                 ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (" + kind_columns +
                                 ") DO UPDATE SET customers = customer_tally.customers + EXCLUDED.customers",
                             {kind[0], kind[1], kind[2], kind[3], kind[4], kind[5], kind[6], kind[7], kind[8],
                              kind[9], count});
    }
}

std::string counted_kinds() {
    std::string sql = "SELECT CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END AS deleted", by = "1";
    for (std::size_t i = 0; i < kTicks.size(); ++i) {
        const std::string tick(kTicks[i]);
        sql += ", " + (is_set(tick) ? "CASE WHEN " + tick + " = '' THEN '' ELSE ',' END AS " + tick : tick);
        by += ", " + std::to_string(i + 2);
    }
    return sql + ", count(*) FROM customer GROUP BY " + by;
}

bool tally_is_right(storage::Transaction& tx) {
    const auto ticks = joined_ticks();
    return read_kinds(tx, "SELECT deleted" + ticks +
                              ", CAST(sum(customers) AS BIGINT) FROM customer_tally GROUP BY deleted" +
                              ticks + " HAVING sum(customers) <> 0") == read_kinds(tx, counted_kinds());
}

}  // namespace otokui::search
