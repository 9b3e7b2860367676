#pragma once

struct sqlite3;

// SQLite writes its log (WAL) page by page, a head of 24 bytes and then the page: two calls of the
// kernel, 2.6 to 4.8 us of processor for each page. The pages of a commit are gathered here and written some
// thirty at a time, 1.1 us each.
namespace otokui::storage {

/// Puts this between SQLite and the files of all connections opened from now on. Before the first of them.
void gather_sqlite_log_writes();

/// While it lives, what the connection writes into its log is gathered. Nothing is held back past the frame
/// that commits, or past a sync or a read, and what has not been written at the end is dropped: so it stands
/// around COMMIT alone, whose last frame that is unless it fails.
class GatheringLog {
public:
    explicit GatheringLog(sqlite3* database);
    ~GatheringLog();
    GatheringLog(const GatheringLog&) = delete;
    GatheringLog& operator=(const GatheringLog&) = delete;

private:
    struct LogFile* file_;
};

}  // namespace otokui::storage
