#include "customer/tables.hpp"

#include "customer/addresses.hpp"
#include "customer/derive.hpp"
#include "customer/fields.hpp"
#include "customer/leaving.hpp"
#include "customer/membership.hpp"
#include "customer/references.hpp"
#include "customer/registration.hpp"
#include "customer/types.hpp"
#include "master/tables.hpp"

namespace otokui::customer {
namespace {

constexpr std::int64_t kStretch = 500;  // customers looked at between two writes of remake_mail_keys
constexpr std::size_t kMostFindings = 20;

void register_kinds(core::Registry& registry) {
    registry.add_kind({"customer.create", {"顧客の登録", "Customer created"}, "customer.edit"});
    registry.add_kind({"customer.update", {"顧客の変更", "Customer changed"}, "customer.edit"});
    registry.add_kind({"customer.delete", {"顧客の削除", "Customer deleted"}, "customer.delete"});
    registry.add_kind({"customer.withdraw", {"退会", "Customer withdrawn"}, "customer.withdraw"});
    registry.add_kind({"customer.restore", {"顧客の復元", "Customer restored"}, "customer.delete"});
    registry.add_kind({"address.create", {"お届け先の登録", "Delivery address added"}, "customer.edit"});
    registry.add_kind({"address.update", {"お届け先の変更", "Delivery address changed"}, "customer.edit"});
    registry.add_kind({"address.delete", {"お届け先の削除", "Delivery address deleted"}, "customer.edit"});
}

void register_features(core::Registry& registry) {
    const auto part = [&](std::string_view key, Text label, Text help) {
        registry.add_feature(
            {.key = std::string(key), .label = std::move(label), .help = std::move(help), .initial = 1});
    };
    part(kLabels, {"顧客ラベル", "Labels"},
         {"顧客に色付きのラベルを付けて分類します。", "Customers are sorted by coloured labels."});
    part(kLevels, {"会員レベル", "Member levels"},
         {"会員のランク分けと自動判定を行います。", "Members are ranked, by rule or by hand."});
    part(kSpecialTypes, {"特殊会員種別", "Special member types"},
         {"会員ごとに割引率や使えない決済方法を決めます。",
          "Discounts and barred payments of certain members."});
    part(kBlockList, {"ブロックリスト", "Block list"},
         {"取引に注意が必要な顧客に理由を付けて印を付けます。",
          "Customers to be careful with are marked, with a reason."});
}

void register_settings(core::Registry& registry, const core::Catalogue& catalogue) {
    registry.add_settings(registration_settings(catalogue));
    using core::SettingField;
    registry.add_settings(
        {.name = std::string(kSettings),
         .label = {"顧客の規則", "Rules of customers"},
         .fields = {
             {.key = std::string(kMemberIdRule),
              .label = {"会員ID", "Member ID"},
              .type = SettingField::Type::choice,
              .help = {"会員IDとして表示し、検索する値です。切り替えても登録済みの会員IDは残ります。",
                       "What is shown and searched as the member ID. The IDs stay stored when this changes."},
              .choices = {{"own", {"独自の会員ID", "An ID of its own"}},
                          {"mail", {"メールアドレス", "The mail address"}}}},
             {.key = "restore_days",
              .label = {"削除した顧客を復元できる期間", "Deleted customers can be restored for"},
              .type = SettingField::Type::integer,
              .help = {"過ぎた顧客は復元できません。個人情報は抹消するまで残ります。",
                       "After that they cannot; their data stays until it is erased."},
              .initial = 30,
              .minimum = 0,
              .maximum = 3650,
              .unit = {"日", "days"}},
             {.key = "check_postal_code",
              .label = {"郵便番号と都道府県の照合", "Postal code and prefecture must agree"},
              .type = SettingField::Type::boolean,
              .help = {"郵便番号と都道府県が一致しない住所は、画面からもCSVからも保存できません。",
                       "An address whose postal code lies in another prefecture is not saved, by form or "
                       "by file."}}}});
}

// Reads a stretch of whole rows above `above`.
std::vector<core::Record> read_stretch(storage::Transaction& tx, const core::Table& table,
                                       std::int64_t above) {
    std::string columns = "id";
    for (const auto& column : table.columns) columns += ", " + column.name;
    std::vector<core::Record> records;
    tx.query("SELECT " + columns + " FROM customer WHERE id > ? ORDER BY id LIMIT ?", {above, kStretch},
             [&](const storage::Row& row) {
                 core::Record record{row.integer(0), {}};
                 for (std::size_t i = 0; i < table.columns.size(); ++i)
                     record.values.push_back(row.value(static_cast<int>(i) + 1));
                 records.push_back(std::move(record));
             });
    return records;
}

// Derives every row anew and compares.
std::vector<std::string> verify_derived(const core::Catalogue& catalogue, const core::Table& table,
                                        storage::Transaction& tx) {
    const auto derive = derive_customer(catalogue, table, tx);
    std::vector<std::string> findings;
    for (std::int64_t above = 0;;) {
        const auto records = read_stretch(tx, table, above);
        if (records.empty()) return findings;
        for (const auto& record : records) {
            auto again = record;
            derive(again);
            for (std::size_t i = 0; i < table.columns.size() && findings.size() < kMostFindings; ++i)
                if (again.values[i] != record.values[i])
                    findings.push_back("customer " + std::to_string(record.id) + ": " +
                                       table.columns[i].name + " is not what its row makes it");
        }
        above = records.back().id;
    }
}

}  // namespace

void register_tables(core::Registry& registry, const core::Catalogue& catalogue, AfterCustomers after,
                     std::function<std::string(const core::Record&)> text_of) {
    master::register_tables(registry);
    register_kinds(registry);
    register_features(registry);
    register_settings(registry, catalogue);
    auto table = customer_table(catalogue);
    registry.add(
        table,
        {.derive = [&catalogue,
                    table](storage::Transaction& tx) { return derive_customer(catalogue, table, tx); },
         .derives_by = [](storage::Transaction& tx) { return derives_by(tx); },
         .find_gone =
             [&catalogue, table](storage::Transaction& tx, const std::vector<core::RowChange>& changes) {
                 return find_gone(catalogue, table, tx, changes);
             },
         .find_forbidden =
             [&catalogue, table](const core::Actor& actor, const core::Record* before,
                                 const core::Record& after) {
                 return find_forbidden(catalogue, table, actor, before, after);
             },
         .find_in_the_way =
             [table](core::Writer& writer, const core::Record& before, const core::Record& row) {
                 return find_in_the_way(writer, table, before, row);
             },
         .after_undo = [table](core::Writer& writer, const core::Record& before,
                               const core::Record& row) { leave_after_undo(writer, table, before, row); },
         .after = std::move(after),
         .text_of = std::move(text_of)});
    registry.add(address_table(catalogue));
    registry.add_verification({"顧客の派生列", [&catalogue, table](storage::Transaction& tx) {
                                   return verify_derived(catalogue, table, tx);
                               }});
}

void remake_mail_keys(core::Writer& writer) {
    const auto& table = writer.registry().get(kTable);
    const auto derive = writer.registry().hooks(table).derive(writer.tx());
    const auto mail_key = table.column("mail_key");
    // Emptied first: on the way from one rule to the other two keys may cross.
    std::vector<std::pair<std::int64_t, storage::Value>> changed;
    for (std::int64_t above = 0;;) {
        auto records = read_stretch(writer.tx(), table, above);
        if (records.empty()) break;
        above = records.back().id;
        for (auto& record : records) {
            const auto before = record.values[mail_key];
            derive(record);
            if (record.values[mail_key] != before) changed.emplace_back(record.id, record.values[mail_key]);
        }
    }
    try {
        for (const auto& [id, key] : changed) writer.derive(table, id, {{"mail_key", storage::Value()}});
        for (const auto& [id, key] : changed) writer.derive(table, id, {{"mail_key", key}});
    } catch (const storage::UniqueViolation& clash) {
        refuse_clash(clash);
    }
}

}  // namespace otokui::customer
