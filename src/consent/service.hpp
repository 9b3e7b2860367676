#pragma once

#include <boost/json/array.hpp>

#include "base/json.hpp"
#include "consent/types.hpp"
#include "core/actor.hpp"

// 同意の記録: who agreed to or refused advertising, when, by which way and on what ground (特定電子メール法,
// 特定商取引法: proof is kept three years); and addresses that mail does not reach.
namespace otokui::consent {

struct Page {
    json::Array items = {};
    std::string next_cursor = {};  // empty at the end
};

/// Newest first. `what`: "" or one of kAll. Refused not_found customer.not_found; invalid query.invalid,
/// cursor.invalid. Right: customer.read.
Page list_of(const Context& context, const core::Actor& actor, CustomerId customer, std::string_view what,
             const std::string& cursor, int limit);

/// Sets one of the four with its evidence, in the transaction of `writer`: for sign-ups, unsubscribing and
/// the like. What stands already is said anew, as an entry of its own. The id of the entry.
std::int64_t record(core::Writer& writer, CustomerId customer, std::string_view what, bool value,
                    const Evidence& evidence);

struct Recorded {
    json::Object entry;
    OperationId operation;  // 0 when the tick stood so already
};
/// `{what, value, ground?, how?, ip?, at?}`; how: form, staff, api or unsubscribe, as the caller is unless
/// given. Refused invalid consent.invalid, not_found customer.not_found, conflict customer.deleted. Right:
/// customer.edit.
Recorded record(const Context& context, const core::Actor& actor, CustomerId customer,
                const json::Value& body);

/// How many customers have the address: `cleaned` became クリーニング済, `already` were, `kept` were made
/// mailable again after the bounce.
struct Bounced {
    std::int64_t cleaned = 0, already = 0, kept = 0;
    OperationId operation = {};
};
/// A mail came back for good. Every customer of the address, main or second, is marked クリーニング済 with
/// the reason; told twice it changes nothing more. Deleted ones too: they may be restored. Refused invalid
/// bounce.invalid. Right: mailing.
Bounced bounce(const Context& context, const core::Actor& actor, const std::string& email,
               const std::string& reason, std::optional<Moment> at);
/// `{email, reason, at?}`.
Bounced bounce(const Context& context, const core::Actor& actor, const json::Value& body);

/// Removes entries that were superseded more than kKeptDays ago, a bounded piece of them; how many went.
std::int64_t remove_expired(const Context& context);

}  // namespace otokui::consent
