#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "transfer/jobs_view.hpp"
#include "transfer/service.hpp"

namespace otokui::app {
namespace {

[[noreturn]] void refuse_file(const std::string& file) {
    throw Refused({ProblemKind::invalid,
                   "file.unusable",
                   {"ファイルを開けません: " + file, "The file cannot be opened: " + file}});
}

// "col=field,col2=field2"; a column may be named with any characters but a comma and an equals sign.
std::vector<transfer::MappedColumn> mapping_of(const std::vector<std::string>& pairs) {
    std::vector<transfer::MappedColumn> map;
    for (const auto& pair : pairs) {
        const auto equals = pair.rfind('=');
        if (equals == std::string::npos)
            throw Refused({ProblemKind::invalid,
                           "import.mapping_invalid",
                           {"--map は 列=項目 の形で指定してください。",
                            "--map takes column=field, separated by commas."}});
        map.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
    }
    return map;
}

// What went wrong, for whoever runs the command; the rejects file has every row.
void report(const core::Job& job) {
    if (const auto* detail = job.problem.if_contains("detail"))
        std::cerr << "otokui: " << std::string_view(detail->at("en").as_string()) << " ("
                  << std::string_view(job.problem.at("code").as_string()) << ")\n";
}

// What leaves the shop stands in the log of readings before it leaves.
void log_export(Shop& shop, const core::Job& job) {
    const auto file = shop.files.find(job.id, "result");
    if (!file) return;
    auto asked = job.parameters;
    asked["kind"] = transfer::public_kind(job.kind);
    shop.access_log.write({.actor = job.actor,
                           .session = "shell",
                           .kind = "download",
                           .fields = access::kPersonal | access::kContact,
                           .count = job.counts.ok,
                           .asked = boost::json::serialize(asked),
                           .job = job.id.value,
                           .digest = file->digest});
}

// A killed command leaves its job half done; whoever comes next brings it to its end before adding to it.
void finish_left_behind(Shop& shop, core::JobRunner& runner) {
    if (shop.database->engine() != storage::Engine::sqlite) return;
    for (const auto id : runner.take_over_left_behind()) {
        std::cerr << "otokui: first finishing job " << id.value << ", which a stopped process left\n";
        report(runner.run_to_end(id));
    }
}

}  // namespace

int import_file(const ImportCommand& command) {
    Shop shop(storage::Url::parse(command.database), Open::create_and_migrate);
    auto options =
        transfer::ImportOptions{.kind = transfer::kind_of(command.kind),
                                .map = mapping_of(command.map),
                                .dry_run = command.dry_run,
                                .file_name = std::filesystem::path(command.file).filename().string()};
    for (const auto& [name, value] : {std::pair("format", command.format),
                                      {"mode", command.mode},
                                      {"on_error", command.on_error},
                                      {"on_clash", command.on_clash},
                                      {"encoding", command.encoding}})
        transfer::set_option(options, name, value);
    std::ifstream file(command.file, std::ios::binary);
    if (!file) refuse_file(command.file);
    core::JobRunner runner(shop.jobs,
                           {.log = [](const std::string& message) { std::cerr << message << '\n'; }});
    finish_left_behind(shop, runner);
    const auto job =
        transfer::import_file(shop.transfers, runner, core::shell_actor("import"), options, file);
    if (!command.rejects.empty()) {
        std::ofstream rejects(command.rejects, std::ios::binary);
        if (!rejects) refuse_file(command.rejects);
        transfer::save_job_file(shop.transfers, job.id, "rejects", rejects);
        if (!rejects.flush()) refuse_file(command.rejects);
    }
    report(job);
    std::cout << boost::json::serialize(transfer::figures_of(job)) << std::endl;
    return job.status == core::JobStatus::done ? 0 : 1;
}

int export_file(const ExportCommand& command) {
    Shop shop(storage::Url::parse(command.database), Open::existing);
    boost::json::object body{{"encoding", command.encoding}};
    if (!command.query.empty()) body["condition"] = json::parse(command.query);
    if (!command.header.empty()) body["header"] = command.header;
    if (command.no_guard) body["guard_formulas"] = false;
    if (!command.columns.empty())
        body["columns"] = boost::json::array(command.columns.begin(), command.columns.end());
    core::JobRunner runner(shop.jobs,
                           {.log = [](const std::string& message) { std::cerr << message << '\n'; }});
    const auto job = transfer::export_file(shop.transfers, runner, core::shell_actor("export"),
                                           transfer::kind_of(command.kind), body);
    log_export(shop, job);
    // Not before: what is refused leaves the file that stands there as it is.
    std::ofstream file;
    if (!command.out.empty()) file.open(command.out, std::ios::binary);
    if (!command.out.empty() && !file) refuse_file(command.out);
    auto& out = command.out.empty() ? std::cout : file;
    transfer::save_job_file(shop.transfers, job.id, "result", out);
    report(job);
    if (!out.flush()) refuse_file(command.out.empty() ? "(stdout)" : command.out);
    return job.status == core::JobStatus::done ? 0 : 1;
}

}  // namespace otokui::app
