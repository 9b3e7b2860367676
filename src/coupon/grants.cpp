#include "coupon/grants.hpp"

#include <unordered_map>
#include <unordered_set>

#include "base/problem.hpp"
#include "core/condition.hpp"
#include "coupon/store.hpp"
#include "search/service.hpp"
#include "storage/value_list.hpp"

namespace otokui::coupon {
namespace {

using storage::Transaction;

constexpr std::string_view kGrantJob = "coupon.grant.v1";
constexpr std::size_t kCustomers = 200;  // in one transaction of the job
constexpr std::int64_t kChanges = 200;

std::optional<Day> read_day(json::ObjectReader& reader, std::string_view key) {
    const auto typed = reader.find_text(key);
    if (!typed || typed->empty()) return std::nullopt;
    const auto day = parse_day(*typed);
    if (!day) reader.add_error(key, "not_a_date");
    return day;
}

Terms read_terms(json::ObjectReader& reader) {
    Terms terms{read_day(reader, "usable_from"), read_day(reader, "usable_to"), reader.find_integer("times")};
    if (terms.usable_from && terms.usable_to && *terms.usable_to < *terms.usable_from)
        reader.add_error("usable_to", "before_the_first");
    if (terms.times && (*terms.times < 1 || *terms.times > kMaxTimes))
        reader.add_error("times", "out_of_range");
    return terms;
}

void require_limited(Transaction& tx, CouponId id) {
    if (store::get(tx, id).customer_limited) return;
    throw Refused({ProblemKind::conflict,
                   "coupon.not_customer_limited",
                   {"顧客限定のクーポンだけを付与できます。",
                    "Only customer-limited coupons are granted: anybody may use this one."}});
}

struct Known {
    bool is_deleted = false, is_withdrawn = false, has_it = false;
};

std::unordered_map<std::int64_t, Known> look_up(Transaction& tx, CouponId coupon,
                                                const std::vector<std::int64_t>& ids) {
    std::unordered_map<std::int64_t, Known> known;
    tx.query(
        "SELECT c.id, c.deleted_at, c.status, g.id FROM " + storage::select_integers(tx.engine()) +
            " AS asked JOIN customer c ON c.id = asked.value LEFT JOIN coupon_grant g ON g.coupon_id = ? AND "
            "g.customer_id = c.id AND g.revoked_at IS NULL",
        {storage::list_value(ids), coupon.value}, [&](const storage::Row& row) {
            known[row.integer(0)] = {!row.is_null(1), row.text(2) == "withdrawn", !row.is_null(3)};
        });
    return known;
}

void insert_grants(core::Writer& writer, CouponId coupon, const Terms& terms,
                   const std::vector<std::int64_t>& customers) {
    if (customers.empty()) return;
    const auto& table = writer.registry().get(kGrantTable);
    std::vector<core::Record> records;
    for (const auto customer : customers) {
        core::Record record{0, {}};
        for (const auto& column : table.columns) record.values.push_back(column.initial());
        const auto set = [&](std::string_view column, storage::Value value) {
            record.values[table.column(column)] = std::move(value);
        };
        set("coupon_id", coupon.value);
        set("customer_id", customer);
        set("granted_at", writer.now().milliseconds);
        set("granted_by", writer.actor().name);
        set("usable_from", store::format_day_or_empty(terms.usable_from));
        set("usable_to", store::format_day_or_empty(terms.usable_to));
        if (terms.times) set("times", *terms.times);
        records.push_back(std::move(record));
    }
    writer.insert_many(table, records);
}

std::vector<FieldError> errors_of(const std::vector<std::int64_t>& ids,
                                  const std::unordered_map<std::int64_t, Known>& known) {
    std::vector<FieldError> errors;
    std::unordered_set<std::int64_t> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto pointer = "/customers/" + std::to_string(i);
        const auto found = known.find(ids[i]);
        if (!seen.insert(ids[i]).second)
            errors.push_back({pointer, "duplicate"});
        else if (found == known.end())
            errors.push_back({pointer, "not_found"});
        else if (found->second.is_deleted)
            errors.push_back({pointer, "deleted"});
        else if (found->second.is_withdrawn)
            errors.push_back({pointer, "withdrawn"});
    }
    return errors;
}

core::StepResult run(const Context& context, core::JobStep& step) {
    const auto& parameters = step.job().parameters;
    const CouponId coupon{parameters.at("coupon").as_int64()};
    const auto terms = terms_of(parameters);
    std::vector<FieldError> errors;
    const auto condition = search::parse_target(context.catalogue, parameters.if_contains("condition"),
                                                parameters.if_contains("text"), errors);
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    // Whom the condition finds is read once, in one snapshot, as ids.
    auto found = search::ids({context.journal.database(), context.catalogue, context.journal.clock()},
                             condition, {}, step.job().actor, {.time = std::chrono::minutes(10), .stop = {}});
    std::ranges::sort(found, {}, &CustomerId::value);
    const auto* above = step.state().if_contains("above");
    const auto last = above ? above->as_int64() : 0;
    std::erase_if(found, [&](CustomerId id) { return id.value <= last; });
    step.write([&](core::Writer&) { step.counts().total = step.counts().done + std::ssize(found); });
    for (std::span<const CustomerId> rest(found); !rest.empty();) {
        const auto some = rest.first(std::min(kCustomers, rest.size()));
        rest = rest.subspan(some.size());
        step.state()["above"] = some.back().value;
        step.write([&](core::Writer& writer) {
            const auto granted = grant_some(writer, coupon, terms, some);
            auto& counts = step.counts();
            counts.done += std::ssize(some);
            counts.ok += granted;
            counts.skipped += std::ssize(some) - granted;
        });
        if (!rest.empty() && step.should_pause()) return core::StepResult::more;
    }
    return core::StepResult::done;
}

}  // namespace

