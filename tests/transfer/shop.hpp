#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "base/key_ring.hpp"
#include "core/catalogue.hpp"
#include "core/files.hpp"
#include "core/job_runner.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"
#include "customer/service.hpp"
#include "support/database.hpp"
#include "transfer/service.hpp"

namespace otokui::transfer {

/// Everything imports and exports stand on, over a database of the test's own.
class Shop {
public:
    explicit Shop(storage::Database& database, const crypto::KeyRing& keys = crypto::KeyRing::random());

    storage::Database& database;
    const crypto::KeyRing keys;
    core::Catalogue catalogue;
    core::Registry registry;
    core::Journal journal;
    core::FileStore files;
    core::Jobs jobs;
    core::JobRunner runner;
    const customer::Context customers;
    const Context context;
    const core::Actor actor = core::shell_actor("test");

    core::Job import(const ImportOptions& options, const std::string& file);
    std::string exported(const boost::json::value& body = boost::json::object(), Kind kind = Kind::customers);
    core::Job last_export;
    core::Job run(JobId job) { return runner.run_to_end(job); }
    std::int64_t count(const std::string& sql);
    std::string text(const std::string& sql);
    std::string file_of(JobId job, std::string_view purpose);
    std::vector<std::string> findings();  // of every verification
};

std::string read_test_file(const std::string& name);
/// "line:code column" of each refused row's errors, in order.
std::vector<std::string> errors_of(Shop& shop, JobId job);
/// {create, update, unchanged, error} as "1 2 3 4".
std::string figures(const core::Job& job);

}  // namespace otokui::transfer
