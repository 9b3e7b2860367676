#pragma once

#include <string>
#include <utility>

#include "core/registry.hpp"

// Columns as the tables of features declare them: never NULL unless `optional_`, written unless `derived_`.
namespace otokui::core::columns {

inline Column number(std::string name) { return {std::move(name), ColumnType::integer}; }
inline Column optional_number(std::string name) {
    return {.name = std::move(name), .type = ColumnType::integer, .nullable = true};
}
inline Column derived_number(std::string name) {
    return {.name = std::move(name), .type = ColumnType::integer, .source = Source::derived};
}

inline Column text(std::string name, Privacy privacy = Privacy::internal) {
    return {std::move(name), ColumnType::text, privacy};
}
inline Column optional_text(std::string name, Privacy privacy = Privacy::internal) {
    return {.name = std::move(name), .type = ColumnType::text, .privacy = privacy, .nullable = true};
}
inline Column derived_text(std::string name, Privacy privacy = Privacy::internal) {
    return {std::move(name), ColumnType::text, privacy, Source::derived};
}

inline Column bytes(std::string name, Privacy privacy = Privacy::internal) {
    return {std::move(name), ColumnType::bytes, privacy};
}
inline Column optional_bytes(std::string name, Privacy privacy = Privacy::internal) {
    return {.name = std::move(name), .type = ColumnType::bytes, .privacy = privacy, .nullable = true};
}

}  // namespace otokui::core::columns
