#include "memo/store.hpp"

#include "base/problem.hpp"
#include "base/text/shadow.hpp"

namespace otokui::memo::store {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Values;

constexpr std::string_view kSelect =
    "SELECT m.id, m.customer_id, c.number, c.family_name, c.given_name, m.title, m.body, m.pinned, m.alert,"
    " COALESCE(m.created_by, 0), COALESCE(w.name, ''), COALESCE(m.updated_by, 0), COALESCE(u.name, ''),"
    " m.created_at, m.updated_at, m.version FROM memo m JOIN customer c ON c.id = m.customer_id"
    " LEFT JOIN staff w ON w.id = m.created_by LEFT JOIN staff u ON u.id = m.updated_by WHERE ";

std::string joined(std::string_view first, std::string_view second) {
    std::string name(first);
    if (!first.empty() && !second.empty()) name += ' ';
    return name.append(second);
}

Memo read(const Row& row) {
    return {.id = {row.integer(0)},
            .customer = {row.integer(1)},
            .customer_number = std::string(row.text(2)),
            .customer_name = joined(row.text(3), row.text(4)),
            .title = std::string(row.text(5)),
            .body = std::string(row.text(6)),
            .pinned = row.integer(7) != 0,
            .alert = row.integer(8) != 0,
            .created_by = {row.integer(9)},
            .created_by_name = std::string(row.text(10)),
            .updated_by_name = std::string(row.text(12)),
            .updated_by = {row.integer(11)},
            .created_at = {row.integer(13)},
            .updated_at = {row.integer(14)},
            .version = row.integer(15)};
}

std::vector<Memo> select(Transaction& tx, const std::string& where, const Values& values) {
    std::vector<Memo> memos;
    tx.query(std::string(kSelect) + where, values, [&](const Row& row) { memos.push_back(read(row)); });
    return memos;
}

}  // namespace

void refuse_not_found() {
    throw Refused(
        {ProblemKind::not_found, "memo.not_found", {"メモが見つかりません。", "There is no such memo."}});
}

void refuse_not_own() {
    throw Refused({ProblemKind::forbidden,
                   "memo.not_own",
                   {"ほかの人が書いたメモを削除できるのは管理者だけです。",
                    "Only administrators delete memos that somebody else wrote."}});
}

std::vector<Memo> list_of(Transaction& tx, CustomerId customer, std::optional<bool> alert, const Place& after,
                          std::int64_t most) {
    std::string where = "m.customer_id = ? AND (m.pinned, m.id) < (?, ?)";
    Values values{customer.value, std::int64_t{after.pinned}, after.id};
    if (alert) {
        where += " AND m.alert = ?";
        values.emplace_back(std::int64_t{*alert});
    }
    values.emplace_back(most);
    return select(tx, where + " ORDER BY m.pinned DESC, m.id DESC LIMIT ?", values);
}

std::vector<Memo> list_all(Transaction& tx, const Filter& filter, std::int64_t before, std::int64_t most) {
    std::string where = "m.id < ?";
    Values values{before};
    const auto add = [&](std::string_view condition, storage::Value value) {
        where.append(" AND ").append(condition);
        values.push_back(std::move(value));
    };
    if (filter.author) add("m.created_by = ?", filter.author->value);
    // Written out, so that the index over the few that are marked will do.
    if (filter.alert) where += *filter.alert ? " AND m.alert = 1" : " AND m.alert = 0";
    if (filter.pinned) add("m.pinned = ?", std::int64_t{*filter.pinned});
    if (!filter.text.empty()) {
        const auto folded = text::shadow(text::ShadowKind::text, filter.text);
        const std::string position = tx.engine() == storage::Engine::sqlite ? "instr" : "strpos";
        add("(" + position + "(m.title_text, ?) > 0", folded);
        where += " OR " + position + "(m.body_text, ?) > 0)";
        values.emplace_back(folded);
    }
    values.emplace_back(most);
    return select(tx, where + " ORDER BY m.id DESC LIMIT ?", values);
}

std::vector<Memo> newest_of(Transaction& tx, CustomerId customer, std::optional<core::TimelinePlace> before,
                            std::int64_t most) {
    std::string where = "m.customer_id = ?";
    Values values{customer.value};
    if (before) {
        where += " AND (m.created_at, m.id) < (?, ?)";
        values.emplace_back(before->at.milliseconds);
        values.emplace_back(before->id);
    }
    values.emplace_back(most);
    return select(tx, where + " ORDER BY m.created_at DESC, m.id DESC LIMIT ?", values);
}

Memo get(Transaction& tx, CustomerId customer, MemoId id) {
    auto found = select(tx, "m.id = ? AND m.customer_id = ?", {id.value, customer.value});
    if (found.empty()) refuse_not_found();
    return std::move(found.front());
}

}  // namespace otokui::memo::store
