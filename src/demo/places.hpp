#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo/types.hpp"
#include "demo/weighted.hpp"
#include "postal/postal.hpp"

namespace otokui::demo {

/// How the same block is written by different people.
enum class BlockStyle { hyphens, words, mixed, full_width };

/// Real towns with their real postal codes, drawn by the number of people who live in the prefecture; block
/// numbers, buildings and phone numbers are invented. Made once, then only read: any thread.
class Places {
public:
    Places();

    /// One home, drawn from `key`: the same key is the same home. Fills postal code, prefecture, city, street
    /// and building; `style` says how the block is written and `named` whether the building is.
    void write_home(std::uint64_t key, BlockStyle style, bool named, Address& address) const;
    /// How the people of this home write their block.
    BlockStyle style_of(std::uint64_t key) const;
    /// A landline with an area code of the place, ten digits.
    void write_landline(std::uint64_t key, int prefecture, std::string_view city, std::string& phone) const;

private:
    Weighted rows_;  // of the postal table
};

/// A mobile (070, 080, 090) or internet (050) number, eleven digits.
void write_mobile(Random& random, std::string& phone);

}  // namespace otokui::demo
