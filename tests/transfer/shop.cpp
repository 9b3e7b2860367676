#include "transfer/shop.hpp"

#include <fstream>
#include <iterator>

#include "customer/fields.hpp"
#include "customer/tables.hpp"
#include "history/service.hpp"
#include "order/tables.hpp"
#include "points/tables.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"
#include "transfer/staging.hpp"
#include "transfer/tables.hpp"

namespace otokui::transfer {
namespace {

core::Catalogue& declared(core::Catalogue& catalogue) {
    customer::declare_fields(catalogue);
    return catalogue;
}

core::Registry& registered(core::Registry& registry, core::Catalogue& catalogue) {
    declared(catalogue);
    history::register_tables(registry);
    core::register_job_tables(registry);
    const auto customers = customer::customer_table(catalogue);
    customer::register_tables(registry, catalogue, search::index_hook(catalogue, customers),
                              search::index_text(catalogue, customers));
    search::register_tables(registry);
    order::register_tables(registry);
    points::register_tables(registry);
    register_tables(registry);
    return registry;
}

}  // namespace

Shop::Shop(storage::Database& over, const crypto::KeyRing& ring)
    : database(over),
      keys(ring),
      journal(over, registered(registry, catalogue), system_now),
      files(journal, keys),
      jobs(journal, files),
      runner(jobs, {.poll = std::chrono::milliseconds(20)}),
      customers{journal, catalogue},
      context{journal, catalogue, files, jobs} {
    register_job_kinds(jobs, context);
}

core::Job Shop::import(const ImportOptions& options, const std::string& file) {
    std::istringstream stream(file);
    return import_file(context, runner, actor, options, stream);
}

std::string Shop::exported(const boost::json::value& body, Kind kind) {
    std::ostringstream out;
    last_export = export_file(context, runner, actor, kind, body);
    save_job_file(context, last_export.id, "result", out);
    return out.str();
}

std::int64_t Shop::count(const std::string& sql) {
    return database.read([&](storage::Transaction& tx) { return tx.find_integer(sql).value_or(-1); });
}

std::string Shop::text(const std::string& sql) {
    return database.read([&](storage::Transaction& tx) { return tx.find_text(sql).value_or("(none)"); });
}

std::string Shop::file_of(JobId job, std::string_view purpose) {
    std::ostringstream out;
    return save_job_file(context, job, purpose, out) ? out.str() : "(none)";
}

std::vector<std::string> Shop::findings() {
    return database.read([&](storage::Transaction& tx) {
        std::vector<std::string> all;
        for (const auto& verification : registry.verifications())
            for (auto& finding : verification.run(tx)) all.push_back(std::move(finding));
        return all;
    });
}

std::string read_test_file(const std::string& name) {
    std::ifstream file(std::string(OTOKUI_TEST_DATA) + "/import/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> errors_of(Shop& shop, JobId job) {
    return shop.database.read([&](storage::Transaction& tx) {
        std::vector<std::string> all;
        for (const auto& row : read_staged(tx, job, 0, 100'000, Outcome::error))
            for (const auto& [column, code] : row.errors)
                all.push_back(std::to_string(row.line) + ":" + code + (column.empty() ? "" : " " + column));
        return all;
    });
}

std::string figures(const core::Job& job) {
    std::string text;
    for (const auto* key : {"create", "update", "unchanged", "error"})
        text += (text.empty() ? "" : " ") + std::to_string(figures_of(job).at(key).as_int64());
    return text;
}

}  // namespace otokui::transfer
