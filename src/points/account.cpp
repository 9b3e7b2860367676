#include "points/account.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/settings.hpp"

namespace otokui::points {
namespace {

using storage::Value;

Value or_null(std::optional<Moment> moment) { return moment ? Value(moment->milliseconds) : Value(); }
Value id_or_null(std::int64_t id) { return id == 0 ? Value() : Value(id); }

std::optional<Moment> moment_at(const storage::Row& row, int position) {
    return row.is_null(position) ? std::nullopt : std::optional(Moment{row.integer(position)});
}

[[noreturn]] void refuse_not_enough(std::int64_t balance) {
    const auto held = std::to_string(balance);
    Problem problem{
        ProblemKind::conflict,
        "points.not_enough",
        {"ポイントが足りません。保有ポイントは" + held + "です。",
         "There are not enough points: the balance is " + held + "."},
        {{"/delta", "not_enough", {"保有ポイントを超えています。", "This is more than the balance."}}}};
    problem.extra["balance"] = balance;
    throw Refused(std::move(problem));
}

[[noreturn]] void refuse_too_many() {
    throw Refused({ProblemKind::conflict,
                   "points.too_many",
                   {"保有できるポイントの上限を超えます。", "The balance would be more than it can hold."},
                   {{"/delta", "out_of_range"}}});
}

}  // namespace

Rules read_rules(storage::Transaction& tx, const core::Registry& registry) {
    const auto values = core::settings::read(tx, registry, kSettings);
    return {.mode = values.choice("expiry_mode") == "lots" ? ExpiryMode::lots : ExpiryMode::balance,
            .days = values.integer("expiry_days"),
            .allow_negative = values.flag("allow_negative"),
            .base_rate = values.integer("base_rate")};
}

void require_within_ceiling(const core::Actor& actor, std::int64_t delta) {
    if (!actor.points_ceiling || std::abs(delta) <= *actor.points_ceiling) return;
    const auto most = std::to_string(*actor.points_ceiling);
    Problem problem{ProblemKind::forbidden,
                    "points.over_ceiling",
                    {"一度に増減できるのは" + most + "ポイントまでです。",
                     "You may give or take up to " + most + " points at once."},
                    {{"/delta", "over_ceiling", {most + "以下にしてください。", "At most " + most + "."}}}};
    problem.extra["ceiling"] = *actor.points_ceiling;
    throw Refused(std::move(problem));
}

Account::Account(core::Writer& writer, CustomerId customer, const Rules& rules)
    : writer_(writer), customer_(customer), rules_(rules), purse_({}) {
    const auto& table = writer.registry().get("customer");
    const auto record = writer.find(table, customer.value);  // locks it
    if (!record) core::refuse_absent_customer();
    is_member_ = record->values[table.column("status")] == Value(std::string("member")) &&
                 storage::is_null(record->values[table.column("deleted_at")]);
    last_at_ = writer.tx()
                   .find_integer("SELECT max(at) FROM point_entry WHERE customer_id = ?", {customer.value})
                   .value_or(0);
    writer.tx().query(
        "SELECT id, granted, remaining, expires_at FROM point_lot WHERE customer_id = ? AND remaining <> 0 "
        "ORDER BY id",
        {customer.value}, [&](const storage::Row& row) {
            purse_.lots().push_back({row.integer(0), row.integer(1), row.integer(2), moment_at(row, 3)});
            stored_dates_.push_back(moment_at(row, 3));
        });
    if (rules_.mode == ExpiryMode::balance) purse_.align();
    bool moved = false;
    for (auto& lot : purse_.lots())
        moved =
            moved || lot.expires_at != stored_dates_[static_cast<std::size_t>(&lot - purse_.lots().data())];
    if (!moved) return;
    for (auto& lot : purse_.lots()) store_lot(lot, 0);
    settle(writer, {customer.value});
}

void Account::store_lot(Lot& lot, std::int64_t entry) {
    const auto& lots = writer_.registry().get(kLots);
    if (lot.id == 0) {
        lot.id = writer_.tx().allocate_ids(kLots, 1).front();
        writer_.execute_unjournaled(
            lots,
            "INSERT INTO point_lot (id, customer_id, entry_id, granted, remaining, expires_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            {lot.id, customer_.value, entry, lot.granted, lot.remaining, or_null(lot.expires_at)});
        stored_dates_.push_back(lot.expires_at);
    } else if (auto& stored = stored_dates_[static_cast<std::size_t>(&lot - purse_.lots().data())];
               lot.moved != 0 || lot.expires_at != stored) {
        writer_.execute_unjournaled(lots, "UPDATE point_lot SET remaining = ?, expires_at = ? WHERE id = ?",
                                    {lot.remaining, or_null(lot.expires_at), lot.id});
        stored = lot.expires_at;
    }
    if (lot.moved != 0)
        writer_.execute_unjournaled(writer_.registry().get(kUses),
                                    "INSERT INTO point_use (entry_id, lot_id, amount) VALUES (?, ?, ?)",
                                    {entry, lot.id, -lot.moved});
    lot.moved = 0;
}

EntryId Account::write(const Row& row) {
    const auto balance = purse_.balance();
    if (std::abs(balance) > kMostHeld) refuse_too_many();
    last_at_ = std::max(last_at_, writer_.now().milliseconds);  // a clock that went back breaks no order
    const auto id =
        writer_.insert(writer_.registry().get(kEntries), {{"customer_id", customer_.value},
                                                          {"at", last_at_},
                                                          {"kind", std::string(rule_of(row.kind).code)},
                                                          {"point_kind_id", id_or_null(row.own_kind)},
                                                          {"delta", row.delta},
                                                          {"balance_after", balance},
                                                          {"expires_at", or_null(row.expires_at)},
                                                          {"order_number", row.order_number},
                                                          {"reason", row.reason},
                                                          {"reverses", id_or_null(row.reverses)}});
    for (auto& lot : purse_.lots()) store_lot(lot, id);
    return {id};
}

std::optional<Moment> Account::date_for(const Booking& booking) {
    if (booking.expires_at) return *booking.expires_at;
    const auto fresh = rules_.term_from(writer_.now());
    if (rules_.mode == ExpiryMode::lots || rule_of(booking.kind).restarts) return fresh;
    return purse_.latest_date(fresh);
}

EntryId Account::book(const Booking& booking) {
    const bool moves_all = rules_.mode == ExpiryMode::balance &&
                           (booking.expires_at.has_value() || rule_of(booking.kind).restarts);
    Row row{.kind = booking.kind,
            .delta = booking.delta,
            .expires_at = std::nullopt,
            .order_number = booking.order_number,
            .reason = booking.reason,
            .own_kind = booking.own_kind};
    const auto date = date_for(booking);
    if (booking.delta < 0) {
        const auto held = std::max<std::int64_t>(purse_.balance(), 0);
        if (-row.delta > held && !rules_.allow_negative) {
            if (booking.kind != Kind::earn_revoked) refuse_not_enough(purse_.balance());
            const auto missing = std::to_string(-row.delta - held);
            row.reason += (row.reason.empty() ? "不足 " : " 不足 ") + missing;
            row.delta = -held;
        }
        if (const auto shortfall = purse_.take(-row.delta); shortfall > 0) purse_.owe(shortfall);
    }
    if (moves_all) purse_.redate(date);
    if (booking.delta > 0) purse_.add(booking.delta, date);
    if (booking.delta > 0 || moves_all) row.expires_at = date;
    return write(row);
}

std::pair<std::int64_t, std::int64_t> Account::expire_before(Moment now) {
    std::int64_t lots = 0, points = 0;
    while (auto* lot = purse_.next_overdue(now)) {
        const auto gone = lot->remaining;
        const auto date = lot->expires_at;
        purse_.void_lot(*lot);
        write({.kind = Kind::expire, .delta = -gone, .expires_at = date, .order_number = {}, .reason = {}});
        ++lots;
        points += gone;
    }
    return {lots, points};
}

void Account::void_all(Kind kind) {
    const auto balance = purse_.balance();
    if (std::ranges::all_of(purse_.lots(), [](const Lot& lot) { return lot.remaining == 0; })) return;
    purse_.void_all();
    write({.kind = kind, .delta = -balance, .expires_at = std::nullopt, .order_number = {}, .reason = {}});
}

// What an earlier row touched may be used up by now.
void Account::load_lots_of(std::int64_t entry) {
    writer_.tx().query(
        "SELECT id, granted, remaining, expires_at FROM point_lot WHERE entry_id = ? OR id IN (SELECT lot_id "
        "FROM "
        "point_use WHERE entry_id = ?) ORDER BY id",
        {entry, entry}, [&](const storage::Row& row) {
            if (std::ranges::find(purse_.lots(), row.integer(0), &Lot::id) != purse_.lots().end()) return;
            purse_.lots().push_back({row.integer(0), row.integer(1), row.integer(2), moment_at(row, 3)});
            stored_dates_.push_back(moment_at(row, 3));
        });
}

std::vector<Purse::Effect> Account::effects_of(std::int64_t entry) {
    std::vector<Purse::Effect> effects;
    writer_.tx().query(
        "SELECT l.id, CASE WHEN l.entry_id = ? THEN l.granted ELSE 0 END - COALESCE(u.amount, 0) FROM "
        "point_lot l LEFT "
        "JOIN point_use u ON u.lot_id = l.id AND u.entry_id = ? WHERE l.entry_id = ? OR l.id IN (SELECT "
        "lot_id FROM "
        "point_use WHERE entry_id = ?) ORDER BY l.id",
        {entry, entry, entry, entry}, [&](const storage::Row& row) {
            if (row.integer(1) != 0) effects.push_back({row.integer(0), row.integer(1)});
        });
    return effects;
}

std::optional<EntryId> Account::reverse(EntryId entry, const std::string& reason) {
    const auto delta =
        writer_.tx().find_integer("SELECT delta FROM point_entry WHERE id = ?", {entry.value}).value();
    load_lots_of(entry.value);
    if (purse_.reverse(effects_of(entry.value), rules_, writer_.now()) == Purse::Reversed::consumed)
        return std::nullopt;
    const auto id = write({.kind = Kind::reversal,
                           .delta = -delta,
                           .expires_at = std::nullopt,
                           .order_number = {},
                           .reason = reason,
                           .reverses = entry.value});
    expire_before(writer_.now());
    return id;
}

// Cancelled, done again, cancelled again: every second row of the chain stands for the first.
std::optional<EntryId> in_force(storage::Transaction& tx, EntryId entry) {
    for (bool is_in_force = true;; is_in_force = !is_in_force) {
        const auto next = tx.find_integer("SELECT id FROM point_entry WHERE reverses = ?", {entry.value});
        if (!next) return is_in_force ? std::optional(entry) : std::nullopt;
        entry = {*next};
    }
}

namespace {

// What a withdrawal took was no gift of whoever did it, nor is it when he takes the withdrawal back.
bool is_of_withdrawal(storage::Transaction& tx, EntryId entry) {
    std::string kind;
    for (auto id = entry.value; id != 0;)
        tx.query("SELECT kind, COALESCE(reverses, 0) FROM point_entry WHERE id = ?", {id},
                 [&](const storage::Row& row) {
                     kind = row.text(0);
                     id = row.integer(1);
                 });
    return kind == rule_of(Kind::withdraw_void).code;
}

}  // namespace

bool counter(core::Writer& writer, const core::Record& entry) {
    const auto& table = writer.registry().get(kEntries);
    const auto value = [&](std::string_view column) {
        return std::get<std::int64_t>(entry.values[table.column(column)]);
    };
    if (!is_of_withdrawal(writer.tx(), {entry.id})) require_within_ceiling(writer.actor(), value("delta"));
    Account account(writer, {value("customer_id")}, read_rules(writer.tx(), writer.registry()));
    const auto last = in_force(writer.tx(), {entry.id});
    return last && account.reverse(*last, "").has_value();
}

void settle(core::Writer& writer, const std::vector<std::int64_t>& customers) {
    const auto& table = writer.registry().get("customer");
    for (const auto customer : customers) {
        std::int64_t balance = 0;
        Value nearest;
        writer.tx().query(
            "SELECT CAST(COALESCE(sum(remaining), 0) AS BIGINT), min(CASE WHEN remaining > 0 THEN expires_at "
            "END) FROM "
            "point_lot WHERE customer_id = ? AND remaining <> 0",
            {customer}, [&](const storage::Row& row) {
                balance = row.integer(0);
                nearest = or_null(moment_at(row, 1));
            });
        writer.derive(table, customer, {{"points", balance}, {"points_expire_at", nearest}});
    }
}

}  // namespace otokui::points
