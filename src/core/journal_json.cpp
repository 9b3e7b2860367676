#include <sodium.h>

#include <boost/json/value.hpp>
#include <stdexcept>

#include "core/journal_chain.hpp"
#include "core/json_text.hpp"

namespace otokui::core {
namespace {

std::string base64(const storage::Blob& bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.resize(text.size() - 1);  // without the terminating zero
    return text;
}

storage::Blob from_base64(std::string_view text) {
    storage::Blob bytes(text.size());
    std::size_t length = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        throw std::runtime_error("journal: bytes are not base64");
    bytes.resize(length);
    return bytes;
}

}  // namespace

namespace {

// Quotes, backslashes and control characters are all that JSON wants escaped.
void append_quoted(std::string& out, std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    std::size_t written = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, written, at - written);
        written = at + 1;
        out += '\\';
        if (byte >= 0x20) {
            out += text[at];
        } else if (byte == '\n') {
            out += 'n';
        } else {
            out.append("u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
        }
    }
    out.append(text, written, std::string_view::npos);
    out += '"';
}

}  // namespace

void JsonText::add(std::string_view name, const storage::Value& value) {
    if (text_.size() > 1) text_ += ',';
    text_.append(1, '"').append(name).append("\":");
    if (const auto* number = std::get_if<std::int64_t>(&value))
        text_ += std::to_string(*number);
    else if (const auto* text = std::get_if<std::string>(&value))
        append_quoted(text_, *text);
    else if (const auto* bytes = std::get_if<storage::Blob>(&value))
        append_quoted(text_, base64(*bytes));
    else
        text_ += "null";
}

std::string JsonText::object() && { return std::move(text_) + '}'; }

namespace {

// value == column.initial(), without making one.
bool is_initial(const Column& column, const storage::Value& value) {
    if (column.nullable) return storage::is_null(value);
    switch (column.type) {
        case ColumnType::integer: {
            const auto* number = std::get_if<std::int64_t>(&value);
            return number && *number == 0;
        }
        case ColumnType::text: {
            const auto* written = std::get_if<std::string>(&value);
            return written && written->empty();
        }
        case ColumnType::bytes: {
            const auto* bytes = std::get_if<storage::Blob>(&value);
            return bytes && bytes->empty();
        }
    }
    return false;
}

}  // namespace

ChangedValues changed_values(const Table& table, const Record* before, const Record* after) {
    JsonText old_values, new_values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        if (column.source == Source::derived || column.name == table.version_column ||
            column.name == table.updated_column)
            continue;
        if (before && after && before->values[i] == after->values[i]) continue;
        if (before && (after || !is_initial(column, before->values[i])))
            old_values.add(column.name, before->values[i]);
        if (after && (before || !is_initial(column, after->values[i])))
            new_values.add(column.name, after->values[i]);
    }
    return {std::move(old_values).object(), std::move(new_values).object()};
}

boost::json::value to_json(const storage::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return boost::json::string(*text);
    if (const auto* bytes = std::get_if<storage::Blob>(&value)) return boost::json::string(base64(*bytes));
    return nullptr;
}

storage::Value from_json(const Column& column, const boost::json::value& value) {
    if (value.is_null()) return {};
    if (column.type == ColumnType::integer) return value.as_int64();
    const std::string_view text = value.as_string();
    if (column.type == ColumnType::bytes) return from_base64(text);
    return std::string(text);
}

boost::json::object to_json(const Table& table, const Record& record, Source source) {
    boost::json::object result;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].source == source) result[table.columns[i].name] = to_json(record.values[i]);
    return result;
}

}  // namespace otokui::core
