#include "coupon/uses.hpp"

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/customer.hpp"
#include "coupon/rules.hpp"
#include "coupon/store.hpp"

namespace otokui::coupon {
namespace {

using storage::Transaction;

Attempt read_attempt(const json::Value& body, Moment now) {
    json::ObjectReader reader(body);
    Attempt attempt{.customer = {reader.id("customer")},
                    .order_number = text::trimmed(reader.text("order_number"))};
    if (text::code_point_count(attempt.order_number) > kMaxOrderNumber)
        reader.add_error("order_number", "too_long");
    else if (text::line_problem(attempt.order_number))
        reader.add_error("order_number", "bad_character");
    else if (attempt.order_number.empty() && reader.has("order_number") && !reader.is_null("order_number"))
        reader.add_error("order_number", "required");
    attempt.amount = reader.integer("amount");
    if (attempt.amount < 0 || attempt.amount > kMaxYen) reader.add_error("amount", "out_of_range");
    attempt.order_total = reader.find_integer("order_total");
    if (attempt.order_total && (*attempt.order_total < 0 || *attempt.order_total > kMaxYen))
        reader.add_error("order_total", "out_of_range");
    attempt.products = reader.find_texts("products");
    if (const auto typed = reader.find_text("at")) {
        attempt.at = parse_moment(*typed);
        if (!attempt.at)
            reader.add_error("at", "not_a_moment");
        else if (attempt.at->milliseconds > now.milliseconds)
            reader.add_error("at", "in_the_future");
    }
    reader.finish("coupon_use.invalid");
    return attempt;
}

// Locked: two uses of one customer are counted one after the other.
void require_customer(core::Writer& writer, CustomerId id) {
    const auto& table = writer.registry().get("customer");
    const auto customer = writer.find(table, id.value);
    if (!customer) core::refuse_absent_customer();
    if (!storage::is_null(customer->values[table.column("deleted_at")])) core::refuse_deleted_customer();
    if (customer->values[table.column("status")] == storage::Value(std::string("withdrawn")))
        throw Refused(
            {ProblemKind::conflict,
             "coupon.customer_withdrawn",
             {"退会した顧客はクーポンを使えません。", "A customer who has withdrawn uses no coupon."}});
}

struct Told {
    std::int64_t id = 0, customer = 0, amount = 0;
};
std::optional<Told> find_told(Transaction& tx, CouponId coupon, const std::string& order_number) {
    std::optional<Told> told;
    tx.query(
        "SELECT id, customer_id, amount FROM coupon_use WHERE coupon_id = ? AND order_number = ? AND "
        "cancelled_at IS "
        "NULL",
        {coupon.value, order_number},
        [&](const storage::Row& row) { told = {row.integer(0), row.integer(1), row.integer(2)}; });
    return told;
}

[[noreturn]] void refuse_used() {
    throw Refused({ProblemKind::conflict,
                   "coupon.already_used",
                   {"この受注ではこのクーポンがすでに使われています。",
                    "The coupon has been used in this order already."}});
}

void complete_total(Transaction& tx, const Coupon& coupon, Attempt& attempt) {
    if (coupon.minimum_amount == 0 || attempt.order_total) return;
    attempt.order_total = tx.find_integer("SELECT total FROM orders WHERE number = ? AND customer_id = ?",
                                          {attempt.order_number, attempt.customer.value});
    if (!attempt.order_total)
        throw Refused({ProblemKind::invalid,
                       "coupon_use.invalid",
                       {"最低ご注文金額のあるクーポンです。注文金額を指定してください。",
                        "The coupon asks for a minimum: say what the order comes to."},
                       {{"/order_total", "required"}}});
}

Used use_once(core::Writer& writer, CouponId id, Attempt attempt) {
    writer.find(writer.registry().get(kTable), id.value);
    const auto coupon = store::get(writer.tx(), id);
    const auto today = shop_day(writer.now());
    if (const auto told = find_told(writer.tx(), id, attempt.order_number)) {
        if (told->customer != attempt.customer.value || told->amount != attempt.amount) refuse_used();
        return {store::get_entry(writer.tx(), kUseTable, told->id, today), false, {}};
    }
    require_customer(writer, attempt.customer);
    complete_total(writer.tx(), coupon, attempt);
    const auto at = attempt.at.value_or(writer.now());
    const auto grant = store::find_grant(writer.tx(), id, attempt.customer);
    if (auto refused = why_refused({coupon, grant ? &*grant : nullptr,
                                    store::count_uses(writer.tx(), id, attempt.customer), shop_day(at)},
                                   attempt))
        throw Refused(*std::move(refused));
    const bool by_grant = coupon.customer_limited && grant;
    const auto use =
        writer.insert(writer.registry().get(kUseTable),
                      {{"coupon_id", id.value},
                       {"grant_id", by_grant ? storage::Value(grant->id.value) : storage::Value()},
                       {"customer_id", attempt.customer.value},
                       {"order_number", attempt.order_number},
                       {"used_at", at.milliseconds},
                       {"amount", attempt.amount}});
    return {store::get_entry(writer.tx(), kUseTable, use, today), true, writer.operation()};
}

}  // namespace

Used use(const Context& context, const core::Actor& actor, CouponId coupon, const json::Value& body) {
    actor.require(kRight);
    const auto attempt = read_attempt(body, context.journal.now());
    try {
        return context.journal.write({.actor = actor, .kind = "coupon.use"},
                                     [&](core::Writer& writer) { return use_once(writer, coupon, attempt); });
    } catch (const storage::UniqueViolation&) {
        refuse_used();
    }
}

Used cancel(const Context& context, const core::Actor& actor, UseId id) {
    actor.require(kRight);
    return context.journal.write({.actor = actor, .kind = "coupon.cancel"}, [&](core::Writer& writer) {
        const auto& table = writer.registry().get(kUseTable);
        const auto use = writer.find(table, id.value);
        if (!use)
            throw Refused({ProblemKind::not_found,
                           "coupon_use.not_found",
                           {"クーポンの利用が見つかりません。", "There is no such use of a coupon."}});
        if (!storage::is_null(use->values[table.column("cancelled_at")]))
            throw Refused(
                {ProblemKind::conflict,
                 "coupon_use.cancelled",
                 {"この利用はすでにキャンセルされています。", "This use has been cancelled already."}});
        writer.update(table, id.value,
                      {{"cancelled_at", writer.now().milliseconds}, {"cancelled_by", writer.actor().name}});
        return Used{store::get_entry(writer.tx(), kUseTable, id.value, shop_day(writer.now())), false,
                    writer.operation()};
    });
}

}  // namespace otokui::coupon
