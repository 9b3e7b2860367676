#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "http/request.hpp"

namespace otokui::http {

/// Reads what a list is narrowed by from the query of a GET, and remembers what is wrong. Absent and empty
/// are the same.
class QueryReader {
public:
    /// The request outlives the reader.
    explicit QueryReader(const Request& request) : query_(request.query) {}

    std::optional<std::int64_t> id(std::string_view name);
    /// Empty when it was not asked for. `is_known` decides what may be.
    template <class IsKnown>
    std::string choice(std::string_view name, const IsKnown& is_known) {
        const auto& text = query_.get(name);
        if (!text.empty() && !is_known(text)) add_error(name, "not_a_choice");
        return text;
    }
    /// Several of them with commas between, in their order, each once.
    template <class IsKnown>
    std::vector<std::string> choices(std::string_view name, const IsKnown& is_known) {
        auto parts = parts_of(query_.get(name));
        for (const auto& part : parts)
            if (!is_known(part)) {
                add_error(name, "not_a_choice");
                break;
            }
        return parts;
    }
    /// A day of the shop, or a moment. A day begins `days_after` later: 1 for an end, which counts whole.
    std::optional<Moment> moment(std::string_view name, int days_after);
    /// Refused invalid query.invalid with all errors at once.
    void finish();

private:
    static std::vector<std::string> parts_of(std::string_view text);
    void add_error(std::string_view name, std::string code);

    const Parameters& query_;
    std::vector<FieldError> errors_;
};

}  // namespace otokui::http
