#pragma once

#include <string>
#include <vector>

#include "search/service.hpp"
#include "search/sql.hpp"
#include "storage/database.hpp"

namespace otokui::search {

/// A total order of customers: the fields asked for, then the id. Without fields the newest first. Customers
/// whose first field is 未設定 come last in either direction: they are a segment of their own, so that an
/// index can be walked in both.
class Order {
public:
    enum class Segment { filled, empty };
    enum class Walk { forward, backward };

    Order(storage::Engine engine, const std::vector<SortBy>& sort);

    /// How many values place() wants.
    std::size_t columns() const { return keys_.size(); }
    /// False for a place no row of this order can have.
    bool accepts(const storage::Values& place) const;
    /// "c.id, c.kana_sort, …": the id, then all values of place(); `id` stands for "c.id".
    std::string selected(std::string_view id) const;
    std::string order_by(Walk walk, std::string_view id) const;

    bool has_segments() const { return !filled_.empty(); }
    /// Predicate of a segment; only with segments.
    Sql in_segment(Segment segment) const { return segment == Segment::filled ? filled_ : empty_; }
    Segment segment_of(const storage::Values& place) const;

    /// True when `a` stands before `b`; both are places of rows.
    bool comes_before(const storage::Values& a, const storage::Values& b) const;
    /// True of rows of the same segment that come behind `place` on this walk.
    Sql behind(const storage::Values& place, Walk walk, std::string_view id) const;

    /// SQLite's index that has rows in this order; "" when there is none, kById for the table itself.
    std::string_view index() const { return index_; }
    static constexpr std::string_view kById = "id";
    bool is_by_id() const { return keys_.size() == 1; }
    /// All columns are in the index customer_facts.
    bool only_facts() const { return only_facts_; }
    /// Tells orders apart: a cursor of one means nothing in another.
    const std::string& name() const { return name_; }

private:
    struct Key {
        std::string expression;  // of customer c; empty for the id
        bool descending;
        bool is_text;
    };
    void add(storage::Engine engine, const SortBy& by);
    void add_own(storage::Engine engine, const SortBy& by);
    void add_key(std::string expression, bool descending, bool is_text = false) {
        keys_.push_back({std::move(expression), descending, is_text});
    }
    static std::string_view expression_of(const Key& key, std::string_view id) {
        return key.expression.empty() ? id : key.expression;
    }

    std::vector<Key> keys_;
    Sql filled_, empty_;
    bool empty_is_null_ = false;
    std::string_view index_;
    bool only_facts_ = true;
    std::string name_;
};

}  // namespace otokui::search
