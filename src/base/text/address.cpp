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

constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九十";
constexpr std::size_t kTen = 10;

void append_numeral_run(std::u32string& out, std::u32string_view run) {
    const std::size_t ten = run.find(U'十');
    const bool counts = ten != run.npos && run.find(U'十', ten + 1) == run.npos && ten <= 1 &&
                        run.size() - ten <= 2;  // [digit]十[digit]
    if (counts) {
        const std::size_t tens = ten == 1 ? kNumerals.find(run[0]) : 1;
        const std::size_t ones = ten + 1 < run.size() ? kNumerals.find(run[ten + 1]) : 0;
        if (tens > 0) out.push_back(static_cast<char32_t>('0' + tens));
        out.push_back(static_cast<char32_t>('0' + ones));
        return;
    }
    for (const char32_t numeral : run) {
        const std::size_t value = kNumerals.find(numeral);
        if (value == kTen) {
            out += U"10";
        } else {
            out.push_back(static_cast<char32_t>('0' + value));
        }
    }
}

std::u32string fold_letters(std::u32string_view in) {
    std::u32string out;
    for (std::size_t at = 0; at < in.size();) {
        const std::size_t run = std::min(in.find_first_not_of(kNumerals, at), in.size()) - at;
        if (run > 0) {
            append_numeral_run(out, in.substr(at, run));
            at += run;
        } else if (in.substr(at, 2) == U"大字") {
            at += 2;
        } else {
            out.push_back(in[at] == U'ヶ' || in[at] == U'ガ' ? U'ケ' : in[at]);
            ++at;
        }
    }
    return out;
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
    for (const Unit& unit : kUnits) {
        if (!rest.starts_with(unit.word)) continue;
        const bool other_word =
            rest.size() > unit.word.size() && unit.not_before.find(rest[unit.word.size()]) != rest.npos;
        return other_word ? nullptr : &unit;
    }
    return nullptr;
}

std::u32string fold_units(std::u32string_view in) {
    std::u32string out;
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
        }
        at = next;
    }
    return out;
}

}  // namespace

std::string fold_address(std::string folded) {
    std::u32string current;
    current.reserve(folded.size() / 2);
    for (std::size_t at = 0; at < folded.size();) current.push_back(next_code_point(folded, at));
    // A dropped word can bring together what makes another one; each round shortens the text or is the last.
    for (;;) {
        std::u32string next = fold_units(fold_letters(current));
        if (next == current) break;
        current = std::move(next);
    }
    folded.clear();
    for (const char32_t code_point : current) append_utf8(folded, code_point);
    return folded;
}

}  // namespace otokui::text
