#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace otokui::storage {

using Blob = std::vector<std::uint8_t>;

/// What a column can hold on both engines: NULL, a whole number (BIGINT), text (UTF-8 TEXT), bytes (BLOB /
/// BYTEA). Booleans are 0 and 1, moments milliseconds UTC, days "YYYY-MM-DD".
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;
using Values = std::vector<Value>;

inline bool is_null(const Value& value) noexcept { return std::holds_alternative<std::monostate>(value); }

/// One row of an answer. Valid only inside the callback that receives it; columns count from 0.
/// Reading a column as another type than it has is a bug and throws std::logic_error; NULL reads as 0, "" and
/// no bytes.
class Row {
public:
    virtual ~Row() = default;
    virtual int columns() const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual Blob bytes(int column) const = 0;
    virtual Value value(int column) const = 0;
};

}  // namespace otokui::storage
