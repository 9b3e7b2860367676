#include "api/idempotency.hpp"
#include "app/shop.hpp"
#include "core/jobs.hpp"
#include "customer/fields.hpp"
#include "customer/tables.hpp"
#include "history/service.hpp"
#include "order/tables.hpp"
#include "staff/shop.hpp"
#include "staff/tables.hpp"

namespace otokui::app {

void register_all(core::Catalogue& catalogue, core::Registry& registry) {
    customer::declare_fields(catalogue);
    history::register_tables(registry);
    core::register_job_tables(registry);
    api::register_idempotency_table(registry);
    staff::register_tables(registry);
    customer::register_tables(registry, catalogue, {});
    order::register_tables(registry);
}

void register_job_kinds(Shop& shop) { history::register_job_kinds(shop.jobs); }

}  // namespace otokui::app
