#pragma once

#include "core/actor.hpp"
#include "transfer/types.hpp"

// What a kind of file takes beside the rights to import and to export: what stands in it is guarded at every
// door.
namespace otokui::transfer {

/// Refused forbidden. Of points: points.edit. Of orders: order.read, for what becomes of a row tells whether
/// there is such an order.
void require_right_to_import(const core::Actor& actor, Kind kind);
/// Refused forbidden. Of orders: order.read.
void require_right_to_export(const core::Actor& actor, Kind kind);

}  // namespace otokui::transfer
