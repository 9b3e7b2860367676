#include "base/crypto.hpp"

#include <sodium.h>

#include <new>
#include <stdexcept>

namespace otokui::crypto {
namespace {

// Once per process; sodium_init is safe from several threads.
void make_ready() {
    static const bool is_ready = sodium_init() >= 0;
    if (!is_ready) throw std::runtime_error("crypto: libsodium cannot start");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string base64url(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) return {};  // libsodium wants a pointer even to nothing
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();  // the terminating zero
    return text;
}

std::optional<std::vector<std::uint8_t>> parse_base64url(std::string_view text) {
    std::vector<std::uint8_t> bytes(text.size());
    if (text.empty()) return bytes;  // libsodium wants somewhere to write, also for nothing
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

void fill_random(std::span<std::uint8_t> bytes) {
    make_ready();
    randombytes_buf(bytes.data(), bytes.size());
}

std::string random_text(std::size_t bytes) {
    std::vector<std::uint8_t> random(bytes);
    fill_random(random);
    return base64url(random);
}

Digest digest(std::string_view text) {
    make_ready();
    Digest result;
    crypto_generichash(result.data(), result.size(), bytes_of(text), text.size(), nullptr, 0);
    return result;
}

Digest keyed_digest(std::string_view key, std::string_view text) {
    if (key.size() < crypto_generichash_KEYBYTES_MIN || key.size() > crypto_generichash_KEYBYTES_MAX)
        throw std::invalid_argument("crypto: a key has 16 to 64 bytes");
    make_ready();
    Digest result;
    crypto_generichash(result.data(), result.size(), bytes_of(text), text.size(), bytes_of(key), key.size());
    return result;
}

bool is_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password) {
    make_ready();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return hash.data();
}

bool verify_password(const std::string& hash, std::string_view password) {
    make_ready();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash) {
    make_ready();
    return crypto_pwhash_str_needs_rehash(hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

}  // namespace otokui::crypto
