#pragma once

#include <string>

#include "core/jobs.hpp"
#include "master/types.hpp"

namespace otokui::master {

/// "master.delete_group.v1": the kind of the job that removes a row which customers hold. Parameters: id, to
/// (0: nowhere).
std::string delete_job_of(const Master& master);

}  // namespace otokui::master
