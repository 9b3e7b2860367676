#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/journal.hpp"

namespace otokui::consent {

inline constexpr std::string_view kTable = "consent";
inline constexpr std::size_t kMaxGround = 200;  // characters
/// How long an entry stays after a later one took over: 特定商取引法 asks for three years of proof after an
/// advertising mail, and none is sent on an entry that does not stand any more. What stands stays.
inline constexpr std::int64_t kKeptDays = 3 * 366;

/// What is said yes or no to; the names of the customer's columns.
inline constexpr std::string_view kNewsletter = "newsletter", kDirectMail = "direct_mail",
                                  kOutboundCall = "outbound_call", kCleaned = "cleaned";
inline constexpr std::array kAll{kNewsletter, kDirectMail, kOutboundCall, kCleaned};

/// By which way it came.
enum class How { form, api, csv, staff, bounce, unsubscribe };
std::string_view name_of(How how);
std::optional<How> find_how(std::string_view name);

/// From the kind of the operation that changed the customer: imports are csv, bounces bounce, sign-ups form
/// …; for all others what a token does is api, and the rest staff. Pure.
How how_of(std::string_view operation_kind, bool by_token);

/// What stands as proof beside a yes or no.
struct Evidence {
    How how = How::staff;
    std::string ground = {};        // what the person said, where it was agreed to; at most kMaxGround
    std::string ip = {};            // of the person or of whoever typed it
    std::optional<Moment> at = {};  // when, if not now
};

struct Context {
    core::Journal& journal;
};

}  // namespace otokui::consent
