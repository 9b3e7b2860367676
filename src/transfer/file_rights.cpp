#include "transfer/file_rights.hpp"

namespace otokui::transfer {

void require_right_to_import(const core::Actor& actor, Kind kind) {
    if (kind == Kind::points) actor.require("points.edit");
    if (kind == Kind::orders) actor.require("order.read");
}

void require_right_to_export(const core::Actor& actor, Kind kind) {
    if (kind == Kind::orders) actor.require("order.read");
}

}  // namespace otokui::transfer
