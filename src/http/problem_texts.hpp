#pragma once

#include <string_view>

#include "base/text_pair.hpp"

namespace otokui::http {

/// The text of a generic field code ("required", "too_long" …); nullptr for codes that a feature made: such
/// errors bring their own message.
const Text* find_field_text(std::string_view code);

/// What a status means, as the title of a problem: "Not found".
const Text& status_title(int status);

}  // namespace otokui::http
