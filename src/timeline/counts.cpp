#include <algorithm>

#include "core/customer.hpp"
#include "core/settings.hpp"
#include "timeline/service.hpp"

// The numbers on the tabs of a customer's page. What features declared for conditions (core::Thing) says all
// that is needed to count it, so a new thing is counted by itself, and as often as {"has": …, "count": …}
// finds it.
namespace otokui::timeline {
namespace {

struct Counted {
    std::string key;
    std::string sql;  // a number, of one customer
};

// Delivery addresses and what was done are no things that conditions ask about.
std::vector<Counted> counted_by(const core::Catalogue& catalogue, const core::Actor& actor,
                                const std::vector<std::string>& features_on) {
    std::vector<Counted> all{{"address", "SELECT count(*) FROM customer_address WHERE customer_id = ?"}};
    if (actor.may("history.read"))
        all.push_back({"history",
                       "SELECT count(*) FROM (SELECT DISTINCT operation_id FROM change WHERE customer_id = "
                       "?) done"});
    for (const auto& thing : catalogue.things()) {
        const bool is_on = thing.feature.empty() || std::ranges::count(features_on, thing.feature) > 0;
        if (!is_on || !actor.may(thing.right)) continue;
        const auto& rows = thing.things.empty() ? thing.rows : thing.things;
        all.push_back({thing.key, "SELECT count(*) FROM " + rows + " WHERE " + thing.customer + " = ?"});
    }
    return all;
}

}  // namespace

boost::json::object count(core::Journal& journal, const core::Catalogue& catalogue, const core::Actor& actor,
                          CustomerId customer) {
    actor.require("customer.read");
    return journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        const auto counted =
            counted_by(catalogue, actor, core::settings::features_on(tx, journal.registry()));
        std::string sql;
        for (const auto& one : counted) sql += (sql.empty() ? "SELECT (" : ", (") + one.sql + ")";
        boost::json::object counts;
        tx.query(sql, storage::Values(counted.size(), customer.value), [&](const storage::Row& row) {
            for (std::size_t i = 0; i < counted.size(); ++i)
                counts[counted[i].key] = row.integer(static_cast<int>(i));
        });
        return counts;
    });
}

}  // namespace otokui::timeline
