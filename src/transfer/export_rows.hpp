#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "search/service.hpp"
#include "transfer/types.hpp"

namespace otokui::transfer {

struct ExportCase {
    const Context& context;
    const search::Context& searches;
    const core::Condition& condition;  // of customers, whatever the kind
    const std::vector<search::SortBy>& sort;
    const std::vector<const core::Field*>& columns;
    const core::Actor& actor;
    const storage::ReadLimits& limits;
};

/// Called with the cells of each row, which are valid during the call only.
using EachRow = std::function<void(std::span<const std::string> cells)>;

/// Customers found; for the other kinds what belongs to the customers found.
void export_rows(const ExportCase& asked, Kind kind, const EachRow& each);

}  // namespace otokui::transfer
