#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "access/service.hpp"
#include "base/key_ring.hpp"
#include "consent/types.hpp"
#include "core/catalogue.hpp"
#include "core/files.hpp"
#include "core/job_runner.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"
#include "core/registry.hpp"
#include "coupon/types.hpp"
#include "customer/service.hpp"
#include "form/service.hpp"
#include "group/service.hpp"
#include "history/service.hpp"
#include "level/types.hpp"
#include "list/service.hpp"
#include "mail/types.hpp"
#include "master/service.hpp"
#include "memo/types.hpp"
#include "points/service.hpp"
#include "privacy/service.hpp"
#include "saved_search/service.hpp"
#include "search/service.hpp"
#include "staff/context.hpp"
#include "staff/password_gate.hpp"
#include "storage/database.hpp"
#include "time_travel/service.hpp"
#include "transfer/types.hpp"

// The composition root: the one place that knows every feature and puts them together, in the order of
// construction.
namespace otokui::app {

/// Whether opening may make a missing database and bring its schema up to date.
enum class Open { existing, create_and_migrate };

/// Declares every field, table, hook, kind of operation and verification of the product.
void register_all(core::Catalogue& catalogue, core::Registry& registry);

/// A shop's database with all that works on it. Owns everything; members are destroyed in reverse order.
class Shop {
public:
    /// Refused storage.missing, storage.newer_schema; crypto.key_missing when sealed values exist and their
    /// key does not; app.schema_differs when a table has no entry in the registry.
    Shop(const storage::Url& url, Open how, storage::DatabaseOptions options = {});

    core::Catalogue catalogue;
    core::Registry registry;
    std::unique_ptr<storage::Database> database;
    crypto::KeyRing keys;
    core::Journal journal;
    core::FileStore files;
    core::Jobs jobs;
    access::Log access_log;
    form::OwnFields own_fields;
    staff::PasswordGate passwords;
    const access::Context accesses;
    /// The notices are filled in by whoever can send mail, before the first request.
    staff::Context members;
    const customer::Context customers;
    const time_travel::Context time_travels;
    const history::Context histories;
    const form::Context forms;
    const list::Context lists;
    const points::Context point_services;
    const privacy::Context privacies;
    const search::Context searches;
    const saved_search::Context saved_searches;
    const transfer::Context transfers;
    const mail::Context mails;
    const memo::Context memos;
    const master::Context masters;
    const group::Context groups;
    const consent::Context consents;
    const coupon::Context coupons;
    const level::Context levels;
};

/// Adds every kind of job of the product.
void register_job_kinds(Shop& shop);

/// Master key of a database: $OTOKUI_KEY_FILE, else PATH.key beside the SQLite file, else ./data/otokui.key.
std::filesystem::path key_file_of(const storage::Url& url);

/// A value sealed under the master key from each place that has any; none in a new shop. The schema must be
/// this program's.
std::vector<storage::Blob> some_sealed(storage::Database& database);

}  // namespace otokui::app
