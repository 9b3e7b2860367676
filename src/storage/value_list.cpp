#include "storage/value_list.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace otokui::storage {
namespace {

std::string select(Engine engine, std::string_view element, std::string_view column) {
    if (engine == Engine::sqlite) return "(SELECT value AS " + std::string(column) + " FROM json_each(?))";
    return "(SELECT " + std::string(element) + " AS " + std::string(column) +
           " FROM json_array_elements_text(?::json) AS list (element))";
}

}  // namespace

std::string select_integers(Engine engine, std::string_view column) {
    return select(engine, "element::bigint", column);
}

std::string select_texts(Engine engine, std::string_view column) { return select(engine, "element", column); }

Value list_value(std::span<const std::int64_t> numbers) {
    std::string json = "[";
    for (const auto number : numbers) {
        if (json.size() > 1) json += ',';
        json += std::to_string(number);
    }
    return json + "]";
}

Value list_value(std::span<const std::string> texts) {
    boost::json::array list;
    list.reserve(texts.size());
    for (const auto& text : texts) list.emplace_back(text);
    return boost::json::serialize(list);
}

}  // namespace otokui::storage
