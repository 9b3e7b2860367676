#pragma once

#include <string>

#include "core/journal.hpp"
#include "core/registry.hpp"

// New rows made ready ahead of their transaction, on another thread than the one that writes: SQLite has a
// single writer, and what is made beforehand keeps it from nobody.
namespace otokui::core {

struct PreparedRow {
    Record record;  // with its id, and the derived columns
    // The rest is what Preparation::make has made of it.
    std::string values = {};  // as the journal keeps them
    storage::Blob salt = {}, digest = {};
    std::string text = {};  // Hooks::text_of
};

/// Makes rows of one table, from what the transaction it is made in says.
class Preparation {
public:
    /// The registry must outlive it.
    Preparation(const Registry& registry, const Table& table, storage::Transaction& tx);

    const Table& table() const { return table_; }
    /// `now` becomes the time of change of a row that has none yet. To be called again after any change of
    /// the record.
    void make(PreparedRow& row, Moment now) const;
    /// Whether rows made by this are what they would be if made in `tx`.
    bool is_current(storage::Transaction& tx) const;

private:
    const Registry& registry_;
    const Table& table_;
    const std::string derives_by_;
    const Derive derive_;
};

/// Version and time of change, where a new row has none yet.
void begin_row(const Table& table, Record& record, Moment now);

}  // namespace otokui::core
