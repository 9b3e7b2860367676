#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journal.hpp"
#include "storage/bulk_fill.hpp"

namespace otokui::core {

/// Rows of one table in one stretch of a load. They are used again and again, so that their texts keep their
/// memory.
class LoadedRows {
public:
    explicit LoadedRows(const Table& table) : table_(&table) {}
    const Table& table() const { return *table_; }

    /// One more row: the table's columns in their order, and behind them one value more, which the load sets
    /// to the row's id. They still hold what an earlier row of any stretch left there, so every column has to
    /// be set.
    storage::Values& next();
    std::size_t size() const { return size_; }
    void clear() { size_ = 0; }
    std::span<storage::Values> rows() { return std::span(rows_).first(size_); }

private:
    const Table* table_;
    std::vector<storage::Values> rows_;
    std::size_t size_ = 0;
};

/// The door for filling an empty database at speed: a demo shop, later a shop that moves in. It belongs to
/// the operation of its writer, but leaves no change per row: the rows are the beginning that the operation's
/// entry stands for, and millions of changes would say nothing that the rows do not say themselves. Whatever
/// is done to them later is journaled as ever.
/// Of the tables' hooks only `derive` is called: totals come with the rows, and indexes over several tables
/// are built by the caller at the end. All of it is one transaction, so that a load which fails or is killed
/// leaves the database as empty as it was.
class BulkLoad {
public:
    /// Takes the tables' indexes away. `tables` stand in the order of their references. Refused conflict
    /// core.not_empty when one of them holds a row or ever held one: rows get the ids 1, 2, 3 …
    BulkLoad(Writer& writer, const std::vector<std::string>& tables);

    struct Stage {
        std::vector<std::string> tables;  // which it fills, in this order within each stretch
        std::int64_t stretches = 0;
        /// Makes stretch 0, 1, 2 …: `rows` has an entry for each of `tables`. Called on several threads at
        /// once, while one thread writes what has been made, in the order of the stretches.
        std::function<void(std::int64_t stretch, std::span<LoadedRows> rows)> make;
        /// For rows that name rows of the same stretch, by their positions from 1: adds to them how many rows
        /// of each of `tables` stand before the stretch. Called in the order of the stretches, by the thread
        /// that writes.
        std::function<void(std::span<const std::int64_t> before, std::span<LoadedRows> rows)> refer = {};
        /// Told how many rows the load has written so far, after each stretch.
        std::function<void(std::int64_t rows)> progress = {};
    };
    void fill(const Stage& stage);

    /// Builds the indexes and checks the references; see storage::BulkFill::finish.
    void finish(const storage::BulkFill::Told& told = {}) { fill_.finish(told); }

private:
    struct Target {
        const Table* table;
        Derive derive;
        std::vector<std::string_view> columns;  // of the table, and id behind them
        std::int64_t last_id = 0;
    };
    void complete(LoadedRows& rows) const;
    void write(LoadedRows& rows);

    Writer& writer_;
    storage::BulkFill fill_;
    std::vector<Target> targets_;
    std::int64_t rows_ = 0;
};

}  // namespace otokui::core
