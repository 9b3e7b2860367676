#pragma once

#include <boost/json/object.hpp>

#include "base/text_pair.hpp"

namespace otokui::json {

/// A text in both languages, as every answer of the API tells one.
inline boost::json::object labels(const Text& text) { return {{"ja", text.ja}, {"en", text.en}}; }

}  // namespace otokui::json
