#include "privacy/tables.hpp"

#include "privacy/erase_job.hpp"

namespace otokui::privacy {

void register_kinds(core::Registry& registry) {
    registry.add_kind(
        {"customer.erase", {"個人情報の抹消", "Personal data erased"}, "customer.erase", false});
    registry.add_kind(
        {"customer.disclose", {"個人情報の開示", "Personal data disclosed"}, "customer.disclose", false});
}

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    jobs.add_kind({.name = std::string(kEraseJob),
                   .label = {"個人情報の抹消", "Erasure of personal data"},
                   .operation_kind = "customer.erase",
                   .step = [&context](core::JobStep& step) { return erase_step(context, step); }});
}

}  // namespace otokui::privacy
