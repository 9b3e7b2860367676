#pragma once

#include <string_view>
#include <vector>

#include "core/registry.hpp"
#include "storage/value.hpp"

namespace otokui::time_travel {

/// A record in the place of a row of the database, so that the same reader shows both.
class PastRow : public storage::Row {
public:
    /// `columns`: as core::RecordReader::columns() gives them, "c.id, c.number".
    PastRow(const core::Table& table, const core::Record& record, std::string_view columns);

    int columns() const override { return static_cast<int>(values_.size()); }
    bool is_null(int column) const override { return storage::is_null(at(column)); }
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    storage::Blob bytes(int column) const override;
    storage::Value value(int column) const override { return at(column); }

private:
    const storage::Value& at(int column) const { return values_.at(static_cast<std::size_t>(column)); }
    std::vector<storage::Value> values_;
};

}  // namespace otokui::time_travel
