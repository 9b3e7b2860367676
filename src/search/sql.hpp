#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace otokui::search {

/// A piece of SQL with the values of its `?` in their order. Values never become text.
struct Sql {
    std::string text = {};
    storage::Values values = {};

    bool empty() const { return text.empty(); }
    Sql& add(std::string_view more) {
        text += more;
        return *this;
    }
    Sql& add(const Sql& more) {
        text += more.text;
        values.insert(values.end(), more.values.begin(), more.values.end());
        return *this;
    }
    Sql& bind(storage::Value value) {
        text += '?';
        values.push_back(std::move(value));
        return *this;
    }
};

/// "(a AND b)" of any number, as a balanced tree: SQLite takes expressions to depth 1,000 only. Of none:
/// true.
Sql all_of(const std::vector<Sql>& parts);
/// Of none: false.
Sql any_of(const std::vector<Sql>& parts);
Sql not_of(const Sql& part);
Sql always();
Sql never();

/// `expression IN (…)`; long lists are one bound value.
Sql in_list(storage::Engine engine, const Sql& expression, const std::vector<std::int64_t>& values);
Sql in_list(storage::Engine engine, const Sql& expression, const std::vector<std::string>& values);
/// "(SELECT …)" with one row per value.
Sql list_of(storage::Engine engine, const std::vector<std::int64_t>& values);

/// How two texts are compared: bytewise on both engines.
std::string_view bytewise(storage::Engine engine);

}  // namespace otokui::search
