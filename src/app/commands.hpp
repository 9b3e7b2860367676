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

/// The way back in for somebody shut out: a link for a new password, or without his second factor.
struct StaffResetOptions {
    std::string database, login;
    bool totp = false;
};
int staff_reset(const StaffResetOptions& options);
/// Drops the list of allowed addresses.
int staff_allow_everywhere(const std::string& database);

struct TokenAddOptions {
    std::string database, staff, name, expires;
    std::vector<std::string> scopes;
};
int token_add(const TokenAddOptions& options);

struct ImportCommand {
    std::string kind, file, database, rejects;
    std::string format = "auto", mode = "create", on_error = "all_or_nothing", on_clash = "refuse",
                encoding = "auto";
    std::vector<std::string> map;
    bool dry_run = false;
};
/// Prints one line of JSON last: {total, create, update, unchanged, error}. 1 when all or nothing meant
/// nothing.
int import_file(const ImportCommand& command);

struct ExportCommand {
    std::string kind, database, query, out, header;
    std::string encoding = "utf-8-bom";
    std::vector<std::string> columns;
    bool no_guard = false;  // formulas go out as they are
};
/// Writes the CSV to `out`, or to standard output when it is empty.
int export_file(const ExportCommand& command);

struct SearchCommand {
    std::string database, query, text;
    bool count = false;
    std::int64_t limit = 0;  // 0: all
};
/// One customer as JSON per line, newest first; with `count` the number alone.
int search(const SearchCommand& command);

/// Lets points expire as the daily run of `day` (YYYY-MM-DD; empty: today) does: what was usable through the
/// day before at the latest. Prints one line of JSON last: {customers, entries, points}.
int expire_points(const std::string& database, const std::string& day);

/// Judges the levels of all members as of a day (YYYY-MM-DD; empty: today), or only says who would move.
/// Prints one line of JSON last: {judged, moved, skipped, transitions: [{from, to, count}]}.
int judge_levels(const std::string& database, const std::string& date, bool dry_run);

int migrate(const std::string& database);
/// Recomputes totals, derived columns, indexes and the journal's chain from the ground; 1 when something
/// disagrees.
int verify(const std::string& database);
/// Looks at what a server stands on: database, schema, integrity, key, folder, disk, clock. Changes nothing
/// and makes nothing. One line each; 1 when something is wrong.
int doctor(const std::string& database);
int copy(const std::string& from, const std::string& to);

}  // namespace otokui::app
