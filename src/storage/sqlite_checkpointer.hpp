#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "storage/sessions.hpp"
#include "storage/write_gate.hpp"

namespace otokui::storage {

/// Copies SQLite's write-ahead log into the database on a thread of its own, so that no commit waits for it,
/// and takes a turn at the gate when readers that always overlap would otherwise let the log grow without
/// end.
class SqliteCheckpointer {
public:
    SqliteCheckpointer(const Url& url, WriteGate& gate);
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    /// To be told after each commit how many pages the log has. Thread-safe, does not wait.
    void log_has(int pages) noexcept;

    /// Copies the whole log back and cuts its file to nothing. False when readers or writers stood in the
    /// way.
    bool truncate_log();

private:
    void run(const std::stop_token& stop);
    /// Pages in the log; 0 when the next write begins it anew.
    int checkpoint(int mode, int wait_milliseconds);

    const Url url_;
    Sessions sessions_;
    void* handle_ = nullptr;  // the open sqlite3*
    WriteGate& gate_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    int pages_ = 0;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace otokui::storage
