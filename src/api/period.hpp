#pragma once

#include <optional>
#include <string_view>

#include "base/period.hpp"
#include "http/request.hpp"

namespace otokui::api {

/// `?NAME=2026-11-22`, `2026-11` or `2026`; nothing when it is absent or empty. Refused invalid query.invalid
/// with /NAME not_a_date.
std::optional<Period> period_of(const http::Request& request, std::string_view name);

}  // namespace otokui::api
