#pragma once

#include <string>
#include <string_view>

#include "core/actor.hpp"

namespace otokui::core {

/// What somebody or a mail server wrote about an act, for whoever may see no contact data: with kMask in the
/// place of every mail address.
std::string without_mails(std::string_view note, const Actor& actor);

}  // namespace otokui::core
