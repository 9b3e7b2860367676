#pragma once

#include "core/job_runner.hpp"
#include "core/jobs.hpp"
#include "customer/fields.hpp"
#include "customer/service.hpp"
#include "customer/tables.hpp"
#include "group/service.hpp"
#include "master/service.hpp"
#include "master/tables.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"
#include "support/customers.hpp"

namespace otokui::group::test {

/// A shop whose customers are indexed as in the product, with jobs that run when asked.
class Shop {
public:
    explicit Shop(otokui::test::Backend backend) : database(backend) {
        customer::declare_fields(catalogue);
        customer::register_tables(registry, catalogue,
                                  search::index_hook(catalogue, customer::customer_table(catalogue)));
        search::register_tables(registry);
        core::register_job_tables(registry);
        registry.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
        registry.add_kind({"test", {"試験", "Test"}, "customer.edit"});
        registry.add_verification(
            {"索引", [this](storage::Transaction& tx) { return search::verify_index(tx, catalogue); }});
        master::register_job_kinds(jobs);
        register_job_kinds(jobs, context);
    }

    std::int64_t id_of(const json::Object& row) { return std::stoll(std::string(row.at("id").as_string())); }
    std::int64_t add(std::string_view master, const std::string& body) {
        return id_of(master::create(masters, actor, master::master_of(master), boost::json::parse(body)).row);
    }
    json::Object row(std::string_view master, std::int64_t id) {
        return master::get(masters, actor, master::master_of(master), id);
    }
    std::int64_t members(std::string_view master, std::int64_t id) {
        return row(master, id).at("members").as_int64();
    }

    /// A customer who holds what is given, by column.
    std::int64_t customer(const core::Assignments& values = {}) {
        return journal.write({.actor = actor, .kind = "test"}, [&](core::Writer& writer) {
            const auto& table = registry.get("customer");
            core::Assignments all{{"number", "N" + std::to_string(++customers)},
                                  {"status", std::string("member")}};
            all.insert(all.end(), values.begin(), values.end());
            return writer.insert(table, all);
        });
    }
    void update(std::int64_t customer, const core::Assignments& values) {
        journal.write({.actor = actor, .kind = "test"}, [&](core::Writer& writer) {
            writer.update(registry.get("customer"), customer, values);
        });
    }
    std::string held(std::int64_t customer, const std::string& column) {
        return journal.database()
            .read([&](storage::Transaction& tx) {
                return tx.find_text("SELECT CAST(" + column + " AS TEXT) FROM customer WHERE id = ?",
                                    {customer});
            })
            .value_or("");
    }
    core::Job run(JobId job) { return core::JobRunner(jobs, {}).run_to_end(job); }
    /// Takes an operation back, however many changes it has.
    std::vector<core::UndoConflict> undo(OperationId operation) {
        std::vector<core::UndoConflict> conflicts;
        journal.write({.actor = actor, .kind = "operation.undo", .undoes = operation},
                      [&](core::Writer& writer) {
                          core::undo_stretch(writer, operation, std::numeric_limits<std::int64_t>::max(),
                                             100'000, conflicts);
                      });
        return conflicts;
    }
    std::vector<std::string> verify() {
        std::vector<std::string> findings;
        for (const auto& verification : registry.verifications())
            for (auto& finding : database.storage().read(verification.run))
                findings.push_back(std::move(finding));
        return findings;
    }

    otokui::test::Database database;
    core::Catalogue catalogue;
    core::Registry registry;
    std::int64_t now = 1'795'309'200'000;
    core::Journal journal{database.storage(), registry, [this] { return Moment{now}; }};
    crypto::KeyRing keys = crypto::KeyRing::random();
    core::FileStore files{journal, keys};
    core::Jobs jobs{journal, files};
    master::Context masters{journal, jobs};
    Context context{journal, catalogue, jobs};
    core::Actor actor = core::system_actor("test");
    int customers = 0;
};

}  // namespace otokui::group::test
