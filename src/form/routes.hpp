#pragma once

#include <vector>

#include "form/service.hpp"
#include "http/router.hpp"

namespace otokui::form {

/// /form-fields. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::form
