#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <set>

#include "app/commands.hpp"
#include "base/problem.hpp"

namespace {

using namespace otokui;

constexpr int kRefused = 1, kUsage = 2;

const CLI::IsMember kKinds({"customers", "addresses", "orders", "points"});

std::string default_database() {
    const char* named = std::getenv("OTOKUI_DB");
    return named && *named ? named : "sqlite:./data/otokui.db";
}

void add_database(CLI::App& command, std::string& database) {
    database = default_database();
    command.add_option("--db", database, "Database: sqlite:PATH or postgres:CONNINFO")->capture_default_str();
}

// Every command sets `run`; it is called after all arguments have been understood.
using Run = std::function<int()>;

void add_serve(CLI::App& program, app::ServeOptions& options, Run& run) {
    auto* command = program.add_subcommand("serve", "Serve the back office");
    add_database(*command, options.database);
    command->add_option("--listen", options.listen, "Address and port (127.0.0.1:8080)");
    command->add_option("--config", options.config, "Configuration file (TOML)");
    command->callback([&] { run = [&] { return app::serve(options); }; });
}

void add_demo(CLI::App& program, app::DemoOptions& options, Run& run) {
    auto* command = program.add_subcommand("demo", "Fill an empty database with a demo shop");
    add_database(*command, options.database);
    command->add_option("--customers", options.customers, "How many customers")
        ->capture_default_str()
        ->check(CLI::Range(1, 100'000'000));
    command->add_option("--orders-per-customer", options.orders_per_customer, "Orders for each, on average")
        ->capture_default_str()
        ->check(CLI::Range(0, 1000));
    command->add_option("--seed", options.seed, "Another seed makes another shop")->capture_default_str();
    command->callback([&] { run = [&] { return app::demo(options); }; });
}

void add_staff_ways_back(CLI::App& group, app::StaffResetOptions& options, Run& run) {
    auto* reset = group.add_subcommand("reset", "Print a one-time link for a new password");
    add_database(*reset, options.database);
    reset->add_option("--login", options.login, "Login")->required();
    reset->add_flag("--totp", options.totp, "Remove the second factor instead");
    reset->callback([&] { run = [&] { return app::staff_reset(options); }; });
    auto* everywhere = group.add_subcommand("allow-everywhere", "Let staff sign in from every address again");
    add_database(*everywhere, options.database);
    everywhere->callback([&] { run = [&] { return app::staff_allow_everywhere(options.database); }; });
}

void add_staff(CLI::App& program, app::StaffAddOptions& options, app::StaffResetOptions& reset, Run& run) {
    auto* group = program.add_subcommand("staff", "Members of staff")->require_subcommand(1);
    auto* command = group->add_subcommand("add", "Add a member of staff");
    add_database(*command, options.database);
    command->add_option("--login", options.login, "Login")->required();
    command->add_option("--role", options.role, "owner, admin, operator, viewer or a role made in the shop")
        ->required();
    command->add_option("--name", options.name, "Name as shown in histories (the login unless given)");
    command->add_flag("--password-stdin", options.password_from_stdin,
                      "Read the password from standard input");
    command->callback([&] { run = [&] { return app::staff_add(options); }; });
    add_staff_ways_back(*group, reset, run);
}

void add_token(CLI::App& program, app::TokenAddOptions& options, Run& run) {
    auto* group = program.add_subcommand("token", "API tokens")->require_subcommand(1);
    auto* command =
        group->add_subcommand("add", "Make an API token; it is printed once, alone on the last line");
    add_database(*command, options.database);
    command->add_option("--staff", options.staff, "Login of the member of staff it acts for")->required();
    command->add_option("--name", options.name, "What it is for")->required();
    command->add_option("--scopes", options.scopes, "Rights it is narrowed to")->delimiter(',');
    command->add_option("--expires", options.expires, "Last day it works (YYYY-MM-DD)");
    command->callback([&] { run = [&] { return app::token_add(options); }; });
}

void add_import(CLI::App& program, app::ImportCommand& options, Run& run) {
    auto* command = program.add_subcommand("import", "Take a CSV file in");
    command->add_option("kind", options.kind, "customers, addresses, orders or points")
        ->required()
        ->check(kKinds);
    command->add_option("file", options.file, "The file")->required();
    add_database(*command, options.database);
    const auto choice = [&](const char* name, std::string& value, const std::set<std::string>& choices,
                            const char* text) {
        command->add_option(name, value, text)->capture_default_str()->check(CLI::IsMember(choices));
    };
    choice("--format", options.format, {"auto", "otokui", "eccube", "shopify", "mapped"},
           "auto, otokui, eccube, shopify, mapped");
    choice("--mode", options.mode, {"create", "update", "upsert", "control"}, "What rows may do");
    choice("--on-error", options.on_error, {"all_or_nothing", "skip"}, "What a wrong row does to the others");
    choice("--on-clash", options.on_clash, {"refuse", "no_login"}, "What becomes of a mail address taken");
    command->add_option("--map", options.map, "column=field, separated by commas")->delimiter(',');
    choice("--encoding", options.encoding, {"auto", "utf-8", "utf-8-bom", "cp932"}, "auto finds out");
    command->add_flag("--dry-run", options.dry_run, "Only say what would happen");
    command->add_option("--rejects", options.rejects, "Write the rejected rows with their reasons here");
    command->callback([&] { run = [&] { return app::import_file(options); }; });
}

void add_export(CLI::App& program, app::ExportCommand& options, Run& run) {
    auto* command = program.add_subcommand("export", "Write customers, addresses, orders or points as CSV");
    command->add_option("kind", options.kind, "customers, addresses, orders or points")
        ->required()
        ->check(kKinds);
    add_database(*command, options.database);
    command->add_option("--query", options.query, "Condition as JSON");
    command->add_option("--columns", options.columns, "Catalogue keys, separated by commas")->delimiter(',');
    command->add_option("--encoding", options.encoding, "utf-8, utf-8-bom or cp932")
        ->capture_default_str()
        ->check(CLI::IsMember({"utf-8", "utf-8-bom", "cp932"}));
    command->add_option("--header", options.header, "keys: catalogue keys instead of Japanese labels")
        ->check(CLI::IsMember({"keys", "labels"}));
    command->add_flag("--no-guard-formulas", options.no_guard,
                      "No quote before cells that a spreadsheet would run as formulas");
    command->add_option("--out", options.out, "File to write (standard output unless given)");
    command->callback([&] { run = [&] { return app::export_file(options); }; });
}

void add_search(CLI::App& program, app::SearchCommand& options, Run& run) {
    auto* command = program.add_subcommand("search", "Find customers, as the screen does");
    add_database(*command, options.database);
    command->add_option("--query", options.query, "Condition as JSON");
    command->add_option("--text", options.text, "Words of the one box");
    command->add_flag("--count", options.count, "Print the number alone");
    command->add_option("--limit", options.limit, "Print at most so many")->check(CLI::PositiveNumber);
    command->callback([&] { run = [&] { return app::search(options); }; });
}

void add_points(CLI::App& program, std::string& database, std::string& day, Run& run) {
    auto* group = program.add_subcommand("points", "Points of members")->require_subcommand(1);
    auto* command = group->add_subcommand("expire", "Let points expire that have passed their last day");
    add_database(*command, database);
    command->add_option("--date", day, "As on this day (YYYY-MM-DD); today unless given");
    command->callback([&] { run = [&] { return app::expire_points(database, day); }; });
}

struct JudgeOptions {
    std::string database, date;
    bool dry_run = false;
};

void add_levels(CLI::App& program, JudgeOptions& options, Run& run) {
    auto* group = program.add_subcommand("levels", "Member levels")->require_subcommand(1);
    auto* command = group->add_subcommand("judge", "Judge the level of every member");
    add_database(*command, options.database);
    command->add_option("--date", options.date, "Day of judging, YYYY-MM-DD (today unless given)");
    command->add_flag("--dry-run", options.dry_run, "Only say who would move");
    command->callback(
        [&] { run = [&] { return app::judge_levels(options.database, options.date, options.dry_run); }; });
}

int report(const Refused& refused) {
    std::cerr << "otokui: " << refused.problem().detail.en << " (" << refused.problem().code << ")\n";
    for (const auto& field : refused.problem().fields)
        std::cerr << "  " << field.pointer << ": " << field.code << '\n';
    return kRefused;
}

}  // namespace

