#pragma once

#include <functional>
#include <memory>

#include "storage/pool.hpp"
#include "storage/write_gate.hpp"

namespace otokui::storage {

/// The single writer of SQLite. A commit waits for the disk, some milliseconds in which nobody else could
/// write; so whoever has done its work hands its open transaction on to the next interactive write that
/// waits, and the last one commits for all of them. Each member still is all or nothing: it works inside a
/// savepoint, and all of them, refused ones too, return only when the commit has. Thread-safe.
class SqliteWriter {
public:
    SqliteWriter(Pool& pool, WriteGate& gate, const DatabaseOptions& options)
        : pool_(pool), gate_(gate), options_(options) {}

    /// Runs `step` once. Throws what it throws; Busy also when the transaction was lost or refused through
    /// another member, so that it may run again.
    void write(Priority priority, const std::function<void(Transaction&)>& step);

private:
    Pool& pool_;
    WriteGate& gate_;
    DatabaseOptions options_;
};

}  // namespace otokui::storage
