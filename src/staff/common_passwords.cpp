#include "staff/common_passwords.hpp"

#include <algorithm>
#include <string>

#include "embedded/common_passwords.hpp"

namespace otokui::staff {
namespace {

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

}  // namespace

bool is_common_password(std::string_view password) {
    const std::string wanted = lower_case(password);
    std::string_view lines = embedded::common_passwords().front().bytes;
    // `lines` is sorted by bytes; halve it at line borders until the one line that could be equal is left.
    while (!lines.empty()) {
        const std::size_t middle = lines.rfind('\n', lines.size() / 2);
        const std::size_t start = middle == std::string_view::npos ? 0 : middle + 1;
        const std::size_t end = std::min(lines.find('\n', start), lines.size());
        const std::string_view line = lines.substr(start, end - start);
        if (line == wanted) return true;
        if (line < wanted)
            lines.remove_prefix(std::min(end + 1, lines.size()));
        else
            lines = lines.substr(0, start);
    }
    return false;
}

}  // namespace otokui::staff
