#include "api/period.hpp"

#include "base/problem.hpp"

namespace otokui::api {

std::optional<Period> period_of(const http::Request& request, std::string_view name) {
    const auto& text = request.query.get(name);
    if (text.empty()) return std::nullopt;
    if (const auto period = parse_period(text)) return period;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"期間は 2026-11-22、2026-11、2026 のように指定してください。",
                    "Give the period as 2026-11-22, 2026-11 or 2026."},
                   {{"/" + std::string(name), "not_a_date"}}});
}

}  // namespace otokui::api
