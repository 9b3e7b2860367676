#include "base/text/bigram.hpp"

#include <array>

#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

constexpr std::size_t kHalf = 4;  // 36^4 = 1,679,616 > 0x10FFFF

using Half = std::array<char, kHalf>;

Half encode(char32_t code_point) {
    static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    Half half;
    for (std::size_t place = kHalf; place-- > 0; code_point /= 36) half[place] = kDigits[code_point % 36];
    return half;
}

}  // namespace

void append_document_tokens(std::string& tokens, std::string_view shadow) {
    if (shadow.empty()) return;
    tokens.reserve(tokens.size() + (shadow.size() / 2 + 2) * (2 * kHalf + 1));
    Half previous = encode(kDocumentStart);
    const auto add = [&](char32_t code_point) {
        const Half current = encode(code_point);
        if (!tokens.empty()) tokens.push_back(' ');
        tokens.append(previous.data(), kHalf).append(current.data(), kHalf);
        previous = current;
    };
    for (std::size_t at = 0; at < shadow.size();) add(next_code_point(shadow, at));
    add(kDocumentEnd);
}

std::string document_tokens(std::string_view shadow) {
    std::string tokens;
    append_document_tokens(tokens, shadow);
    return tokens;
}

Phrase phrase(std::string_view shadow_operand, Anchor anchor) {
    std::vector<Half> halves;
    if (shadow_operand.empty()) anchor = Anchor::both;
    if (anchor == Anchor::start || anchor == Anchor::both) halves.push_back(encode(kDocumentStart));
    for (const char32_t code_point : CodePoints(shadow_operand)) halves.push_back(encode(code_point));
    if (anchor == Anchor::end || anchor == Anchor::both) halves.push_back(encode(kDocumentEnd));

    Phrase result;
    if (halves.size() == 1) {
        result.prefix.assign(halves[0].data(), kHalf);
        return result;
    }
    for (std::size_t index = 1; index < halves.size(); ++index) {
        std::string token(halves[index - 1].data(), kHalf);
        result.tokens.push_back(token.append(halves[index].data(), kHalf));
    }
    return result;
}

}  // namespace otokui::text
