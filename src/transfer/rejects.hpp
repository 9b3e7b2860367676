#pragma once

#include "transfer/import_file.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {

/// Makes the file of refused rows: as they came, in the encoding they came in, with the columns line, column
/// and reason behind them. `plan`: the job whose rows they are; `owner`: the job that offers the file.
void write_rejects(core::JobStep& step, const core::StoredFile& upload, const FileForm& form, JobId plan);

}  // namespace otokui::transfer
