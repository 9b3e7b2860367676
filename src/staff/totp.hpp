#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

// One-time passwords of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits) and the recovery codes
// beside them. No I/O, no clock.
namespace otokui::staff::totp {

/// Bytes of a fresh seed: 160 bits, as RFC 4226 recommends.
inline constexpr std::size_t kSeedBytes = 20;
inline constexpr std::size_t kRecoveryCodes = 10;

std::int64_t step_at(Moment now);
/// The six digits of a step. `seed` is raw bytes.
std::string code_at(std::string_view seed, std::int64_t step);
/// The step whose code was typed: that of now, the one before or after, and later than `last_step`, so that
/// no code works twice. Blanks in the code do not count. Every candidate is compared in constant time.
std::optional<std::int64_t> find_step(std::string_view seed, std::string_view code, Moment now,
                                      std::int64_t last_step);

/// The seed as people type it: base32 without padding, in groups of four.
std::string readable_seed(std::string_view seed);
/// "otpauth://totp/…": what the QR code holds.
std::string uri(std::string_view seed, std::string_view shop, std::string_view login);

/// 80 random bits as "ABCD-EFGH-JKLM-NPQR" (base32).
std::string fresh_recovery_code();
/// A recovery code as it is digested: upper case without blanks and hyphens. Nothing when it cannot be one.
std::optional<std::string> normalised_recovery_code(std::string_view typed);

}  // namespace otokui::staff::totp
