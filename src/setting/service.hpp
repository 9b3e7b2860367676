#pragma once

#include <optional>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "core/actor.hpp"
#include "core/journal.hpp"

// The settings that features declare: read and changed by their declaration alone.
namespace otokui::setting {

/// Every document with its fields, labels, limits and values, in the order of declaration. Right:
/// settings.read.
json::Array list(core::Journal& journal, const core::Actor& actor);

struct Document {
    json::Object content;  // the values by key, and "version"
    OperationId operation = {};
};

/// Refused not_found settings.not_found. Right: settings.read.
Document get(core::Journal& journal, const core::Actor& actor, std::string_view name);

/// Sets what the body names; what it leaves out stays. `version`: the one seen; nothing: any. Refused
/// settings.invalid with every field error at once, settings.stale. Right: settings.edit.
Document change(core::Journal& journal, const core::Actor& actor, std::string_view name,
                std::optional<std::int64_t> version, const json::Object& body);

}  // namespace otokui::setting
