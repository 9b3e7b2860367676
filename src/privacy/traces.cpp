#include "privacy/traces.hpp"

#include <algorithm>

#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"

namespace otokui::privacy {
namespace {

// Whoever quotes a long text quotes its beginning.
constexpr std::size_t kMostQuoted = 500;  // characters

std::string plain(std::string_view text) {
    auto folded = text::shadow(text::ShadowKind::text, text);
    std::erase_if(folded, [](char letter) { return letter == '-' || letter == '(' || letter == ')'; });
    return folded;
}

bool is_phone(std::string_view text) {
    constexpr std::size_t kShortest = 10;
    return text.size() >= kShortest && text.front() == '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

void Traces::add(std::string_view text, std::size_t least) {
    auto trace = plain(text::first_code_points(text, kMostQuoted));
    if (text::code_point_count(trace) < least) return;
    if (is_phone(trace)) plain_.insert("+81" + trace.substr(1));
    plain_.insert(std::move(trace));
}

bool Traces::stand_in(std::string_view text) const {
    if (text.empty() || plain_.empty()) return false;
    const auto looked_through = plain(text);
    return std::ranges::any_of(
        plain_, [&](const std::string& trace) { return looked_through.find(trace) != std::string::npos; });
}

}  // namespace otokui::privacy
