#include "list/resolver.hpp"

#include <algorithm>

#include "storage/value_list.hpp"

namespace otokui::list {
namespace {

constexpr std::size_t kLot = 10'000;
/// Longer chains of merges there are none; whoever stands in a circle is left where he is.
constexpr int kMostMerges = 100;
constexpr std::string_view kColumns = "c.id, COALESCE(c.merged_into, 0), c.deleted_at IS NOT NULL";
const storage::ReadLimits kLimits{.time = std::chrono::minutes(1)};

// The column that holds the form entries are compared in, with the collation of its index.
std::string column_of(Kind kind, storage::Engine engine) {
    const std::string column = kind == Kind::number ? "number_text" : kind == Kind::email ? "email" : "phone";
    return "c." + column + (engine == storage::Engine::postgres ? " COLLATE \"C\"" : "");
}

// The planner's guess for a list is far too small or large; the index is right for every lot.
void prefer_index(storage::Transaction& tx) {
    if (tx.engine() != storage::Engine::postgres) return;
    tx.execute("SET LOCAL enable_seqscan = off");
    tx.execute("SET LOCAL enable_hashjoin = off");
    tx.execute("SET LOCAL enable_mergejoin = off");
}

bool truth(const storage::Row& row, int column) {
    const auto value = row.value(column);
    const auto* number = std::get_if<std::int64_t>(&value);
    return number && *number != 0;
}

}  // namespace

void Resolver::add(std::string_view written) {
    auto entry = read_entry(kind_, written);
    if (is_repeated(entry)) {
        ++figures_.duplicates;
        told_(Lines::duplicates, entry.written);
        return;
    }
    lot_.push_back(std::move(entry));
    if (lot_.size() == kLot) resolve();
}

std::vector<std::int64_t> Resolver::finish() {
    resolve();
    std::sort(customers_.begin(), customers_.end());
    return std::move(customers_);
}

// Texts are told apart by 64 bits of them: among a million the odds of two alike are 1 to 40 millions.
bool Resolver::is_repeated(const Entry& entry) {
    if (entry.id > 0) return !entries_.insert(static_cast<std::uint64_t>(entry.id));
    const auto& text = entry.key.empty() ? entry.written : entry.key;
    return !entries_.insert(std::hash<std::string_view>()(text));
}

void Resolver::resolve() {
    if (lot_.empty()) return;
    ById known;
    std::unordered_map<std::string, std::vector<Customer>> by_key;
    database_.read(
        [&](storage::Transaction& tx) {
            prefer_index(tx);
            if (kind_ == Kind::id || kind_ == Kind::combined) {
                std::vector<std::int64_t> ids;
                for (const auto& entry : lot_)
                    if (entry.id > 0) ids.push_back(entry.id);
                look_up_ids(tx, ids, known);
            } else {
                look_up_keys(tx, by_key);
                for (const auto& [key, customers] : by_key)
                    for (const auto& customer : customers) known.emplace(customer.id, customer);
            }
            follow(tx, known);
        },
        kLimits);
    for (const auto& entry : lot_) {
        bool reached = false;
        if (const auto one = known.find(entry.id); entry.id > 0 && one != known.end()) {
            count(entry, one->second, known);
            reached = true;
        }
        if (const auto many = by_key.find(entry.key); many != by_key.end())
            for (const auto& customer : many->second) {
                count(entry, customer, known);
                reached = true;
            }
        if (reached) continue;
        ++figures_.not_found;
        told_(Lines::not_found, entry.written);
    }
    lot_.clear();
}

void Resolver::look_up_ids(storage::Transaction& tx, const std::vector<std::int64_t>& ids, ById& into) {
    if (ids.empty()) return;
    tx.query("SELECT " + std::string(kColumns) + " FROM " + storage::select_integers(tx.engine(), "wanted") +
                 " AS list JOIN customer c ON c.id = list.wanted",
             {storage::list_value(ids)}, [&](const storage::Row& row) {
                 into.emplace(row.integer(0), Customer{row.integer(0), row.integer(1), truth(row, 2)});
             });
}

void Resolver::look_up_keys(storage::Transaction& tx,
                            std::unordered_map<std::string, std::vector<Customer>>& into) {
    std::vector<std::string> keys;
    for (const auto& entry : lot_)
        if (!entry.key.empty()) keys.push_back(entry.key);
    if (keys.empty()) return;
    tx.query(
        "SELECT " + std::string(kColumns) + ", list.wanted FROM " +
            storage::select_texts(tx.engine(), "wanted") + " AS list JOIN customer c ON " +
            column_of(kind_, tx.engine()) + " = list.wanted ORDER BY c.id",
        {storage::list_value(keys)}, [&](const storage::Row& row) {
            into[std::string(row.text(3))].push_back(Customer{row.integer(0), row.integer(1), truth(row, 2)});
        });
}

void Resolver::follow(storage::Transaction& tx, ById& known) {
    for (int round = 0; round < kMostMerges; ++round) {
        std::vector<std::int64_t> next;
        for (const auto& [id, customer] : known)
            if (customer.merged_into > 0 && !known.contains(customer.merged_into))
                next.push_back(customer.merged_into);
        const auto before = known.size();
        look_up_ids(tx, next, known);
        if (known.size() == before) return;
    }
}

void Resolver::count(const Entry& entry, const Customer& reached, const ById& known) {
    const auto* survivor = &reached;
    for (int step = 0; survivor->merged_into > 0 && step < kMostMerges; ++step) {
        const auto next = known.find(survivor->merged_into);
        if (next == known.end()) break;
        survivor = &next->second;
    }
    const auto number = static_cast<std::uint64_t>(survivor->id);
    if (found_.insert(number)) {
        ++figures_.found;
        customers_.push_back(survivor->id);
        if (survivor->is_deleted) {
            ++figures_.deleted;
            told_(Lines::deleted, entry.written);
        }
    }
    if (survivor != &reached && survivors_.insert(number)) {
        ++figures_.merged;
        told_(Lines::merged, entry.written);
    }
}

}  // namespace otokui::list