Terms terms_of(const json::Object& parameters) {
    const auto day = [&](std::string_view key) {
        const auto* value = parameters.if_contains(key);
        return value && value->is_string() ? parse_day(value->as_string()) : std::nullopt;
    };
    const auto* times = parameters.if_contains("times");
    return {day("usable_from"), day("usable_to"),
            times && times->is_int64() ? std::optional(times->as_int64()) : std::nullopt};
}

std::int64_t grant_some(core::Writer& writer, CouponId coupon, const Terms& terms,
                        std::span<const CustomerId> customers) {
    writer.find(writer.registry().get(kTable),
                coupon.value);  // two grants of one coupon go one after the other
    std::vector<std::int64_t> ids, fresh;
    for (const auto customer : customers) ids.push_back(customer.value);
    const auto known = look_up(writer.tx(), coupon, ids);
    for (const auto id : ids)
        if (const auto found = known.find(id); found != known.end() && !found->second.is_deleted &&
                                               !found->second.is_withdrawn && !found->second.has_it)
            fresh.push_back(id);
    insert_grants(writer, coupon, terms, fresh);
    return std::ssize(fresh);
}

Granted grant(const Context& context, const core::Actor& actor, CouponId coupon, const json::Value& body) {
    actor.require(kRight);
    json::ObjectReader reader(body);
    auto ids = reader.ids("customers");
    const auto terms = read_terms(reader);
    if (ids.size() > kMostGrantedAtOnce) reader.add_error("customers", "too_many");
    if (ids.empty() && body.is_object() && body.as_object().contains("customers") && reader.errors().empty())
        reader.add_error("customers", "required");
    reader.finish("coupon_grant.invalid");
    return context.journal.write({.actor = actor, .kind = "coupon.grant"}, [&](core::Writer& writer) {
        writer.find(writer.registry().get(kTable), coupon.value);
        require_limited(writer.tx(), coupon);
        const auto known = look_up(writer.tx(), coupon, ids);
        if (auto errors = errors_of(ids, known); !errors.empty())
            throw Refused({ProblemKind::invalid,
                           "coupon_grant.invalid",
                           {"付与先の指定に誤りがあります。", "The customers are described wrongly."},
                           std::move(errors)});
        std::vector<std::int64_t> fresh;
        for (const auto id : ids)
            if (!known.at(id).has_it) fresh.push_back(id);
        insert_grants(writer, coupon, terms, fresh);
        return Granted{std::ssize(fresh), std::ssize(ids) - std::ssize(fresh), writer.operation()};
    });
}

bool asks_by_condition(const json::Value& body) {
    const auto* object = body.if_object();
    return object && !object->contains("customers") &&
           (object->contains("condition") || object->contains("text"));
}

JobId start_granting(const Context& context, const core::Actor& actor, CouponId coupon,
                     const json::Value& body) {
    actor.require(kRight);
    json::ObjectReader reader(body);
    const auto* condition = reader.find("condition");
    const auto* text = reader.find("text");
    read_terms(reader);
    reader.finish("coupon_grant.invalid");
    std::vector<FieldError> errors;
    const auto parsed = search::parse_target(context.catalogue, condition, text, errors);
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    search::require_visible(parsed, {}, actor);
    context.journal.database().read([&](Transaction& tx) { require_limited(tx, coupon); });
    auto parameters = body.as_object();
    parameters["coupon"] = coupon.value;
    return context.jobs.submit(actor, {.kind = std::string(kGrantJob), .parameters = std::move(parameters)});
}

OperationId revoke(const Context& context, const core::Actor& actor, CouponId coupon, CustomerId customer,
                   std::optional<std::int64_t> version) {
    actor.require(kRight);
    return context.journal.write({.actor = actor, .kind = "coupon.revoke"}, [&](core::Writer& writer) {
        writer.find(writer.registry().get(kTable), coupon.value);
        store::get(writer.tx(), coupon);
        const auto grant = store::find_grant(writer.tx(), coupon, customer);
        if (!grant)
            throw Refused({ProblemKind::not_found,
                           "coupon_grant.not_found",
                           {"この顧客にこのクーポンは付与されていません。",
                            "The customer does not have this coupon."}});
        if (version && *version != grant->version)
            throw Refused(
                {ProblemKind::stale,
                 "coupon_grant.stale",
                 {"表示したあとに別の人が変更しました。", "Somebody else has changed this since."}});
        writer.update(writer.registry().get(kGrantTable), grant->id.value,
                      {{"revoked_at", writer.now().milliseconds}, {"revoked_by", writer.actor().name}});
        return writer.operation();
    });
}

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    jobs.add_kind({.name = std::string(kGrantJob),
                   .label = {"クーポンの一括付与", "Coupon granted to many"},
                   .operation_kind = "coupon.grant",
                   .step = [&context](core::JobStep& step) { return run(context, step); },
                   .revert = [](core::JobStep& step) { return step.revert_stretch(kChanges); }});
}

}  // namespace otokui::coupon
