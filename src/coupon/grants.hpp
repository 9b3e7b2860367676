#pragma once

#include <span>

#include "coupon/service.hpp"

// 顧客限定クーポン: granting one to customers and taking it back.
namespace otokui::coupon {

/// How many customers have it now who had not, and who had it already: granting again adds nothing.
struct Granted {
    std::int64_t granted = 0, already = 0;
    OperationId operation = {};
};

/// `{customers:[ids], usable_from?, usable_to?, times?}`: to at most kMostGrantedAtOnce customers in one
/// operation. Refused invalid coupon_grant.invalid with every id that is no customer (not_found), is deleted
/// or withdrawn, stands there twice (duplicate); conflict coupon.not_customer_limited; not_found
/// coupon.not_found.
Granted grant(const Context& context, const core::Actor& actor, CouponId coupon, const json::Value& body);

/// True when `body` names a condition or text instead of customers: then start_granting() does it.
bool asks_by_condition(const json::Value& body);
/// `{condition?, text?, usable_from?, usable_to?, times?}`: a job that grants it to everybody found. Refused
/// coupon_grant.invalid, condition.invalid, field.forbidden and as above.
JobId start_granting(const Context& context, const core::Actor& actor, CouponId coupon,
                     const json::Value& body);

/// Takes back the grant that stands; its uses stay. Refused not_found coupon_grant.not_found, stale
/// coupon_grant.stale.
OperationId revoke(const Context& context, const core::Actor& actor, CouponId coupon, CustomerId customer,
                   std::optional<std::int64_t> version);

/// How a grant is made; the same for all of one operation.
struct Terms {
    std::optional<Day> usable_from = {}, usable_to = {};
    std::optional<std::int64_t> times = {};
};
/// For the job: grants it to those of the customers who live and have it not. How many of them.
std::int64_t grant_some(core::Writer& writer, CouponId coupon, const Terms& terms,
                        std::span<const CustomerId> customers);
Terms terms_of(const json::Object& parameters);

/// `context` must outlive the jobs.
void register_job_kinds(core::Jobs& jobs, const Context& context);

}  // namespace otokui::coupon
