#include "coupon/store.hpp"

#include "base/problem.hpp"
#include "base/text/shadow.hpp"
#include "coupon/rules.hpp"

namespace otokui::coupon::store {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Values;

constexpr std::string_view kColumns =
    "SELECT id, name, code, discount, value, valid_from, valid_to, uses_per_customer, minimum_amount, "
    "products,"
    " customer_limited, enabled, granted_count, used_count, created_at, updated_at, version FROM coupon "
    "WHERE ";

std::optional<std::int64_t> number_or_none(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::vector<std::string> parse_products(std::string_view text) {
    std::vector<std::string> products;
    while (!text.empty()) {
        const auto end = text.find('\n');
        products.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? "" : text.substr(end + 1);
    }
    return products;
}

Coupon read(const Row& row) {
    return {.id = {row.integer(0)},
            .name = std::string(row.text(1)),
            .code = std::string(row.text(2)),
            .discount = find_discount(row.text(3)).value_or(Discount::amount),
            .value = row.integer(4),
            .valid_from = parse_day(row.text(5)),
            .valid_to = parse_day(row.text(6)),
            .uses_per_customer = number_or_none(row, 7),
            .minimum_amount = row.integer(8),
            .products = parse_products(row.text(9)),
            .customer_limited = row.integer(10) != 0,
            .enabled = row.integer(11) != 0,
            .granted = row.integer(12),
            .used = row.integer(13),
            .created_at = {row.integer(14)},
            .updated_at = {row.integer(15)},
            .version = row.integer(16)};
}

// Grants and uses of customer ? with the same columns; `kind` 0 and 1.
constexpr std::string_view kGrants =
    "SELECT 0 AS kind, g.id AS id, g.coupon_id AS coupon_id, g.granted_at AS at, g.granted_by AS actor, "
    "g.usable_from"
    " AS usable_from, g.usable_to AS usable_to, g.times AS times, g.used_count AS used, g.revoked_at AS "
    "ended_at,"
    " g.revoked_by AS ended_by, '' AS order_number, 0 AS amount, g.version AS version, g.customer_id AS "
    "customer_id"
    " FROM coupon_grant g WHERE ";
constexpr std::string_view kUses =
    "SELECT 1 AS kind, u.id AS id, u.coupon_id AS coupon_id, u.used_at AS at, '' AS actor, '' AS "
    "usable_from, ''"
    " AS usable_to, CAST(NULL AS BIGINT) AS times, 0 AS used, u.cancelled_at AS ended_at, u.cancelled_by AS"
    " ended_by, u.order_number AS order_number, u.amount AS amount, 1 AS version, u.customer_id AS "
    "customer_id"
    " FROM coupon_use u WHERE ";

json::Value text_or_null(std::string_view text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}
json::Value number_or_null(std::optional<std::int64_t> number) {
    return number ? json::Value(*number) : json::Value();
}
json::Value moment_or_null(const Row& row, int column) {
    return row.is_null(column) ? json::Value() : json::Value(format_moment({row.integer(column)}));
}

// What of a customer's uses is in the columns of an entry: his uses of the coupon under any grant.
constexpr std::string_view kEntryColumns =
    "SELECT e.kind, e.id, e.coupon_id, e.at, e.actor, e.usable_from, e.usable_to, e.times, e.used, "
    "e.ended_at,"
    " e.ended_by, e.order_number, e.amount, e.version, c.name, c.code, c.valid_from, c.valid_to,"
    " c.uses_per_customer, c.enabled, (SELECT count(*) FROM coupon_use x WHERE x.coupon_id = e.coupon_id AND"
    " x.customer_id = e.customer_id AND x.cancelled_at IS NULL), e.customer_id FROM (";
constexpr std::string_view kEntryJoin = ") e JOIN coupon c ON c.id = e.coupon_id";

std::string_view state_of_grant(const Row& row, std::optional<std::int64_t> left, Day today) {
    if (!row.is_null(9)) return "revoked";
    const auto is_over = [&](int column) {
        const auto day = parse_day(row.text(column));
        return day && *day < today;
    };
    if (is_over(6) || is_over(17)) return "expired";
    return left == 0 ? "used_up" : "live";
}

json::Object read_grant(const Row& row, Day today) {
    const Grant grant{.times = number_or_none(row, 7), .used = row.integer(8)};
    const Coupon coupon{.uses_per_customer = number_or_none(row, 18)};
    const auto left = times_left(coupon, &grant, row.integer(20));
    return {{"actor", text_or_null(row.text(4))},
            {"usable_from", text_or_null(row.text(5))},
            {"usable_to", text_or_null(row.text(6))},
            {"times", number_or_null(grant.times)},
            {"times_left", number_or_null(left)},
            {"state", state_of_grant(row, left, today)},
            {"revoked_at", moment_or_null(row, 9)},
            {"revoked_by", text_or_null(row.text(10))},
            {"version", row.integer(13)}};
}

json::Object read_use(const Row& row) {
    return {{"order_number", row.text(11)},
            {"amount", row.integer(12)},
            {"state", row.is_null(9) ? "used" : "cancelled"},
            {"cancelled_at", moment_or_null(row, 9)},
            {"cancelled_by", text_or_null(row.text(10))}};
}

Entry read_entry(const Row& row, Day today) {
    const bool is_use = row.integer(0) == 1;
    auto json = is_use ? read_use(row) : read_grant(row, today);
    json["kind"] = is_use ? "use" : "grant";
    json["id"] = std::to_string(row.integer(1));
    json["customer"] = std::to_string(row.integer(21));
    json["coupon"] = std::to_string(row.integer(2));
    json["coupon_name"] = row.text(14);
    json["coupon_code"] = row.text(15);
    json["at"] = format_moment({row.integer(3)});
    return {{row.integer(3), static_cast<int>(row.integer(0)), row.integer(1)}, std::move(json)};
}

}  // namespace

void refuse_not_found() {
    throw Refused({ProblemKind::not_found,
                   "coupon.not_found",
                   {"クーポンが見つかりません。", "There is no such coupon."}});
}

void refuse_limit() { throw Refused(limit_reached()); }

std::string format_day_or_empty(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }

std::string format_products(const std::vector<std::string>& products) {
    std::string text;
    for (const auto& product : products) text += (text.empty() ? "" : "\n") + product;
    return text;
}

Coupon get(Transaction& tx, CouponId id) {
    std::optional<Coupon> found;
    tx.query(std::string(kColumns) + "id = ?", {id.value}, [&](const Row& row) { found = read(row); });
    if (!found) refuse_not_found();
    return *std::move(found);
}

std::vector<Coupon> list(Transaction& tx, const std::string& text, std::optional<bool> enabled,
                         std::int64_t before, std::int64_t most) {
    std::string where = "id < ?";
    Values values{before};
    if (enabled) {
        where += " AND enabled = ?";
        values.emplace_back(std::int64_t{*enabled});
    }
    if (!text.empty()) {
        const std::string position = tx.engine() == storage::Engine::sqlite ? "instr" : "strpos";
        where += " AND (" + position + "(name_text, ?) > 0 OR " + position + "(code, ?) = 1)";
        values.emplace_back(text::shadow(text::ShadowKind::text, text));
        values.emplace_back(code_form(text));
    }
    values.emplace_back(most);
    std::vector<Coupon> coupons;
    tx.query(std::string(kColumns) + where + " ORDER BY id DESC LIMIT ?", values,
             [&](const Row& row) { coupons.push_back(read(row)); });
    return coupons;
}

std::optional<Grant> find_grant(Transaction& tx, CouponId coupon, CustomerId customer) {
    std::optional<Grant> found;
    tx.query(
        "SELECT id, usable_from, usable_to, times, used_count, version FROM coupon_grant WHERE coupon_id = ? "
        "AND "
        "customer_id = ? AND revoked_at IS NULL",
        {coupon.value, customer.value}, [&](const Row& row) {
            found = Grant{.id = {row.integer(0)},
                          .coupon = coupon,
                          .customer = customer,
                          .usable_from = parse_day(row.text(1)),
                          .usable_to = parse_day(row.text(2)),
                          .times = number_or_none(row, 3),
                          .used = row.integer(4),
                          .version = row.integer(5)};
        });
    return found;
}

std::int64_t count_uses(Transaction& tx, CouponId coupon, CustomerId customer) {
    return tx
        .find_integer(
            "SELECT count(*) FROM coupon_use WHERE coupon_id = ? AND customer_id = ? AND cancelled_at IS "
            "NULL",
            {coupon.value, customer.value})
        .value_or(0);
}

bool has_uses(Transaction& tx, CouponId coupon) {
    return tx.find_integer("SELECT 1 FROM coupon_use WHERE coupon_id = ? LIMIT 1", {coupon.value})
        .has_value();
}

bool has_grants_or_uses(Transaction& tx, CouponId coupon) {
    return has_uses(tx, coupon) ||
           tx.find_integer("SELECT 1 FROM coupon_grant WHERE coupon_id = ? LIMIT 1", {coupon.value});
}

std::vector<Entry> history(Transaction& tx, CustomerId customer, Shown shown, const Place& before, Day today,
                           std::int64_t most) {
    std::string rows;
    Values values;
    if (shown != Shown::uses) {
        rows += std::string(kGrants) + "g.customer_id = ?";
        values.emplace_back(customer.value);
    }
    if (shown != Shown::grants) {
        rows += (rows.empty() ? "" : " UNION ALL ") + std::string(kUses) + "u.customer_id = ?";
        values.emplace_back(customer.value);
    }
    for (const auto value : {before.at, std::int64_t{before.kind}, before.id, most})
        values.emplace_back(value);
    std::vector<Entry> entries;
    tx.query(std::string(kEntryColumns) + rows + std::string(kEntryJoin) +
                 " WHERE (e.at, e.kind, e.id) < (?, ?, ?) ORDER BY e.at DESC, e.kind DESC, e.id DESC LIMIT ?",
             values, [&](const Row& row) { entries.push_back(read_entry(row, today)); });
    return entries;
}

json::Object get_entry(Transaction& tx, std::string_view table, std::int64_t id, Day today) {
    const auto rows =
        table == kGrantTable ? std::string(kGrants) + "g.id = ?" : std::string(kUses) + "u.id = ?";
    json::Object json;
    tx.query(std::string(kEntryColumns) + rows + std::string(kEntryJoin), {id},
             [&](const Row& row) { json = read_entry(row, today).json; });
    return json;
}

std::vector<core::TimelineItem> timeline(Transaction& tx, CustomerId customer,
                                         std::optional<core::TimelinePlace> before, std::size_t most) {
    const auto place = before.value_or(core::TimelinePlace{{std::numeric_limits<std::int64_t>::max()}, 0});
    std::vector<core::TimelineItem> items;
    // One number for both: 2n a grant, 2n + 1 a use.
    tx.query(
        "SELECT e.id, e.at, e.kind, c.name, e.order_number, e.amount, e.ended FROM (SELECT id * 2 AS id, "
        "granted_at AS "
        "at, 0 AS kind, coupon_id, '' AS order_number, 0 AS amount, CASE WHEN revoked_at IS NULL THEN 0 ELSE "
        "1 END "
        "AS ended FROM coupon_grant WHERE customer_id = ? UNION ALL SELECT id * 2 + 1, used_at, 1, "
        "coupon_id, "
        "order_number, amount, CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END FROM coupon_use WHERE "
        "customer_id = "
        "?) e JOIN coupon c ON c.id = e.coupon_id WHERE (e.at, e.id) < (?, ?) ORDER BY e.at DESC, e.id DESC "
        "LIMIT ?",
        {customer.value, customer.value, place.at.milliseconds, place.id, static_cast<std::int64_t>(most)},
        [&](const Row& row) {
            const bool is_use = row.integer(2) == 1, is_over = row.integer(6) == 1;
            const std::string name(row.text(3));
            Text title = is_use ? Text{"クーポン利用「" + name + "」", "Coupon used: " + name}
                                : Text{"クーポン付与「" + name + "」", "Coupon granted: " + name};
            if (is_over) {
                title.ja += is_use ? "（キャンセル）" : "（取り消し）";
                title.en += is_use ? " (cancelled)" : " (taken back)";
            }
            items.push_back({.at = {row.integer(1)},
                             .id = row.integer(0),
                             .title = std::move(title),
                             .detail = is_use ? "¥" + std::to_string(row.integer(5)) : std::string(),
                             .number = std::string(row.text(4))});
        });
    return items;
}

}  // namespace otokui::coupon::store
