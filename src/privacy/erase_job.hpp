#pragma once

#include "core/jobs.hpp"
#include "privacy/service.hpp"

namespace otokui::privacy {

/// One step of the erasure; the phases are named in erase_job.cpp. Cancelling stops it where it is: what is
/// gone stays gone, and the next erasure of the same customer goes on.
core::StepResult erase_step(const Context& context, core::JobStep& step);

}  // namespace otokui::privacy
