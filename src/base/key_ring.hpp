#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace otokui::crypto {

using Bytes = std::vector<std::uint8_t>;

/// Sealed bytes that this ring cannot open: another key, another context, or changed on the way. Names the
/// key only.
class Unsealable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Whether the database already holds sealed values; the caller looks.
enum class SealedValues { none, exist };

/// The master keys of a shop: the current one seals, all of them open. They lie in one file outside the
/// database, one key a line, the current one first, readable by its owner alone. Reading is thread-safe.
class KeyRing {
public:
    /// One fresh key, stored nowhere.
    static KeyRing random();
    /// Refuses crypto.key_missing, crypto.key_rights (others may read the file), crypto.key_unreadable.
    static KeyRing load(const std::filesystem::path& file);
    /// Makes the file when there is none and nothing is sealed yet. With sealed values its absence is
    /// refused: a fresh key would lose them for good.
    static KeyRing load_or_create(const std::filesystem::path& file, SealedValues sealed);

    KeyRing(const KeyRing&) = default;
    KeyRing& operator=(const KeyRing&) = default;
    ~KeyRing();

    /// Rotation: add_key, save, seal everything anew, keep_current_only, save.
    void add_key();
    void keep_current_only();
    /// As a whole or not at all, rights 0600. Throws std::system_error.
    void save(const std::filesystem::path& file) const;

    /// XChaCha20-Poly1305 under the current key; 41 + 16 bytes longer than `plain`. `context` names the place
    /// of the value
    /// ("webhook.secret:17"), so that a value copied to another place does not open there.
    Bytes seal(std::span<const std::uint8_t> plain, std::string_view context) const;
    Bytes seal(std::string_view plain, std::string_view context) const;
    /// Throws Unsealable.
    Bytes open(std::span<const std::uint8_t> sealed, std::string_view context) const;
    std::string open_text(std::span<const std::uint8_t> sealed, std::string_view context) const;
    /// Whether one of these keys has sealed it.
    bool has_key_of(std::span<const std::uint8_t> sealed) const;
    /// Whether the current key has sealed it: what rotation still has to do.
    bool is_current(std::span<const std::uint8_t> sealed) const;

private:
    static constexpr std::size_t kKeySize = 32, kIdSize = 16;
    struct Key {
        std::array<std::uint8_t, kKeySize> secret;
        std::array<std::uint8_t, kIdSize> id;  // a digest of the secret, first in every sealed value
    };
    static std::span<const std::uint8_t> key_id(std::span<const std::uint8_t> sealed);
    explicit KeyRing(std::vector<Key> keys) : keys_(std::move(keys)) {}
    static Key key_of(const std::array<std::uint8_t, kKeySize>& secret);
    static Key fresh_key();

    std::vector<Key> keys_;  // never empty; the current one first
};

}  // namespace otokui::crypto
