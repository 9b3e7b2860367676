#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "staff/types.hpp"

// The rules of staff accounts: no I/O, no clock.
namespace otokui::staff {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr minutes kFreshTime{10};      // a factor shown counts as fresh for so long
inline constexpr minutes kFailureWindow{15};  // failures older than this are forgotten
inline constexpr hours kFirstLinkTime{24};    // a link to set the first password
inline constexpr minutes kResetLinkTime{15};  // a link to replace one
inline constexpr std::size_t kMaxNameLength = 100;

/// What is stored of it: kana in full width, mail in lower case, white space at both ends cut.
NewAccount normalised(NewAccount input);
AccountChange normalised(AccountChange input);
/// Every error at once. Kana and mail may be empty. Logins: 1 to 64 of a-z 0-9 . _ @ + -; names: 1 to 100
/// characters, none of them a control character.
std::vector<FieldError> check(const NewAccount& input);
std::vector<FieldError> check(const AccountChange& input);
std::vector<FieldError> check_name(std::string_view name, std::string_view pointer);
std::vector<FieldError> check_language(std::string_view language, std::string_view pointer);

/// "ja" or "en"; nothing for anything else.
std::optional<Language> find_language(std::string_view name);
std::string_view name_of(Language language);

/// A password as it is hashed: NFC and nothing else. The text must be UTF-8.
std::string normalised_password(std::string_view password);
/// 12 to 128 characters, any, but none of the common ones (compared without regard to case).
std::vector<FieldError> check_kana(std::string_view kana, std::string_view pointer);
std::vector<FieldError> check_email(std::string_view email, std::string_view pointer);
std::vector<FieldError> check_password(std::string_view password, std::string_view pointer);

Grant grant_of(Role role);
Grant grant_of(const RoleDraft& draft);

/// Refused staff.owner_only unless the actor may change owners.
void require_owner(const core::Actor& actor);

/// How long to wait after the last of `failures` within kFailureWindow: nothing up to four, then 1, 2, 4 …
/// seconds up to five minutes. Bound to account and address together, so that nobody can lock out anybody
/// else.
seconds delay_after(int failures);

/// When a session used last at `last_used_at` is over.
Moment ends_at(const Session& session);
Moment idle_ends_at(const Session& session);
/// `now` is never earlier than any moment the server has seen: a clock set back revives nothing. A session
/// from the future is over too.
bool is_over(const Session& session, Moment now);

/// What a cookie session must send as X-CSRF-Token. Made from the secret, so that it needs no storage and
/// ends with it.
std::string csrf_token(std::string_view session_secret);

}  // namespace otokui::staff
