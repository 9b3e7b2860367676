#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/problem.hpp"
#include "core/journal.hpp"
#include "core/journal_chain.hpp"
#include "core/prepare.hpp"

namespace otokui::core {
namespace {

using storage::Value;
using storage::Values;

constexpr std::int64_t kHousekeeping = -1;

std::string joined(const Table& table, std::string_view separator) {
    std::string text;
    for (const auto& column : table.columns) {
        if (!text.empty()) text += separator;
        text += column.name;
    }
    return text;
}

bool is_of_a_person(const Column& column) {
    return column.source == Source::written &&
           (column.privacy == Privacy::personal || column.privacy == Privacy::contact ||
            column.privacy == Privacy::sensitive);
}

Value read(const storage::Row& row, int position, ColumnType type) {
    if (row.is_null(position)) return {};
    switch (type) {
        case ColumnType::integer:
            return row.integer(position);
        case ColumnType::text:
            return std::string(row.text(position));
        case ColumnType::bytes:
            return row.bytes(position);
    }
    return {};
}

}  // namespace

struct Writer::Parts {
    storage::Transaction& tx;
    const Registry& registry;
    Operation operation;
    std::int64_t operation_id;
    Moment now;
    std::vector<PendingChange> changes = {};
    std::map<const Table*, Derive> derivations = {};
    std::map<const Table*, std::set<std::int64_t>> unsettled = {};

    void begin_operation() {
        if (operation_id == kHousekeeping)
            throw std::logic_error("a journaled table was written in a housekeeping write");
        if (operation_id != 0) return;
        registry.kind(operation.kind);  // a kind nobody registered could be neither shown nor undone
        operation_id = insert_operation(tx, operation, now);
    }

    // Fills the derived columns of `record` with the feature's rule for the table, if it has one.
    void fill_derived(const Table& table, Record& record) {
        const auto& make = registry.hooks(table).derive;
        if (!make) return;
        auto found = derivations.find(&table);
        if (found == derivations.end()) found = derivations.emplace(&table, make(tx)).first;
        found->second(record);
    }

    // Somebody may have removed what the work has just read: it runs again and reads that it is gone.
    void require_references(const Table& table, const std::vector<RowChange>& rows) {
        const auto& find_gone = registry.hooks(table).find_gone;
        if (find_gone && !find_gone(tx, rows).empty())
            throw storage::Busy("a row of " + table.name + " refers to one that has gone");
    }

    // The values are lent to the statement, the id behind them, and stand in the records again afterwards.
    void insert_rows(const Table& table, const std::vector<Record*>& records) {
        std::vector<std::string_view> columns;
        for (const auto& column : table.columns) columns.push_back(column.name);
        columns.push_back("id");
        struct Lent {
            const std::vector<Record*>& records;
            std::vector<Values> rows = {};
            ~Lent() {
                for (std::size_t i = 0; i < rows.size(); ++i) {
                    rows[i].pop_back();
                    records[i]->values = std::move(rows[i]);
                }
            }
        } lent{records};
        lent.rows.reserve(records.size());
        for (auto* record : records) {
            record->values.emplace_back(record->id);
            lent.rows.push_back(std::move(record->values));
        }
        tx.insert_many(table.name, columns, lent.rows);
    }

    std::int64_t customer_of(const Table& table, const Record& record) const {
        if (table.customer_column.empty()) return 0;
        if (table.customer_column == "id") return record.id;
        const Value& value = record.values[table.column(table.customer_column)];
        return storage::is_null(value) ? 0 : std::get<std::int64_t>(value);
    }

