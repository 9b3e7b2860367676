#include "search/cursor.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/id_cursor.hpp"

namespace otokui::search {
namespace {

constexpr std::size_t kMaxLength = 4096;

}  // namespace

// base64url of ["n", "kana+", keys …].
std::string format_cursor(const Cursor& cursor, const Order& order) {
    if (cursor.way == Cursor::Way::last) return std::string(kLastPage);
    boost::json::array parts;
    parts.emplace_back(cursor.way == Cursor::Way::next ? "n" : "p");
    parts.emplace_back(order.name());
    for (const auto& value : cursor.place) {
        if (const auto* number = std::get_if<std::int64_t>(&value))
            parts.emplace_back(*number);
        else if (const auto* text = std::get_if<std::string>(&value))
            parts.emplace_back(*text);
        else
            parts.emplace_back(nullptr);
    }
    const auto text = boost::json::serialize(parts);
    return crypto::base64url(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Cursor parse_cursor(std::string_view text, const Order& order) {
    if (text == kLastPage) return {.way = Cursor::Way::last};
    const auto bytes = text.size() > kMaxLength ? std::nullopt : crypto::parse_base64url(text);
    if (!bytes) core::refuse_cursor();
    json::Value parsed;
    try {
        parsed = json::parse({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, 2);
    } catch (const Refused&) {
        core::refuse_cursor();
    }
    const auto* parts = parsed.if_array();
    if (parts == nullptr || parts->size() != order.columns() + 2) core::refuse_cursor();
    const auto& way = parts->at(0);
    if ((way != "n" && way != "p") || parts->at(1) != boost::json::value(order.name())) core::refuse_cursor();
    Cursor cursor{.way = way == "n" ? Cursor::Way::next : Cursor::Way::previous};
    for (std::size_t i = 2; i < parts->size(); ++i) {
        const auto& value = parts->at(i);
        if (const auto* number = value.if_int64())
            cursor.place.emplace_back(*number);
        else if (const auto* string = value.if_string())
            cursor.place.emplace_back(std::string(*string));
        else if (value.is_null())
            cursor.place.emplace_back();
        else
            core::refuse_cursor();
    }
    if (!order.accepts(cursor.place)) core::refuse_cursor();
    return cursor;
}

}  // namespace otokui::search
