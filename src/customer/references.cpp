#include "customer/references.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "core/id_set.hpp"

// Sets of master rows stand in one column, where no foreign key can watch over them. So whoever writes an id
// first takes hold of its row, and whoever removes a row locks it before he looks who holds it
// (core::Writer::find): one of the two waits and then sees what the other did. SQLite has one writer.
namespace otokui::customer {
namespace {

using storage::Value;

std::vector<std::int64_t> ids_in(const Value& value) {
    if (const auto* id = std::get_if<std::int64_t>(&value)) return {*id};
    const auto* text = std::get_if<std::string>(&value);
    return text && !text->empty() ? core::parse_set(*text) : std::vector<std::int64_t>();
}

std::vector<std::int64_t> new_ids(const core::RowChange& change, std::size_t column) {
    const auto& after = change.after->values[column];
    if (!change.before) return ids_in(after);
    const auto& before = change.before->values[column];
    if (before == after) return {};
    const auto had = ids_in(before), has = ids_in(after);
    std::vector<std::int64_t> added;
    std::ranges::set_difference(has, had, std::back_inserter(added));
    return added;
}

bool hold(storage::Transaction& tx, const std::string& master, std::int64_t id) {
    const char* lock = tx.engine() == storage::Engine::postgres ? " FOR KEY SHARE" : "";
    return tx.find_integer("SELECT id FROM " + master + " WHERE id = ?" + lock, {id}).has_value();
}

}  // namespace

std::vector<core::GoneReference> find_gone(const core::Catalogue& catalogue, const core::Table& table,
                                           storage::Transaction& tx,
                                           const std::vector<core::RowChange>& changes) {
    std::vector<core::GoneReference> gone;
    for (const auto& field : catalogue.fields()) {
        if (field.master.empty() || field.column.empty()) continue;
        const auto column = table.column(field.column);
        // In the order of their ids, so that two who hold several wait for each other instead of for ever.
        std::map<std::int64_t, std::vector<std::int64_t>> rows_by_id;
        for (const auto& change : changes)
            if (change.after)
                for (const auto id : new_ids(change, column)) rows_by_id[id].push_back(change.id);
        for (const auto& [id, rows] : rows_by_id)
            if (!hold(tx, field.master, id))
                for (const auto row : rows) gone.push_back({row, field.column});
    }
    return gone;
}

}  // namespace otokui::customer