    void note(const Table& table, Act act, const Record* before, const Record* after,
              Noted noted = Noted::values) {
        const Record& row = after ? *after : *before;
        for (const Record* side : {before, after})
            if (side) note_unsettled(table, *side);
        if (table.keep == Keep::no_journal) return;
        begin_operation();
        auto values = noted == Noted::values ? changed_values(table, before, after)
                                             : ChangedValues{std::string(kNoValues), std::string(kNoValues)};
        changes.push_back({&table, row.id, customer_of(table, row), act, std::move(values.before),
                           std::move(values.after)});
    }
    void note_prepared(const Table& table, const PreparedRow& row) {
        note_unsettled(table, row.record);
        if (table.keep == Keep::no_journal) return;
        begin_operation();
        changes.push_back({&table, row.record.id, customer_of(table, row.record), Act::insert,
                           std::string(kNoValues), row.values, row.salt, row.digest});
    }
    void note_unsettled(const Table& table, const Record& row) {
        if (!registry.hooks(table).settle) return;
        if (const auto customer = customer_of(table, row)) unsettled[&table].insert(customer);
    }
};

Writer::Writer(storage::Transaction& tx, const Registry& registry, Operation operation, OperationId id,
               Moment now)
    : parts_(new Parts{tx, registry, std::move(operation), id.value, now}) {}
Writer::~Writer() = default;

storage::Transaction& Writer::tx() { return parts_->tx; }
const Registry& Writer::registry() const { return parts_->registry; }
OperationId Writer::operation() const { return {std::max<std::int64_t>(parts_->operation_id, 0)}; }
const Actor& Writer::actor() const { return parts_->operation.actor; }
Moment Writer::now() const { return parts_->now; }

std::optional<Record> Writer::find(const Table& table, std::int64_t id) {
    const char* lock = parts_->tx.engine() == storage::Engine::postgres ? " FOR UPDATE" : "";
    std::optional<Record> record;
    parts_->tx.query("SELECT " + joined(table, ", ") + " FROM " + table.name + " WHERE id = ?" + lock, {id},
                     [&](const storage::Row& row) {
                         record.emplace(Record{id, {}});
                         for (std::size_t i = 0; i < table.columns.size(); ++i)
                             record->values.push_back(read(row, static_cast<int>(i), table.columns[i].type));
                     });
    return record;
}

std::int64_t Writer::insert(const Table& table, const Assignments& values) {
    Record record;
    for (const auto& column : table.columns) record.values.push_back(column.initial());
    for (const auto& [name, value] : values) {
        if (name == "id")
            record.id = std::get<std::int64_t>(value);
        else
            record.values[table.column(name)] = value;
    }
    std::vector<Record> records{std::move(record)};
    insert_many(table, records);
    return records.front().id;
}

void Writer::insert_many(const Table& table, std::vector<Record>& records) {
    const auto missing = static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(), [](const Record& record) { return record.id == 0; }));
    auto fresh = parts_->tx.allocate_ids(table.name, missing);
    auto next = fresh.begin();
    std::vector<Record*> written;
    std::vector<RowChange> changed;
    written.reserve(records.size());
    changed.reserve(records.size());
    for (auto& record : records) {
        if (record.id == 0) record.id = *next++;
        begin_row(table, record, parts_->now);
        parts_->fill_derived(table, record);
        written.push_back(&record);
        changed.push_back({record.id, nullptr, &record});
    }
    parts_->require_references(table, changed);
    parts_->insert_rows(table, written);
    for (const auto& record : records) parts_->note(table, Act::insert, nullptr, &record);
    if (const auto& after = parts_->registry.hooks(table).after) after(*this, changed);
}

void Writer::insert_prepared(const Preparation& preparation, const std::vector<PreparedRow*>& rows) {
    const auto& table = preparation.table();
    std::optional<Preparation> anew;
    if (!preparation.is_current(parts_->tx)) anew.emplace(parts_->registry, table, parts_->tx);
    std::vector<Record*> written;
    std::vector<RowChange> changed;
    written.reserve(rows.size());
    changed.reserve(rows.size());
    const bool has_text = static_cast<bool>(parts_->registry.hooks(table).text_of);
    for (auto* row : rows) {
        if (anew) anew->make(*row, parts_->now);
        written.push_back(&row->record);
        changed.push_back({row->record.id, nullptr, &row->record, has_text ? &row->text : nullptr});
    }
    parts_->require_references(table, changed);
    parts_->insert_rows(table, written);
    for (const auto* row : rows) parts_->note_prepared(table, *row);
    if (const auto& after = parts_->registry.hooks(table).after) after(*this, changed);
}

bool Writer::update(const Table& table, std::int64_t id, const Assignments& values) {
    const auto before = find(table, id);
    if (!before)
        throw Refused({ProblemKind::not_found, "not_found", {"見つかりません。", "It does not exist."}});
    Record after = *before;
    for (const auto& [name, value] : values) after.values[table.column(name)] = value;
    return replace(table, *before, after, Noted::values);
}