int main(int argc, char** argv) {
    if (sodium_init() < 0) return kRefused;
    CLI::App program("Otokui, the customer desk of an online shop", "otokui");
    program.require_subcommand(1);
    Run run;
    app::ServeOptions serve;
    app::DemoOptions demo;
    app::StaffAddOptions staff_add;
    app::StaffResetOptions staff_reset;
    app::TokenAddOptions token_add;
    app::ImportCommand import_;
    app::ExportCommand export_;
    app::SearchCommand search;
    JudgeOptions judge;
    std::string database, from, to, day;
    add_serve(program, serve, run);
    add_demo(program, demo, run);
    add_staff(program, staff_add, staff_reset, run);
    add_token(program, token_add, run);
    add_import(program, import_, run);
    add_export(program, export_, run);
    add_search(program, search, run);
    add_points(program, database, day, run);
    add_levels(program, judge, run);
    auto* migrate = program.add_subcommand("migrate", "Bring the database's schema up to date");
    add_database(*migrate, database);
    migrate->callback([&] { run = [&] { return app::migrate(database); }; });
    auto* verify =
        program.add_subcommand("verify", "Recompute totals, indexes and the journal's chain, and compare");
    add_database(*verify, database);
    verify->callback([&] { run = [&] { return app::verify(database); }; });
    auto* doctor = program.add_subcommand(
        "doctor", "Look at database, schema, integrity, key, folder, disk and clock; change nothing");
    add_database(*doctor, database);
    doctor->callback([&] { run = [&] { return app::doctor(database); }; });
    auto* copy = program.add_subcommand("copy", "Copy a shop into an empty database of either engine");
    copy->add_option("--from", from, "Database to read")->required();
    copy->add_option("--to", to, "Empty database to fill")->required();
    copy->callback([&] { run = [&] { return app::copy(from, to); }; });
    try {
        program.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return program.exit(help);
    } catch (const CLI::ParseError& error) {
        program.exit(error);
        return kUsage;
    }
    try {
        return run();
    } catch (const Refused& refused) {
        return report(refused);
    } catch (const std::exception& error) {
        std::cerr << "otokui: " << error.what() << '\n';
        return kRefused;
    }
}
