#include "app/shop.hpp"

#include <cstdlib>

#include "api/idempotency.hpp"
#include "app/notices.hpp"
#include "app/right_to_read.hpp"
#include "base/problem.hpp"
#include "master/tables.hpp"
#include "order/past.hpp"
#include "points/past.hpp"
#include "search/text_index.hpp"
#include "staff/shop.hpp"
#include "storage/migrations.hpp"

namespace otokui::app {
namespace {

std::unique_ptr<storage::Database> open_database(const storage::Url& url, Open how,
                                                 storage::DatabaseOptions options) {
    options.must_exist = how == Open::existing;
    auto database = storage::Database::open(url, options);
    if (how == Open::create_and_migrate) {
        storage::migrate(*database);
        return database;
    }
    const auto number = storage::schema_number(*database);
    const auto known = storage::migrations().back().number;
    if (number != known)
        throw Refused({ProblemKind::unavailable,
                       number > known ? "storage.newer_schema" : "storage.older_schema",
                       {"データベースの版がこのプログラムと異なります。otokui migrate "
                        "を実行するか、新しい版を使ってください。",
                        "The database has another schema than this program. Run otokui migrate, or use the "
                        "newer program."}});
    return database;
}

crypto::SealedValues sealed_values(storage::Database& database) {
    return some_sealed(database).empty() ? crypto::SealedValues::none : crypto::SealedValues::exist;
}

mail::ShopFacts mail_facts(storage::Transaction& tx) {
    const auto shop = staff::read_shop(tx);
    mail::ShopFacts facts{.name = shop.name, .sender = {}};
    if (shop.sender) facts.sender = mail::Party{shop.sender->name, shop.sender->email};
    return facts;
}

void refuse_unknown_tables(const core::Registry& registry, storage::Database& database) {
    const auto differences = core::schema_differences(registry, database);
    if (differences.empty()) return;
    std::string all;
    for (const auto& difference : differences) all += (all.empty() ? "" : "; ") + difference;
    throw Refused({ProblemKind::unavailable, "app.schema_differs", {all, all}});
}

}  // namespace

std::filesystem::path key_file_of(const storage::Url& url) {
    if (const char* named = std::getenv("OTOKUI_KEY_FILE"); named && *named) return named;
    if (url.engine == storage::Engine::sqlite) return url.target + ".key";
    return "./data/otokui.key";
}

std::vector<storage::Blob> some_sealed(storage::Database& database) {
    return database.read([](storage::Transaction& tx) {
        std::vector<storage::Blob> found;
        for (const auto* one :
             {"SELECT content FROM file_chunk LIMIT 1", "SELECT answer FROM idempotency LIMIT 1",
              "SELECT content FROM access_search LIMIT 1",
              "SELECT password FROM mail_peer WHERE password IS NOT NULL LIMIT 1",
              "SELECT COALESCE(seed, pending_seed) FROM staff_totp WHERE "
              "COALESCE(seed, pending_seed) IS NOT NULL LIMIT 1"})
            tx.query(one, {}, [&](const storage::Row& row) { found.emplace_back(row.bytes(0)); });
        return found;
    });
}

Shop::Shop(const storage::Url& url, Open how, storage::DatabaseOptions options)
    : database(open_database(url, how, options)),
      keys(crypto::KeyRing::load_or_create(key_file_of(url), sealed_values(*database))),
      journal(*database, registry, system_now),
      files(journal, keys),
      jobs(journal, files),
      access_log(journal, keys, unusual_notice(mails)),
      own_fields(*database, catalogue, registry),
      accesses{journal, keys, access_log},
      members{journal, passwords, keys, staff_notices(mails)},
      customers{journal, catalogue},
      time_travels{customers, {order::past_purchases, points::past_points}},
      histories{journal, catalogue, jobs, right_to_read},
      forms{journal, catalogue, own_fields},
      lists{journal, files},
      point_services{journal, jobs},
      privacies{journal,
                catalogue,
                jobs,
                files,
                search::merge_index,
                [this](const auto& quotes) {
                    return access_log.forget_searches(quotes) + api::forget_answers(journal, keys, quotes);
                }},
      searches{*database, catalogue, system_now},
      saved_searches{journal, catalogue},
      transfers{journal, catalogue, files, jobs},
      mails{journal, keys, mail_facts},
      memos{journal},
      masters{journal, jobs},
      groups{journal, catalogue, jobs},
      consents{journal},
      coupons{journal, catalogue, jobs},
      levels{journal, jobs} {
    register_all(catalogue, registry);
    registry.on_withdraw(withdrawal_notice(mails));
    register_job_kinds(*this);
    refuse_unknown_tables(registry, *database);
    if (how == Open::create_and_migrate) {
        search::renew_index(journal, catalogue);
        master::ensure_default_group(journal);
        master::ensure_customer_types(journal);
    }
    own_fields.refresh(form::Look::now);
}

}  // namespace otokui::app
