#pragma once

#include <string>
#include <string_view>

namespace otokui {

enum class Language { ja, en };

/// One text of the product in both its languages. Japanese is what staff see first.
struct Text {
    std::string ja;
    std::string en;

    const std::string& in(Language language) const noexcept { return language == Language::ja ? ja : en; }
    bool operator==(const Text&) const = default;
};

}  // namespace otokui
