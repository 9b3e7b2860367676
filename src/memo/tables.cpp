#include "memo/tables.hpp"

#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"
#include "core/columns.hpp"
#include "core/journal.hpp"
#include "memo/store.hpp"
#include "memo/types.hpp"

namespace otokui::memo {
namespace {

using core::Field;
using core::FieldType;
using core::Privacy;
using core::ThingField;
using core::columns::derived_text;
using core::columns::number;
using core::columns::optional_number;
using core::columns::text;

constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kLineLength = 120;  // characters of a body in a line of the timeline

core::Table memo_table() {
    return {
        .name = std::string(kTable),
        .label = {"メモ", "Memo"},
        .columns = {number("customer_id"), text("title", Privacy::personal), text("body", Privacy::personal),
                    number("pinned"), number("alert"), optional_number("created_by"), number("created_at"),
                    optional_number("updated_by"), number("updated_at"), number("version"),
                    derived_text("title_text", Privacy::personal),
                    derived_text("body_text", Privacy::personal)},
        .customer_column = "customer_id",
        .version_column = "version",
        .updated_column = "updated_at",
        .on_erase = core::OnErase::remove,
        .on_merge = core::OnMerge::move,
        .in_disclosure = true,
        .in_timeline = true};
}

std::string shadow(const std::string& written) { return text::shadow(text::ShadowKind::text, written); }

core::Derive derive_memo(const core::Table& table) {
    return
        [title = table.column("title"), body = table.column("body"), title_text = table.column("title_text"),
         body_text = table.column("body_text")](core::Record& record) {
            record.values[title_text] = shadow(std::get<std::string>(record.values[title]));
            record.values[body_text] = shadow(std::get<std::string>(record.values[body]));
        };
}

// Here rather than in the service, so that an undo cannot take away what its author wrote either.
void keep_of_others(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    const auto& table = writer.registry().get(kTable);
    const auto& actor = writer.actor();
    if (actor.may(store::kDeleteAny) || actor.may("customer.erase")) return;
    for (const auto& change : changes)
        if (!change.after &&
            change.before->values[table.column("created_by")] != storage::Value(actor.staff.value))
            store::refuse_not_own();
}

std::vector<core::TimelineItem> timeline(storage::Transaction& tx, CustomerId customer,
                                         std::optional<core::TimelinePlace> before, std::size_t most) {
    std::vector<core::TimelineItem> items;
    for (auto& memo : store::newest_of(tx, customer, before, static_cast<std::int64_t>(most))) {
        Text title{memo.alert ? "要注意メモ" : "メモ", memo.alert ? "Memo (attention)" : "Memo"};
        if (!memo.title.empty()) title = {title.ja + "「" + memo.title + "」", title.en + ": " + memo.title};
        const auto line = memo.body.substr(0, memo.body.find('\n'));
        items.push_back({.at = memo.created_at,
                         .id = memo.id.value,
                         .title = std::move(title),
                         .detail = std::string(text::first_code_points(line, kLineLength))});
    }
    return items;
}

std::vector<std::string> verify_shadows(storage::Transaction& tx) {
    std::vector<std::string> findings;
    tx.query("SELECT id, title, body, title_text, body_text FROM memo ORDER BY id", {},
             [&](const storage::Row& row) {
                 if (findings.size() >= kMostFindings) return;
                 if (shadow(std::string(row.text(1))) != row.text(3) ||
                     shadow(std::string(row.text(2))) != row.text(4))
                     findings.push_back("memo " + std::to_string(row.integer(0)) +
                                        ": what is searched is not what is written");
             });
    return findings;
}

ThingField fact(const std::string& key, Text label, FieldType type, bool nullable = false) {
    return {
        {.key = key, .label = std::move(label), .type = type, .column = "mm." + key, .nullable = nullable}};
}

ThingField searched(const std::string& key, Text label) {
    return {{.key = key,
             .label = std::move(label),
             .column = "mm." + key,
             .shadow_column = "mm." + key + "_text"}};
}

}  // namespace

void register_tables(core::Registry& registry) {
    auto table = memo_table();
    const auto derive = derive_memo(table);
    registry.add(std::move(table),
                 {.derive = [derive](storage::Transaction&) { return derive; }, .after = keep_of_others});
    registry.add_kind({"memo.create", {"メモの登録", "Memo written"}, "memo.edit"});
    registry.add_kind({"memo.update", {"メモの変更", "Memo changed"}, "memo.edit"});
    registry.add_kind({"memo.delete", {"メモの削除", "Memo deleted"}, "memo.edit"});
    registry.add_timeline({.kind = "memo",
                           .label = {"メモ", "Memos"},
                           .right = "customer.read",
                           .list = [](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                                      std::optional<core::TimelinePlace> before,
                                      std::size_t most) { return timeline(tx, {customer}, before, most); }});
    registry.add_verification({"メモの検索用の文字", verify_shadows});
}

void declare_conditions(core::Catalogue& catalogue) {
    ThingField author{.field = {.key = "author", .label = {"記入者", "Author"}, .column = "mm.created_by"},
                      .terms = "SELECT id, name FROM staff"};
    auto at = fact("at", {"記入日", "Written at"}, FieldType::moment);
    at.field.column = "mm.created_at";
    catalogue.add_thing(
        {.key = "memo",
         .label = {"メモ", "Memos"},
         .right = "customer.read",
         .rows = "memo mm",
         .customer = "mm.customer_id",
         .id = "mm.id",
         .fields = {fact("id", {"メモID", "Memo ID"}, FieldType::id), searched("title", {"件名", "Title"}),
                    searched("body", {"内容", "Body"}), std::move(at), std::move(author),
                    fact("pinned", {"固定", "Pinned"}, FieldType::boolean),
                    fact("alert", {"要注意", "Attention"}, FieldType::boolean)}});
}

}  // namespace otokui::memo
