// Laws of shadows and bigrams on any bytes.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "base/text/bigram.hpp"
#include "base/text/card_number.hpp"
#include "base/text/collation.hpp"
#include "base/text/encoding.hpp"
#include "base/text/fold.hpp"
#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"
#include "law.hpp"

namespace {

using namespace otokui::text;

void check_bigrams(const std::string& shadowed) {
    if (shadowed.empty()) return;
    std::istringstream stream(document_tokens(shadowed));
    const std::vector<std::string> tokens{std::istream_iterator<std::string>(stream), {}};
    OTOKUI_LAW(tokens.size() == code_point_count(shadowed) + 1);
    OTOKUI_LAW(phrase(shadowed, Anchor::both).tokens == tokens);
    const Phrase tail = phrase(first_code_points(shadowed, 2), Anchor::start);
    OTOKUI_LAW(std::equal(tail.tokens.begin(), tail.tokens.end(), tokens.begin()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto kind :
         {ShadowKind::text, ShadowKind::mail, ShadowKind::phone, ShadowKind::digits, ShadowKind::address}) {
        const std::string once = shadow(kind, text);
        OTOKUI_LAW(shadow(kind, once) == once);
        OTOKUI_LAW(is_valid_utf8(once));
        check_bigrams(once);
    }
    if (is_valid_utf8(text)) {
        OTOKUI_LAW(fold_text(text) == fold_text_with_icu(text));
        std::string bytes;
        std::string back;
        const bool is_lossless = append_utf8_as_cp932(text, bytes).empty();
        OTOKUI_LAW(!append_cp932_as_utf8(bytes, back).has_value());
        OTOKUI_LAW(!is_lossless || code_point_count(back) == code_point_count(text));
    }
    OTOKUI_LAW(kana_sort_key(text).size() <= kMaxSortKeyLength);
    OTOKUI_LAW(find_card_numbers(mask_card_numbers(text)).empty());
    return 0;
}
