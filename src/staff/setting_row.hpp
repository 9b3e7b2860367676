#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "core/journal.hpp"

// One row of table `setting`: a JSON document under a name.
namespace otokui::staff::setting {

struct Row {
    std::int64_t id = 0;
    json::Object content;
    std::int64_t version = 1;
};
std::optional<Row> find(storage::Transaction& tx, std::string_view name);
/// The same with the row locked against other writers, so that it can be compared and replaced.
std::optional<Row> lock(core::Writer& writer, std::string_view name);
void put(core::Writer& writer, std::string_view name, const json::Object& content);
/// Refused settings.stale with both values unless `seen` is the version `now` (nothing: any).
void require_version(std::optional<std::int64_t> seen, std::int64_t now, json::Object current,
                     json::Object sent);

}  // namespace otokui::staff::setting
