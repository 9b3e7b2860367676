#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string_view>

#include "storage/value.hpp"

namespace otokui::storage {

struct PostgresClearer {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresClearer>;

/// A row of a result in text format.
class PostgresRow : public Row {
public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
    int columns() const override { return PQnfields(result_); }
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    Blob bytes(int column) const override;
    Value value(int column) const override;

private:
    std::string_view raw(int column) const;
    const PGresult* result_;
    int row_;
};

/// Throws what a failed result stands for: ConnectionLost, Busy, Cancelled, UniqueViolation,
/// ForeignKeyViolation or Error. With `preparing` no value has been bound yet, and the server's own words are
/// added.
enum class Stage { preparing, running };
[[noreturn]] void throw_postgres_error(const PGconn* connection, const PGresult* result, Stage stage,
                                       std::string_view sql);

/// What COPY's text format makes of one value; the bytes are appended to `line`.
void append_copy_field(std::string& line, const Value& value);
/// "\x00ff", as PostgreSQL reads bytes.
std::string hex_of(const Blob& bytes);

}  // namespace otokui::storage
