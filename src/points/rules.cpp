#include "points/rules.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace otokui::points {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

const std::array<KindRule, 15> kRules{{
    {Kind::order_earn, "order_earn", {"購入付与", "Earned by an order"}, 1, Author::token, true, true},
    {Kind::signup, "signup", {"新規会員登録", "Signed up"}, 1, Author::token, true, true},
    {Kind::review, "review", {"レビュー投稿", "Wrote a review"}, 1, Author::token, true, true},
    {Kind::birthday, "birthday", {"誕生日", "Birthday"}, 1, Author::token, true, true},
    {Kind::manual_grant, "manual_grant", {"手動付与", "Given by hand"}, 1, Author::staff, true, true},
    {Kind::manual_deduct, "manual_deduct", {"手動減算", "Taken by hand"}, -1, Author::staff, true, true},
    {Kind::order_use, "order_use", {"利用", "Used for an order"}, -1, Author::token, false, true},
    {Kind::use_returned, "use_returned", {"利用戻し", "Use given back"}, 1, Author::token, false, true},
    {Kind::earn_revoked,
     "earn_revoked",
     {"付与取消", "Earned points revoked"},
     -1,
     Author::token,
     false,
     true},
    {Kind::expire, "expire", {"失効", "Expired"}, -1, Author::product, false, false},
    {Kind::reversal, "reversal", {"取消", "Cancelled"}, 0, Author::product, false, false},
    {Kind::csv, "csv", {"CSV登録", "From a CSV file"}, 0, Author::product, false, true},
    {Kind::bulk, "bulk", {"一括更新", "Bulk update"}, 0, Author::product, false, true},
    {Kind::merge_transfer,
     "merge_transfer",
     {"顧客結合による移管", "Moved by a merge"},
     0,
     Author::product,
     false,
     false},
    {Kind::withdraw_void,
     "withdraw_void",
     {"退会による失効", "Voided by withdrawal"},
     0,
     Author::product,
     false,
     false},
}};

/// Nearest expiry first, what never expires last; then the oldest. New lots have no id yet and are the
/// youngest.
auto order_of_use(const Lot& lot) {
    return std::pair(lot.expires_at ? lot.expires_at->milliseconds : kNever, lot.id == 0 ? kNever : lot.id);
}

}  // namespace

std::span<const KindRule> kind_rules() { return kRules; }

const KindRule& rule_of(Kind kind) { return kRules.at(static_cast<std::size_t>(kind)); }

const KindRule* find_kind(std::string_view code) {
    const auto found = std::ranges::find(kRules, code, &KindRule::code);
    return found == kRules.end() ? nullptr : &*found;
}

Moment end_of(Day day) { return start_of(add_days(day, 1)) + std::chrono::milliseconds(-1); }

std::optional<Moment> Rules::term_from(Moment now) const {
    if (days == 0) return std::nullopt;
    return end_of(add_days(shop_day(now), static_cast<int>(days)));
}

std::int64_t Purse::balance() const {
    std::int64_t sum = 0;
    for (const auto& lot : lots_) sum += lot.remaining;
    return sum;
}

std::optional<Moment> Purse::latest_date(std::optional<Moment> otherwise) const {
    std::optional<Moment> latest;
    bool is_live = false;
    for (const auto& lot : lots_) {
        if (lot.remaining <= 0) continue;
        if (!lot.expires_at) return std::nullopt;
        if (!is_live || *latest < *lot.expires_at) latest = lot.expires_at;
        is_live = true;
    }
    return is_live ? latest : otherwise;
}

void Purse::align() { redate(latest_date(std::nullopt)); }

void Purse::redate(std::optional<Moment> date) {
    for (auto& lot : lots_)
        if (lot.remaining > 0) lot.expires_at = date;
}

void Purse::add(std::int64_t amount, std::optional<Moment> date) {
    lots_.push_back({.granted = amount, .remaining = amount, .expires_at = date});
    pay_debts();
}

std::int64_t Purse::take(std::int64_t amount) {
    while (amount > 0) {
        auto* lot = next_to_use();
        if (!lot) break;
        const auto part = std::min(amount, lot->remaining);
        move(*lot, -part);
        amount -= part;
    }
    return amount;
}

void Purse::owe(std::int64_t amount) {
    lots_.push_back({.granted = -amount, .remaining = -amount, .expires_at = std::nullopt});
}

void Purse::void_all() {
    for (auto& lot : lots_) move(lot, -lot.remaining);
}

Lot* Purse::next_to_use() {
    Lot* next = nullptr;
    for (auto& lot : lots_)
        if (lot.remaining > 0 && (!next || order_of_use(lot) < order_of_use(*next))) next = &lot;
    return next;
}

Lot* Purse::next_overdue(Moment now) {
    auto* lot = next_to_use();
    return lot && lot->expires_at && *lot->expires_at < now ? lot : nullptr;
}

void Purse::pay_debts() {
    for (auto& debt : lots_) {
        while (debt.remaining < 0) {
            auto* lot = next_to_use();
            if (!lot) return;
            const auto part = std::min(-debt.remaining, lot->remaining);
            move(*lot, -part);
            move(debt, part);
        }
    }
}

Purse::Reversed Purse::reverse(const std::vector<Effect>& effects, const Rules& rules, Moment now) {
    const auto date = latest_date(std::nullopt);
    const bool is_live = std::ranges::any_of(lots_, [](const Lot& lot) { return lot.remaining > 0; });
    std::int64_t missing = 0, back = 0;
    for (const auto& effect : effects) {
        auto& lot = *std::ranges::find(lots_, effect.lot, &Lot::id);
        if (effect.amount > 0) {
            const auto part = std::min(effect.amount, std::max<std::int64_t>(lot.remaining, 0));
            move(lot, -part);
            missing += effect.amount - part;
        } else if (lot.granted < 0) {
            const auto part = std::min(-effect.amount, std::max<std::int64_t>(-lot.remaining, 0));
            move(lot, part);
            back += -effect.amount - part;
        } else {
            if (rules.mode == ExpiryMode::balance && is_live) lot.expires_at = date;
            move(lot, -effect.amount);
        }
    }
    // Nothing was usable, so what comes back brings its dates along: the latest of them is that of the
    // balance.
    if (rules.mode == ExpiryMode::balance && !is_live) align();
    const auto both = std::min(missing, back);
    missing -= both;
    back -= both;
    if (missing > 0) {
        if (!rules.allow_negative) return Reversed::consumed;
        if (const auto shortfall = take(missing); shortfall > 0) owe(shortfall);
    }
    if (back > 0) add(back, rules.mode == ExpiryMode::balance && is_live ? date : rules.term_from(now));
    pay_debts();
    return Reversed::done;
}

}  // namespace otokui::points
