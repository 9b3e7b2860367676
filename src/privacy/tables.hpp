#pragma once

#include "core/jobs.hpp"
#include "core/registry.hpp"
#include "privacy/service.hpp"

namespace otokui::privacy {

void register_kinds(core::Registry& registry);
void register_job_kinds(core::Jobs& jobs, const Context& context);

inline constexpr std::string_view kEraseJob = "privacy.erase.v1";

}  // namespace otokui::privacy
