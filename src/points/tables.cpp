#include "points/tables.hpp"

#include "base/text/shadow.hpp"
#include "core/journal.hpp"
#include "points/account.hpp"
#include "points/timeline.hpp"
#include "points/types.hpp"

namespace otokui::points {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using core::Source;

constexpr std::int64_t kMostFindings = 20;
constexpr std::string_view kLotsAlone = "what is left of the rows of the ledger; it follows them";

Column number(std::string name) { return {std::move(name), ColumnType::integer}; }
Column optional_number(std::string name) {
    return {std::move(name), ColumnType::integer, Privacy::internal, Source::written, true};
}
Column text(std::string name, Privacy privacy = Privacy::internal, Source source = Source::written) {
    return {std::move(name), ColumnType::text, privacy, source};
}

core::Derive derive_entry(const core::Table& table) {
    const auto from = table.column("reason"), to = table.column("reason_text");
    return [from, to](core::Record& record) {
        record.values[to] = text::shadow(text::ShadowKind::text, std::get<std::string>(record.values[from]));
    };
}

void register_ledger(core::Registry& registry) {
    core::Table entries{
        .name = std::string(kEntries),
        .label = {"ポイント履歴", "Points"},
        .columns = {number("customer_id"), number("at"), text("kind"), optional_number("point_kind_id"),
                    number("delta"), number("balance_after"), optional_number("expires_at"),
                    text("order_number"), text("reason", Privacy::personal),
                    text("reason_text", Privacy::personal, Source::derived), optional_number("reverses")},
        .customer_column = "customer_id",
        .on_erase = core::OnErase::blank_personal,
        .on_merge = core::OnMerge::survivor,
        .in_disclosure = true,
        .in_timeline = true};
    const auto derive = derive_entry(entries);
    registry.add(std::move(entries), {.derive = [derive](storage::Transaction&) { return derive; },
                                      .settle = settle,
                                      .undo_insert = counter});
    registry.add({.name = std::string(kLots),
                  .label = {"ポイントの残り", "Points left"},
                  .columns = {number("customer_id"), number("entry_id"), number("granted"),
                              number("remaining"), optional_number("expires_at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = std::string(kLotsAlone),
                  .customer_column = "customer_id",
                  .on_merge = core::OnMerge::survivor});
    registry.add({.name = std::string(kUses),
                  .label = {"ポイントの消し込み", "Points used"},
                  .columns = {number("entry_id"), number("lot_id"), number("amount")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = std::string(kLotsAlone)});
    registry.add({.name = std::string(kRuns),
                  .label = {"ポイントの定期処理", "Runs of points"},
                  .columns = {text("name"), number("at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "says what ran when, so that it runs once"});
    registry.add({.name = std::string(kOwnKinds),
                  .label = {"ポイント区分", "Point kind"},
                  .columns = {text("name", Privacy::open), number("position"), text("kind"),
                              number("created_at"), number("updated_at"), number("version")},
                  .version_column = "version",
                  .updated_column = "updated_at"});
}

void register_kinds(core::Registry& registry) {
    registry.add_kind({"points.change", {"ポイントの増減", "Points given or taken"}, "points.edit"});
    registry.add_kind({"points.cancel", {"ポイントの取消", "Points entry cancelled"}, "points.edit"});
    registry.add_kind({"points.expire", {"ポイントの失効", "Points expired"}, "points.edit", false});
    registry.add_kind(
        {"points.align", {"ポイント有効期限の統一", "Dates of points made one"}, "points.edit", false});
    registry.add_kind({"point_kind.create", {"ポイント区分の登録", "Point kind added"}, "master.edit"});
    registry.add_kind({"point_kind.update", {"ポイント区分の変更", "Point kind changed"}, "master.edit"});
    registry.add_kind({"point_kind.delete", {"ポイント区分の削除", "Point kind deleted"}, "master.edit"});
}

// Where the balance gets one date, a job moves the dates that differ; the server's next round sends it off.
void note_change(core::Writer& writer, const core::SettingValues& before, const core::SettingValues& after) {
    if (before.choice("expiry_mode") == after.choice("expiry_mode") ||
        after.choice("expiry_mode") != "balance")
        return;
    writer.execute_unjournaled(
        writer.registry().get(kRuns),
        "INSERT INTO point_run (name, at) VALUES ('align', ?) ON CONFLICT (name) DO UPDATE SET "
        "at = excluded.at",
        {writer.now().milliseconds});
}

void register_settings(core::Registry& registry) {
    using Type = core::SettingField::Type;
    registry.add_feature(
        {.key = std::string(kFeature),
         .label = {"ポイント", "Points"},
         .help = {"使用しない間は、ポイントの表示・検索・増減がすべて隠れ、失効処理も止まります。",
                  "While it is off, points are shown, searched and changed nowhere, and none expire."},
         .initial = 1});
    registry.add_settings(
        {.name = std::string(kSettings),
         .label = {"ポイントの規則", "Rules of points"},
         .fields =
             {{.key = "expiry_mode",
               .label = {"有効期限の方式", "How points expire"},
               .type = Type::choice,
               .help =
                   {"「残高全体で1つ」に変えると、顧客ごとに最も遅い期限へ揃えます。「付与ごと」に変えても、"
                    "今ある期限は動きません。",
                    "Changing to one date moves each customer's points to the latest of their dates. "
                    "Changing to own dates moves nothing."},
               .choices = {{"balance", {"残高全体で1つ", "One date for the whole balance"}},
                           {"lots", {"付与ごと", "Each grant its own date"}}}},
              {.key = "expiry_days",
               .label = {"有効期間", "Points are valid for"},
               .type = Type::integer,
               .help = {"0は無期限です。変更後の付与と増減から使われ、今ある期限は動きません。期限日の"
                        "23:59:59まで使えます。",
                        "0: for ever. Holds for what is given from now on; dates there are stay. Points are "
                        "usable until the end of their last day."},
               .initial = 365,
               .minimum = 0,
               .maximum = 3650,
               .unit = {"日", "days"}},
              {.key = "allow_negative",
               .label = {"残高がマイナスになることを許す", "Balances may fall below zero"},
               .help = {"許さない場合、足りない減算と、使われたポイントの取消はできません。",
                        "If not, taking more than there is and cancelling what was used are refused."},
               .initial = 0},
              {.key = "base_rate",
               .label = {"基本付与率", "Base rate"},
               .type = Type::integer,
               .help = {"購入金額に対する割合。100で1%です。", "Of the price; 100 is 1 %."},
               .initial = 100,
               .minimum = 0,
               .maximum = 10'000,
               .unit = {"×0.01%", "× 0.01 %"}}},
         .changed = note_change});
}

void find_wrong(storage::Transaction& tx, std::string_view sql, const std::string& subject,
                const std::string& what, std::vector<std::string>& findings) {
    tx.query(sql, {kMostFindings}, [&](const storage::Row& row) {
        findings.push_back(subject + " " + std::to_string(row.integer(0)) + ": " + what);
    });
}

}  // namespace

void register_tables(core::Registry& registry) {
    register_ledger(registry);
    register_kinds(registry);
    register_settings(registry);
    registry.add_verification({"ポイント", verify});
    registry.add_timeline({.kind = "points",
                           .label = {"ポイント", "Points"},
                           .right = "customer.read",
                           .feature = std::string(kFeature),
                           .list = list_timeline});
    registry.on_withdraw([](core::Writer& writer, std::int64_t customer) {
        Account(writer, {customer}, read_rules(writer.tx(), writer.registry())).void_all(Kind::withdraw_void);
    });
}

std::vector<std::string> verify(storage::Transaction& tx) {
    std::vector<std::string> findings;
    find_wrong(tx,
               "SELECT c.id FROM customer c LEFT JOIN (SELECT customer_id, CAST(sum(delta) AS BIGINT) AS "
               "balance FROM "
               "point_entry GROUP BY customer_id) e ON e.customer_id = c.id WHERE c.points <> "
               "COALESCE(e.balance, 0) "
               "ORDER BY c.id LIMIT ?",
               "customer", "the balance differs from the sum of the ledger", findings);
    find_wrong(tx,
               "SELECT c.id FROM customer c LEFT JOIN (SELECT customer_id, CAST(sum(remaining) AS BIGINT) AS "
               "balance, "
               "min(CASE WHEN remaining > 0 THEN expires_at END) AS nearest FROM point_lot WHERE remaining "
               "<> 0 GROUP "
               "BY customer_id) l ON l.customer_id = c.id WHERE c.points <> COALESCE(l.balance, 0) OR "
               "COALESCE(c.points_expire_at, -1) <> COALESCE(l.nearest, -1) ORDER BY c.id LIMIT ?",
               "customer", "balance or nearest expiry differ from the live lots", findings);
    find_wrong(tx,
               "SELECT id FROM (SELECT id, balance_after, delta, LAG(balance_after, 1, 0) OVER (PARTITION BY "
               "customer_id ORDER BY at, id) AS before FROM point_entry) e WHERE balance_after <> before + "
               "delta ORDER "
               "BY id LIMIT ?",
               "point entry", "the balance after it does not follow from the one before", findings);
    find_wrong(
        tx,
        "SELECT l.id FROM point_lot l LEFT JOIN (SELECT lot_id, CAST(sum(amount) AS BIGINT) AS used FROM "
        "point_use GROUP BY lot_id) u ON u.lot_id = l.id WHERE l.remaining <> l.granted - COALESCE(u.used, "
        "0) "
        "ORDER BY l.id LIMIT ?",
        "point lot", "what is left differs from what was given and used", findings);
    find_wrong(
        tx,
        "SELECT e.id FROM point_entry e LEFT JOIN (SELECT entry_id, CAST(sum(granted) AS BIGINT) AS granted "
        "FROM point_lot GROUP BY entry_id) l ON l.entry_id = e.id LEFT JOIN (SELECT entry_id, "
        "CAST(sum(amount) "
        "AS BIGINT) AS used FROM point_use GROUP BY entry_id) u ON u.entry_id = e.id WHERE e.delta <> "
        "COALESCE(l.granted, 0) - COALESCE(u.used, 0) ORDER BY e.id LIMIT ?",
        "point entry", "it differs from what it brought to and took from the lots", findings);
    return findings;
}

}  // namespace otokui::points
