#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "customer/derive.hpp"
#include "customer/service.hpp"
#include "customer/types.hpp"
#include "transfer/customers_ahead.hpp"
#include "transfer/importer.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {
namespace {

using core::Writer;
using storage::Value;

void fail(StagedRow& row, const char* code) {
    row.outcome = Outcome::error;
    row.errors.push_back({"", code});
}

// Records that somebody has changed since the check are not touched, and the others stay as they are until
// they are.
void refuse_changed(Writer& writer, std::vector<StagedRow>& rows) {
    std::vector<Value> ids;
    for (const auto& row : rows)
        if (row.record != 0) ids.emplace_back(row.record);
    std::unordered_map<std::int64_t, std::int64_t> versions;
    query_in(writer.tx(),
             locking(writer.tx(),
                     "SELECT id, version FROM customer WHERE deleted_at IS NULL AND id IN (?) ORDER BY id",
                     "UPDATE"),
             ids, [&](const storage::Row& row) { versions.emplace(row.integer(0), row.integer(1)); });
    for (auto& row : rows) {
        if (row.record == 0) continue;
        const auto found = versions.find(row.record);
        if (found == versions.end() || found->second != row.version) fail(row, "changed_since_check");
    }
}

bool is_mail_taken(Writer& writer, const core::Table& table, const core::Record& after) {
    const auto at = [&](std::string_view column) -> const Value& {
        return after.values[table.column(column)];
    };
    const auto key = customer::mail_key(customer::mail_rule(writer.tx()), std::get<std::string>(at("status")),
                                        std::get<std::string>(at("email")),
                                        at("no_login") != Value(std::int64_t{0}), false);
    return !storage::is_null(key) &&
           writer.tx().find_integer("SELECT id FROM customer WHERE mail_key = ? AND id <> ?",
                                    {key, after.id});
}

// What the check found free or there may have been taken or deleted since: the code, or nothing.
const char* find_fault(Writer& writer, const core::Table& table, const StagedRow& row,
                       const customer::Input& input) {
    const auto before = writer.find(table, row.record);
    if (!before) return "changed_since_check";
    auto after = *before;
    for (const auto& [column, value] : input.values) after.values[table.column(column)] = value;
    const auto& find_gone = writer.registry().hooks(table).find_gone;
    if (find_gone && !find_gone(writer.tx(), {{row.record, &*before, &after}}).empty())
        return "choice_deleted";
    return is_mail_taken(writer, table, after) ? "email_taken" : nullptr;
}

bool names_masters(const core::Catalogue& catalogue, const customer::Input& input) {
    return std::ranges::any_of(catalogue.fields(), [&](const core::Field& field) {
        return !field.master.empty() && input.find(field.column);
    });
}

bool leaves(const customer::Input& input) {
    const auto* left = input.find("withdrawn_at");
    return left && !storage::is_null(*left);
}

// Orders come in beside the customer: his version says nothing of them.
bool is_tied(Writer& writer, const StagedRow& row) {
    return !writer.registry().find_ties(writer.tx(), row.record, 1).empty();
}

void change(Writer& writer, const core::Catalogue& catalogue, const core::Table& table, StagedRow& row,
            Look look) {
    const auto input = input_of(table, row);
    if (look == Look::first || names_masters(catalogue, input))
        if (const auto* fault = find_fault(writer, table, row, input)) return fail(row, fault);
    if (leaves(input) && is_tied(writer, row)) return fail(row, "has_ties");
    writer.update(table, row.record, input.assignments());
    if (leaves(input)) writer.registry().withdraw(writer, row.record);
}

void remove(Writer& writer, const core::Table& table, StagedRow& row) {
    if (is_tied(writer, row)) return fail(row, "has_ties");
    writer.update(table, row.record,
                  {{"deleted_at", writer.now().milliseconds}, {"delete_cause", std::string("staff")}});
    writer.registry().remove(writer, row.record);
}

class NewCustomers {
public:
    NewCustomers(Writer& writer, std::vector<StagedRow>& rows)
        : writer_(writer), table_(writer.registry().get(customer::kTable)) {
        for (auto& row : rows)
            if (row.outcome == Outcome::create) news_.push_back(&row);
    }