bool Writer::replace(const Table& table, const Record& before, Record& after, Noted noted) {
    if (after.values == before.values) return false;
    if (!table.version_column.empty()) {
        auto& version = after.values[table.column(table.version_column)];
        version = std::get<std::int64_t>(before.values[table.column(table.version_column)]) + 1;
    }
    if (!table.updated_column.empty())
        after.values[table.column(table.updated_column)] = parts_->now.milliseconds;
    parts_->fill_derived(table, after);
    parts_->require_references(table, {{before.id, &before, &after}});

    std::string sql = "UPDATE " + table.name + " SET ";
    Values bound;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (before.values[i] == after.values[i]) continue;
        if (!bound.empty()) sql += ", ";
        sql += table.columns[i].name + " = ?";
        bound.push_back(after.values[i]);
    }
    bound.emplace_back(before.id);
    parts_->tx.execute(sql + " WHERE id = ?", bound);
    parts_->note(table, Act::update, &before, &after, noted);
    if (const auto& hook = parts_->registry.hooks(table).after) hook(*this, {{before.id, &before, &after}});
    return true;
}

void Writer::remove(const Table& table, std::int64_t id) {
    const auto before = find(table, id);
    if (!before)
        throw Refused({ProblemKind::not_found, "not_found", {"見つかりません。", "It does not exist."}});
    parts_->tx.execute("DELETE FROM " + table.name + " WHERE id = ?", {id});
    parts_->note(table, Act::remove, &*before, nullptr);
    if (const auto& hook = parts_->registry.hooks(table).after) hook(*this, {{id, &*before, nullptr}});
}

void Writer::erase(const Table& table, std::int64_t id) {
    const auto before = find(table, id);
    if (!before) return;
    if (table.on_erase == OnErase::remove) {
        parts_->tx.execute("DELETE FROM " + table.name + " WHERE id = ?", {id});
        parts_->note(table, Act::remove, &*before, nullptr, Noted::left_out);
        if (const auto& hook = parts_->registry.hooks(table).after) hook(*this, {{id, &*before, nullptr}});
        return;
    }
    Record after = *before;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (is_of_a_person(table.columns[i])) after.values[i] = table.columns[i].initial();
    replace(table, *before, after, Noted::left_out);
}

std::int64_t Writer::erase_history(std::int64_t customer, std::int64_t most) {
    return core::erase_history(parts_->tx, customer, most);
}

void Writer::derive(const Table& table, std::int64_t id, const Assignments& values) {
    std::string sql = "UPDATE " + table.name + " SET ";
    Values bound;
    for (const auto& [name, value] : values) {
        if (table.columns[table.column(name)].source != Source::derived)
            throw std::logic_error(table.name + "." + std::string(name) + " is not derived");
        if (!bound.empty()) sql += ", ";
        sql += std::string(name) + " = ?";
        bound.push_back(value);
    }
    bound.emplace_back(id);
    parts_->tx.execute(sql + " WHERE id = ?", bound);
}

void Writer::index_execute(std::string_view sql, std::initializer_list<Value> values) {
    parts_->tx.execute(sql, values);
}

void Writer::index_insert_many(std::string_view table, std::span<const std::string_view> columns,
                               std::span<const Values> rows) {
    parts_->tx.insert_many(table, columns, rows);
}

std::int64_t Writer::execute_unjournaled(const Table& table, std::string_view sql,
                                         std::initializer_list<Value> values) {
    if (table.keep != Keep::no_journal)
        throw std::logic_error("table " + table.name + " is written through the journal only");
    return parts_->tx.execute(sql, values);
}

void Writer::finish() {
    const auto unsettled = std::move(parts_->unsettled);
    for (const auto& [table, customers] : unsettled)
        parts_->registry.hooks(*table).settle(*this, {customers.begin(), customers.end()});
    if (parts_->changes.empty()) return;
    append_to_chain(parts_->tx, parts_->operation, parts_->operation_id, parts_->now,
                    std::exchange(parts_->changes, {}));
}

}  // namespace otokui::core
