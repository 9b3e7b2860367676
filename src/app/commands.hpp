#pragma once

#include <string>
#include <vector>

// One function per command of the program. Each returns the exit status: 0 done, 1 refused (the reason on
// stderr). They throw Refused and exceptions; main.cpp turns those into words.
namespace otokui::app {

struct ServeOptions {
    std::string database, listen, config;
};
/// Serves until SIGTERM or SIGINT, then finishes what is in flight.
int serve(const ServeOptions& options);

struct DemoOptions {
    std::string database;
    std::int64_t customers = 10'000, orders_per_customer = 5, seed = 1;
};
int demo(const DemoOptions& options);

struct StaffAddOptions {
    std::string database, login, role, name;
    bool password_from_stdin = false;
};
int staff_add(const StaffAddOptions& options);

struct TokenAddOptions {
    std::string database, staff, name, expires;
    std::vector<std::string> scopes;
};
int token_add(const TokenAddOptions& options);

int migrate(const std::string& database);
/// Recomputes totals, derived columns, indexes and the journal's chain from the ground; 1 when something
/// disagrees.
int verify(const std::string& database);
int copy(const std::string& from, const std::string& to);

}  // namespace otokui::app
