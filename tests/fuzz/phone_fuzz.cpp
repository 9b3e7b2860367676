// Phones, mails, postal codes and kana: the stored form is stable, and what passes its check is harmless.

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "law.hpp"

namespace {

using namespace otokui::text;

bool is_all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view typed(reinterpret_cast<const char*>(data), size);
    if (is_valid_utf8(typed)) {
        for (const auto normalise : {trimmed, kana, phone, postal_code, mail}) {
            const std::string stored = normalise(typed);
            OTOKUI_LAW(is_valid_utf8(stored));
            OTOKUI_LAW(normalise(stored) == stored);
        }
    }
    OTOKUI_LAW(!is_phone(typed) || is_all_digits(typed));
    OTOKUI_LAW(!is_postal_code(typed) || is_all_digits(typed));
    if (is_mail(typed)) {
        OTOKUI_LAW(mail(typed).size() == typed.size());
        OTOKUI_LAW(
            std::all_of(typed.begin(), typed.end(), [](char byte) { return byte >= 0x20 && byte < 0x7F; }));
    }
    if (!line_problem(typed)) OTOKUI_LAW(typed.find_first_of(std::string_view("\0\r\n", 3)) == typed.npos);
    return 0;
}
