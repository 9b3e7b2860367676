#include <array>
#include <map>

#include "demo/names.hpp"

namespace otokui::demo {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 81> kKana = {{
    {"ア", "a"},  {"イ", "i"},  {"ウ", "u"},   {"エ", "e"},   {"オ", "o"},   {"カ", "ka"}, {"キ", "ki"},
    {"ク", "ku"}, {"ケ", "ke"}, {"コ", "ko"},  {"サ", "sa"},  {"シ", "shi"}, {"ス", "su"}, {"セ", "se"},
    {"ソ", "so"}, {"タ", "ta"}, {"チ", "chi"}, {"ツ", "tsu"}, {"テ", "te"},  {"ト", "to"}, {"ナ", "na"},
    {"ニ", "ni"}, {"ヌ", "nu"}, {"ネ", "ne"},  {"ノ", "no"},  {"ハ", "ha"},  {"ヒ", "hi"}, {"フ", "fu"},
    {"ヘ", "he"}, {"ホ", "ho"}, {"マ", "ma"},  {"ミ", "mi"},  {"ム", "mu"},  {"メ", "me"}, {"モ", "mo"},
    {"ヤ", "ya"}, {"ユ", "yu"}, {"ヨ", "yo"},  {"ラ", "ra"},  {"リ", "ri"},  {"ル", "ru"}, {"レ", "re"},
    {"ロ", "ro"}, {"ワ", "wa"}, {"ヲ", "o"},   {"ン", "n"},   {"ガ", "ga"},  {"ギ", "gi"}, {"グ", "gu"},
    {"ゲ", "ge"}, {"ゴ", "go"}, {"ザ", "za"},  {"ジ", "ji"},  {"ズ", "zu"},  {"ゼ", "ze"}, {"ゾ", "zo"},
    {"ダ", "da"}, {"ヂ", "ji"}, {"ヅ", "zu"},  {"デ", "de"},  {"ド", "do"},  {"バ", "ba"}, {"ビ", "bi"},
    {"ブ", "bu"}, {"ベ", "be"}, {"ボ", "bo"},  {"パ", "pa"},  {"ピ", "pi"},  {"プ", "pu"}, {"ペ", "pe"},
    {"ポ", "po"}, {"ヴ", "vu"}, {"ァ", "a"},   {"ィ", "i"},   {"ゥ", "u"},   {"ェ", "e"},  {"ォ", "o"},
    {"ャ", "ya"}, {"ュ", "yu"}, {"ョ", "yo"},  {"ッ", ""},
}};

bool ends_in_any(std::string_view text, std::string_view letters) {
    return !text.empty() && letters.find(text.back()) != letters.npos;
}

}  // namespace

std::string romaji(std::string_view kana) {
    static const std::map<std::string_view, std::string_view> table(kKana.begin(), kKana.end());
    std::string text;
    bool doubled = false;
    for (; kana.size() >= 3; kana.remove_prefix(3)) {  // every katakana has three bytes
        const std::string_view letter = kana.substr(0, 3);
        const auto found = table.find(letter);
        if (found == table.end()) continue;
        std::string_view sound = found->second;
        if (letter == "ッ") {
            doubled = true;
            continue;
        }
        if (letter == "ャ" || letter == "ュ" || letter == "ョ") {  // キ + ョ: kyo; シ + ョ: sho
            if (ends_in_any(text, "i")) text.pop_back();
            if (text.ends_with("sh") || text.ends_with("ch") || text.ends_with("j")) sound.remove_prefix(1);
        } else if (letter == "ァ" || letter == "ィ" || letter == "ゥ" || letter == "ェ" || letter == "ォ") {
            if (ends_in_any(text, "aiueo")) text.pop_back();  // フ + ァ: fa
        } else if ((sound == "u" && ends_in_any(text, "ou")) || (sound == "o" && ends_in_any(text, "o"))) {
            continue;  // long vowels are not written
        }
        if (doubled && !sound.empty()) text += sound.starts_with("ch") ? 't' : sound.front();
        doubled = false;
        text += sound;
    }
    return text;
}

}  // namespace otokui::demo
