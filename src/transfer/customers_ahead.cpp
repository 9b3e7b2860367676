#include "transfer/customers_ahead.hpp"

#include <algorithm>

#include "customer/types.hpp"

namespace otokui::transfer {

// SQLite gives ids only to its writer: each time it is asked costs a transaction.
constexpr std::int64_t kIdsAtOnce = 4'000;

customer::Input input_of(const core::Table& table, const StagedRow& row) {
    customer::Input input;
    const auto* set = row.payload.if_contains("set");
    if (!set) return input;
    for (const auto& [column, value] : set->as_object())
        input.values.emplace_back(column, core::from_json(table.columns[table.column(column)], value));
    return input;
}

CustomersAhead::CustomersAhead(const Context& context, std::int64_t news)
    : context_(context), table_(context.journal.registry().get(customer::kTable)), news_(news) {
    context.journal.database().read([&](storage::Transaction& tx) {
        groups_ = customer::first_groups(tx);
        preparation_.emplace(context.journal.registry(), table_, tx);
    });
}

std::int64_t CustomersAhead::next_id(std::size_t wanted) {
    if (ids_.empty()) {
        const auto count = std::max(static_cast<std::int64_t>(wanted), std::min(news_, kIdsAtOnce));
        ids_ = context_.journal.housekeeping(
            [&](core::Writer& writer) {
                return writer.tx().allocate_ids(customer::kTable, static_cast<std::size_t>(count));
            },
            storage::Priority::background);
        std::reverse(ids_.begin(), ids_.end());
    }
    const auto id = ids_.back();
    ids_.pop_back();
    --news_;
    return id;
}

void CustomersAhead::make(std::vector<StagedRow>& rows) {
    auto wanted = static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [](const StagedRow& row) { return row.outcome == Outcome::create; }));
    const auto now = context_.journal.now();
    for (auto& row : rows) {
        if (row.outcome != Outcome::create) continue;
        const auto input = input_of(table_, row);
        const auto id = next_id(wanted--);
        const auto* groups = input.find("customer_groups");
        const bool joins = !groups || *groups == storage::Value(std::string());
        row.ahead = std::make_shared<NewCustomer>(
            NewCustomer{&*preparation_,
                        {customer::complete_new(table_, input, id, "csv", groups_, now)},
                        input.find("number") != nullptr,
                        joins ? std::optional(groups_) : std::nullopt});
        preparation_->make(row.ahead->row, now);
        row.payload = {};
    }
}

}  // namespace otokui::transfer
