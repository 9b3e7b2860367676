#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "list/entries.hpp"
#include "list/number_set.hpp"
#include "list/types.hpp"
#include "storage/database.hpp"

namespace otokui::list {

/// From entries to customers, some thousand at a time: each lot is one look-up in the index over ids,
/// numbers, mails or phones. Whoever was merged into another is followed to the survivor. Holds the numbers
/// of the entries and customers met, up to some 50 bytes an entry, and nothing of their texts.
class Resolver {
public:
    /// Told the entry as written, for each one that a figure counts.
    using Told = std::function<void(Lines lines, std::string_view entry)>;
    Resolver(storage::Database& database, Kind kind, Told told)
        : database_(database), kind_(kind), told_(std::move(told)) {}

    void add(std::string_view written);
    /// The customers found, ascending. The last call.
    std::vector<std::int64_t> finish();
    const Figures& figures() const { return figures_; }

private:
    struct Customer {
        std::int64_t id = 0;
        std::int64_t merged_into = 0;
        bool is_deleted = false;
    };
    using ById = std::unordered_map<std::int64_t, Customer>;

    bool is_repeated(const Entry& entry);
    void resolve();
    void look_up_ids(storage::Transaction& tx, const std::vector<std::int64_t>& ids, ById& into);
    void look_up_keys(storage::Transaction& tx, std::unordered_map<std::string, std::vector<Customer>>& into);
    void follow(storage::Transaction& tx, ById& known);
    void count(const Entry& entry, const Customer& reached, const ById& known);

    storage::Database& database_;
    Kind kind_;
    Told told_;
    std::vector<Entry> lot_;
    NumberSet entries_, found_, survivors_;
    std::vector<std::int64_t> customers_;
    Figures figures_;
};

}  // namespace otokui::list
