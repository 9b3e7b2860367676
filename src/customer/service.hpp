#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "customer/input.hpp"

// What can be done with one customer. Every function asks for its right first, then reads, then writes in one
// operation.
namespace otokui::customer {

/// What the services of a customer stand on; owned by the application.
struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
};

/// The version a write saw; `any` skips the comparison (If-Match: *).
struct Seen {
    bool any = false;
    std::int64_t version = 0;
};

/// A customer (or one of his addresses) as JSON, masked as the actor may see it.
using Json = boost::json::object;

/// What a write left: the record with "adjusted" beside its fields, and the operation, 0 when nothing really
/// changed.
struct Written {
    Json record;
    OperationId operation;
};

/// Refused not_found customer.not_found. A deleted customer is read like any other.
Json get(const Context& context, const core::Actor& actor, CustomerId id);

/// Refused invalid customer.invalid with every field error at once; conflict customer.email_taken,
/// customer.number_taken.
Written create(const Context& context, const core::Actor& actor, const Json& body);

/// Changes only what the body names and what really differs. Refused stale customer.stale (extra: `current`
/// the customer as it is now, `sent` what this write wanted, `original` is the reader's), conflict
/// customer.deleted, customer.email_taken; invalid customer.invalid.
Written update(const Context& context, const core::Actor& actor, CustomerId id, Seen seen, const Json& body);

/// The same as an operation of another kind and with a reason of its own; its right is asked for as well.
Written update(const Context& context, const core::Operation& operation, CustomerId id, Seen seen,
               const Json& body);

/// 退会: the status becomes withdrawn, 退会日 is set, the special member type goes, mail stops; orders stay.
/// Takes
/// `{reason?}`. Refused conflict customer.not_a_member, customer.already_withdrawn, customer.deleted,
/// customer.has_ties.
Written withdraw(const Context& context, const core::Actor& actor, CustomerId id,
                 const boost::json::value& body);

/// {"field", "value"}: one field of contact data as it is, for who sees them masked (伏せ字). The right is
/// one of its own; whoever answers with it has it logged. Refused not_found; invalid reveal.invalid for a
/// field that nobody sees masked.
Json reveal(const Context& context, const core::Actor& actor, CustomerId id, const Json& body);

/// Soft delete (削除): hidden from searches, can be restored; changes no status. Refused stale, conflict
/// customer.deleted, customer.has_ties.
OperationId remove(const Context& context, const core::Actor& actor, CustomerId id, Seen seen);

/// Refused conflict customer.not_deleted, customer.erased, customer.restore_expired (the days of the setting
/// restore_days are over; 30 unless set); customer.email_taken when a living customer has the mail address by
/// now.
Written restore(const Context& context, const core::Actor& actor, CustomerId id);

/// For writes of others in one transaction with theirs (imports). `input` has no errors.
std::int64_t insert(core::Writer& writer, const core::Table& table, const Input& input);
/// The groups of a new customer for whom none were given, as the column holds them: the default group
/// (DOMAIN 2.4).
std::string first_groups(storage::Transaction& tx);
/// The number that an id gives: "00001234".
std::string number_of(std::int64_t id);
/// The same, or another one where an import has brought that already.
std::string free_number(storage::Transaction& tx, std::int64_t id);
/// The values of a new customer that nobody gave: number_of() the id, status, device, days, and `groups`.
core::Record complete_new(const core::Table& table, const Input& input, std::int64_t id,
                          std::string_view device, const std::string& groups, Moment now);

/// What follows from what was given. 退会日 follows the status: set on leaving, empty again when somebody
/// comes back; who leaves gets no newsletter and no direct mail unless `input` says so itself; with another
/// mail address newsletter and クリーニング済 end likewise, and `input.adjusted` tells it;
/// clear_what_ends(). `before`: null for a new customer.
void add_consequences(const core::Table& table, const core::Record* before, Input& input, Moment now);

/// What is wrong with the whole of a customer after `input` would be applied to `before` (null: a new one).
std::vector<FieldError> check(const core::Table& table, const core::Record* before, const Input& input);

/// Throws the Refused that a violated unique index of table customer means; rethrows others.
[[noreturn]] void refuse_clash(const storage::UniqueViolation& clash);

}  // namespace otokui::customer
