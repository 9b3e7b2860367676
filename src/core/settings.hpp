#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "core/journal.hpp"
#include "core/setting_document.hpp"

// Rows of table `setting`: a JSON document under a name, and the values of the documents that features
// declare.
namespace otokui::core::settings {

struct Row {
    std::int64_t id = 0;
    json::Object content;
    std::int64_t version = 1;
};
std::optional<Row> find(storage::Transaction& tx, std::string_view name);
/// The same with the row locked against other writers, so that it can be compared and replaced.
std::optional<Row> lock(Writer& writer, std::string_view name);
void put(Writer& writer, std::string_view name, const json::Object& content);
/// Refused settings.stale with both values unless `seen` is the version `now` (nothing: any).
void require_version(std::optional<std::int64_t> seen, std::int64_t now, json::Object current,
                     json::Object sent);

/// Values of a declared document as they stand in this transaction. A stored value that the document does not
/// allow (any more) counts as never set. std::logic_error for a document nobody declared.
SettingValues read(storage::Transaction& tx, const Registry& registry, std::string_view name);
/// The values a row's content holds.
SettingValues values_of(const SettingDocument& document, const json::Object& content);

/// Hook of table `setting` (Hooks::after): tells the documents that features declare of what changes in them,
/// whoever changes it, an undo included. They may refuse it.
void tell_documents(Writer& writer, const std::vector<RowChange>& changes);
/// The values as a row's content holds them, every one of them named.
json::Object content_of(const SettingDocument& document, const SettingValues& values);

/// What a change of a row of table `setting` found or left; empty where there was or is none.
json::Object content_of(const Table& table, const Record* record);
/// The name of the row that changed.
std::string name_of(const Table& table, const RowChange& change);

/// What is declared of a value that an undo or a history calls "points.expiry_days"; nothing for other rows.
const SettingField* find_field(const Registry& registry, std::string_view called);

/// Whether a part of the product is switched on (機能の使用). std::logic_error for an unknown one.
bool is_on(storage::Transaction& tx, const Registry& registry, std::string_view feature);
/// The keys of all parts that are switched on.
std::vector<std::string> features_on(storage::Transaction& tx, const Registry& registry);

}  // namespace otokui::core::settings
