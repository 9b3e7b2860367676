#include "coupon/rules.hpp"

#include <algorithm>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"

namespace otokui::coupon {
namespace {

struct Named {
    Discount discount;
    std::string_view name;
    Text label;
};

const std::array<Named, 5>& named() {
    static const std::array kNamed{
        Named{Discount::amount, "amount", {"金額指定", "Amount"}},
        Named{
            Discount::percent_total, "percent_total", {"パーセント割引（合計金額）", "Percent of the total"}},
        Named{Discount::percent_products,
              "percent_products",
              {"パーセント割引（対象商品金額）", "Percent of the products"}},
        Named{Discount::free_shipping, "free_shipping", {"送料無料", "Free shipping"}},
        Named{Discount::free_product, "free_product", {"商品無料", "Free product"}}};
    return kNamed;
}

bool takes_percent(Discount discount) {
    return discount == Discount::percent_total || discount == Discount::percent_products;
}
bool needs_products(Discount discount) {
    return discount == Discount::percent_products || discount == Discount::free_product;
}

void check_value(const Coupon& coupon, std::vector<FieldError>& errors) {
    const bool has_value = coupon.discount == Discount::amount || takes_percent(coupon.discount);
    const auto most = !has_value ? 0 : takes_percent(coupon.discount) ? 100 : kMaxYen;
    if (coupon.value < (has_value ? 1 : 0) || coupon.value > most)
        errors.push_back({"/value", "out_of_range"});
}

void check_code(const std::string& code, std::vector<FieldError>& errors) {
    if (code.empty()) return errors.push_back({"/code", "required"});
    if (text::code_point_count(code) > kMaxCode) return errors.push_back({"/code", "too_long"});
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    if (text::line_problem(code) || std::ranges::any_of(code, is_space))
        errors.push_back({"/code", "bad_character"});
}

void check_name(const std::string& name, std::vector<FieldError>& errors) {
    if (name.empty()) return errors.push_back({"/name", "required"});
    if (text::code_point_count(name) > kMaxName) return errors.push_back({"/name", "too_long"});
    if (text::line_problem(name)) errors.push_back({"/name", "bad_character"});
}

void check_products(const Coupon& coupon, std::vector<FieldError>& errors) {
    if (coupon.products.size() > kMaxProducts) errors.push_back({"/products", "too_many"});
    if (coupon.products.empty() && needs_products(coupon.discount))
        errors.push_back({"/products", "required"});
    for (const auto& product : coupon.products) {
        if (product.empty() || text::line_problem(product))
            return errors.push_back({"/products", "bad_character"});
        if (text::code_point_count(product) > kMaxProduct) return errors.push_back({"/products", "too_long"});
    }
}

Problem refusal(std::string code, Text detail) {
    return {ProblemKind::conflict, std::move(code), std::move(detail)};
}

bool is_before(Day day, const std::optional<Day>& first) { return first && day < *first; }
bool is_after(Day day, const std::optional<Day>& last) { return last && day > *last; }

bool has_one_of(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
    return std::ranges::any_of(given,
                               [&](const auto& one) { return std::ranges::binary_search(wanted, one); });
}

std::optional<Problem> why_not_these_days(const Situation& situation) {
    const auto& [coupon, grant, used, day] = situation;
    if (is_before(day, coupon.valid_from) || (grant && is_before(day, grant->usable_from)))
        return refusal("coupon.not_valid_yet",
                       {"クーポンの有効期間の前です。", "The coupon is not valid yet."});
    if (is_after(day, coupon.valid_to) || (grant && is_after(day, grant->usable_to)))
        return refusal("coupon.expired",
                       {"クーポンの有効期間が過ぎています。", "The coupon is not valid any more."});
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Discount discount) {
    for (const auto& one : named())
        if (one.discount == discount) return one.name;
    return "";
}

std::optional<Discount> find_discount(std::string_view name) {
    for (const auto& one : named())
        if (one.name == name) return one.discount;
    return std::nullopt;
}

const std::vector<core::Choice>& discounts() {
    static const std::vector<core::Choice> kChoices = [] {
        std::vector<core::Choice> choices;
        for (const auto& one : named()) choices.push_back({std::string(one.name), one.label});
        return choices;
    }();
    return kChoices;
}

std::string_view name_of(Status status) {
    switch (status) {
        case Status::unissued:
            return "unissued";
        case Status::issued:
            return "issued";
        case Status::ended:
            return "ended";
    }
    return "";
}

std::string code_form(std::string_view typed) {
    auto code = text::mail(typed);  // NFKC, lower case, trimmed
    for (auto& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return code;
}

std::vector<FieldError> check(const Coupon& coupon) {
    std::vector<FieldError> errors;
    check_name(coupon.name, errors);
    check_code(coupon.code, errors);
    check_value(coupon, errors);
    if (coupon.valid_from && coupon.valid_to && *coupon.valid_to < *coupon.valid_from)
        errors.push_back({"/valid_to", "before_the_first"});
    if (coupon.uses_per_customer && (*coupon.uses_per_customer < 1 || *coupon.uses_per_customer > kMaxTimes))
        errors.push_back({"/uses_per_customer", "out_of_range"});
    if (coupon.minimum_amount < 0 || coupon.minimum_amount > kMaxYen)
        errors.push_back({"/minimum_amount", "out_of_range"});
    check_products(coupon, errors);
    return errors;
}

Status status_of(const Coupon& coupon, Day today) {
    if (is_after(today, coupon.valid_to)) return Status::ended;
    if (is_before(today, coupon.valid_from)) return Status::unissued;
    return coupon.customer_limited && coupon.granted == 0 && coupon.used == 0 ? Status::unissued
                                                                              : Status::issued;
}

std::optional<std::int64_t> times_left(const Coupon& coupon, const Grant* grant,
                                       std::int64_t used_by_customer) {
    const auto left = [](std::int64_t most, std::int64_t used) {
        return std::max<std::int64_t>(most - used, 0);
    };
    if (grant && grant->times) return left(*grant->times, grant->used);
    if (coupon.uses_per_customer) return left(*coupon.uses_per_customer, used_by_customer);
    return std::nullopt;
}

Problem limit_reached() {
    return refusal("coupon.limit_reached",
                   {"ご利用可能回数に達しています。", "The customer has used it as often as it allows."});
}

std::optional<Problem> why_refused(const Situation& situation, const Attempt& attempt) {
    const auto& coupon = situation.coupon;
    const auto* grant = coupon.customer_limited ? situation.grant : nullptr;
    if (!coupon.enabled)
        return refusal("coupon.disabled", {"このクーポンは無効です。", "The coupon is switched off."});
    if (coupon.customer_limited && !grant)
        return refusal("coupon.not_granted", {"このクーポンは、付与された顧客だけが使えます。",
                                              "The coupon is for customers it was granted to."});
    if (auto refused = why_not_these_days({coupon, grant, situation.used_by_customer, situation.day}))
        return refused;
    if (times_left(coupon, grant, situation.used_by_customer) == 0) return limit_reached();
    if (attempt.order_total && *attempt.order_total < coupon.minimum_amount)
        return refusal("coupon.minimum_not_reached",
                       {"ご注文金額が " + std::to_string(coupon.minimum_amount) + " 円に足りません。",
                        "The order is below " + std::to_string(coupon.minimum_amount) + " yen."});
    if (!coupon.products.empty() && attempt.products && !has_one_of(coupon.products, *attempt.products))
        return refusal("coupon.wrong_products", {"対象の商品が注文にありません。",
                                                 "The order has none of the products the coupon is for."});
    return std::nullopt;
}

}  // namespace otokui::coupon
