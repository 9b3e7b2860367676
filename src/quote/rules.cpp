#include "quote/rules.hpp"

#include <algorithm>

namespace otokui::quote {
namespace {

constexpr std::int64_t kPercent = 100;

std::int64_t reduced(std::int64_t yen, std::int64_t percent) { return yen * (kPercent - percent) / kPercent; }

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    return std::ranges::find(texts, text) != texts.end();
}

QuotedLine quote_line(const Terms& terms, const Line& line) {
    QuotedLine quoted;
    if (terms.special_discount != 0) {
        quoted.discount = Discount::special;
        quoted.discount_percent = terms.special_discount;
    } else if (line.discount_percent != 0) {
        quoted.discount = Discount::ordinary;
        quoted.discount_percent = line.discount_percent;
    }
    quoted.unit_price = reduced(line.unit_price, quoted.discount_percent);
    quoted.amount = quoted.unit_price * line.quantity;
    quoted.is_excepted = contains(terms.excepted_products, line.product_number);
    return quoted;
}

// One payment pays for everything: the bar falls only when no product is left that it concerns.
bool are_all_excepted(const std::vector<QuotedLine>& lines) {
    return !lines.empty() && std::ranges::all_of(lines, &QuotedLine::is_excepted);
}

// floor(total * rate * multiplier / 1,000,000) without an intermediate that could overflow.
std::int64_t points_of(std::int64_t total, std::int64_t rate, std::int64_t multiplier) {
    constexpr std::int64_t kWhole =
        1'000'000;  // a rate of 1 = 10,000 hundredths of a percent; x 100 of the multiplier
    const auto factor = rate * multiplier;
    return total / kWhole * factor + total % kWhole * factor / kWhole;
}

}  // namespace

Quote quote(const Terms& terms, std::span<const Line> lines, const std::string& payment_method) {
    Quote quote;
    for (const auto& line : lines) {
        quote.lines.push_back(quote_line(terms, line));
        quote.subtotal += quote.lines.back().amount;
    }
    quote.total = reduced(quote.subtotal, terms.level_discount);
    quote.level_discount = quote.subtotal - quote.total;
    quote.points = points_of(quote.total, terms.point_rate, terms.point_multiplier);
    quote.payment_refused = contains(terms.barred_payments, payment_method) && !are_all_excepted(quote.lines);
    for (const auto action : terms.block_reasons)
        if (!quote.block || action == BlockAction::refuse) quote.block = action;
    return quote;
}

std::int64_t point_rate(std::int64_t base_rate, std::span<const std::int64_t> group_rates) {
    const auto highest = std::ranges::max_element(group_rates);
    return highest == group_rates.end() || *highest == 0 ? base_rate : *highest;
}

}  // namespace otokui::quote
