#include "history/service.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/notes.hpp"
#include "core/undo.hpp"
#include "history/change_reader.hpp"
#include "history/tables.hpp"

namespace otokui::history {
namespace {

constexpr std::int64_t kMostChangesShown = 200;

// + 0: PostgreSQL, before it has statistics, would look for the greatest id from the newest operation down.
constexpr std::string_view kOperationColumns =
    "o.id, o.at, o.kind, COALESCE(o.staff_id, 0), COALESCE(o.token_id, 0), o.actor, o.ip, o.screen, "
    "o.reason, COALESCE(o.job_id, 0),"
    " COALESCE(o.undoes, 0), (SELECT max(u.id + 0) FROM operation u WHERE u.undoes = o.id), o.change_count";

boost::json::value id_or_null(std::int64_t id) {
    return id == 0 ? boost::json::value() : boost::json::value(std::to_string(id));
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

boost::json::object actor_json(const storage::Row& row) {
    const auto staff = row.integer(3), token = row.integer(4);
    const auto name = row.text(5);
    const char* kind = token != 0                   ? "token"
                       : staff != 0                 ? "staff"
                       : name.starts_with("shell:") ? "shell"
                                                    : "system";
    return {{"kind", kind}, {"id", id_or_null(staff)}, {"name", name}, {"token", id_or_null(token)}};
}

boost::json::object operation_json(const core::Registry& registry, const core::Actor& actor,
                                   const storage::Row& row) {
    const auto& kind = registry.kind(row.text(2));
    const auto count = row.integer(12);
    return {{"id", std::to_string(row.integer(0))},
            {"operation", std::to_string(row.integer(0))},
            {"at", format_moment({row.integer(1)})},
            {"kind", kind.name},
            {"kind_label", json::labels(kind.label)},
            {"actor", actor_json(row)},
            {"ip", text_or_null(row.text(6))},
            {"screen", text_or_null(row.text(7))},
            {"reason", text_or_null(core::without_mails(row.text(8), actor))},
            {"job", id_or_null(row.integer(9))},
            {"undoes", id_or_null(row.integer(10))},
            {"undone_by", row.is_null(11) ? boost::json::value() : id_or_null(row.integer(11))},
            {"undoable", kind.undoable && count > 0 && row.is_null(11)},
            {"change_count", count}};
}

struct StoredChange {
    std::string table;
    std::int64_t row;
    boost::json::object before, after;
};

using IsOwn = ChangeReader::IsOwn;

// Which changes of an operation are meant: all, those of a customer, or those of one row.
struct Of {
    std::int64_t customer = 0;
    std::string table = {};
    std::int64_t row = 0;
};

boost::json::array changes_of(const Context& context, ChangeReader& reader, storage::Transaction& tx,
                              std::int64_t operation, const Of& of, IsOwn is_own) {
    std::vector<StoredChange> stored;
    tx.query(
        "SELECT table_name, row_id, old_values, new_values FROM change WHERE operation_id = ? AND (? = 0 OR "
        "customer_id = ?) AND (? = 0 OR (table_name = ? AND row_id = ?)) ORDER BY id LIMIT ?",
        {operation, of.customer, of.customer, of.row, of.table, of.row, kMostChangesShown},
        [&](const storage::Row& row) {
            const auto object = [&](int column) {
                return row.is_null(column) ? boost::json::object()
                                           : boost::json::parse(row.text(column)).as_object();
            };
            stored.push_back({std::string(row.text(0)), row.integer(1), object(2), object(3)});
        });
    boost::json::array changes;
    for (const auto& change : stored)
        reader.append(context.journal.registry().get(change.table), change.row, change.before, change.after,
                      is_own, changes);
    return changes;
}

// Reads one page of operations; `sql` selects kOperationColumns and takes `values` and then the limit + 1.
Page read_page(const Context& context, const core::Actor& actor, storage::Transaction& tx,
               const std::string& sql, storage::Values values, int limit) {
    Page page;
    std::string last;
    int rows = 0;
    values.emplace_back(std::int64_t{limit} + 1);
    tx.query(sql, values, [&](const storage::Row& row) {
        if (++rows > limit) return;
        last = std::to_string(row.integer(0));
        page.items.push_back(operation_json(context.journal.registry(), actor, row));
    });
    if (rows > limit) page.next_cursor = last;
    return page;
}

// To each operation of a page its changes; the caller has made sure that the actor may see all of them.
void add_changes(const Context& context, const core::Actor& actor, storage::Transaction& tx, Page& page,
                 const Of& of) {
    ChangeReader reader(context, actor, tx);
    for (auto& item : page.items) {
        auto& object = item.as_object();
        const auto id = std::stoll(std::string(object.at("id").as_string()));
        object["changes"] = changes_of(context, reader, tx, id, of, IsOwn::yes);
    }
}

// Ids and times run alike.
std::optional<std::int64_t> first_since(storage::Transaction& tx, Moment moment) {
    return tx.find_integer("SELECT id FROM operation WHERE at >= ? ORDER BY at, id LIMIT 1",
                           {moment.milliseconds});
}

// The newest of each kind, and of these the newest: with the kinds in one list, an engine would walk from the
// newest operation down, past a million edits to the two exports somebody looks for.
std::string newest_of_kinds(const std::vector<std::string>& kinds, const std::string& where,
                            storage::Values& values, int limit) {
    const auto asked = std::exchange(values, {});
    std::string sql = "o.id IN (";
    for (const auto& kind : kinds) {
        if (!values.empty()) sql += " UNION ALL ";
        sql += "SELECT id FROM (SELECT o.id FROM operation o WHERE " + where +
               " AND o.kind = ? ORDER BY o.id DESC LIMIT ?) AS newest";
        values.insert(values.end(), asked.begin(), asked.end());
        values.emplace_back(kind);
        values.emplace_back(std::int64_t{limit} + 1);
    }
    return sql + ")";
}

}  // namespace

Page list_history(const Context& context, const core::Actor& actor, CustomerId customer,
                  const std::string& cursor, int limit) {
    actor.require("history.read");
    const auto before = core::id_below(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        auto page = read_page(context, actor, tx,
                              "SELECT " + std::string(kOperationColumns) +
                                  " FROM operation o WHERE o.id IN (SELECT DISTINCT operation_id FROM change "
                                  "WHERE customer_id = ? AND"
                                  " operation_id < ? ORDER BY operation_id DESC LIMIT ?) ORDER BY o.id DESC",
                              {customer.value, before}, limit);
        add_changes(context, actor, tx, page, {.customer = customer.value});
        return page;
    });
}

Page list_row_history(const Context& context, const core::Actor& actor, std::string_view table,
                      std::int64_t row, const std::string& cursor, int limit) {
    actor.require("history.read");
    const auto before = core::id_below(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        const Of of{.table = std::string(table), .row = row};
        auto page = read_page(context, actor, tx,
                              "SELECT " + std::string(kOperationColumns) +
                                  " FROM operation o WHERE o.id IN (SELECT operation_id FROM change WHERE"
                                  " table_name = ? AND row_id = ?) AND o.id < ? ORDER BY o.id DESC LIMIT ?",
                              {of.table, row, before}, limit);
        add_changes(context, actor, tx, page, of);
        return page;
    });
}

