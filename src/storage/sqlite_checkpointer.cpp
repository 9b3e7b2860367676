#include "storage/sqlite_checkpointer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace otokui::storage {
namespace {

// Pages of 4 KiB.
constexpr int kWorthCopying = 1'000;
constexpr int kTooLong = 4'000;  // from here on the log is made to begin anew, which waits for readers
// The longer the log, the longer writers wait for those readers: 50 ms at 16 MiB, 0.8 s at 256 MiB, 10 s at 3
// GiB.
constexpr int kPagesPerMillisecond = 80;
constexpr int kLongestWaitMilliseconds = 10'000;
constexpr std::chrono::milliseconds kWaitForTurn{10'000};
constexpr std::chrono::milliseconds kPauseAfterFailure{200};

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(const Url& url, WriteGate& gate)
    : url_(url),
      sessions_(url, 1),
      gate_(gate),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
    thread_.request_stop();
    thread_.join();
}

void SqliteCheckpointer::log_has(int pages) noexcept {
    const std::lock_guard lock(mutex_);
    pages_ = pages;
    if (pages >= kWorthCopying) changed_.notify_one();
}

bool SqliteCheckpointer::truncate_log() {
    // A connection of its own: the thread's may be in the middle of a checkpoint.
    constexpr int kWaitMilliseconds = 500;
    const auto turn = gate_.enter(Priority::background, kWaitForTurn);
    Sessions own(url_, 1);
    auto* database = static_cast<sqlite3*>(own.open(0));
    sqlite3_busy_timeout(database, kWaitMilliseconds);
    int code =
        sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA schema_version", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code == SQLITE_BUSY) return false;
    if (code != SQLITE_OK) throw Error("SQLite checkpoint failed: " + std::to_string(code));
    return true;
}

void SqliteCheckpointer::run(const std::stop_token& stop) {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [&] { return pages_ >= kWorthCopying; })) return;
            pages_ = 0;
        }
        try {
            const int left = checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0);
            if (left < kTooLong) continue;
            const auto turn = gate_.enter(Priority::background, kWaitForTurn);
            const int wait = std::min(left / kPagesPerMillisecond, kLongestWaitMilliseconds);
            if (checkpoint(SQLITE_CHECKPOINT_RESTART, wait) == 0) continue;
        } catch (const Error&) {
            // A checkpoint that fails loses nothing: the next commit asks for another one, and reports what
            // is really broken.
            handle_ = nullptr;
            sessions_.close(0);
        }
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, kPauseAfterFailure, [] { return false; });
    }
}

int SqliteCheckpointer::checkpoint(int mode, int wait_milliseconds) {
    if (handle_ == nullptr) handle_ = sessions_.open(0);
    auto* database = static_cast<sqlite3*>(handle_);
    sqlite3_busy_timeout(database, wait_milliseconds);
    // A fresh connection learns that there is a log only when it first reads.
    int code =
        sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA schema_version", nullptr, nullptr, nullptr);
    int in_log = 0, copied = 0;
    if (code == SQLITE_OK) code = sqlite3_wal_checkpoint_v2(database, nullptr, mode, &in_log, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        throw Error("SQLite checkpoint failed: " + std::to_string(code));
    const bool begins_anew = code == SQLITE_OK && mode != SQLITE_CHECKPOINT_PASSIVE;
    return begins_anew ? 0 : in_log;
}

}  // namespace otokui::storage
