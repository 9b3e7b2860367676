#include "list/store.hpp"

#include "base/crypto.hpp"
#include "list/tables.hpp"
#include "storage/value_list.hpp"

namespace otokui::list::store {
namespace {

constexpr std::size_t kRandomBytes = 18;
constexpr std::size_t kStretch = 5'000;  // members written between two commits
constexpr std::string_view kLoading = "loading", kReady = "ready", kRemoving = "removing";
constexpr std::string_view kSelect =
    "SELECT id, list, staff_id, name, kind, found, not_found, duplicates, deleted, merged, not_found_file,"
    " duplicates_file, deleted_file, merged_file, created_at, used_at, version FROM customer_list WHERE ";

List read(const storage::Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {.id = {row.integer(0)},
            .list = text(1),
            .staff = {row.integer(2)},
            .name = text(3),
            .kind = find_kind(row.text(4)).value_or(Kind::id),
            .figures = {row.integer(5), row.integer(6), row.integer(7), row.integer(8), row.integer(9)},
            .files = {text(10), text(11), text(12), text(13)},
            .created_at = {row.integer(14)},
            .used_at = {row.integer(15)},
            .version = row.integer(16)};
}

std::vector<List> read_where(storage::Transaction& tx, std::string_view condition,
                             std::initializer_list<storage::Value> values) {
    std::vector<List> lists;
    tx.query(std::string(kSelect) + std::string(condition), values,
             [&](const storage::Row& row) { lists.push_back(read(row)); });
    return lists;
}

}  // namespace

void begin(core::Journal& journal, List& list) {
    list.list = crypto::random_text(kRandomBytes);
    journal.housekeeping([&](core::Writer& writer) {
        const auto now = writer.now();
        list.created_at = list.used_at = now;
        list.id = {writer.insert(writer.registry().get(kTable), {{"list", list.list},
                                                                 {"staff_id", list.staff.value},
                                                                 {"state", std::string(kLoading)},
                                                                 {"name", list.name},
                                                                 {"kind", std::string(name_of(list.kind))},
                                                                 {"created_at", now.milliseconds},
                                                                 {"used_at", now.milliseconds}})};
    });
}

void add_members(core::Journal& journal, ListId list, std::span<const std::int64_t> customers) {
    while (!customers.empty()) {
        const auto stretch = customers.first(std::min(kStretch, customers.size()));
        customers = customers.subspan(stretch.size());
        journal.housekeeping(
            [&](core::Writer& writer) {
                writer.execute_unjournaled(
                    writer.registry().get(kMemberTable),
                    "INSERT INTO customer_list_member (list_id, customer_id) SELECT CAST(? AS BIGINT), "
                    "list.value FROM " +
                        storage::select_integers(writer.tx().engine()) + " AS list",
                    {list.value, storage::list_value(stretch)});
            },
            storage::Priority::background);
    }
}

void complete(core::Journal& journal, const List& list) {
    journal.housekeeping([&](core::Writer& writer) {
        const auto& figures = list.figures;
        writer.execute_unjournaled(
            writer.registry().get(kTable),
            "UPDATE customer_list SET state = ?, found = ?, not_found = ?, duplicates = ?, deleted = ?, "
            "merged = ?, not_found_file = ?, duplicates_file = ?, deleted_file = ?, merged_file = ? WHERE id "
            "= ?",
            {std::string(kReady), figures.found, figures.not_found, figures.duplicates, figures.deleted,
             figures.merged, list.files[0], list.files[1], list.files[2], list.files[3], list.id.value});
    });
}

void remove(core::Journal& journal, ListId list) {
    journal.housekeeping([&](core::Writer& writer) {
        writer.execute_unjournaled(writer.registry().get(kTable),
                                   "UPDATE customer_list SET state = ? WHERE id = ?",
                                   {std::string(kRemoving), list.value});
    });
    while (
        journal.housekeeping(
            [&](core::Writer& writer) {
                return writer.execute_unjournaled(
                    writer.registry().get(kMemberTable),
                    "DELETE FROM customer_list_member WHERE list_id = ? AND customer_id IN (SELECT "
                    "customer_id FROM customer_list_member WHERE list_id = ? ORDER BY customer_id LIMIT ?)",
                    {list.value, list.value, static_cast<std::int64_t>(kStretch)});
            },
            storage::Priority::background) > 0)
        continue;
    journal.housekeeping([&](core::Writer& writer) {
        writer.execute_unjournaled(writer.registry().get(kTable), "DELETE FROM customer_list WHERE id = ?",
                                   {list.value});
    });
}

std::optional<List> find(storage::Transaction& tx, std::string_view name) {
    auto lists = read_where(tx, "list = ? AND state = ?", {std::string(name), std::string(kReady)});
    return lists.empty() ? std::nullopt : std::optional(std::move(lists.front()));
}

std::vector<List> list_of(storage::Transaction& tx, StaffId staff, std::int64_t before, std::int64_t most) {
    return read_where(tx, "staff_id = ? AND id < ? AND state = ? ORDER BY id DESC LIMIT ?",
                      {staff.value, before, std::string(kReady), most});
}

std::vector<std::int64_t> members(storage::Transaction& tx, ListId list) {
    std::vector<std::int64_t> customers;
    tx.query("SELECT customer_id FROM customer_list_member WHERE list_id = ? ORDER BY customer_id",
             {list.value}, [&](const storage::Row& row) { customers.push_back(row.integer(0)); });
    return customers;
}

std::vector<List> list_overdue(storage::Transaction& tx, Moment unused_since, Moment begun_before) {
    return read_where(
        tx, "(name = '' AND used_at < ?) OR (state = ? AND created_at < ?) OR state = ? ORDER BY id",
        {unused_since.milliseconds, std::string(kLoading), begun_before.milliseconds,
         std::string(kRemoving)});
}

}  // namespace otokui::list::store
