#include "access/service.hpp"
#include "api/idempotency.hpp"
#include "app/shop.hpp"
#include "consent/tables.hpp"
#include "core/jobs.hpp"
#include "coupon/grants.hpp"
#include "coupon/tables.hpp"
#include "customer/fields.hpp"
#include "customer/tables.hpp"
#include "demo/load.hpp"
#include "form/tables.hpp"
#include "history/service.hpp"
#include "level/service.hpp"
#include "level/tables.hpp"
#include "list/tables.hpp"
#include "mail/conditions.hpp"
#include "mail/tables.hpp"
#include "master/tables.hpp"
#include "memo/tables.hpp"
#include "order/conditions.hpp"
#include "order/tables.hpp"
#include "points/conditions.hpp"
#include "points/service.hpp"
#include "points/tables.hpp"
#include "privacy/tables.hpp"
#include "saved_search/tables.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"
#include "staff/shop.hpp"
#include "staff/tables.hpp"
#include "time_travel/service.hpp"
#include "timeline/service.hpp"
#include "transfer/service.hpp"
#include "transfer/tables.hpp"

namespace otokui::app {
namespace {

// Several features follow the rows of customers, one after the other.
customer::AfterCustomers in_turn(std::vector<customer::AfterCustomers> all) {
    return [all = std::move(all)](core::Writer& writer, const std::vector<core::RowChange>& changes) {
        for (const auto& one : all) one(writer, changes);
    };
}

}  // namespace

void register_all(core::Catalogue& catalogue, core::Registry& registry) {
    customer::declare_fields(catalogue);
    order::declare_conditions(catalogue);
    points::declare_conditions(catalogue);
    mail::declare_conditions(catalogue);
    memo::declare_conditions(catalogue);
    coupon::declare_conditions(catalogue);
    history::register_tables(registry);
    core::register_job_tables(registry);
    api::register_idempotency_table(registry);
    access::register_tables(registry);
    staff::register_tables(registry, customer::remake_mail_keys);
    const auto customers = customer::customer_table(catalogue);
    customer::register_tables(registry, catalogue,
                              in_turn({search::index_hook(catalogue, customers), consent::note_changes}),
                              search::index_text(catalogue, customers));
    order::register_tables(registry);
    points::register_tables(registry);
    level::register_tables(registry);
    list::register_tables(registry);
    search::register_tables(registry);
    form::register_tables(registry);
    saved_search::register_tables(registry);
    time_travel::register_kinds(registry);
    timeline::register_sources(registry, catalogue);
    transfer::register_tables(registry);
    mail::register_tables(registry);
    memo::register_tables(registry);
    consent::register_tables(registry, catalogue);
    coupon::register_tables(registry);
    privacy::register_kinds(registry);
    demo::register_kinds(registry);
    master::register_verification(registry);
    registry.add_verification({"検索の索引", [&catalogue](storage::Transaction& tx) {
                                   return search::verify_index(tx, catalogue);
                               }});
}

void register_job_kinds(Shop& shop) {
    history::register_job_kinds(shop.jobs);
    master::register_job_kinds(shop.jobs);
    group::register_job_kinds(shop.jobs, shop.groups);
    points::register_job_kinds(shop.jobs, shop.point_services);
    coupon::register_job_kinds(shop.jobs, shop.coupons);
    level::register_job_kinds(shop.jobs, shop.levels);
    privacy::register_job_kinds(shop.jobs, shop.privacies);
    transfer::register_job_kinds(shop.jobs, shop.transfers);
}

}  // namespace otokui::app
