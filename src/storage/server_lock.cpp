#include "storage/server_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/problem.hpp"

namespace otokui::storage {
namespace {

// The one byte of the lock file: while a server runs, and after it died, it says so.
constexpr char kRunning = 'r', kStopped = 's';

}  // namespace

ServerLock::ServerLock(const Url& url) {
    if (url.engine == Engine::postgres) return;
    // A file of its own: SQLite's locks on the database vanish when any other descriptor of it is closed.
    file_ = ::open((url.target + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) throw Error("cannot open the lock file: " + std::generic_category().message(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(file_);
        if (reason != EWOULDBLOCK) throw Error("cannot lock: " + std::generic_category().message(reason));
        throw Refused({ProblemKind::unavailable,
                       "storage.server_running",
                       {"このデータベースでは別のサーバーが動いています。先に停止してください。",
                        "Another server is running on this database. Stop it first."}});
    }
    char before = kStopped;
    if (::pread(file_, &before, 1, 0) == 1 && before == kRunning) last_end_ = LastEnd::unclean;
    is_doubtful_ = last_end_ == LastEnd::unclean;
    note(kRunning);
}

ServerLock::~ServerLock() {
    if (file_ < 0) return;
    if (!is_doubtful_) note(kStopped);
    ::close(file_);
}

void ServerLock::note(char state) const {
    // A note that cannot be written costs one needless check after the next start.
    if (::pwrite(file_, &state, 1, 0) == 1) ::fsync(file_);
}

std::vector<std::string> quick_check(Database& database, const std::stop_token& stop) {
    std::vector<std::string> findings;
    if (database.engine() == Engine::postgres) return findings;
    const ReadLimits limits{.time = std::chrono::hours(24), .stop = stop};
    try {
        database.read(
            [&](Transaction& tx) {
                tx.query("PRAGMA quick_check(100)", {}, [&](const Row& row) {
                    if (row.text(0) != "ok") findings.emplace_back(row.text(0));
                });
            },
            limits);
    } catch (const Cancelled&) {
        throw;
    } catch (const Busy&) {  // says nothing of the file
        throw;
    } catch (const Error& error) {  // so damaged that the check itself cannot go on
        findings.emplace_back(error.what());
    }
    return findings;
}

}  // namespace otokui::storage
