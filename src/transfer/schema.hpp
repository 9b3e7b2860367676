#pragma once

#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/catalogue.hpp"
#include "transfer/types.hpp"

namespace otokui::transfer {

/// Key of the column that says n, u or d per row.
inline constexpr std::string_view kControl = "control";

/// What a file of one kind may hold: for customers the catalogue, for the other kinds a list of their own.
class Schema {
public:
    Schema(Kind kind, const core::Catalogue& catalogue);
    Schema(const Schema&) = delete;  // fields are handed out by address
    Schema& operator=(const Schema&) = delete;

    Kind kind() const { return kind_; }
    /// In the order of an export.
    const std::vector<const core::Field*>& fields() const { return fields_; }
    const core::Field* find(std::string_view key) const;
    /// By key or label in either language, as exports head their columns.
    const core::Field* find_by_header(std::string_view header) const;
    /// Whether an import takes the column: as a value, or to find the record by. Others are figures that
    /// Otokui keeps itself.
    bool is_taken(const core::Field& field) const;

private:
    void add(const core::Field& field);
    void add_header(const core::Field& field);
    void add_own(core::Field field);
    void add_addresses(const core::Catalogue& catalogue);
    void add_orders();
    void add_points(const core::Catalogue& catalogue);

    Kind kind_;
    std::deque<core::Field> own_;
    std::vector<const core::Field*> fields_;
    std::unordered_map<std::string_view, const core::Field*> by_header_;
};

}  // namespace otokui::transfer
