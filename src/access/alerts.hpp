#pragma once

#include <boost/json/object.hpp>

#include "access/unusual.hpp"

namespace otokui::access {

boost::json::object alert_json(const Unusual& unusual);

}  // namespace otokui::access
