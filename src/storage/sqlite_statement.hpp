#pragma once

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string_view>

#include "storage/value.hpp"

namespace otokui::storage {

struct SqliteFinalizer {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteFinalizer>;

enum class Keep { no, yes };
/// Prepares the first statement of `sql` and moves `sql` past it; empty for a rest of blanks and comments.
/// Throws Error.
SqliteStatement sqlite_prepare(sqlite3* database, std::string_view& sql, Keep keep);

/// Binds all values without copying: they must outlive the run. A count that does not fit is a
/// std::logic_error.
void sqlite_bind(sqlite3_stmt* statement, std::span<const Value> values);
/// The values of all rows, one behind the other.
void sqlite_bind(sqlite3_stmt* statement, std::span<const Values> rows);

/// Frees what a run holds (its snapshot, its bound values), so that the statement can be used again.
class SqliteRun {
public:
    explicit SqliteRun(sqlite3_stmt* statement) : statement_(statement) {}
    ~SqliteRun() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    SqliteRun(const SqliteRun&) = delete;
    SqliteRun& operator=(const SqliteRun&) = delete;

private:
    sqlite3_stmt* statement_;
};

class SqliteRow : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    int columns() const override { return sqlite3_column_count(statement_); }
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    Blob bytes(int column) const override;
    Value value(int column) const override;

private:
    int type_of(int column) const;
    sqlite3_stmt* statement_;
};

/// Throws what `code` stands for: Busy, Cancelled, UniqueViolation, ForeignKeyViolation or Error. `sql` for
/// the text.
[[noreturn]] void throw_sqlite_error(sqlite3* database, int code, std::string_view sql);

}  // namespace otokui::storage
