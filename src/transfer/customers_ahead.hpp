#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/prepare.hpp"
#include "customer/service.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {

/// A new customer made ready ahead of its transaction.
struct NewCustomer {
    const core::Preparation* preparation;
    core::PreparedRow row;
    bool has_number;                    // of the file; another one follows from the id
    std::optional<std::string> groups;  // the default group it joins, if the file gives none
};

/// Makes the new customers of an import on the thread that reads the plan, ids and numbers included; it must
/// outlive them. Ids of customers that are not written after all are not used again.
class CustomersAhead {
public:
    /// `news`: how many new customers are still to come, as far as is known.
    CustomersAhead(const Context& context, std::int64_t news);
    void make(std::vector<StagedRow>& rows);

private:
    std::int64_t next_id(std::size_t wanted);

    const Context& context_;
    const core::Table& table_;
    std::string groups_;
    std::optional<core::Preparation> preparation_;
    std::int64_t news_;
    std::vector<std::int64_t> ids_;  // the next one last
};

customer::Input input_of(const core::Table& table, const StagedRow& row);

}  // namespace otokui::transfer
