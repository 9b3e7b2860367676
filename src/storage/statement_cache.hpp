#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace otokui::storage {

/// The statements that one connection keeps prepared, the least recently used one falling out. Not
/// thread-safe.
template <class Statement>
class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

    Statement* find(std::string_view key) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return nullptr;
        by_use_.splice(by_use_.begin(), by_use_, found->second);
        return &found->second->second;
    }

    /// The key must be new.
    Statement& keep(std::string key, Statement statement) {
        if (by_use_.size() >= capacity_) {
            by_key_.erase(by_use_.back().first);
            by_use_.pop_back();
        }
        by_use_.emplace_front(std::move(key), std::move(statement));
        by_key_.emplace(by_use_.front().first, by_use_.begin());
        return by_use_.front().second;
    }

    void clear() {
        by_key_.clear();
        by_use_.clear();
    }

private:
    using Entries = std::list<std::pair<std::string, Statement>>;
    std::size_t capacity_;
    Entries
        by_use_;  // most recent first; list nodes stay where they are, so the keys below may point into them
    std::unordered_map<std::string_view, typename Entries::iterator> by_key_;
};

}  // namespace otokui::storage
