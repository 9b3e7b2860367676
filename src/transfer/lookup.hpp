#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace otokui::transfer {

/// PostgreSQL plans a prepared statement once, perhaps while the table is still empty, and would read a table
/// that has grown to a million rows from end to end ever after: so it is told to use the index, in this
/// transaction.
inline void keep_to_indexes(storage::Transaction& tx) {
    if (tx.engine() == storage::Engine::postgres) tx.execute("SET LOCAL enable_seqscan = off");
}

/// Runs `sql` with the values in place of its "(?)", some hundred at a time and always as many, so that one
/// prepared statement serves; keeps to indexes.
inline void query_in(storage::Transaction& tx, std::string_view sql,
                     const std::vector<storage::Value>& values, const storage::Transaction::Each& each) {
    constexpr std::size_t kAtOnce = 200;
    if (values.empty()) return;
    keep_to_indexes(tx);
    std::string places = "(?";
    for (std::size_t i = 1; i < kAtOnce; ++i) places += ", ?";
    places += ")";
    std::string text(sql);
    text.replace(text.find("(?)"), 3, places);
    for (std::size_t from = 0; from < values.size(); from += kAtOnce) {
        const auto to = std::min(values.size(), from + kAtOnce);
        std::vector<storage::Value> bound(values.begin() + static_cast<std::ptrdiff_t>(from),
                                          values.begin() + static_cast<std::ptrdiff_t>(to));
        bound.resize(kAtOnce, bound.back());
        tx.query(text, bound, each);
    }
}

/// `sql` that locks what it reads until the end of the transaction ("UPDATE", "KEY SHARE"); SQLite has one
/// writer anyway.
inline std::string locking(storage::Transaction& tx, std::string_view sql, std::string_view how) {
    if (tx.engine() != storage::Engine::postgres) return std::string(sql);
    return std::string(sql) + " FOR " + std::string(how);
}

}  // namespace otokui::transfer
