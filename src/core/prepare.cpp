#include "core/prepare.hpp"

#include <tuple>

#include "core/journal_chain.hpp"

namespace otokui::core {
namespace {

using storage::Value;

std::string derives_by(const Registry& registry, const Table& table, storage::Transaction& tx) {
    const auto& by = registry.hooks(table).derives_by;
    return by ? by(tx) : std::string();
}

Derive derive_of(const Registry& registry, const Table& table, storage::Transaction& tx) {
    const auto& make = registry.hooks(table).derive;
    return make ? make(tx) : Derive();
}

void fill_in(Value& value, std::int64_t number) {
    if (storage::is_null(value) || value == Value(std::int64_t{0})) value = number;
}

}  // namespace

void begin_row(const Table& table, Record& record, Moment now) {
    if (!table.version_column.empty()) fill_in(record.values[table.column(table.version_column)], 1);
    if (!table.updated_column.empty())
        fill_in(record.values[table.column(table.updated_column)], now.milliseconds);
}

Preparation::Preparation(const Registry& registry, const Table& table, storage::Transaction& tx)
    : registry_(registry),
      table_(table),
      derives_by_(derives_by(registry, table, tx)),
      derive_(derive_of(registry, table, tx)) {}

void Preparation::make(PreparedRow& row, Moment now) const {
    begin_row(table_, row.record, now);
    if (derive_) derive_(row.record);
    if (table_.keep == Keep::journal) {
        row.values = changed_values(table_, nullptr, &row.record).after;
        std::tie(row.salt, row.digest) = sealed(kNoValues, row.values);
    }
    if (const auto& text_of = registry_.hooks(table_).text_of) row.text = text_of(row.record);
}

bool Preparation::is_current(storage::Transaction& tx) const {
    return derives_by(registry_, table_, tx) == derives_by_;
}

}  // namespace otokui::core
