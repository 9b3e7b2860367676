#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "base/period.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"
#include "points/types.hpp"

// ポイント: what staff, a shop's tokens and the clock do with the points of customers.
namespace otokui::points {

struct Context {
    core::Journal& journal;
    core::Jobs& jobs;
};

struct Page {
    boost::json::array items;
    std::string next_cursor;  // empty at the end
};

/// A row of the ledger as JSON, and the operation that wrote it.
struct Written {
    boost::json::object entry;
    OperationId operation;
};

/// `{delta, kind, reason?, expires_at?, order_number?, point_kind?}`. Staff give and take by hand; tokens
/// also report orders, uses, reviews …. Points that are overdue expire first. Refused invalid points.invalid
/// with every field error; forbidden points.over_ceiling; not_found customer.not_found; conflict
/// points.not_a_member, points.not_enough.
Written give(const Context& context, const core::Actor& actor, CustomerId customer,
             const boost::json::value& body);

/// 取消: the row of the opposite sign, once. `{reason?}`. Refused not_found points.not_found; conflict
/// points.already_cancelled, points.not_cancellable, points.consumed, points.not_a_member; forbidden
/// points.over_ceiling.
Written cancel(const Context& context, const core::Actor& actor, EntryId entry,
               const boost::json::value& body);

/// Newest first. Refused not_found customer.not_found; invalid cursor.invalid.
Page list(const Context& context, const core::Actor& actor, CustomerId customer, const std::string& cursor,
          int limit);

/// Points whose last day is in a period; without a period those that never expire.
struct Expiring {
    std::optional<Period> period;
};

/// What the balance is made of: which points go when, the lots in the order they will be used (`expiring`:
/// only these), and the rules.
boost::json::object explain(const Context& context, const core::Actor& actor, CustomerId customer,
                            const std::optional<Expiring>& expiring = {});

/// Submits the job that lets expire whatever was usable through the day before `day` at the latest. Answers
/// its id.
JobId expire(const Context& context, const core::Actor& actor, Day day);

/// What is due on the server's clock, once however many servers ask: the expiry of the day, and dates to be
/// moved after a change of the rules.
void run_due(const Context& context);

void register_job_kinds(core::Jobs& jobs, const Context& context);

}  // namespace otokui::points
