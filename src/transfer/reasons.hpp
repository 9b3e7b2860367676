#pragma once

#include <string_view>

#include "base/text_pair.hpp"

namespace otokui::transfer {

/// Why a row was refused (RowError::code) or what is to be known of a file (Warnings), as a sentence.
const Text& reason_of(std::string_view code);

}  // namespace otokui::transfer
