#include "coupon/tables.hpp"

#include <map>

#include "base/text/shadow.hpp"
#include "core/columns.hpp"
#include "coupon/store.hpp"
#include "coupon/types.hpp"

namespace otokui::coupon {
namespace {

using core::Field;
using core::FieldType;
using core::Privacy;
using core::columns::derived_number;
using core::columns::derived_text;
using core::columns::number;
using core::columns::optional_number;
using core::columns::text;

constexpr std::size_t kMostFindings = 20;

core::Table coupon_table() {
    return {.name = std::string(kTable),
            .label = {"クーポン", "Coupon"},
            .columns = {text("name", Privacy::open), text("code", Privacy::open), text("discount"),
                        number("value"), text("valid_from"), text("valid_to"),
                        optional_number("uses_per_customer"), number("minimum_amount"), text("products"),
                        number("customer_limited"), number("enabled"), number("created_at"),
                        number("updated_at"), number("version"), derived_text("name_text"),
                        derived_number("granted_count"), derived_number("used_count")},
            .version_column = "version",
            .updated_column = "updated_at"};
}

core::Table grant_table() {
    return {.name = std::string(kGrantTable),
            .label = {"クーポンの付与", "Coupon granted"},
            .columns = {number("coupon_id"), number("customer_id"), number("granted_at"), text("granted_by"),
                        text("usable_from"), text("usable_to"), optional_number("times"),
                        optional_number("revoked_at"), text("revoked_by"), number("version"),
                        derived_number("used_count")},
            .customer_column = "customer_id",
            .version_column = "version",
            .on_merge = core::OnMerge::unite,
            .in_disclosure = true,
            .in_timeline = true};
}

core::Table use_table() {
    return {.name = std::string(kUseTable),
            .label = {"クーポンの利用", "Coupon used"},
            .columns = {number("coupon_id"), optional_number("grant_id"), number("customer_id"),
                        text("order_number"), number("used_at"), number("amount"),
                        optional_number("cancelled_at"), text("cancelled_by")},
            .customer_column = "customer_id",
            .on_merge = core::OnMerge::move,
            .in_disclosure = true,
            .in_timeline = true};
}

core::Derive derive_coupon(const core::Table& table) {
    return [name = table.column("name"), name_text = table.column("name_text")](core::Record& record) {
        record.values[name_text] =
            text::shadow(text::ShadowKind::text, std::get<std::string>(record.values[name]));
    };
}

// Counts rows whose `ended` column is NULL into `count_column` of the row of `target` they name.
struct Counted {
    std::string_view table, target_column, ended_column, target, count_column;
};
constexpr Counted kGranted{kGrantTable, "coupon_id", "revoked_at", kTable, "granted_count"};
constexpr Counted kUsed{kUseTable, "coupon_id", "cancelled_at", kTable, "used_count"};
constexpr Counted kUsedOfGrant{kUseTable, "grant_id", "cancelled_at", kGrantTable, "used_count"};

void count(core::Writer& writer, const std::vector<core::RowChange>& changes, const Counted& counted) {
    const auto& table = writer.registry().get(counted.table);
    const auto& target = writer.registry().get(counted.target);
    const auto of = table.column(counted.target_column), ended = table.column(counted.ended_column);
    std::map<std::int64_t, std::int64_t> moved;
    const auto add = [&](const core::Record* row, std::int64_t one) {
        if (!row || !storage::is_null(row->values[ended]) || storage::is_null(row->values[of])) return;
        moved[std::get<std::int64_t>(row->values[of])] += one;
    };
    for (const auto& change : changes) {
        add(change.before, -1);
        add(change.after, 1);
    }
    for (const auto& [id, difference] : moved) {
        if (difference == 0) continue;
        const auto row = writer.find(target, id);  // locked, so that two writers do not count from one number
        if (!row) continue;
        const auto now = std::get<std::int64_t>(row->values[target.column(counted.count_column)]);
        writer.derive(target, id, {{counted.count_column, now + difference}});
    }
}

// A cancelled use that comes back by undo may find that another has taken its place.
void keep_limit(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    const auto& table = writer.registry().get(kUseTable);
    const auto ended = table.column("cancelled_at");
    const auto id_at = [&](const core::Record& row, std::string_view column) {
        const auto& value = row.values[table.column(column)];
        return storage::is_null(value) ? 0 : std::get<std::int64_t>(value);
    };
    for (const auto& change : changes) {
        if (!change.before || !change.after || storage::is_null(change.before->values[ended]) ||
            !storage::is_null(change.after->values[ended]))
            continue;
        const CouponId coupon{id_at(*change.after, "coupon_id")};
        const CustomerId customer{id_at(*change.after, "customer_id")};
        const auto most = writer.tx().find_integer(
            "SELECT COALESCE((SELECT times FROM coupon_grant WHERE id = ?), uses_per_customer) FROM coupon "
            "WHERE id = ?",
            {id_at(*change.after, "grant_id"), coupon.value});
        if (most && store::count_uses(writer.tx(), coupon, customer) > *most) store::refuse_limit();
    }
}

void verify_count(storage::Transaction& tx, const Counted& counted, std::vector<std::string>& findings) {
    const std::string target(counted.target), column(counted.count_column), of(counted.target_column);
    tx.query("SELECT t.id FROM " + target + " t LEFT JOIN (SELECT " + of + " AS target, count(*) AS n FROM " +
                 std::string(counted.table) + " WHERE " + std::string(counted.ended_column) +
                 " IS NULL GROUP BY " + of + ") c ON c.target = t.id WHERE t." + column +
                 " <> COALESCE(c.n, 0) ORDER BY t.id LIMIT ?",
             {static_cast<std::int64_t>(kMostFindings)}, [&](const storage::Row& row) {
                 findings.push_back(target + " " + std::to_string(row.integer(0)) + ": " + column +
                                    " is not the number of its rows");
             });
}

std::vector<std::string> verify_coupons(storage::Transaction& tx) {
    std::vector<std::string> findings;
    for (const auto* counted : {&kGranted, &kUsed, &kUsedOfGrant}) verify_count(tx, *counted, findings);
    tx.query(
        "SELECT coupon_id, customer_id FROM coupon_grant WHERE revoked_at IS NULL GROUP BY coupon_id, "
        "customer_id "
        "HAVING count(*) > 1 ORDER BY 1, 2 LIMIT ?",
        {static_cast<std::int64_t>(kMostFindings)}, [&](const storage::Row& row) {
            findings.push_back("coupon " + std::to_string(row.integer(0)) + ": customer " +
                               std::to_string(row.integer(1)) + " has it twice");
        });
    return findings;
}

void register_kinds(core::Registry& registry) {
    const std::string right(kRight);
    registry.add_kind({"coupon.create", {"クーポンの登録", "Coupon made"}, right});
    registry.add_kind({"coupon.update", {"クーポンの変更", "Coupon changed"}, right});
    registry.add_kind({"coupon.delete", {"クーポンの削除", "Coupon deleted"}, right});
    registry.add_kind({"coupon.grant", {"クーポンの付与", "Coupon granted"}, right});
    registry.add_kind({"coupon.revoke", {"クーポンの取り消し", "Coupon taken back"}, right});
    // The order took the discount: taken back by キャンセル, which leaves the use to be seen.
    registry.add_kind({"coupon.use", {"クーポンの利用", "Coupon used"}, right, /*undoable=*/false});
    registry.add_kind({"coupon.cancel", {"クーポン利用のキャンセル", "Use of a coupon cancelled"}, right});
}

std::vector<std::int64_t> ids_of(storage::Transaction& tx, std::string_view sql,
                                 const storage::Values& values) {
    std::vector<std::int64_t> ids;
    tx.query(sql, values, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

// With a withdrawal or a deletion what was granted ends (DOMAIN 2.9).
void revoke_all(core::Writer& writer, std::int64_t customer) {
    const auto& table = writer.registry().get(kGrantTable);
    for (const auto id :
         ids_of(writer.tx(),
                "SELECT id FROM coupon_grant WHERE customer_id = ? AND revoked_at IS NULL ORDER BY id",
                {customer}))
        writer.update(table, id,
                      {{"revoked_at", writer.now().milliseconds}, {"revoked_by", writer.actor().name}});
}

// What ended with the deletion, at its very moment, lives again; what somebody had taken back before does
// not.
void give_back(core::Writer& writer, std::int64_t customer, Moment deleted_at) {
    const auto& table = writer.registry().get(kGrantTable);
    for (const auto id : ids_of(
             writer.tx(), "SELECT id FROM coupon_grant WHERE customer_id = ? AND revoked_at = ? ORDER BY id",
             {customer, deleted_at.milliseconds}))
        writer.update(table, id, {{"revoked_at", storage::Value()}, {"revoked_by", std::string()}});
}

}  // namespace

void register_tables(core::Registry& registry) {
    auto table = coupon_table();
    const auto derive = derive_coupon(table);
    registry.add(std::move(table), {.derive = [derive](storage::Transaction&) { return derive; }});
    registry.add(grant_table(),
                 {.after = [](core::Writer& writer, const std::vector<core::RowChange>& changes) {
                     count(writer, changes, kGranted);
                 }});
    registry.add(use_table(),
                 {.after = [](core::Writer& writer, const std::vector<core::RowChange>& changes) {
                     keep_limit(writer, changes);
                     count(writer, changes, kUsed);
                     count(writer, changes, kUsedOfGrant);
                 }});
    registry.add_feature({.key = std::string(kFeature),
                          .label = {"クーポン", "Coupons"},
                          .help = {"クーポンの発行、顧客への付与、利用の記録を行います。",
                                   "Coupons are issued, granted to customers, and their uses kept."},
                          .initial = 1});
    register_kinds(registry);
    registry.on_withdraw(revoke_all);
    registry.on_delete(revoke_all);
    registry.on_restore(give_back);
    registry.add_timeline({.kind = "coupon",
                           .label = {"クーポン", "Coupons"},
                           .right = "customer.read",
                           .feature = std::string(kFeature),
                           .list = [](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                                      std::optional<core::TimelinePlace> before, std::size_t most) {
                               return store::timeline(tx, {customer}, before, most);
                           }});
    registry.add_verification({"クーポンの回数", verify_coupons});
}

void declare_conditions(core::Catalogue& catalogue) {
    const auto term = [](const std::string& key, Text label) {
        return core::ThingField{.field = {.key = key, .label = std::move(label), .column = "cp.coupon_id"},
                                .terms = "SELECT id, " + key + " FROM coupon"};
    };
    Field state{.key = "state", .label = {"状態", "State"}, .type = FieldType::choice, .column = "cp.state"};
    state.nullable = false;
    state.choices = {{"granted", {"付与", "Granted"}},
                     {"revoked", {"付与の取り消し", "Taken back"}},
                     {"used", {"利用", "Used"}},
                     {"cancelled", {"利用のキャンセル", "Use cancelled"}}};
    core::Thing coupon{
        .key = "coupon",
        .label = {"クーポン", "Coupons"},
        .right = "customer.read",
        .feature = std::string(kFeature),
        .rows =
            "(SELECT id * 2 AS id, coupon_id, customer_id, CASE WHEN revoked_at IS NULL THEN 'granted' ELSE "
            "'revoked' END AS state, granted_at AS at, CAST(NULL AS BIGINT) AS amount FROM coupon_grant "
            "UNION ALL SELECT id * 2 + 1, coupon_id, customer_id, CASE WHEN cancelled_at IS NULL THEN 'used' "
            "ELSE 'cancelled' END, used_at, amount FROM coupon_use) cp",
        .customer = "cp.customer_id",
        .id = "cp.id",
        .fields = {term("code", {"クーポンコード", "Code"}), term("name", {"クーポン名", "Name"})}};
    coupon.fields.push_back({.field = std::move(state)});
    coupon.fields.push_back({.field = {.key = "at",
                                       .label = {"付与・利用日", "Granted or used at"},
                                       .type = FieldType::moment,
                                       .column = "cp.at",
                                       .nullable = false}});
    coupon.fields.push_back({.field = {.key = "amount",
                                       .label = {"割引額", "Discount"},
                                       .type = FieldType::money,
                                       .column = "cp.amount",
                                       .nullable = true}});
    catalogue.add_thing(std::move(coupon));
}

}  // namespace otokui::coupon