    void insert(Look look) {
        if (look == Look::first) refuse_taken();
        if (news_.empty()) return;
        renew_groups();
        if (look == Look::first) renew_numbers();
        refuse_deleted_choices();
        if (news_.empty()) return;
        std::vector<core::PreparedRow*> rows;
        rows.reserve(news_.size());
        for (auto* row : news_) {
            row->record = row->ahead->row.record.id;
            rows.push_back(&row->ahead->row);
        }
        writer_.insert_prepared(*news_.front()->ahead->preparation, rows);
    }

private:
    const Value& value_of(const StagedRow& row, std::size_t column) const {
        return row.ahead->row.record.values[column];
    }
    void make_anew(StagedRow& row) { row.ahead->preparation->make(row.ahead->row, writer_.now()); }

    // What the check found free may have been taken since.
    void refuse_taken() {
        const auto number = table_.column("number"), mail_key = table_.column("mail_key");
        std::vector<Value> numbers, keys;
        for (const auto* row : news_) {
            if (row->ahead->has_number) numbers.push_back(value_of(*row, number));
            if (const auto& key = value_of(*row, mail_key); !storage::is_null(key)) keys.push_back(key);
        }
        const auto taken_numbers = taken("SELECT number FROM customer WHERE number IN (?)", numbers);
        const auto taken_keys = taken("SELECT mail_key FROM customer WHERE mail_key IN (?)", keys);
        for (auto* row : news_) {
            if (row->ahead->has_number && is_in(taken_numbers, value_of(*row, number)))
                fail(*row, "number_taken");
            else if (is_in(taken_keys, value_of(*row, mail_key)))
                fail(*row, "email_taken");
        }
        leave_out_wrong();
    }

    // A label or level that the check found may have been deleted since.
    void refuse_deleted_choices() {
        const auto& find_gone = writer_.registry().hooks(table_).find_gone;
        if (!find_gone) return;
        std::vector<core::RowChange> changes;
        for (const auto* row : news_)
            changes.push_back({row->ahead->row.record.id, nullptr, &row->ahead->row.record});
        std::unordered_set<std::int64_t> wrong;
        for (const auto& gone : find_gone(writer_.tx(), changes)) wrong.insert(gone.row);
        if (wrong.empty()) return;
        for (auto* row : news_)
            if (wrong.contains(row->ahead->row.record.id)) fail(*row, "choice_deleted");
        leave_out_wrong();
    }

    void leave_out_wrong() {
        std::erase_if(news_, [](const StagedRow* row) { return row->outcome == Outcome::error; });
    }

    // Somebody may have made another group the default one since, or taken it away.
    void renew_groups() {
        const auto groups = customer::first_groups(writer_.tx());
        const auto column = table_.column("customer_groups");
        for (auto* row : news_) {
            if (!row->ahead->groups || *row->ahead->groups == groups) continue;
            row->ahead->row.record.values[column] = groups;
            row->ahead->groups = groups;
            make_anew(*row);
        }
    }

    // Of a number that an id gives and that a file has brought already; rare.
    void renew_numbers() {
        const auto number = table_.column("number");
        std::vector<Value> wanted;
        std::unordered_set<std::string> brought;
        for (const auto* row : news_) {
            if (row->ahead->has_number)
                brought.insert(std::get<std::string>(value_of(*row, number)));
            else
                wanted.push_back(value_of(*row, number));
        }
        auto passed = taken("SELECT number FROM customer WHERE number IN (?)", wanted);
        passed.merge(brought);
        for (auto* row : news_) {
            if (row->ahead->has_number || !is_in(passed, value_of(*row, number))) continue;
            row->ahead->row.record.values[number] =
                customer::free_number(writer_.tx(), row->ahead->row.record.id);
            make_anew(*row);
        }
    }

    std::unordered_set<std::string> taken(std::string_view sql, const std::vector<Value>& wanted) {
        std::unordered_set<std::string> found;
        query_in(writer_.tx(), sql, wanted, [&](const storage::Row& row) { found.emplace(row.text(0)); });
        return found;
    }
    static bool is_in(const std::unordered_set<std::string>& texts, const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        return text && texts.contains(*text);
    }

    Writer& writer_;
    const core::Table& table_;
    std::vector<StagedRow*> news_;
};

}  // namespace

void apply_customers(Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                     Look look) {
    const auto& table = writer.registry().get(customer::kTable);
    refuse_changed(writer, rows);
    // Those who are there come first: a mail address that one of them gives up may be a later row's.
    for (auto& row : rows) {
        if (row.outcome == Outcome::update)
            change(writer, catalogue, table, row, look);
        else if (row.outcome == Outcome::remove)
            remove(writer, table, row);
    }
    NewCustomers(writer, rows).insert(look);
}

}  // namespace otokui::transfer
