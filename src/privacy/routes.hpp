#pragma once

#include <vector>

#include "http/router.hpp"
#include "privacy/service.hpp"

namespace otokui::privacy {

std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::privacy