Page list_operations(const Context& context, const core::Actor& actor, const OperationFilter& filter,
                     const std::string& cursor, int limit) {
    actor.require("history.read");
    auto before = core::id_below(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        if (filter.before)
            if (const auto end = first_since(tx, *filter.before)) before = std::min(before, *end);
        std::string where = "o.id < ?";
        storage::Values values{before};
        if (filter.from) {
            const auto begin = first_since(tx, *filter.from);
            if (!begin) return Page{};
            where += " AND o.id >= ?";
            values.emplace_back(*begin);
        }
        if (filter.staff.value != 0) {
            where += " AND o.staff_id = ?";
            values.emplace_back(filter.staff.value);
        }
        if (!filter.kinds.empty()) where = newest_of_kinds(filter.kinds, where, values, limit);
        return read_page(context, actor, tx,
                         "SELECT " + std::string(kOperationColumns) + " FROM operation o WHERE " + where +
                             " ORDER BY o.id DESC LIMIT ?",
                         std::move(values), limit);
    });
}

bool is_kind(const Context& context, std::string_view name) {
    return context.journal.registry().find_kind(name) != nullptr;
}

boost::json::array list_kinds(const Context& context, const core::Actor& actor) {
    actor.require("history.read");
    const auto& registry = context.journal.registry();
    return context.journal.database().read([&](storage::Transaction& tx) {
        boost::json::array items;
        // From one kind to the next along the index, however many operations there are of each.
        tx.query(
            "WITH RECURSIVE done (kind) AS (SELECT min(kind) FROM operation UNION ALL SELECT (SELECT "
            "min(o.kind) FROM operation o WHERE o.kind > done.kind) FROM done WHERE done.kind IS NOT NULL) "
            "SELECT kind FROM done WHERE kind IS NOT NULL ORDER BY kind",
            {}, [&](const storage::Row& row) {
                if (const auto* kind = registry.find_kind(row.text(0)))
                    items.push_back(
                        boost::json::object{{"kind", kind->name}, {"label", json::labels(kind->label)}});
            });
        return items;
    });
}

boost::json::object get_operation(const Context& context, const core::Actor& actor, OperationId id) {
    actor.require("history.read");
    return context.journal.database().read([&](storage::Transaction& tx) {
        std::optional<boost::json::object> found;
        auto is_own = IsOwn::no;
        tx.query("SELECT " + std::string(kOperationColumns) + " FROM operation o WHERE o.id = ?", {id.value},
                 [&](const storage::Row& row) {
                     found = operation_json(context.journal.registry(), actor, row);
                     if (actor.staff.value == row.integer(3)) is_own = IsOwn::yes;
                 });
        if (!found)
            throw Refused({ProblemKind::not_found,
                           "operation.not_found",
                           {"操作が見つかりません。", "No such operation."}});
        ChangeReader reader(context, actor, tx);
        (*found)["changes"] = changes_of(context, reader, tx, id.value, {}, is_own);
        return *std::move(found);
    });
}

std::vector<std::int64_t> customers_of(const Context& context, OperationId id) {
    std::vector<std::int64_t> customers;
    context.journal.database().read([&](storage::Transaction& tx) {
        tx.query(
            "SELECT DISTINCT s.customer_id FROM (SELECT customer_id FROM change WHERE operation_id = ? "
            "ORDER BY id LIMIT ?) s WHERE s.customer_id IS NOT NULL ORDER BY s.customer_id",
            {id.value, kMostChangesShown},
            [&](const storage::Row& row) { customers.push_back(row.integer(0)); });
    });
    return customers;
}

std::variant<OperationId, JobId> undo(const Context& context, const core::Actor& actor, OperationId id) {
    const auto changes = context.journal.database().read([&](storage::Transaction& tx) {
        core::require_undoable(tx, context.journal.registry(), actor, id);
        return core::count_changes(tx, id);
    });
    if (changes <= core::kMostChangesAtOnce) return core::undo(context.journal, actor, id);
    return context.jobs.submit(actor, {std::string(kUndoJob), {{"operation", id.value}}, changes});
}

}  // namespace otokui::history
