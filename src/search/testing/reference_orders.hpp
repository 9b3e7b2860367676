#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/condition.hpp"
#include "storage/value.hpp"

namespace otokui::search::test {

/// Whether a value as the database holds it satisfies a leaf; by looking at it, not by SQL.
bool text_fits(const core::Leaf& leaf, const std::string& folded);
bool number_fits(const core::Leaf& leaf, std::int64_t number);
bool day_fits(const core::Leaf& leaf, Day day, Day today);
bool is_negative(core::Operator op);

/// What conditions on orders must find; and on other things, which have no lines.
class Orders {
public:
    using Values = std::map<std::string, storage::Value>;  // by key; missing: NULL
    struct Row {
        std::int64_t customer = 0;  // 0: of nobody
        Values values = {};
        std::vector<Values> lines = {};
    };
    explicit Orders(std::vector<Row> rows);

    bool has(std::int64_t customer, const core::Condition& condition, Day today) const;
    /// The one box: order numbers as a whole, or how they begin when `plain` is long enough.
    bool has_number(std::int64_t customer, const std::string& plain) const;

private:
    const std::vector<Row>& of(std::int64_t customer) const;

    std::map<std::int64_t, std::vector<Row>> by_customer_;
};

}  // namespace otokui::search::test
