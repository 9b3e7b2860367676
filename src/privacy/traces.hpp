#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace otokui::privacy {

/// The texts by which a person could be recognised wherever they stand, however they are written there:
/// width, case, kana, white space, hyphens and brackets make no difference, nor does +81 before a phone
/// number.
class Traces {
public:
    /// Takes `text`, of a long one the beginning, unless fewer than `least` letters of it would be compared.
    void add(std::string_view text, std::size_t least);
    bool stand_in(std::string_view text) const;

private:
    std::set<std::string> plain_;
};

}  // namespace otokui::privacy
