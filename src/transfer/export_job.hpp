#pragma once

#include <boost/json/object.hpp>

#include "transfer/types.hpp"

// The export of a search as a job: one snapshot, streamed into a file. A restart begins anew.
namespace otokui::transfer {

inline constexpr std::string_view kExportPrefix = "transfer.export_";  // + kind + ".v1"

std::string export_kind_name(Kind kind);
/// `context` must outlive the jobs.
void register_export_kinds(core::Jobs& jobs, const Context& context);

/// {condition?, text?, sort?, columns?, encoding?, newline?, header?, guard_formulas?, reason?} of an export
/// of this kind, checked: what the job's parameters are. Formulas are guarded unless it says false. Refused
/// invalid condition.invalid, export.columns_invalid, body.invalid with every fault at once; forbidden
/// field.forbidden.
boost::json::object export_parameters(const Context& context, const core::Actor& actor, Kind kind,
                                      const boost::json::value& body);

}  // namespace otokui::transfer
