#include "storage/sqlite_statement.hpp"

#include <stdexcept>
#include <string>

#include "storage/connection.hpp"

namespace otokui::storage {
namespace {

[[noreturn]] void wrong_type(int column) {
    throw std::logic_error("column " + std::to_string(column) + " has another type than it is read as");
}

// SQLite repeats a bound value in few of its messages, but in some (FTS5 queries, JSON): so only those of
// constraints are used, which name tables and columns.
[[noreturn]] void throw_constraint(sqlite3* database, int code) {
    constexpr std::string_view kUnique = "UNIQUE constraint failed: ", kIndex = "index '";
    const std::string_view message = sqlite3_errmsg(database);
    if (message == "FOREIGN KEY constraint failed") throw ForeignKeyViolation("foreign key violation");
    if (message.starts_with(kUnique)) {
        auto name = message.substr(kUnique.size());
        if (name.starts_with(kIndex)) name = name.substr(kIndex.size(), name.rfind('\'') - kIndex.size());
        throw UniqueViolation(std::string(name));
    }
    const bool names_column = code == SQLITE_CONSTRAINT_NOTNULL || code == SQLITE_CONSTRAINT_CHECK ||
                              code == SQLITE_CONSTRAINT_DATATYPE;
    throw Error("SQLite " + std::to_string(code) + ": " +
                (names_column ? std::string(message) : std::string(sqlite3_errstr(code))));
}

}  // namespace

void throw_sqlite_error(sqlite3* database, int code, std::string_view sql) {
    const auto text = "SQLite " + std::to_string(code) + " " + sqlite3_errstr(code) + ": " + shape_of(sql);
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Busy(text);
        case SQLITE_INTERRUPT:
            throw Cancelled(text);
        case SQLITE_CONSTRAINT:
            throw_constraint(database, code);
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
            throw Broken(text);
        default:
            throw Error(text);
    }
}

SqliteStatement sqlite_prepare(sqlite3* database, std::string_view& sql, Keep keep) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                        keep == Keep::yes ? SQLITE_PREPARE_PERSISTENT : 0, &statement, &rest);
    if (code != SQLITE_OK) {
        if ((code & 0xff) != SQLITE_ERROR) throw_sqlite_error(database, code, sql);
        // No value is bound yet, so the engine's own words are safe and worth having.
        throw Error(std::string("SQLite: ") + sqlite3_errmsg(database) + ": " + shape_of(sql));
    }
    sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
    return SqliteStatement(statement);
}

namespace {

void bind(sqlite3_stmt* statement, int position, const Value& value) {
    int code = SQLITE_OK;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement, position, *integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        require_storable(*text);
        code =
            sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Blob>(&value)) {
        // A null pointer would be NULL, and an empty vector may have one.
        const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
        code = sqlite3_bind_blob64(statement, position, data, bytes->size(), SQLITE_STATIC);
    }
    if (code != SQLITE_OK) throw_sqlite_error(sqlite3_db_handle(statement), code, sqlite3_sql(statement));
}

void require_one_value_each(sqlite3_stmt* statement, std::size_t values) {
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values))
        throw std::logic_error("a statement needs one value per question mark: " +
                               shape_of(sqlite3_sql(statement)));
}

}  // namespace

void sqlite_bind(sqlite3_stmt* statement, std::span<const Value> values) {
    require_one_value_each(statement, values.size());
    int position = 0;
    for (const auto& value : values) bind(statement, ++position, value);
}

void sqlite_bind(sqlite3_stmt* statement, std::span<const Values> rows) {
    std::size_t values = 0;
    for (const auto& row : rows) values += row.size();
    require_one_value_each(statement, values);
    int position = 0;
    for (const auto& row : rows)
        for (const auto& value : row) bind(statement, ++position, value);
}

int SqliteRow::type_of(int column) const {
    if (column < 0 || column >= columns()) throw std::logic_error("no column " + std::to_string(column));
    return sqlite3_column_type(statement_, column);
}

bool SqliteRow::is_null(int column) const { return type_of(column) == SQLITE_NULL; }

std::int64_t SqliteRow::integer(int column) const {
    const int type = type_of(column);
    if (type != SQLITE_INTEGER && type != SQLITE_NULL) wrong_type(column);
    return sqlite3_column_int64(statement_, column);
}

std::string_view SqliteRow::text(int column) const {
    const int type = type_of(column);
    if (type == SQLITE_NULL) return {};
    if (type != SQLITE_TEXT) wrong_type(column);
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Blob SqliteRow::bytes(int column) const {
    const int type = type_of(column);
    if (type == SQLITE_NULL) return {};
    if (type != SQLITE_BLOB) wrong_type(column);
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, data + sqlite3_column_bytes(statement_, column)};
}

Value SqliteRow::value(int column) const {
    switch (type_of(column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return integer(column);
        case SQLITE_TEXT:
            return std::string(text(column));
        case SQLITE_BLOB:
            return bytes(column);
        default:
            wrong_type(column);
    }
}

}  // namespace otokui::storage
