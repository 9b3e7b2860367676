#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "customer/service.hpp"
#include "transfer/importer.hpp"

// What the importers of the kinds beside customers share.
namespace otokui::transfer {

/// Reads cells of a row by the key of their field.
class Cells {
public:
    Cells(const Layout& layout, const RawRow& row) : layout_(layout), row_(row) {}

    bool has(std::string_view key) const { return layout_.find(key) != nullptr; }
    /// The first cell of the field that is not empty, trimmed; empty when there is none.
    std::string text(std::string_view key) const;
    /// The name of the field's column in the file; empty when it has none.
    std::string column(std::string_view key) const;

private:
    const Layout& layout_;
    const RawRow& row_;
};

/// Whole yen and counts: digits with or without thousands' commas and a minus; full width too.
std::optional<std::int64_t> whole_number(std::string_view cell);

/// Living customers by their number.
std::unordered_map<std::string, std::int64_t> customers_by_number(storage::Transaction& tx,
                                                                  const std::vector<storage::Value>& numbers);

/// The same value as far as a file can say it: moments count to the second.
bool is_same(const core::Field& field, const storage::Value& a, const storage::Value& b);

/// What differs between `input` and a record, for StagedRow::payload; all of `input` when there is none
/// before.
boost::json::object changes_of(const core::Table& table, const Schema& schema, const core::Record* before,
                               const customer::Input& input);
/// The values "set" of a payload.
core::Assignments assignments_of(const core::Table& table, const boost::json::object& set);

}  // namespace otokui::transfer
