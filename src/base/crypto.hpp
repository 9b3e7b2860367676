#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Randomness, digests and password hashes, all from libsodium. Every function may be called from any thread.
namespace otokui::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// Random bytes of the operating system as base64url without padding: 32 bytes are 43 characters.
std::string random_text(std::size_t bytes);
void fill_random(std::span<std::uint8_t> bytes);

/// BLAKE2b-256: how secrets of high entropy (session and API tokens) lie in the database.
Digest digest(std::string_view text);
/// BLAKE2b-256 under a key of 16 to 64 bytes: what only the holder of the key could have made.
Digest keyed_digest(std::string_view key, std::string_view text);
std::string base64url(std::span<const std::uint8_t> bytes);
/// Nothing for a text that is not exactly what base64url writes.
std::optional<std::vector<std::uint8_t>> parse_base64url(std::string_view text);

/// Compares in a time that tells nothing of where the texts differ; their lengths are no secret.
bool is_equal(std::string_view a, std::string_view b);

/// Argon2id with libsodium's interactive limits: 64 MiB and about a tenth of a second each. Callers bound how
/// many run at once. Throws std::bad_alloc when the memory cannot be had.
std::string hash_password(std::string_view password);
/// False also for a hash that is none.
bool verify_password(const std::string& hash, std::string_view password);
/// True when the hash was made with other limits than hash_password uses now.
bool needs_rehash(const std::string& hash);

}  // namespace otokui::crypto
