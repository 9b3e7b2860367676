#include "points/service.hpp"

#include <charconv>
#include <limits>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "points/account.hpp"
#include "points/entries.hpp"
#include "points/expiries.hpp"

namespace otokui::points {
namespace {

constexpr std::int64_t kMostLotsShown = 100;

[[noreturn]] void refuse(std::string code, Text detail) {
    throw Refused({ProblemKind::conflict, std::move(code), std::move(detail)});
}

[[noreturn]] void refuse_absent_entry() {
    throw Refused({ProblemKind::not_found,
                   "points.not_found",
                   {"ポイント履歴が見つかりません。", "No such entry of points."}});
}

void require_member(const Account& account) {
    if (account.is_member()) return;
    refuse("points.not_a_member", {"ポイントを持てるのは会員だけです。", "Only members hold points."});
}

std::string read_reason(json::ObjectReader& reader) {
    const auto reason = reader.find_text("reason").value_or("");
    if (text::code_point_count(reason) > kMaxReason) reader.add_error("reason", "too_long");
    return reason;
}

/// The kind, as far as the actor may give it.
const KindRule* read_kind(json::ObjectReader& reader, const core::Actor& actor) {
    const auto code = reader.text("kind");
    const auto* rule = find_kind(code);
    if (!code.empty() && !rule) reader.add_error("kind", "not_a_choice");
    if (!rule) return nullptr;
    const bool is_allowed =
        rule->author == Author::staff || (rule->author == Author::token && actor.token != 0);
    if (is_allowed) return rule;
    reader.add_error("kind", "not_by_hand",
                     {"この名目は手動では使えません。", "This kind is not given by hand."});
    return nullptr;
}

std::int64_t read_delta(json::ObjectReader& reader, const KindRule* rule) {
    if (!reader.has("delta") || reader.is_null("delta")) return reader.integer("delta");
    const auto delta = reader.find_integer("delta");
    if (!delta) return 0;
    if (*delta == 0 || *delta > kMostAtOnce || *delta < -kMostAtOnce)
        reader.add_error("delta", "out_of_range",
                         {"1~999,999(減算は-1~-999,999)で入力してください。",
                          "Give 1 to 999,999, or -1 to -999,999 to take."});
    else if (rule && rule->sign * *delta < 0)
        reader.add_error("delta", "wrong_sign",
                         {"増減の符号が名目と合いません。", "The sign does not go with the kind."});
    return *delta;
}

/// A day, or a moment on it: points are usable to the end of their last day.
std::optional<Moment> read_last_day(json::ObjectReader& reader, Moment now) {
    const auto given = reader.find_text("expires_at");
    if (!given) return std::nullopt;
    auto day = parse_day(*given);
    if (const auto moment = parse_moment(*given); !day && moment) day = shop_day(*moment);
    if (!day) {
        reader.add_error("expires_at", "not_a_date");
        return std::nullopt;
    }
    if (*day < shop_day(now))
        reader.add_error("expires_at", "in_the_past",
                         {"過ぎた日付は指定できません。", "This lies in the past."});
    return end_of(*day);
}

Booking read_booking(const core::Actor& actor, const boost::json::value& body, Moment now) {
    json::ObjectReader reader(body);
    const auto* rule = read_kind(reader, actor);
    Booking booking{.kind = rule ? rule->kind : Kind::manual_grant};
    booking.delta = read_delta(reader, rule);
    booking.reason = read_reason(reader);
    booking.order_number = reader.find_text("order_number").value_or("");
    if (text::code_point_count(booking.order_number) > 100) reader.add_error("order_number", "too_long");
    if (const auto last = read_last_day(reader, now)) booking.expires_at = last;
    booking.own_kind = reader.find_id("point_kind").value_or(0);
    reader.finish("points.invalid");
    return booking;
}

void refuse_field(const char* pointer, const char* code, Text message) {
    throw Refused({ProblemKind::invalid,
                   "points.invalid",
                   {"入力内容に誤りがあります。印の付いた項目を直してください。",
                    "Some fields are wrong. Correct the marked ones."},
                   {{pointer, code, std::move(message)}}});
}

// What only the database can tell.
void check_booking(core::Writer& writer, const Booking& booking, const Rules& rules) {
    if (booking.delta < 0 && booking.expires_at && rules.mode == ExpiryMode::lots)
        refuse_field("/expires_at", "not_for_taking",
                     {"減算には有効期限を指定できません。", "Taking points sets no date."});
    if (booking.own_kind == 0) return;
    const auto kind = writer.tx().find_text("SELECT kind FROM point_kind WHERE id = ?", {booking.own_kind});
    if (!kind || *kind != rule_of(booking.kind).code) refuse_field("/point_kind", "not_a_choice", {});
}

struct Position {
    std::int64_t at = std::numeric_limits<std::int64_t>::max(), id = at;
};

Position parse_cursor(const std::string& cursor) {
    if (cursor.empty()) return {};
    Position position;
    const char* const end = cursor.data() + cursor.size();
    auto [middle, error] = std::from_chars(cursor.data(), end, position.at);
    if (error == std::errc() && middle != end && *middle == '_') {
        const auto [last, wrong] = std::from_chars(middle + 1, end, position.id);
        if (wrong == std::errc() && last == end) return position;
    }
    core::refuse_cursor();
}

boost::json::value moment_or_null(std::optional<Moment> moment) {
    return moment ? boost::json::value(format_moment(*moment)) : boost::json::value();
}

/// What a manual change of now would set as the date.
boost::json::object rules_json(const Rules& rules, Moment now) {
    return {{"expiry_mode", rules.mode == ExpiryMode::lots ? "lots" : "balance"},
            {"expiry_days", rules.days},
            {"allow_negative", rules.allow_negative},
            {"next_expires_at", moment_or_null(rules.term_from(now))}};
}

/// Live lots of a customer as SQL speaks of them, alias l.
struct Lots {
    std::string where = "l.customer_id = ? AND l.remaining <> 0";
    storage::Values values;
};

Lots lots_of(CustomerId customer, const std::optional<Expiring>& expiring) {
    Lots lots{.values = {customer.value}};
    if (!expiring) return lots;
    if (!expiring->period) {
        lots.where += " AND l.remaining > 0 AND l.expires_at IS NULL";
        return lots;
    }
    lots.where += " AND l.expires_at >= ? AND l.expires_at < ?";
    lots.values.emplace_back(expiring->period->begins().milliseconds);
    lots.values.emplace_back(expiring->period->ends().milliseconds);
    return lots;
}

std::int64_t count_lots(storage::Transaction& tx, const Lots& lots) {
    std::int64_t count = 0;
    tx.query("SELECT count(*) FROM point_lot l WHERE " + lots.where, lots.values,
             [&](const storage::Row& row) { count = row.integer(0); });
    return count;
}

boost::json::array lots_json(storage::Transaction& tx, Lots asked) {
    asked.values.emplace_back(kMostLotsShown);
    boost::json::array lots;
    tx.query(
        "SELECT l.id, l.granted, l.remaining, l.expires_at, e.id, e.at, e.kind, COALESCE(k.name, '') FROM "
        "point_lot l JOIN point_entry e ON e.id = l.entry_id LEFT JOIN point_kind k ON k.id = "
        "e.point_kind_id WHERE " +
            asked.where +
            " ORDER BY CASE WHEN l.remaining < 0 THEN 0 ELSE 1 END, CASE WHEN l.expires_at IS NULL THEN 1 "
            "ELSE 0 END, l.expires_at, l.id LIMIT ?",
        asked.values, [&](const storage::Row& row) {
            const auto* rule = find_kind(row.text(6));
            lots.push_back(boost::json::object{
                {"entry", std::to_string(row.integer(4))},
                {"at", format_moment({row.integer(5)})},
                {"kind", row.text(6)},
                {"kind_labels", {{"ja", rule ? rule->label.ja : ""}, {"en", rule ? rule->label.en : ""}}},
                {"point_kind_name", row.text(7).empty()
                                        ? boost::json::value()
                                        : boost::json::value(boost::json::string(row.text(7)))},
                {"granted", row.integer(1)},
                {"remaining", row.integer(2)},
                {"expires_at", row.is_null(3) ? boost::json::value()
                                              : boost::json::value(format_moment({row.integer(3)}))}});
        });
    return lots;
}

boost::json::array kinds_json(storage::Transaction& tx, CustomerId customer) {
    boost::json::array kinds;
    tx.query(
        "SELECT e.kind, e.point_kind_id, COALESCE(k.name, ''), CAST(sum(l.remaining) AS BIGINT) FROM "
        "point_lot l JOIN "
        "point_entry e ON e.id = l.entry_id LEFT JOIN point_kind k ON k.id = e.point_kind_id WHERE "
        "l.customer_id = ? "
        "AND l.remaining <> 0 GROUP BY e.kind, e.point_kind_id, k.name ORDER BY e.kind, e.point_kind_id",
        {customer.value}, [&](const storage::Row& row) {
            const auto* rule = find_kind(row.text(0));
            kinds.push_back(boost::json::object{
                {"kind", row.text(0)},
                {"kind_labels", {{"ja", rule ? rule->label.ja : ""}, {"en", rule ? rule->label.en : ""}}},
                {"point_kind",
                 row.is_null(1) ? boost::json::value() : boost::json::value(std::to_string(row.integer(1)))},
                {"point_kind_name", row.text(2).empty()
                                        ? boost::json::value()
                                        : boost::json::value(boost::json::string(row.text(2)))},
                {"points", row.integer(3)}});
        });
    return kinds;
}

// The nearest date and how much goes with it.
boost::json::value next_expiry(const std::vector<Expiry>& by_day) {
    if (by_day.empty() || !by_day.front().period) return nullptr;
    const auto& nearest = by_day.front();
    return boost::json::object{{"at", format_moment(end_of(nearest.period->last))},
                               {"points", nearest.points}};
}

/// Customer and kind of a row; its customer is then locked.
struct Found {
    CustomerId customer;
    const KindRule* rule = nullptr;
    std::int64_t delta = 0;
};

Found find_entry(storage::Transaction& tx, EntryId entry) {
    Found found;
    tx.query(
        "SELECT customer_id, kind, delta FROM point_entry WHERE id = ?", {entry.value},
        [&](const storage::Row& row) { found = {{row.integer(0)}, find_kind(row.text(1)), row.integer(2)}; });
    if (!found.customer) refuse_absent_entry();
    return found;
}

EntryId require_in_force(storage::Transaction& tx, EntryId entry) {
    const auto last = in_force(tx, entry);
    if (!last)
        refuse("points.already_cancelled",
               {"このポイントはすでに取り消されています。", "These points have been cancelled already."});
    return *last;
}

}  // namespace

Written give(const Context& context, const core::Actor& actor, CustomerId customer,
             const boost::json::value& body) {
    actor.require("points.edit");
    const auto booking = read_booking(actor, body, context.journal.now());
    require_within_ceiling(actor, booking.delta);
    return context.journal.write({.actor = actor, .kind = "points.change"}, [&](core::Writer& writer) {
        const auto rules = read_rules(writer.tx(), writer.registry());
        Account account(writer, customer, rules);
        require_member(account);
        check_booking(writer, booking, rules);
        account.expire_before(writer.now());
        const auto entry = account.book(booking);
        return Written{read_written(writer, entry), writer.operation()};
    });
}

Written cancel(const Context& context, const core::Actor& actor, EntryId entry,
               const boost::json::value& body) {
    actor.require("points.edit");
    json::ObjectReader reader(body);
    const auto reason = read_reason(reader);
    reader.finish("points.invalid");
    return context.journal.write({.actor = actor, .kind = "points.cancel"}, [&](core::Writer& writer) {
        const auto found = find_entry(writer.tx(), entry);
        Account account(writer, found.customer, read_rules(writer.tx(), writer.registry()));
        require_member(account);
        require_within_ceiling(actor, found.delta);
        const auto last = require_in_force(writer.tx(), entry);
        if (!found.rule || !found.rule->cancellable)
            refuse("points.not_cancellable",
                   {"この名目のポイントは取り消せません。", "Points of this kind cannot be cancelled."});
        account.expire_before(writer.now());
        const auto reversal = account.reverse(last, reason);
        if (!reversal)
            refuse("points.consumed", {"このポイントはすでに使われているため取り消せません。",
                                       "These points have been used and cannot be cancelled."});
        return Written{read_written(writer, *reversal), writer.operation()};
    });
}

Page list(const Context& context, const core::Actor& actor, CustomerId customer, const std::string& cursor,
          int limit) {
    actor.require("customer.read");
    const auto from = parse_cursor(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        auto entries =
            read_entries(tx,
                         "e.customer_id = ? AND (e.at < ? OR (e.at = ? AND e.id < ?)) ORDER BY e.at DESC, "
                         "e.id DESC LIMIT ?",
                         {customer.value, from.at, from.at, from.id, std::int64_t{limit} + 1});
        Page page;
        if (entries.size() > static_cast<std::size_t>(limit)) {
            entries.pop_back();
            const auto& last = entries.back();
            page.next_cursor =
                std::to_string(
                    parse_moment(std::string_view(last.at("at").as_string())).value().milliseconds) +
                "_" + std::string(last.at("id").as_string());
        }
        for (auto& entry : entries) page.items.push_back(std::move(entry));
        return page;
    });
}

boost::json::object explain(const Context& context, const core::Actor& actor, CustomerId customer,
                            const std::optional<Expiring>& expiring) {
    actor.require("customer.read");
    const auto now = context.journal.now();
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        const auto expiries = read_expiries(tx, customer);
        const auto lots = lots_of(customer, expiring);
        return boost::json::object{
            {"balance",
             tx.find_integer("SELECT points FROM customer WHERE id = ?", {customer.value}).value()},
            {"next_expiry", next_expiry(expiries)},
            {"expiries", to_json(grouped(expiries))},
            {"lots", lots_json(tx, lots)},
            {"lot_count", count_lots(tx, lots)},
            {"kinds", kinds_json(tx, customer)},
            {"rules", rules_json(read_rules(tx, context.journal.registry()), now)}};
    });
}

}  // namespace otokui::points
