#include "storage/sqlite_backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "storage/sessions.hpp"
#include "storage/sqlite_statement.hpp"

namespace otokui::storage {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void make_empty(const std::filesystem::path& file) {
    std::filesystem::remove(file);  // left by a crash
    const int made = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (made < 0) fail("make the backup file");
    ::close(made);
}

void sync(const std::filesystem::path& path) {
    const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) fail("open the backup file");
    const bool synced = ::fsync(opened) == 0;
    ::close(opened);
    if (!synced) fail("sync the backup file");
}

}  // namespace

void back_up_sqlite(const Url& url, const std::filesystem::path& file) {
    const std::filesystem::path fresh = file.string() + ".new";
    make_empty(fresh);
    {
        Sessions sessions(url, 1);
        auto* database = static_cast<sqlite3*>(sessions.open(0));
        sqlite3_extended_result_codes(database, 1);
        std::string_view sql = "VACUUM INTO ?";
        const Values path{fresh.string()};
        const auto statement = sqlite_prepare(database, sql, Keep::no);
        sqlite_bind(statement.get(), path);
        if (const int code = sqlite3_step(statement.get()); code != SQLITE_DONE)
            throw_sqlite_error(database, code, "VACUUM INTO ?");
    }
    sync(fresh);  // SQLite leaves that to us
    std::filesystem::rename(fresh, file);
    sync(std::filesystem::absolute(file).parent_path());
}

}  // namespace otokui::storage
