#include "history/service.hpp"

#include <boost/json/parse.hpp>
#include <limits>
#include <set>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/id_set.hpp"
#include "core/notes.hpp"
#include "core/record_json.hpp"
#include "core/undo.hpp"
#include "history/tables.hpp"

namespace otokui::history {
namespace {

constexpr std::int64_t kMostChangesShown = 200;

constexpr std::string_view kOperationColumns =
    "o.id, o.at, o.kind, COALESCE(o.staff_id, 0), COALESCE(o.token_id, 0), o.actor, o.ip, o.screen, "
    "o.reason, COALESCE(o.job_id, 0),"
    " COALESCE(o.undoes, 0), (SELECT max(u.id) FROM operation u WHERE u.undoes = o.id), o.change_count";

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

// From stored column values to what the person sees: catalogue keys, ids as strings, moments with the shop's
// offset, masks.
class ChangeReader {
public:
    ChangeReader(const Context& context, const core::Actor& actor, storage::Transaction& tx)
        : context_(context), actor_(actor), masters_(tx) {
        for (const auto& field : context.catalogue.fields())
            if (!field.column.empty()) by_column_.emplace(field.column, &field);
    }

    /// One entry per changed column. `erased`: the person was erased and with him the values.
    /// `is_own`: the actor may see what is private, too.
    void append(const core::Table& table, std::int64_t row, const boost::json::object& before,
                const boost::json::object& after, bool is_own, boost::json::array& changes) {
        const bool hides = table.is_private && !is_own;
        for (const auto& column : table.columns) {
            const auto* was = before.if_contains(column.name);
            const auto* is = after.if_contains(column.name);
            if (!was && !is) continue;
            if (column.name == core::kAnswers && table.customer_column == "id") {
                append_answers(table, row, was, is, changes);
                continue;
            }
            changes.push_back(boost::json::object{{"kind", table.name},
                                                  {"kind_label", json::labels(table.label)},
                                                  {"id", std::to_string(row)},
                                                  {"field", key_of(table, column.name)},
                                                  {"before", shown(table, column, was, hides)},
                                                  {"after", shown(table, column, is, hides)}});
        }
    }

private:
    /// What was answered to the shop's own fields changes field by field, though it stands in one column.
    void append_answers(const core::Table& table, std::int64_t row, const boost::json::value* before,
                        const boost::json::value* after, boost::json::array& changes) {
        const auto answers_of = [](const boost::json::value* text) {
            return text && text->is_string() ? core::answers::parse(text->as_string())
                                             : core::answers::Object();
        };
        const auto was = answers_of(before), is = answers_of(after);
        std::set<std::string_view> keys;
        for (const auto* side : {&was, &is})
            for (const auto& [key, value] : *side) keys.insert(key);
        for (const auto key : keys) {
            const auto *old = was.if_contains(key), *now = is.if_contains(key);
            if (old && now && *old == *now) continue;
            const auto* field = context_.catalogue.find_own(key);
            changes.push_back(boost::json::object{{"kind", table.name},
                                                  {"kind_label", json::labels(table.label)},
                                                  {"id", std::to_string(row)},
                                                  {"field", std::string(core::kOwnPrefix) + std::string(key)},
                                                  {"before", shown_answer(field, old)},
                                                  {"after", shown_answer(field, now)}});
        }
    }
    static boost::json::value shown_answer(const core::Field* field, const boost::json::value* answer) {
        if (!answer) return nullptr;
        return field && field->has_text_codes() ? core::answers::names(*field, answer) : *answer;
    }

    const core::Field* field_of(const core::Table& table, std::string_view column) const {
        if (table.name != "customer" && table.name != "customer_address") return nullptr;
        const auto found = by_column_.find(column);
        return found == by_column_.end() ? nullptr : found->second;
    }

    std::string key_of(const core::Table& table, const std::string& column) const {
        const auto* field = field_of(table, column);
        return field ? field->key : column;
    }

    boost::json::value shown(const core::Table& table, const core::Column& column,
                             const boost::json::value* value, bool hides) {
        if (!value || value->is_null()) return nullptr;
        if (const auto* text = value->if_string(); text && text->empty()) return nullptr;
        if (hides || column.privacy == core::Privacy::secret) return boost::json::value(core::kMask);
        if (column.privacy == core::Privacy::contact && !actor_.may(core::kUnmaskedRight))
            return boost::json::value(core::kMask);
        const auto* field = field_of(table, column.name);
        if (!field && column.name.ends_with("_at") && value->is_int64())
            return boost::json::value(format_moment({value->as_int64()}));
        if (!field) return named(column.name, *value);
        switch (field->type) {
            case core::FieldType::moment:
                return boost::json::value(format_moment({value->as_int64()}));
            case core::FieldType::boolean:
                return value->as_int64() != 0;
            case core::FieldType::id:
                return boost::json::value(std::to_string(value->as_int64()));
            case core::FieldType::reference:
                return boost::json::value(masters_.name(field->master, value->as_int64()));
            case core::FieldType::set: {
                boost::json::array names;
                for (const auto id : core::parse_set(value->as_string()))
                    names.emplace_back(masters_.name(field->master, id));
                return names;
            }
            default:
                return *value;
        }
    }

    /// A row that another table knows by a name ("coupon_id" of a grant) is called so.
    boost::json::value named(std::string_view column, const boost::json::value& value) {
        constexpr std::string_view kReference = "_id";
        if (!column.ends_with(kReference) || !value.is_int64()) return value;
        const auto* other =
            context_.journal.registry().find(column.substr(0, column.size() - kReference.size()));
        if (!other || !other->find_column("name")) return value;
        return boost::json::value(masters_.name(other->name, value.as_int64()));
    }

    const Context& context_;
    const core::Actor& actor_;
    core::Masters masters_;
    std::map<std::string, const core::Field*, std::less<>> by_column_;
};

struct StoredChange {
    std::string table;
    std::int64_t row;
    boost::json::object before, after;
};

// Which changes of an operation are meant: all, those of a customer, or those of one row.
struct Of {
    std::int64_t customer = 0;
    std::string table = {};
    std::int64_t row = 0;
};

boost::json::array changes_of(const Context& context, ChangeReader& reader, storage::Transaction& tx,
                              std::int64_t operation, const Of& of, bool is_own) {
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
        object["changes"] = changes_of(context, reader, tx, id, of, true);
    }
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

Page list_operations(const Context& context, const core::Actor& actor, const std::string& cursor, int limit) {
    actor.require("history.read");
    const auto before = core::id_below(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        return read_page(context, actor, tx,
                         "SELECT " + std::string(kOperationColumns) +
                             " FROM operation o WHERE o.id < ? ORDER BY o.id DESC LIMIT ?",
                         {before}, limit);
    });
}

boost::json::object get_operation(const Context& context, const core::Actor& actor, OperationId id) {
    actor.require("history.read");
    return context.journal.database().read([&](storage::Transaction& tx) {
        std::optional<boost::json::object> found;
        bool is_own = false;
        tx.query("SELECT " + std::string(kOperationColumns) + " FROM operation o WHERE o.id = ?", {id.value},
                 [&](const storage::Row& row) {
                     found = operation_json(context.journal.registry(), actor, row);
                     is_own = actor.staff.value == row.integer(3);
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
