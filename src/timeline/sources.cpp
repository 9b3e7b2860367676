#include <algorithm>
#include <boost/json/parse.hpp>
#include <set>

#include "core/answers.hpp"
#include "core/rewind.hpp"
#include "timeline/service.hpp"

// What was done to a customer's own row and to his delivery addresses, from the journal.
namespace otokui::timeline {
namespace {

using core::TimelineItem;
using core::TimelinePlace;

constexpr std::int64_t kMostOutOfOrder = 64;  // changes: transactions that run at once
constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

// Labels of changed columns, each once, in the order of the catalogue.
class Labels {
public:
    explicit Labels(const core::Catalogue& catalogue) : catalogue_(catalogue) {}

    Text of(const boost::json::object& before, const boost::json::object& after) const {
        Text labels;
        for (const auto& field : catalogue_.fields())
            if (!field.column.empty() && (before.contains(field.column) || after.contains(field.column)))
                add(field.label, labels);
        add_own(answers_in(before), answers_in(after), labels);
        return labels;
    }

private:
    static void add(const Text& label, Text& labels) {
        labels.ja += (labels.ja.empty() ? "" : "・") + label.ja;
        labels.en += (labels.en.empty() ? "" : ", ") + label.en;
    }
    static core::answers::Object answers_in(const boost::json::object& values) {
        const auto* text = values.if_contains(core::kAnswers);
        return text && text->is_string() ? core::answers::parse(text->as_string()) : core::answers::Object();
    }
    // The shop's own fields, also those that are out of use by now.
    void add_own(const core::answers::Object& before, const core::answers::Object& after,
                 Text& labels) const {
        std::set<std::string> changed;
        for (const auto* side : {&before, &after})
            for (const auto& [name, value] : *side) {
                const auto* was = before.if_contains(name);
                const auto* is = after.if_contains(name);
                if (!was || !is || *was != *is) changed.emplace(name);
            }
        for (const auto& name : changed)
            if (const auto* field = catalogue_.find_own(name)) add(field->label, labels);
    }

    const core::Catalogue& catalogue_;
};

boost::json::object object_in(const storage::Row& row, int column) {
    if (row.is_null(column)) return {};
    return boost::json::parse(row.text(column)).as_object();
}

// A job changes rows in many transactions of one operation: the moment of a change is that of its own.
constexpr std::string_view kMoment =
    "CASE WHEN o.job_id IS NULL THEN o.at ELSE (SELECT e.at FROM journal_entry e WHERE e.first_change <= "
    "c.id ORDER BY "
    "e.first_change DESC LIMIT 1) END";

Text with_labels(Text title, const Text& labels) {
    if (labels.ja.empty()) return title;
    return {title.ja + ": " + labels.ja, title.en + ": " + labels.en};
}

std::string detail_of(const storage::Row& row) {
    std::string detail(row.text(4));
    if (!row.text(5).empty()) detail += " — " + std::string(row.text(5));
    return detail;
}

// The newest changes stand at the end of the journal, so that a page reads no more than itself whatever lies
// before it. Places in the journal are those of the ends of transactions, moments those of their beginnings:
// neighbours may stand the other way round, so some more are read and put in order.
std::vector<TimelineItem> read(storage::Transaction& tx, const std::string& where, std::int64_t customer,
                               const std::optional<TimelinePlace>& before, std::size_t most,
                               const std::function<Text(const storage::Row&)>& title) {
    const auto at = before ? before->at.milliseconds : kEnd;
    const auto id = before ? before->id : kEnd;
    const auto last = before ? core::cut_at(tx, before->at).change : kEnd;
    const auto limit = static_cast<std::int64_t>(most) + kMostOutOfOrder;
    const std::string moment(kMoment);
    std::vector<TimelineItem> items;
    tx.query("SELECT c.id, c.operation_id, " + moment +
                 ", o.kind, o.actor, o.reason, c.act, c.old_values, c.new_values FROM change c JOIN "
                 "operation o ON "
                 "o.id = c.operation_id WHERE " +
                 where + " AND c.id <= ? AND (" + moment + " < ? OR (" + moment +
                 " = ? AND c.id < ?)) ORDER BY c.id DESC LIMIT ?",
             {customer, last, at, at, id, limit}, [&](const storage::Row& row) {
                 items.push_back({.at = {row.integer(2)},
                                  .id = row.integer(0),
                                  .title = title(row),
                                  .detail = detail_of(row),
                                  .operation = {row.integer(1)}});
             });
    const auto place = [](const TimelineItem& item) { return std::pair(item.at.milliseconds, item.id); };
    std::ranges::sort(items, [&](const auto& a, const auto& b) { return place(a) > place(b); });
    if (items.size() > most) items.resize(most);
    return items;
}

Text record_title(const core::Registry& registry, const Labels& labels, const storage::Row& row) {
    const auto& kind = registry.kind(row.text(3));
    // Of somebody new every field is; the name of the operation says it all.
    if (row.text(6) != "u") return kind.label;
    return with_labels(kind.label, labels.of(object_in(row, 7), object_in(row, 8)));
}

Text address_title(const Labels& labels, const storage::Row& row) {
    const auto act = row.text(6);
    if (act == "i") return {"お届け先の登録", "Delivery address added"};
    if (act == "d") return {"お届け先の削除", "Delivery address removed"};
    const auto before = object_in(row, 7), after = object_in(row, 8);
    const bool is_default = after.contains("is_default");
    const auto changed = labels.of(before, after);
    if (is_default && changed.ja.empty())
        return after.at("is_default").as_int64() == 1
                   ? Text{"既定のお届け先に変更", "Made the default address"}
                   : Text{"既定のお届け先を解除", "No longer the default address"};
    return with_labels({"お届け先の変更", "Delivery address changed"}, changed);
}

}  // namespace

void register_sources(core::Registry& registry, const core::Catalogue& catalogue) {
    registry.add_timeline(
        {.kind = "record",
         .label = {"顧客情報", "Record"},
         .right = "history.read",
         .list = [&registry, labels = Labels(catalogue)](
                     storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                     std::optional<TimelinePlace> before, std::size_t most) {
             return read(tx, "c.table_name = 'customer' AND c.row_id = ?", customer, before, most,
                         [&](const storage::Row& row) { return record_title(registry, labels, row); });
         }});
    registry.add_timeline(
        {.kind = "address",
         .label = {"お届け先", "Delivery addresses"},
         .right = "history.read",
         .list = [labels = Labels(catalogue)](storage::Transaction& tx, const core::Actor&,
                                              std::int64_t customer, std::optional<TimelinePlace> before,
                                              std::size_t most) {
             return read(tx, "c.table_name = 'customer_address' AND c.customer_id = ?", customer, before,
                         most, [&](const storage::Row& row) { return address_title(labels, row); });
         }});
}

}  // namespace otokui::timeline
