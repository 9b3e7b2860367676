#include "storage/sqlite_log.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>

namespace otokui::storage {

// What SQLite sees as a file: our methods in front, the real file in the memory behind it.
struct LogFile {
    sqlite3_file seen;
    std::string* gathered;  // nullptr before the first time; its memory serves every commit
    sqlite3_int64 place;    // in the file, of what is gathered
    bool gathers;
    bool commits;  // the frame whose head was written last ends a transaction
};

namespace {

constexpr int kFrameHead = 24;
// SQLite's own files write no more at once, and fail when asked for exactly that: thirty pages.
constexpr std::size_t kMostGathered = 128 * 1024 - 1;

LogFile* log_of(sqlite3_file* file) { return reinterpret_cast<LogFile*>(file); }
sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(log_of(file) + 1); }

int write_gathered(sqlite3_file* file) {
    auto* log = log_of(file);
    if (log->gathered == nullptr || log->gathered->empty()) return SQLITE_OK;
    auto* real = real_of(file);
    const int code = real->pMethods->xWrite(real, log->gathered->data(),
                                            static_cast<int>(log->gathered->size()), log->place);
    log->gathered->clear();
    return code;
}

// Does `next` on the real file, after what is gathered.
template <class Next>
int after_gathered(sqlite3_file* file, Next next) {
    const int code = write_gathered(file);
    return code == SQLITE_OK ? next(real_of(file)) : code;
}

int log_close(sqlite3_file* file) {
    delete log_of(file)->gathered;
    return real_of(file)->pMethods->xClose(real_of(file));
}
int log_read(sqlite3_file* file, void* data, int size, sqlite3_int64 place) {
    return after_gathered(file,
                          [&](sqlite3_file* real) { return real->pMethods->xRead(real, data, size, place); });
}
int log_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 place) {
    auto* log = log_of(file);
    if (!log->gathers) return real_of(file)->pMethods->xWrite(real_of(file), data, size, place);
    const auto end = log->place + static_cast<sqlite3_int64>(log->gathered->size());
    if (place != end || log->gathered->size() + static_cast<std::size_t>(size) > kMostGathered)
        if (const int code = write_gathered(file); code != SQLITE_OK) return code;
    if (log->gathered->empty()) log->place = place;
    const auto* bytes = static_cast<const char*>(data);
    log->gathered->append(bytes, static_cast<std::size_t>(size));
    // Bytes 4 to 7 of a frame's head: the pages of the database after a commit, 0 in any other frame.
    const bool ends = log->commits;
    log->commits = size == kFrameHead && std::any_of(bytes + 4, bytes + 8, [](char c) { return c != 0; });
    return ends ? write_gathered(file) : SQLITE_OK;
}
int log_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return after_gathered(file, [&](sqlite3_file* real) { return real->pMethods->xTruncate(real, size); });
}
int log_sync(sqlite3_file* file, int flags) {
    return after_gathered(file, [&](sqlite3_file* real) { return real->pMethods->xSync(real, flags); });
}
int log_size(sqlite3_file* file, sqlite3_int64* size) {
    return after_gathered(file, [&](sqlite3_file* real) { return real->pMethods->xFileSize(real, size); });
}
int log_lock(sqlite3_file* file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
int log_unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int log_is_reserved(sqlite3_file* file, int* answer) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), answer);
}
int log_control(sqlite3_file* file, int operation, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int log_sector(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int log_characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

// Version 1: no shared memory and no memory map, which a log has not.
constexpr sqlite3_io_methods kMethods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* real_files() {
    static sqlite3_vfs* const files = sqlite3_vfs_find(nullptr);
    return files;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* got) {
    auto* real = real_files();
    if ((flags & SQLITE_OPEN_WAL) == 0) return real->xOpen(real, name, file, flags, got);
    const int code = real->xOpen(real, name, real_of(file), flags, got);
    *log_of(file) = {};
    // Without methods SQLite does not close what was not opened.
    if (code == SQLITE_OK) file->pMethods = &kMethods;
    return code;
}

}  // namespace

void gather_sqlite_log_writes() {
    static sqlite3_vfs files = *real_files();
    files.zName = "otokui";
    files.szOsFile += static_cast<int>(sizeof(LogFile));
    files.xOpen = open_file;
    sqlite3_vfs_register(&files, 1);
}

GatheringLog::GatheringLog(sqlite3* database) : file_(nullptr) {
    sqlite3_file* file = nullptr;
    const int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (code != SQLITE_OK || file == nullptr || file->pMethods != &kMethods) return;
    file_ = log_of(file);
    if (file_->gathered == nullptr) file_->gathered = new std::string;
    file_->gathers = true;
    file_->commits = false;
}

GatheringLog::~GatheringLog() {
    if (file_ == nullptr) return;
    file_->gathered->clear();
    file_->gathers = false;
}

}  // namespace otokui::storage
