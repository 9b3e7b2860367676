#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/catalogue.hpp"
#include "core/condition.hpp"
#include "core/registry.hpp"
#include "search/service.hpp"
#include "search/testing/reference_orders.hpp"

namespace otokui::search::test {

/// The customers on each kept list, by its name.
using Lists = std::map<std::string, std::set<std::int64_t>>;

/// What a search must find, by looking at every row. Knows neither index nor SQL.
class Reference {
public:
    Reference(const core::Catalogue& catalogue, const core::Table& table, std::vector<core::Record> rows,
              Orders orders, Lists lists)
        : catalogue_(catalogue),
          table_(table),
          rows_(std::move(rows)),
          orders_(std::move(orders)),
          lists_(std::move(lists)) {}

    /// Ids in the order of `sort`.
    std::vector<std::int64_t> find(const core::Condition& condition, const std::vector<SortBy>& sort,
                                   const core::Actor& actor, Day today) const;

private:
    const storage::Value& value(const core::Record& row, const std::string& column) const;
    std::string text(const core::Record& row, const std::string& column) const;
    std::string shadow(const core::Record& row, const core::Field& field) const;
    bool is_empty(const core::Record& row, const core::Field& field) const;
    bool holds(const core::Record& row, const core::Condition& condition, const core::Actor& actor,
               Day today) const;
    bool leaf(const core::Record& row, const core::Leaf& leaf, Day today) const;
    bool own_leaf(const core::Record& row, const core::Leaf& leaf, Day today) const;
    bool day_leaf(const core::Record& row, const core::Leaf& leaf, Day today) const;
    bool word(const core::Record& row, const std::string& word, const core::Actor& actor) const;
    /// What orders by an own field: null without an answer.
    storage::Value answer(const core::Record& row, const core::Field& field) const;
    /// Less than 0 when `a` comes first.
    int compare(const core::Record& a, const core::Record& b, const SortBy& by) const;

    const core::Catalogue& catalogue_;
    const core::Table& table_;
    std::vector<core::Record> rows_;
    Orders orders_;
    Lists lists_;
};

}  // namespace otokui::search::test
