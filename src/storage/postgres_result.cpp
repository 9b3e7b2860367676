#include "storage/postgres_result.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

#include "storage/connection.hpp"

namespace otokui::storage {
namespace {

// pg_type.dat; the numbers never change.
enum Type : Oid {
    kBool = 16,
    kBytea = 17,
    kName = 19,
    kInt8 = 20,
    kInt2 = 21,
    kInt4 = 23,
    kText = 25,
    kUnknown = 705,
    kChar = 1042,
    kVarchar = 1043,
    kNumeric = 1700
};

enum class Kind { integer, text, bytes, other };

Kind kind_of(Oid type) {
    switch (type) {
        case kBool:
        case kInt8:
        case kInt2:
        case kInt4:
        case kNumeric:  // sum() of whole numbers
            return Kind::integer;
        case kName:
        case kText:
        case kUnknown:
        case kChar:
        case kVarchar:
            return Kind::text;
        case kBytea:
            return Kind::bytes;
        default:
            return Kind::other;
    }
}

[[noreturn]] void wrong_type(int column) {
    throw std::logic_error("column " + std::to_string(column) + " has another type than it is read as");
}

std::uint8_t digit(char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); }

// "Key (email, kind)=(...) already exists." in the server's language: the names stand before ")=(", the
// values after it.
std::string columns_of(const PGresult* result, const std::string& table) {
    const char* detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    if (detail == nullptr) return {};
    const std::string_view text(detail);
    const auto end = text.find(")=("), begin = text.find('(');
    if (end == std::string_view::npos || begin >= end) return {};
    std::string columns;
    for (auto names = text.substr(begin + 1, end - begin - 1); !names.empty();) {
        const auto name = names.substr(0, names.find(", "));
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string_view::npos)
            return {};
        columns += (columns.empty() ? "" : ", ") + table + "." + std::string(name);
        names.remove_prefix(std::min(names.size(), name.size() + 2));
    }
    return columns;
}

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

bool means_lost(std::string_view state) {
    return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03";
}

}  // namespace

void throw_postgres_error(const PGconn* connection, const PGresult* result, Stage stage,
                          std::string_view sql) {
    const auto state = field(result, PG_DIAG_SQLSTATE);
    auto text = "PostgreSQL " + (state.empty() ? "connection" : state);
    if (state.empty() || means_lost(state) || PQstatus(connection) == CONNECTION_BAD)
        throw ConnectionLost(text + ": " + shape_of(sql));
    const auto table = field(result, PG_DIAG_TABLE_NAME), constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    if (state == "23505") {
        const auto columns = columns_of(result, table);
        throw UniqueViolation(columns.empty() ? constraint : columns);
    }
    for (const auto& name : {table, field(result, PG_DIAG_COLUMN_NAME), constraint})
        if (!name.empty()) text += " " + name;
    if (state == "23503") throw ForeignKeyViolation("foreign key violation: " + constraint);
    text += ": " + shape_of(sql);
    if (state == "40001" || state == "40P01" || state == "55P03") throw Busy(text);
    if (state == "57014") throw Cancelled(text);
    if (stage == Stage::preparing) text += ": " + field(result, PG_DIAG_MESSAGE_PRIMARY);
    throw Error(text);
}

std::string_view PostgresRow::raw(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool PostgresRow::is_null(int column) const {
    if (column < 0 || column >= columns()) throw std::logic_error("no column " + std::to_string(column));
    return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t PostgresRow::integer(int column) const {
    if (is_null(column)) return 0;
    const auto type = PQftype(result_, column);
    if (kind_of(type) != Kind::integer) wrong_type(column);
    const auto digits = raw(column);
    if (type == kBool) return digits == "t" ? 1 : 0;
    std::int64_t number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) wrong_type(column);
    return number;
}

std::string_view PostgresRow::text(int column) const {
    if (is_null(column)) return {};
    if (kind_of(PQftype(result_, column)) != Kind::text) wrong_type(column);
    return raw(column);
}

Blob PostgresRow::bytes(int column) const {
    if (is_null(column)) return {};
    if (kind_of(PQftype(result_, column)) != Kind::bytes) wrong_type(column);
    const auto hex = raw(column).substr(2);  // after "\x"
    Blob bytes(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    return bytes;
}

Value PostgresRow::value(int column) const {
    if (is_null(column)) return {};
    switch (kind_of(PQftype(result_, column))) {
        case Kind::integer:
            return integer(column);
        case Kind::text:
            return std::string(text(column));
        case Kind::bytes:
            return bytes(column);
        case Kind::other:
            break;
    }
    wrong_type(column);
}

std::string hex_of(const Blob& bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex = "\\x";
    hex.reserve(2 + bytes.size() * 2);
    for (const auto byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

void append_copy_field(std::string& line, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        line += std::to_string(*integer);
    } else if (const auto* bytes = std::get_if<Blob>(&value)) {
        line += "\\" + hex_of(*bytes);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        require_storable(*text);
        for (const char c : *text) {
            const char* escaped = c == '\\'   ? "\\\\"
                                  : c == '\n' ? "\\n"
                                  : c == '\r' ? "\\r"
                                  : c == '\t' ? "\\t"
                                              : nullptr;
            if (escaped != nullptr)
                line += escaped;
            else
                line += c;
        }
    } else {
        line += "\\N";
    }
}

}  // namespace otokui::storage
