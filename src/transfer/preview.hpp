#pragma once

#include <boost/json/object.hpp>

#include "transfer/types.hpp"

namespace otokui::transfer {

/// What an upload looks like: encoding, format, the field proposed for each column, its first rows, what a
/// person should know. Refused invalid import.not_csv.
boost::json::object preview(const Context& context, const core::StoredFile& upload, Kind kind,
                            const std::string& encoding, Language language);

}  // namespace otokui::transfer
