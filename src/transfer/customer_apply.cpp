#include <unordered_map>
#include <unordered_set>

#include "customer/derive.hpp"
#include "customer/service.hpp"
#include "customer/types.hpp"
#include "transfer/importer.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {
namespace {

using core::Record;
using core::Writer;
using storage::Value;

customer::Input input_of(const core::Table& table, const StagedRow& row) {
    customer::Input input;
    const auto* set = row.payload.if_contains("set");
    if (!set) return input;
    for (const auto& [column, value] : set->as_object())
        input.values.emplace_back(column, core::from_json(table.columns[table.column(column)], value));
    return input;
}

void fail(StagedRow& row, const char* code) {
    row.outcome = Outcome::error;
    row.errors.push_back({"", code});
}

// Records that somebody has changed since the check are not touched.
void refuse_changed(Writer& writer, std::vector<StagedRow>& rows) {
    std::vector<Value> ids;
    for (const auto& row : rows)
        if (row.record != 0) ids.emplace_back(row.record);
    std::unordered_map<std::int64_t, std::int64_t> versions;
    query_in(writer.tx(), "SELECT id, version FROM customer WHERE deleted_at IS NULL AND id IN (?)", ids,
             [&](const storage::Row& row) { versions.emplace(row.integer(0), row.integer(1)); });
    for (auto& row : rows) {
        if (row.record == 0) continue;
        const auto found = versions.find(row.record);
        if (found == versions.end() || found->second != row.version) fail(row, "changed_since_check");
    }
}

std::string text_in(const customer::Input& input, std::string_view column) {
    const auto* value = input.find(column);
    return value ? std::get<std::string>(*value) : std::string();
}

// The number the record's id gives, as for customers made by hand.
std::string number_of(std::int64_t id) {
    constexpr std::size_t kDigits = 8;
    auto number = std::to_string(id);
    if (number.size() < kDigits) number.insert(0, kDigits - number.size(), '0');
    return number;
}

class NewCustomers {
public:
    NewCustomers(Writer& writer, std::vector<StagedRow>& rows)
        : writer_(writer), table_(writer.registry().get(customer::kTable)) {
        for (auto& row : rows)
            if (row.outcome == Outcome::create) news_.push_back({&row, input_of(table_, row)});
    }

    void insert() {
        refuse_taken();
        std::erase_if(news_, [](const New& one) { return one.row->outcome == Outcome::error; });
        if (news_.empty()) return;
        const auto ids = writer_.tx().allocate_ids(customer::kTable, news_.size());
        give_numbers(ids);
        std::vector<Record> records;
        records.reserve(news_.size());
        const auto groups = customer::first_groups(writer_.tx());
        for (std::size_t i = 0; i < news_.size(); ++i) {
            news_[i].row->record = ids[i];
            records.push_back(customer::complete_new(writer_, table_, news_[i].input, ids[i], "csv", groups));
        }
        writer_.insert_many(table_, records);
    }

private:
    struct New {
        StagedRow* row;
        customer::Input input;
    };

    // What the check found free may have been taken since.
    void refuse_taken() {
        std::vector<Value> numbers, keys;
        const auto rule = customer::mail_rule(writer_.tx());
        const auto key_of = [&](const New& one) {
            const auto status = text_in(one.input, "status");
            const auto* no_login = one.input.find("no_login");
            return customer::mail_key(rule, status.empty() ? customer::status::kGuest : status,
                                      text_in(one.input, "email"), no_login != nullptr, false);
        };
        for (const auto& one : news_) {
            if (auto number = text_in(one.input, "number"); !number.empty())
                numbers.emplace_back(std::move(number));
            if (auto key = key_of(one); !storage::is_null(key)) keys.push_back(std::move(key));
        }
        std::unordered_set<std::string> taken_numbers, taken_keys;
        query_in(writer_.tx(), "SELECT number FROM customer WHERE number IN (?)", numbers,
                 [&](const storage::Row& row) { taken_numbers.emplace(row.text(0)); });
        query_in(writer_.tx(), "SELECT mail_key FROM customer WHERE mail_key IN (?)", keys,
                 [&](const storage::Row& row) { taken_keys.emplace(row.text(0)); });
        if (taken_numbers.empty() && taken_keys.empty()) return;
        for (auto& one : news_) {
            const auto key = key_of(one);
            if (taken_numbers.contains(text_in(one.input, "number")))
                fail(*one.row, "number_taken");
            else if (!storage::is_null(key) && taken_keys.contains(std::get<std::string>(key)))
                fail(*one.row, "email_taken");
        }
    }

    // Free ones are looked up for all at once; the rare taken one is left to complete_new().
    void give_numbers(const std::vector<std::int64_t>& ids) {
        std::vector<Value> wanted;
        for (std::size_t i = 0; i < news_.size(); ++i)
            if (!news_[i].input.find("number")) wanted.emplace_back(number_of(ids[i]));
        std::unordered_set<std::string> taken;
        query_in(writer_.tx(), "SELECT number FROM customer WHERE number IN (?)", wanted,
                 [&](const storage::Row& row) { taken.emplace(row.text(0)); });
        for (const auto& one : news_)
            if (const auto* number = one.input.find("number")) taken.insert(std::get<std::string>(*number));
        for (std::size_t i = 0; i < news_.size(); ++i) {
            auto number = number_of(ids[i]);
            if (!news_[i].input.find("number") && !taken.contains(number))
                news_[i].input.values.emplace_back("number", std::move(number));
        }
    }

    Writer& writer_;
    const core::Table& table_;
    std::vector<New> news_;
};

}  // namespace

void apply_customers(Writer& writer, const core::Catalogue&, std::vector<StagedRow>& rows) {
    const auto& table = writer.registry().get(customer::kTable);
    refuse_changed(writer, rows);
    NewCustomers(writer, rows).insert();
    for (auto& row : rows) {
        if (row.outcome == Outcome::update) {
            const auto input = input_of(table, row);
            writer.update(table, row.record, input.assignments());
            const auto* left = input.find("withdrawn_at");
            if (left && !storage::is_null(*left)) writer.registry().withdraw(writer, row.record);
        } else if (row.outcome == Outcome::remove) {
            writer.update(
                table, row.record,
                {{"deleted_at", writer.now().milliseconds}, {"delete_cause", std::string("staff")}});
        }
    }
}

}  // namespace otokui::transfer
