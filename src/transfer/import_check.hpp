#pragma once

#include "transfer/importer.hpp"

namespace otokui::transfer {

/// Decides what is to become of each row of the file and stages it; nothing else is written. Ends with the
/// state's phase at "rejects", or earlier when the job is to pause.
core::StepResult check_file(const Context& context, core::JobStep& step);

}  // namespace otokui::transfer
