#include "search/sql.hpp"

#include <span>

#include "storage/value_list.hpp"

namespace otokui::search {
namespace {

using storage::Engine;

/// Longer lists go as one value (storage/value_list.hpp).
constexpr std::size_t kFewValues = 16;

Sql joined(std::span<const Sql> parts, std::string_view separator) {
    if (parts.size() == 1) return parts.front();
    const auto half = parts.size() / 2;
    Sql result;
    return result.add("(")
        .add(joined(parts.first(half), separator))
        .add(separator)
        .add(joined(parts.subspan(half), separator))
        .add(")");
}

template <class Element>
Sql elements(Engine engine, const std::vector<Element>& values) {
    constexpr bool is_text = std::is_same_v<Element, std::string>;
    return {is_text ? storage::select_texts(engine) : storage::select_integers(engine),
            {storage::list_value(values)}};
}

template <class Element>
Sql in_list_of(Engine engine, const Sql& expression, const std::vector<Element>& values) {
    if (values.empty()) return never();
    Sql result;
    result.add("(").add(expression).add(" IN ");
    if (values.size() > kFewValues) return result.add(elements(engine, values)).add(")");
    const char* separator = "(";
    for (const auto& value : values) {
        result.add(separator).bind(value);
        separator = ", ";
    }
    return result.add("))");
}

}  // namespace

Sql all_of(const std::vector<Sql>& parts) { return parts.empty() ? always() : joined(parts, " AND "); }
Sql any_of(const std::vector<Sql>& parts) { return parts.empty() ? never() : joined(parts, " OR "); }
Sql not_of(const Sql& part) { return Sql{}.add("NOT (").add(part).add(")"); }
Sql always() { return {"1 = 1", {}}; }
Sql never() { return {"1 = 0", {}}; }

Sql in_list(Engine engine, const Sql& expression, const std::vector<std::int64_t>& values) {
    return in_list_of(engine, expression, values);
}
Sql in_list(Engine engine, const Sql& expression, const std::vector<std::string>& values) {
    return in_list_of(engine, expression, values);
}
Sql list_of(Engine engine, const std::vector<std::int64_t>& values) { return elements(engine, values); }

std::string_view bytewise(Engine engine) { return engine == Engine::postgres ? " COLLATE \"C\"" : ""; }

}  // namespace otokui::search
