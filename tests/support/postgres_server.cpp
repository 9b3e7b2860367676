#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

// Two locks in one folder. Whoever uses the server holds `users` shared; its keeper tries to hold it alone,
// and when that succeeds for a while, nobody is left. `start` lets one process at a time look for a server or
// start one.
namespace otokui::test {
namespace {

using std::chrono::milliseconds;
namespace fs = std::filesystem;

constexpr auto kIdleBeforeStop = std::chrono::seconds(10);
constexpr auto kBetweenLooks = milliseconds(250);
constexpr auto kLongestStart = std::chrono::seconds(60);

struct Paths {
    fs::path folder = fs::temp_directory_path() / ("otokui-test-postgres-" + std::to_string(getuid()));
    fs::path users = folder / "users", start = folder / "start", log = folder / "log",
             ready = folder / "ready";
    fs::path home = folder / "home",
             data = home / "data";  // home belongs to the server's user; its socket lies there
};

int open_lock(const fs::path& path) {
    const int file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot open " + path.string());
    return file;
}

std::string conninfo(const Paths& paths) { return "host=" + paths.home.string() + " user=otokui"; }

bool answers(const Paths& paths) {
    return PQping((conninfo(paths) + " dbname=postgres").c_str()) == PQPING_OK;
}

fs::path server_program(const char* name) {
    for (const char* folder : {"/usr/lib/postgresql/15/bin", "/usr/local/bin", "/usr/bin"})
        if (fs::exists(fs::path(folder) / name)) return fs::path(folder) / name;
    throw std::runtime_error(std::string("PostgreSQL is not installed: no ") + name);
}

// PostgreSQL refuses to run as root.
const passwd* other_user() {
    if (getuid() != 0) return nullptr;
    const passwd* user = getpwnam("postgres");
    if (user == nullptr) throw std::runtime_error("no user postgres to run the test server as");
    return user;
}

pid_t run(const std::vector<std::string>& words) {
    const pid_t child = fork();
    if (child != 0) return child;
    if (const passwd* user = other_user()) {
        if (setgid(user->pw_gid) != 0 || setgroups(0, nullptr) != 0 || setuid(user->pw_uid) != 0) _exit(126);
    }
    prctl(PR_SET_PDEATHSIG, SIGINT);  // a keeper that is killed takes its server along
    if (chdir("/") != 0) _exit(126);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

bool succeeded(pid_t child) {
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

pid_t start_server(const Paths& paths) {
    fs::remove_all(paths.home);
    fs::create_directory(paths.home);
    chmod(paths.home.c_str(), 0700);
    if (const passwd* user = other_user()) {
        if (chown(paths.home.c_str(), user->pw_uid, user->pw_gid) != 0) return -1;
    }
    if (!succeeded(run({server_program("initdb"), "-D", paths.data, "--no-sync", "--auth=trust",
                        "--username=otokui", "--encoding=UTF8", "--locale=C.UTF-8"})))
        return -1;
    // What a crash of the machine would lose is no loss to a test.
    return run({server_program("postgres"), "-D", paths.data, "-k", paths.home, "-c",
                "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                "max_connections=200", "-c", "shared_buffers=64MB"});
}

bool wait_until_ready(const Paths& paths, pid_t server) {
    for (auto waited = milliseconds(0); waited < kLongestStart; waited += milliseconds(20)) {
        if (answers(paths)) return true;
        if (waitpid(server, nullptr, WNOHANG) == server) return false;
        std::this_thread::sleep_for(milliseconds(20));
    }
    return false;
}

void stop_server(const Paths& paths, pid_t server) {
    fs::remove(paths.ready);
    kill(server, SIGINT);
    waitpid(server, nullptr, 0);
    fs::remove_all(paths.home);
}

// Until nobody has used the server for a while, or it ends by itself.
void watch_users(const Paths& paths, pid_t server) {
    const int users = open_lock(paths.users);
    auto idle = milliseconds(0);
    while (waitpid(server, nullptr, WNOHANG) == 0) {
        std::this_thread::sleep_for(kBetweenLooks);
        if (flock(users, LOCK_EX | LOCK_NB) != 0) {
            idle = milliseconds(0);
            continue;
        }
        idle += kBetweenLooks;
        if (idle >= kIdleBeforeStop) {
            stop_server(paths, server);  // a process that comes now waits for the lock and starts anew
            return;
        }
        flock(users, LOCK_UN);
    }
    fs::remove(paths.ready);
}

[[noreturn]] void keep(const Paths& paths, int tell) {
    setsid();
    const int log = open(paths.log.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    const int told = dup2(tell, STDERR_FILENO + 1);
    close_range(static_cast<unsigned>(told) + 1, ~0U,
                0);  // the lock of the process that starts us, above all
    try {
        const pid_t server = start_server(paths);
        if (server > 0 && wait_until_ready(paths, server)) {
            std::ofstream(paths.ready) << server << "\n";
            (void)!write(told, "1", 1);
            close(told);
            watch_users(paths, server);
            _exit(0);
        }
        if (server > 0) kill(server, SIGQUIT);
    } catch (const std::exception& error) {
        (void)!write(STDERR_FILENO, error.what(), std::string_view(error.what()).size());
    }
    _exit(1);
}

// True when the keeper says that its server answers.
bool start_keeper(const Paths& paths) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const pid_t between = fork();
    if (between == 0) {
        if (fork() == 0) keep(paths, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    waitpid(between, nullptr, 0);
    char ready = 0;
    const auto length = read(ends[0], &ready, 1);
    close(ends[0]);
    return length == 1;
}

std::string end_of(const fs::path& log) {
    std::ifstream file(log);
    std::ostringstream text;
    text << file.rdbuf();
    const auto all = text.str();
    return all.substr(all.size() - std::min<std::size_t>(all.size(), 2'000));
}

std::string acquire() {
    const Paths paths;
    mkdir(paths.folder.c_str(), 0711);
    struct stat state{};
    if (lstat(paths.folder.c_str(), &state) != 0 || !S_ISDIR(state.st_mode) || state.st_uid != getuid())
        throw std::runtime_error("not ours: " + paths.folder.string());
    chmod(paths.folder.c_str(), 0711);
    flock(open_lock(paths.users), LOCK_SH);  // held, on purpose, until this process ends
    const int start = open_lock(paths.start);
    flock(start, LOCK_EX);
    const bool ready = (fs::exists(paths.ready) && answers(paths)) || start_keeper(paths);
    close(start);
    if (!ready) throw std::runtime_error("the test server did not start: " + end_of(paths.log));
    return conninfo(paths);
}

}  // namespace

const std::string& postgres_server() {
    static const std::string info = acquire();
    return info;
}

}  // namespace otokui::test
