#include "staff/totp.hpp"

#include <oath.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "base/crypto.hpp"

namespace otokui::staff::totp {
namespace {

constexpr std::int64_t kStepMilliseconds = 30'000;
constexpr unsigned kDigits = 6;
constexpr std::size_t kRecoveryBytes = 10, kRecoveryLetters = 16, kGroup = 4;

std::string base32(std::string_view bytes) {
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &length) != OATH_OK)
        throw std::runtime_error("staff: base32 failed");
    const std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
    std::string encoded(text, length);
    encoded.resize(std::min(encoded.find('='), encoded.size()));
    return encoded;
}

std::string in_groups(std::string_view text, char separator) {
    std::string grouped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % kGroup == 0) grouped += separator;
        grouped += text[i];
    }
    return grouped;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= '0' && byte <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (is_plain)
            encoded += c;
        else
            encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return encoded;
}

}  // namespace

std::int64_t step_at(Moment now) { return now.milliseconds / kStepMilliseconds; }

std::string code_at(std::string_view seed, std::int64_t step) {
    std::array<char, kDigits + 1> code{};
    if (oath_hotp_generate(seed.data(), seed.size(), static_cast<std::uint64_t>(step), kDigits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, code.data()) != OATH_OK)
        throw std::runtime_error("staff: no one-time password could be made");
    return code.data();
}

std::optional<std::int64_t> find_step(std::string_view seed, std::string_view code, Moment now,
                                      std::int64_t last_step) {
    std::string digits(code);
    std::erase(digits, ' ');
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {step_at(now) - 1, step_at(now), step_at(now) + 1})
        if (crypto::is_equal(code_at(seed, step), digits) && step > last_step) found = step;
    return found;
}

std::string readable_seed(std::string_view seed) { return in_groups(base32(seed), ' '); }

std::string uri(std::string_view seed, std::string_view shop, std::string_view login) {
    const std::string issuer = percent_encoded(shop.empty() ? "Otokui" : shop);
    return "otpauth://totp/" + issuer + ":" + percent_encoded(login) + "?secret=" + base32(seed) +
           "&issuer=" + issuer;
}

std::string fresh_recovery_code() {
    std::array<std::uint8_t, kRecoveryBytes> bytes{};
    crypto::fill_random(bytes);
    const std::string text(bytes.begin(), bytes.end());
    return in_groups(base32(text), '-');
}

std::optional<std::string> normalised_recovery_code(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (!((upper >= 'A' && upper <= 'Z') || (upper >= '2' && upper <= '7'))) return std::nullopt;
        code += upper;
    }
    if (code.size() != kRecoveryLetters) return std::nullopt;
    return code;
}

}  // namespace otokui::staff::totp
