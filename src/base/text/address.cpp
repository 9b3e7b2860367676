// Folding of Japanese addresses for search, on top of the text shadow.
//
// People write one place in many ways: 桜ヶ丘四丁目8番9号, 桜ケ丘4-8-9, 桜が丘４の８の９. A search for any of
// them, or for a part of one, shall find the others. So every rule looks at as little of its surroundings as
// it can: what stands in a text must fold the same when it stands alone as an operand.
//
//  1. ヶ and ガ (from が) -> ケ, everywhere.
//  2. 大字 is dropped.
//  3. Runs of 〇一二三四五六七八九十 -> digits, everywhere: 十二 -> 12, 二十 -> 20, 二三 -> 23. 百 and 千
//  stay (千代田).
//     三鷹 becomes 3鷹, in texts and operands alike.
//  4. Behind a digit, or at the very beginning (an operand may start inside an address):
//     丁目 -> '-' always, so that 本町1丁目 does not find 本町10;
//     番地の 番地 番 号 号室 号棟 -> '-' before a digit, dropped elsewhere (at the beginning: kept
//     elsewhere), but 番 and 号 stay before the letters that make another word of them (三番町, 2号線); 丁 の
//     之 -> '-' before a digit, kept elsewhere.
//  5. Several '-' in a row -> one.
//
// Known limits: an operand that begins in the middle of a numeral (四丁目 for 十四丁目) is not found, nor 字
// left out. Tried and refused: 丁目 dropped at the end (1丁目 found 10 and 12), 字 dropped everywhere
// (十文字町, 文字).

#include <array>
#include <string_view>

#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

bool is_digit(char32_t code_point) { return code_point >= '0' && code_point <= '9'; }

// 0..9 for 〇 to 九, 10 for 十, -1 for everything else.
int numeral_value(char32_t code_point) {
    switch (code_point) {
        case U'〇':
            return 0;
        case U'一':
            return 1;
        case U'二':
            return 2;
        case U'三':
            return 3;
        case U'四':
            return 4;
        case U'五':
            return 5;
        case U'六':
            return 6;
        case U'七':
            return 7;
        case U'八':
            return 8;
        case U'九':
            return 9;
        case U'十':
            return 10;
        default:
            return -1;
    }
}

void append_numeral_run(std::u32string& out, std::u32string_view run) {
    const std::size_t ten = run.find(U'十');
    const bool counts = ten != run.npos && run.find(U'十', ten + 1) == run.npos && ten <= 1 &&
                        run.size() - ten <= 2;  // [digit]十[digit]
    if (counts) {
        const int tens = ten == 1 ? numeral_value(run[0]) : 1;
        const int ones = ten + 1 < run.size() ? numeral_value(run[ten + 1]) : 0;
        if (tens > 0) out.push_back(static_cast<char32_t>('0' + tens));
        out.push_back(static_cast<char32_t>('0' + ones));
        return;
    }
    for (const char32_t numeral : run) {
        const int value = numeral_value(numeral);
        if (value == 10) {
            out += U"10";
        } else {
            out.push_back(static_cast<char32_t>('0' + value));
        }
    }
}

// Rules 1 to 3. True when something was dropped: what stood around it has new neighbours.
bool fold_letters(std::u32string_view in, std::u32string& out) {
    bool dropped = false;
    out.clear();
    for (std::size_t at = 0; at < in.size();) {
        std::size_t end = at;
        while (end < in.size() && numeral_value(in[end]) >= 0) ++end;
        if (end > at) {
            append_numeral_run(out, in.substr(at, end - at));
            at = end;
        } else if (in[at] == U'大' && at + 1 < in.size() && in[at + 1] == U'字') {
            dropped = true;
            at += 2;
        } else {
            out.push_back(in[at] == U'ヶ' || in[at] == U'ガ' ? U'ケ' : in[at]);
            ++at;
        }
    }
    return dropped;
}

struct Unit {
    std::u32string_view word;
    enum class Elsewhere { hyphen, drop, keep } elsewhere;  // what it becomes when no digit follows
    std::u32string_view not_before = {};
};

using enum Unit::Elsewhere;
constexpr std::array<Unit, 10> kUnits{{
    {U"丁目", hyphen},
    {U"番地ノ", drop},
    {U"番地", drop},
    {U"番", drop, U"町街館丁組通堀目線台"},
    {U"号室", drop},
    {U"号棟", drop},
    {U"号", drop, U"線店車館"},
    {U"丁", keep},
    {U"ノ", keep},
    {U"之", keep},
}};

const Unit* find_unit(std::u32string_view rest) {
    constexpr std::u32string_view kFirstLetters = U"丁番号ノ之";
    if (kFirstLetters.find(rest.front()) == kFirstLetters.npos) return nullptr;
    for (const Unit& unit : kUnits) {
        if (!rest.starts_with(unit.word)) continue;
        const bool other_word =
            rest.size() > unit.word.size() && unit.not_before.find(rest[unit.word.size()]) != rest.npos;
        return other_word ? nullptr : &unit;
    }
    return nullptr;
}

// Rules 4 and 5. True as above.
bool fold_units(std::u32string_view in, std::u32string& out) {
    bool dropped = false;
    out.clear();
    const auto hyphen_once = [&out] {
        if (out.empty() || out.back() != '-') out.push_back('-');
    };
    for (std::size_t at = 0; at < in.size();) {
        if (in[at] == '-') {
            hyphen_once();
            ++at;
            continue;
        }
        const bool begins = out.empty();
        const Unit* unit = begins || is_digit(out.back()) ? find_unit(in.substr(at)) : nullptr;
        if (unit == nullptr) {
            out.push_back(in[at++]);
            continue;
        }
        const std::size_t next = at + unit->word.size();
        const bool before_digit = next < in.size() && is_digit(in[next]);
        if (before_digit || unit->elsewhere == hyphen) {
            hyphen_once();
        } else if (unit->elsewhere == keep || begins) {
            out += unit->word;
        } else {
            dropped = true;
        }
        at = next;
    }
    return dropped;
}

std::string fold_units_and_letters(std::string_view folded) {
    std::u32string current;
    std::u32string letters;
    current.reserve(folded.size());
    letters.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) current.push_back(next_code_point(folded, at));
    // A dropped word can bring together what makes another one; each such round shortens the text.
    for (bool again = true; again;) {
        again = fold_letters(current, letters);
        again = fold_units(letters, current) || again;
    }
    std::string out;
    out.reserve(folded.size());
    for (const char32_t code_point : current) append_utf8(out, code_point);
    return out;
}

}  // namespace

std::string fold_address(std::string_view text) {
    std::string folded = fold_text(text);
    for (;;) {
        std::string next = fold_units_and_letters(folded);
        if (!may_compose(next)) return next;
        next = fold_text(next);  // ガ + voiced mark is ケ + voiced mark now, and that is ゲ
        if (next == folded) return next;
        folded = std::move(next);
    }
}

}  // namespace otokui::text
