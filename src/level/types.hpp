#pragma once

#include <cstdint>
#include <string_view>

#include "core/jobs.hpp"
#include "core/journal.hpp"

// 会員レベルの判定: members are ranked by what they bought.
namespace otokui::level {

inline constexpr std::string_view kMoves = "level_move";
inline constexpr std::string_view kRuns = "level_run";
/// The document of settings with the rules of judging.
inline constexpr std::string_view kSettings = "levels";
inline constexpr std::string_view kJudgeJob = "level.judge.v1";

/// Owned by the application.
struct Context {
    core::Journal& journal;
    core::Jobs& jobs;
};

}  // namespace otokui::level
