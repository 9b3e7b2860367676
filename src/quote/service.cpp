#include "quote/service.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/customer.hpp"
#include "core/id_set.hpp"
#include "core/settings.hpp"
#include "quote/rules.hpp"

namespace otokui::quote {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::int64_t kBaseRate = 100;  // 1 %, while no setting says otherwise
constexpr std::size_t kMostCharacters = 200;

struct Asked {
    std::int64_t customer = 0;
    std::vector<Line> lines;
    std::string payment_method;
};

std::string read_text(json::ObjectReader& reader, std::string_view key) {
    auto text = text::trimmed(reader.find_text(key).value_or(""));
    if (text::code_point_count(text) > kMostCharacters) reader.add_error(key, "too_long");
    return text;
}

std::int64_t within(json::ObjectReader& reader, std::string_view key, std::int64_t value, std::int64_t least,
                    std::int64_t most) {
    if (value < least || value > most) reader.add_error(key, "out_of_range");
    return value;
}

Line read_line(const json::Value& value, const std::string& pointer, std::vector<FieldError>& errors) {
    json::ObjectReader reader(value, pointer);
    const auto integer = [&](std::string_view key, std::int64_t least, std::int64_t most) {
        const auto before = reader.errors().size();
        const auto number = reader.integer(key);
        return reader.errors().size() > before ? least : within(reader, key, number, least, most);
    };
    Line line;
    line.product_number = read_text(reader, "product_number");
    if (line.product_number.empty()) reader.add_error("product_number", "required");
    line.product_name = read_text(reader, "product_name");
    line.unit_price = integer("unit_price", 0, kMostYen);
    line.quantity = integer("quantity", 1, kMostPieces);
    line.discount_percent =
        within(reader, "discount_percent", reader.find_integer("discount_percent").value_or(0), 0, 100);
    for (auto& error : reader.errors()) errors.push_back(std::move(error));
    return line;
}

Asked read(const json::Value& body) {
    json::ObjectReader reader(body);
    Asked asked;
    asked.customer = reader.id("customer");
    asked.payment_method = read_text(reader, "payment_method");
    std::vector<FieldError> errors;
    if (!reader.has("lines") || reader.is_null("lines")) reader.add_error("lines", "required");
    if (const auto* lines = reader.find_array("lines")) {
        if (lines->empty()) reader.add_error("lines", "required");
        if (lines->size() > kMostLines) reader.add_error("lines", "too_many");
        for (std::size_t i = 0; i < std::min(lines->size(), kMostLines); ++i)
            asked.lines.push_back(read_line((*lines)[i], "/lines/" + std::to_string(i), errors));
    }
    reader.add_errors(std::move(errors));
    reader.finish("quote.invalid");
    return asked;
}

struct Customer {
    std::string status, groups, reasons;
    bool is_deleted = false, is_blocked = false;
    std::int64_t level = 0, special_type = 0;
};

Customer find_customer(Transaction& tx, std::int64_t id) {
    std::optional<Customer> customer;
    tx.query(
        "SELECT status, customer_groups, block_reasons, deleted_at, blocked, level_id, special_type_id "
        "FROM customer WHERE id = ?",
        {id}, [&](const Row& row) {
            customer = Customer{.status = std::string(row.text(0)),
                                .groups = std::string(row.text(1)),
                                .reasons = std::string(row.text(2)),
                                .is_deleted = !row.is_null(3),
                                .is_blocked = row.integer(4) != 0,
                                .level = row.is_null(5) ? 0 : row.integer(5),
                                .special_type = row.is_null(6) ? 0 : row.integer(6)};
        });
    if (!customer) core::refuse_absent_customer();
    if (customer->is_deleted) core::refuse_deleted_customer();
    if (customer->status == "withdrawn")
        throw Refused({ProblemKind::conflict,
                       "customer.withdrawn",
                       {"この顧客は退会しているため注文できません。",
                        "This customer has withdrawn and cannot order."}});
    return *std::move(customer);
}

bool is_on(Transaction& tx, const core::Registry& registry, std::string_view feature) {
    const auto& fields = registry.settings(core::kFeatures).fields;
    const bool declared =
        std::ranges::any_of(fields, [&](const auto& field) { return field.key == feature; });
    return !declared || core::settings::is_on(tx, registry, feature);
}

std::int64_t base_rate(Transaction& tx, const core::Registry& registry) {
    const auto* document = registry.find_settings("points");
    const bool declared = document && std::ranges::any_of(document->fields, [](const auto& field) {
                              return field.key == "base_rate";
                          });
    return declared ? core::settings::read(tx, registry, "points").integer("base_rate") : kBaseRate;
}

json::Object entry(std::int64_t id, std::string_view name) {
    return {{"id", std::to_string(id)}, {"name", name}};
}

// The terms, and what they come from for whoever looks at the quote.
struct Found {
    Terms terms;
    json::Value level, special_type, rate_group;
    json::Array reasons;
};

void find_level(Transaction& tx, std::int64_t id, Found& found) {
    tx.query("SELECT name, discount, point_multiplier FROM member_level WHERE id = ?", {id},
             [&](const Row& row) {
                 found.terms.level_discount = row.integer(1);
                 found.terms.point_multiplier = row.integer(2);
                 auto level = entry(id, row.text(0));
                 level["discount"] = row.integer(1);
                 level["point_multiplier"] = row.integer(2);
                 found.level = std::move(level);
             });
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void find_special_type(Transaction& tx, std::int64_t id, Found& found) {
    tx.query(
        "SELECT name, code, discount, barred_payments, payment_exception, excepted_products FROM "
        "special_type WHERE id = ?",
        {id}, [&](const Row& row) {
            found.terms.special_discount = row.integer(2);
            found.terms.barred_payments = lines_of(row.text(3));
            if (row.integer(4) != 0) found.terms.excepted_products = lines_of(row.text(5));
            auto type = entry(id, row.text(0));
            type["code"] = row.text(1);
            type["discount"] = row.integer(2);
            found.special_type = std::move(type);
        });
}

// Rates of the customer's groups; of the default group when he has none (DOMAIN 2.4).
void find_rate(Transaction& tx, const core::Registry& registry, const Customer& customer, Found& found) {
    const auto own = core::parse_set(customer.groups);
    std::vector<std::int64_t> rates;
    tx.query("SELECT id, name, point_rate, is_default FROM customer_group ORDER BY position, id", {},
             [&](const Row& row) {
                 const bool counts =
                     own.empty() ? row.integer(3) != 0 : std::ranges::binary_search(own, row.integer(0));
                 if (!counts || row.integer(2) == 0) return;
                 if (rates.empty() || row.integer(2) > std::ranges::max(rates))
                     found.rate_group = entry(row.integer(0), row.text(1));
                 rates.push_back(row.integer(2));
             });
    found.terms.point_rate = point_rate(base_rate(tx, registry), rates);
}

void find_reasons(Transaction& tx, const Customer& customer, Found& found) {
    const auto own = core::parse_set(customer.reasons);
    tx.query("SELECT id, name, action FROM block_reason ORDER BY position, id", {}, [&](const Row& row) {
        if (!std::ranges::binary_search(own, row.integer(0))) return;
        found.terms.block_reasons.push_back(row.text(2) == "refuse" ? BlockAction::refuse
                                                                    : BlockAction::alert);
        auto reason = entry(row.integer(0), row.text(1));
        reason["action"] = row.text(2);
        found.reasons.push_back(std::move(reason));
    });
    // A block without a reason that is still there is one all the same.
    if (found.terms.block_reasons.empty()) found.terms.block_reasons.push_back(BlockAction::alert);
}

Found find_terms(Transaction& tx, const core::Registry& registry, const Customer& customer) {
    Found found;
    if (customer.level != 0 && is_on(tx, registry, "levels")) find_level(tx, customer.level, found);
    if (customer.special_type != 0 && is_on(tx, registry, "special_types"))
        find_special_type(tx, customer.special_type, found);
    // Points belong to members (FEATURES 61): nobody else is promised any.
    if (customer.status == "member" && is_on(tx, registry, "points"))
        find_rate(tx, registry, customer, found);
    if (customer.is_blocked && is_on(tx, registry, "block_list")) find_reasons(tx, customer, found);
    return found;
}

std::string_view name_of(Discount discount) {
    switch (discount) {
        case Discount::none:
            return "none";
        case Discount::ordinary:
            return "ordinary";
        case Discount::special:
            return "special";
    }
    return "";
}

json::Array lines_json(const Asked& asked, const Quote& quote) {
    json::Array lines;
    for (std::size_t i = 0; i < asked.lines.size(); ++i) {
        const auto& line = asked.lines[i];
        const auto& quoted = quote.lines[i];
        lines.push_back(json::Object{{"product_number", line.product_number},
                                     {"product_name", line.product_name},
                                     {"unit_price", line.unit_price},
                                     {"quantity", line.quantity},
                                     {"discount_kind", name_of(quoted.discount)},
                                     {"discount_percent", quoted.discount_percent},
                                     {"discounted_price", quoted.unit_price},
                                     {"discount", (line.unit_price - quoted.unit_price) * line.quantity},
                                     {"amount", quoted.amount},
                                     {"payment_excepted", quoted.is_excepted}});
    }
    return lines;
}

json::Value block_json(const Quote& quote, json::Array reasons) {
    if (!quote.block) return nullptr;
    return json::Object{{"action", *quote.block == BlockAction::refuse ? "refuse" : "alert"},
                        {"reasons", std::move(reasons)}};
}

json::Object to_json(const Asked& asked, Found found, const Quote& quote) {
    json::Array barred;
    for (const auto& method : found.terms.barred_payments) barred.emplace_back(method);
    const bool refused = quote.payment_refused || quote.block == BlockAction::refuse;
    return {
        {"customer", std::to_string(asked.customer)},
        {"lines", lines_json(asked, quote)},
        {"subtotal", quote.subtotal},
        {"level", std::move(found.level)},
        {"level_discount", quote.level_discount},
        {"special_type", std::move(found.special_type)},
        {"total", quote.total},
        {"points", quote.points},
        {"point_rate", found.terms.point_rate},
        {"point_rate_group", std::move(found.rate_group)},
        {"point_multiplier", found.terms.point_multiplier},
        {"payment_method", asked.payment_method.empty() ? json::Value() : json::Value(asked.payment_method)},
        {"barred_payments", std::move(barred)},
        {"payment_refused", quote.payment_refused},
        {"block", block_json(quote, std::move(found.reasons))},
        {"accepted", !refused}};
}

}  // namespace

json::Object make(core::Journal& journal, const core::Actor& actor, const json::Value& body) {
    actor.require("customer.read");
    const auto asked = read(body);
    return journal.database().read([&](Transaction& tx) {
        auto found = find_terms(tx, journal.registry(), find_customer(tx, asked.customer));
        const auto quoted = quote(found.terms, asked.lines, asked.payment_method);
        return to_json(asked, std::move(found), quoted);
    });
}

}  // namespace otokui::quote
