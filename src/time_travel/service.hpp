#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/rewind.hpp"
#include "customer/service.hpp"

// 過去の状態: a customer as he stood at any moment since the first write, from the journal alone, and the way
// back for single fields.
namespace otokui::time_travel {

/// Values of derived columns of the customer (totals, balances) as they were, by column name.
using Figures = std::map<std::string, storage::Value, std::less<>>;
/// Fills in the columns a feature derives; leaves out what it cannot know.
using PastFigures =
    std::function<void(storage::Transaction&, const core::Registry&, CustomerId, const core::Cut&, Figures&)>;

struct Context {
    const customer::Context& customers;
    std::vector<PastFigures> figures;
};

/// What customer::get would have answered at `at`, and beside it `as_of`, `erased` (the person has been
/// erased: personal values are null) and `unknown` (keys whose value at that time cannot be told: null, never
/// the present value). Names of labels, levels … are those of that time; what the actor may see is as now.
/// Refused not_found customer.not_found (also: gone already), customer.not_yet (came later); invalid
/// as_of.in_future.
customer::Json get(const Context& context, const core::Actor& actor, CustomerId id, Moment at);

/// What customer::list_addresses would have answered: `{items, next_cursor: null, as_of, erased}`. Refused as
/// get.
customer::Json list_addresses(const Context& context, const core::Actor& actor, CustomerId id, Moment at);

/// Gives fields the values they had: `{as_of, fields: [key, …], reason?}`. An ordinary change of the customer
/// under the same rules; joined fields (name, address) stand for their parts. Refused as customer::update
/// with pointers to
/// `/fields/N`; invalid restore.invalid; conflict restore.unknown for values of that time that nobody knows
/// any more.
customer::Written restore_fields(const Context& context, const core::Actor& actor, CustomerId id,
                                 customer::Seen seen, const boost::json::value& body);

/// An RFC 3339 moment with any offset; in a query an unescaped plus sign has become a blank. Refused invalid
/// as_of.invalid.
Moment parse_as_of(std::string_view text);

void register_kinds(core::Registry& registry);

}  // namespace otokui::time_travel
