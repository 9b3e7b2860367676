#include "consent/tables.hpp"

#include "base/text/utf8.hpp"
#include "consent/types.hpp"
#include "core/columns.hpp"
#include "core/journal.hpp"

namespace otokui::consent {
namespace {

using core::Privacy;
using core::columns::number;
using core::columns::optional_number;
using core::columns::text;

constexpr std::size_t kMostFindings = 20;
constexpr std::string_view kOtherAddress = "メールアドレスの変更 (mail address changed)";

Text title_of(const core::Field& field, bool value) {
    const auto& label = field.label;
    if (field.key == kCleaned)
        return {label.ja + (value ? "：設定" : "：解除"), label.en + (value ? ": set" : ": lifted")};
    return {label.ja + (value ? "：同意" : "：拒否"), label.en + (value ? ": agreed" : ": refused")};
}

// What one operation says of itself; the same for all its rows.
struct Circumstances {
    How how = How::staff;
    std::string ground, ip, actor;
};

Circumstances circumstances_of(core::Writer& writer) {
    const auto& actor = writer.actor();
    Circumstances found{how_of("", actor.token != 0), "", actor.ip, actor.name};
    writer.tx().query("SELECT kind, reason FROM operation WHERE id = ?", {writer.operation().value},
                      [&](const storage::Row& row) {
                          found.how = how_of(row.text(0), actor.token != 0);
                          found.ground = text::first_code_points(row.text(1), kMaxGround);
                      });
    return found;
}

struct Said {
    std::int64_t customer;
    std::string_view what;
    bool value;
    bool is_new;     // of a new customer: nothing stood before
    bool is_of_old;  // ended with the mail address that it was about
};

std::vector<Said> read_said(const core::Table& table, const std::vector<core::RowChange>& changes) {
    const auto email = table.column("email");
    std::vector<Said> said;
    for (const auto what : kAll) {
        const auto column = table.column(what);
        for (const auto& change : changes) {
            if (!change.after) continue;
            const bool now = change.after->values[column] != storage::Value(std::int64_t{0});
            const bool before =
                change.before && change.before->values[column] != storage::Value(std::int64_t{0});
            const auto is_other_address =
                change.before && change.before->values[email] != change.after->values[email];
            if (now != before)
                said.push_back({change.id, what, now, !change.before, !now && is_other_address});
        }
    }
    return said;
}

std::vector<core::TimelineItem> timeline(storage::Transaction& tx, const core::Catalogue& catalogue,
                                         std::int64_t customer, std::optional<core::TimelinePlace> before,
                                         std::size_t most) {
    std::string sql = "SELECT id, at, what, value, ground FROM consent WHERE customer_id = ?";
    storage::Values values{customer};
    if (before) {
        sql += " AND (at, id) < (?, ?)";
        values.emplace_back(before->at.milliseconds);
        values.emplace_back(before->id);
    }
    values.emplace_back(static_cast<std::int64_t>(most));
    std::vector<core::TimelineItem> items;
    tx.query(sql + " ORDER BY at DESC, id DESC LIMIT ?", values, [&](const storage::Row& row) {
        items.push_back({.at = {row.integer(1)},
                         .id = row.integer(0),
                         .title = title_of(catalogue.get(row.text(2)), row.integer(3) != 0),
                         .detail = std::string(row.text(4))});
    });
    return items;
}

// The last entry of each kind says what the customer's own column says.
std::vector<std::string> verify_current(storage::Transaction& tx) {
    std::vector<std::string> findings;
    std::string current = "CASE k.what";
    for (const auto what : kAll) current.append(" WHEN '").append(what).append("' THEN c.").append(what);
    tx.query(
        "SELECT k.customer_id, k.what FROM consent k JOIN customer c ON c.id = k.customer_id WHERE "
        "k.superseded_at IS NULL AND k.value <> " +
            current +
            " END AND NOT EXISTS (SELECT 1 FROM consent l WHERE l.customer_id = k.customer_id AND l.what = "
            "k.what AND "
            "l.superseded_at IS NULL AND l.id > k.id) ORDER BY k.customer_id LIMIT ?",
        {static_cast<std::int64_t>(kMostFindings)}, [&](const storage::Row& row) {
            findings.push_back("customer " + std::to_string(row.integer(0)) + ": " +
                               std::string(row.text(1)) + " is not what its record of consent says last");
        });
    return findings;
}

}  // namespace

void note_changes(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    const auto said = read_said(writer.registry().get("customer"), changes);
    if (said.empty()) return;
    const auto circumstances = circumstances_of(writer);
    const auto now = writer.now().milliseconds;
    for (const auto& one : said)
        if (!one.is_new)
            writer.execute_unjournaled(writer.registry().get(kTable),
                                       "UPDATE consent SET superseded_at = ? WHERE customer_id = ? AND what "
                                       "= ? AND superseded_at IS NULL",
                                       {now, one.customer, std::string(one.what)});
    static constexpr std::array<std::string_view, 9> kColumns{"id",  "customer_id", "what", "value", "at",
                                                              "how", "ground",      "ip",   "actor"};
    const auto ids = writer.tx().allocate_ids(kTable, said.size());
    auto id = ids.begin();
    std::vector<storage::Values> rows;
    for (const auto& one : said)
        rows.push_back({*id++, one.customer, std::string(one.what), std::int64_t{one.value}, now,
                        std::string(name_of(circumstances.how)),
                        one.is_of_old && circumstances.ground.empty() ? std::string(kOtherAddress)
                                                                      : circumstances.ground,
                        circumstances.ip, circumstances.actor});
    writer.index_insert_many(kTable, kColumns, rows);
}

void register_tables(core::Registry& registry, const core::Catalogue& catalogue) {
    registry.add({.name = std::string(kTable),
                  .label = {"同意の記録", "Record of consent"},
                  .columns = {number("customer_id"), text("what"), number("value"), number("at"), text("how"),
                              text("ground", Privacy::personal), text("ip", Privacy::personal), text("actor"),
                              optional_number("superseded_at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "it is a record itself, which an undo adds to and never takes from",
                  .customer_column = "customer_id",
                  .on_erase = core::OnErase::blank_personal,
                  .on_merge = core::OnMerge::move,
                  .in_disclosure = true,
                  .in_timeline = true});
    registry.add_kind({"consent.record", {"同意の記録", "Consent recorded"}, "customer.edit"});
    registry.add_kind({"bounce.record", {"メール不達の記録", "Bounce recorded"}, "mailing"});
    registry.add_timeline(
        {.kind = "consent",
         .label = {"同意", "Consent"},
         .right = "customer.read",
         .list = [&catalogue](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                              std::optional<core::TimelinePlace> before,
                              std::size_t most) { return timeline(tx, catalogue, customer, before, most); }});
    registry.add_verification({"同意の記録", verify_current});
}

}  // namespace otokui::consent
