#include "base/text/collation.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

// Five bits a letter, high bits first, in letters whose ASCII order is their value's: the order of the keys
// stays.
constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
constexpr std::size_t kMaxKeyBytes = kMaxSortKeyLength * 5 / 8;

const icu::Collator& japanese() {
    static const std::unique_ptr<icu::Collator> instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> collator(
            icu::Collator::createInstance(icu::Locale::getJapanese(), status));
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no Japanese collation");
        return collator;
    }();
    return *instance;
}

}  // namespace

std::string kana_sort_key(std::string_view kana) {
    kana = first_bytes(kana, 1024);
    if (kana.empty()) return {};
    const auto source = icu::UnicodeString::fromUTF8({kana.data(), static_cast<int32_t>(kana.size())});
    std::array<std::uint8_t, 256> bytes;
    const int32_t whole = japanese().getSortKey(source, bytes.data(), static_cast<int32_t>(bytes.size()));
    std::string key;
    if (whole <= 1) return key;
    // The last byte of a whole key is a zero that says nothing.
    const std::size_t length = std::min(static_cast<std::size_t>(whole) - 1, kMaxKeyBytes);
    key.reserve(length * 8 / 5 + 1);
    unsigned bits = 0;
    unsigned count = 0;
    for (std::size_t index = 0; index < length; ++index) {
        bits = (bits << 8 | bytes[index]) & 0xFFFF;
        for (count += 8; count >= 5; count -= 5) key.push_back(kLetters[bits >> (count - 5) & 31]);
    }
    if (count > 0) key.push_back(kLetters[bits << (5 - count) & 31]);
    return key;
}

}  // namespace otokui::text
