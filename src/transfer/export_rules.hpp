#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/problem.hpp"
#include "core/setting_document.hpp"
#include "transfer/types.hpp"

// What a shop asks of exports (SECURITY P3): setting `exports`.
namespace otokui::transfer {

inline constexpr std::string_view kExportSettings = "exports";
/// The kinds of jobs that write a file for somebody.
inline constexpr std::array kExportedKinds{Kind::customers, Kind::addresses, Kind::orders, Kind::points};

core::SettingDocument export_settings();

struct ExportRules {
    bool is_guarded = false;      // a reason, a fresh factor (by the route), and the limit of rows
    std::int64_t most_rows = 0;   // a person may write on a day of the shop; 0: any number
    std::chrono::hours kept{24};  // how long the file can be fetched
};
ExportRules read_export_rules(storage::Transaction& tx, const core::Registry& registry);

/// Rows that the person's exports before this job have written today, or are about to.
std::int64_t rows_before(storage::Transaction& tx, const core::Job& job, Moment now);
/// What a job is refused with that would write more: export.too_many_rows.
Problem too_many_rows(std::int64_t most_rows);

}  // namespace otokui::transfer
