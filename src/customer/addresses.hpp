#pragma once

#include "customer/service.hpp"

// お届け先住所: where a customer's parcels go, beside the 請求先 address on the customer itself. Any number;
// exactly one is the default as long as there is one. Fields are those of the catalogue with the same keys,
// so they are adjusted and checked alike.
namespace otokui::customer {

using AddressId = Id<struct AddressTag>;

/// The entry of table customer_address in the registry.
core::Table address_table(const core::Catalogue& catalogue);

/// After addresses of a customer were written: at most one default, the one just chosen (0: nobody chose); at
/// least one, the oldest.
void settle_default(core::Writer& writer, const core::Table& table, CustomerId customer, std::int64_t chosen);

/// A page of `limit` addresses behind `cursor` (empty: the first), the default one first, then the newest:
/// {items, next_cursor}. Refused invalid cursor.invalid.
Json list_addresses(const Context& context, const core::Actor& actor, CustomerId customer,
                    const std::string& cursor, int limit);
/// Rows of addresses, however they were read, as the answer of list_addresses.
boost::json::array to_json(const Context& context, const core::Actor& actor,
                           std::vector<core::Record> records);
/// Refused not_found customer.not_found, address.not_found (also for another customer's address).
Json get_address(const Context& context, const core::Actor& actor, CustomerId customer, AddressId id);
/// Refused conflict customer.deleted; invalid address.invalid.
Written create_address(const Context& context, const core::Actor& actor, CustomerId customer,
                       const Json& body);
/// Refused stale address.stale with `current` and `sent`.
Written update_address(const Context& context, const core::Actor& actor, CustomerId customer, AddressId id,
                       Seen seen, const Json& body);
/// Orders keep their own copy of the address. When the default goes, the oldest that is left becomes it.
OperationId remove_address(const Context& context, const core::Actor& actor, CustomerId customer,
                           AddressId id, Seen seen);

}  // namespace otokui::customer
