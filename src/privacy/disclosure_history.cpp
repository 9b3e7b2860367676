#include "privacy/disclosure_history.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <vector>

#include "base/text_json.hpp"

namespace otokui::privacy {
namespace {

using boost::json::object;

struct Stored {
    std::int64_t at = 0;
    std::string kind, table;
    object before, after;
};

}  // namespace

boost::json::array disclosed_history(storage::Transaction& tx, Words& words, const core::Registry& registry,
                                     std::int64_t customer) {
    std::vector<Stored> all;
    tx.query(
        "SELECT o.at, o.kind, c.table_name, c.old_values, c.new_values FROM change c JOIN operation o ON "
        "o.id = c.operation_id WHERE c.customer_id = ? ORDER BY c.id",
        {customer}, [&](const storage::Row& row) {
            const auto values = [&](int column) {
                return row.is_null(column) ? object() : boost::json::parse(row.text(column)).as_object();
            };
            all.push_back(
                {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), values(3), values(4)});
        });
    boost::json::array history;
    for (const auto& change : all) {
        const auto* table = registry.find(change.table);
        history.push_back(object{
            {"at", format_moment({change.at})},
            {"labels", json::labels(registry.kind(change.kind).label)},
            {"of", json::labels(table ? table->label : Text{})},
            {"changes", table ? words.changes(*table, change.before, change.after) : boost::json::array()}});
    }
    return history;
}

}  // namespace otokui::privacy
