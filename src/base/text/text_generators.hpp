#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/text/utf8.hpp"

namespace otokui::text::test {

/// Valid UTF-8 from everywhere in Unicode, mostly from the corners where folding has something to do.
inline rc::Gen<std::string> any_text() {
    const auto code_point = rc::gen::weightedOneOf<char32_t>({
        {4, rc::gen::inRange<char32_t>(0x20, 0x7F)},
        {4, rc::gen::inRange<char32_t>(0x3041, 0x30FF)},
        {4, rc::gen::inRange<char32_t>(0xFF01, 0xFFA0)},
        {3, rc::gen::elementOf(std::u32string(U"髙﨑邊邉齋齊斉高崎辺斎澤濱四十二丁目番地号大字ヶケがノの之三"
                                              U"〇町ー－‐−—―〜～ 　\u3099\u309A゛゜\u200B\uFE0F㈱①ガ"))},
        {2, rc::gen::inRange<char32_t>(0x4E00, 0x9FFF)},
        {2, rc::gen::inRange<char32_t>(0x00A0, 0x0400)},
        {1, rc::gen::inRange<char32_t>(0x1100, 0x1200)},
        {1, rc::gen::inRange<char32_t>(0x2000, 0x2600)},
        {1, rc::gen::inRange<char32_t>(0x3200, 0x3400)},
        {1, rc::gen::inRange<char32_t>(0x1, 0xD800)},
        {1, rc::gen::inRange<char32_t>(0xE000, 0xFFFF)},
        {1, rc::gen::inRange<char32_t>(0x10000, 0x110000)},
        {1,
         rc::gen::elementOf(std::u32string(U"\U00020BB7\U0001F600\U000E0100\U0010FFFC\U0010FFFD\U0002F81A"))},
    });
    return rc::gen::map(rc::gen::container<std::vector<char32_t>>(code_point),
                        [](const std::vector<char32_t>& points) {
                            std::string text;
                            for (const char32_t point : points) append_utf8(text, point);
                            return text;
                        });
}

}  // namespace otokui::text::test
