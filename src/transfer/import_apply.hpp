#pragma once

#include "transfer/importer.hpp"

namespace otokui::transfer {

/// Does what was decided, some rows per transaction. Done when nothing is left; more when the job is to
/// pause. Refused conflict job.plan_outdated when a row cannot be applied that must be.
core::StepResult apply_rows(const Context& context, core::JobStep& step);

}  // namespace otokui::transfer
