#pragma once

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>
#include <string>

#include "base/text/utf8.hpp"

namespace otokui::search::test {

inline unsigned seed() {
    const char* given = std::getenv("OTOKUI_TEST_SEED");
    return given ? static_cast<unsigned>(std::atoi(given)) : std::random_device()();
}

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int roll(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }
    bool once_in(int count) { return roll(1, count) == 1; }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(roll(0, static_cast<int>(std::size(list)) - 1))];
    }
    // Few letters of every difficult kind, so that values and operands often meet.
    std::string text(int longest) {
        static const std::u32string kLetters = U"田中高髙崎﨑\U00020BB7あアｱーｰ-1２3４ 　aAｂ.@zガｶ゙丁目";
        std::string result;
        for (int i = roll(0, longest); i > 0; --i) text::append_utf8(result, pick(kLetters));
        return result;
    }
    std::string digits(int longest) {
        std::string result;
        for (int i = roll(0, longest); i > 0; --i) result += static_cast<char>('0' + roll(0, 2));
        return result;
    }
    std::int64_t day_offset() { return roll(-40, 40); }

private:
    std::mt19937 engine_;
};

}  // namespace otokui::search::test
