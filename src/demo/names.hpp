#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo/weighted.hpp"

namespace otokui::demo {

struct Name {
    std::string_view text, kana;
    std::string romaji;               // lower case, as people shorten it in mail addresses: サトウ -> sato
    std::uint32_t other_writing = 0;  // family names: index of the same name with variant kanji, or its own
};

enum class Gender { male, female };

/// Families and given names in their real proportions, from the tables in data/ (inside the binary). Made
/// once, then only read: any thread.
class Names {
public:
    static constexpr int kFirstYear = 1924, kLastYear = 2008;

    Names();

    std::uint32_t draw_family(Random& random) const { return family_weights_.draw(random); }
    const Name& family(std::uint32_t index) const { return families_[index]; }
    /// A name that was given to children of that gender born in that year, kFirstYear..kLastYear.
    const Name& draw_given(Gender gender, int birth_year, Random& random) const;

    struct Foreign {
        Gender gender = Gender::male;
        Name family, given;
    };
    const Foreign& draw_foreign(Random& random) const { return foreign_[random.below(foreign_.size())]; }

private:
    struct Year {
        Weighted weights;
        std::vector<std::uint32_t> names;
    };

    void read_families(std::string_view table);
    void read_given(std::string_view table);
    void read_foreign(std::string_view table);

    std::vector<Name> families_;
    Weighted family_weights_;
    std::vector<Name> given_;
    std::array<std::vector<Year>, 2> years_;  // by gender, then birth year - kFirstYear
    std::vector<Foreign> foreign_;
};

/// "サトウ" -> "sato", "キョウコ" -> "kyoko": Hepburn without long vowels. Characters that are not katakana
/// are left out.
std::string romaji(std::string_view kana);

}  // namespace otokui::demo
