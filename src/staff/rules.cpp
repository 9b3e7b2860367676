#include "staff/rules.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

#include "base/crypto.hpp"
#include "base/text/normalise.hpp"
#include "staff/common_passwords.hpp"

namespace otokui::staff {
namespace {

constexpr std::size_t kMaxLoginLength = 64, kMaxRoleLength = 64;
constexpr std::size_t kMinPasswordLength = 12;
constexpr std::size_t kMaxPasswordLength = 128;
constexpr int kFreeFailures = 4;
constexpr seconds kLongestDelay{300};
// Several servers of one shop: their clocks may differ by so much without a session counting as one from the
// future.
constexpr minutes kClockSkew{5};

bool is_login_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("._@+-").find(c) != std::string_view::npos;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

// Code points of UTF-8: every byte that does not go on from the one before.
std::size_t length_in_characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::vector<FieldError> check_name(std::string_view name, std::string_view pointer) {
    if (name.empty()) return {{std::string(pointer), "required"}};
    if (length_in_characters(name) > kMaxNameLength) return {{std::string(pointer), "too_long"}};
    if (std::ranges::any_of(name, is_control)) return {{std::string(pointer), "bad_character"}};
    return {};
}

std::vector<FieldError> check_kana(std::string_view kana, std::string_view pointer) {
    if (length_in_characters(kana) > kMaxNameLength) return {{std::string(pointer), "too_long"}};
    if (const auto code = kana.empty() ? std::nullopt : text::kana_problem(kana))
        return {{std::string(pointer), std::string(*code)}};
    return {};
}

std::vector<FieldError> check_email(std::string_view email, std::string_view pointer) {
    if (const auto code = email.empty() ? std::nullopt : text::mail_problem(email))
        return {{std::string(pointer), std::string(*code)}};
    return {};
}

std::vector<FieldError> check_language(std::string_view language, std::string_view pointer) {
    if (language.empty() || find_language(language)) return {};
    return {{std::string(pointer), "not_a_choice"}};
}

std::optional<Language> find_language(std::string_view name) {
    for (const auto language : {Language::ja, Language::en})
        if (name == name_of(language)) return language;
    return std::nullopt;
}

std::string_view name_of(Language language) { return language == Language::ja ? "ja" : "en"; }

NewAccount normalised(NewAccount input) {
    input.kana = text::kana(input.kana);
    input.email = text::mail(input.email);
    return input;
}

AccountChange normalised(AccountChange input) {
    if (input.kana) input.kana = text::kana(*input.kana);
    if (input.email) input.email = text::mail(*input.email);
    return input;
}

std::vector<FieldError> check(const AccountChange& input) {
    std::vector<FieldError> errors;
    const auto add = [&](std::vector<FieldError> more) {
        for (auto& error : more) errors.push_back(std::move(error));
    };
    if (input.name) add(check_name(*input.name, "/name"));
    if (input.kana) add(check_kana(*input.kana, "/kana"));
    if (input.email) add(check_email(*input.email, "/email"));
    if (input.mail_language) add(check_language(*input.mail_language, "/mail_language"));
    // An id or a name of ours; whether there is such a role the write tells.
    if (input.role && input.role->size() > kMaxRoleLength) errors.push_back({"/role", "not_a_choice"});
    return errors;
}

std::vector<FieldError> check(const NewAccount& input) {
    auto errors = check(AccountChange{.name = input.name,
                                      .kana = input.kana,
                                      .email = input.email,
                                      .mail_language = input.mail_language,
                                      .role = input.role});
    if (input.login.empty())
        errors.push_back({"/login", "required"});
    else if (input.login.size() > kMaxLoginLength)
        errors.push_back({"/login", "too_long"});
    else if (!std::ranges::all_of(input.login, is_login_character))
        errors.push_back({"/login",
                          "bad_character",
                          {"使える文字は半角の a-z 0-9 . _ @ + - です。",
                           "Only the characters a-z 0-9 . _ @ + - can be used."}});
    return errors;
}

std::string normalised_password(std::string_view password) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* composer = icu::Normalizer2::getNFCInstance(status);
    const auto composed = composer->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(password.data(), static_cast<int>(password.size()))),
        status);
    if (U_FAILURE(status)) throw std::runtime_error("staff: NFC is not available");
    std::string text;
    composed.toUTF8String(text);
    return text;
}

std::vector<FieldError> check_password(std::string_view password, std::string_view pointer) {
    const std::string normalised = normalised_password(password);
    const std::size_t length = length_in_characters(normalised);
    if (length == 0) return {{std::string(pointer), "required"}};
    if (length < kMinPasswordLength)
        return {{std::string(pointer),
                 "too_short",
                 {"12文字以上にしてください。15文字以上をおすすめします。",
                  "Use at least 12 characters; 15 or more are better."}}};
    if (length > kMaxPasswordLength) return {{std::string(pointer), "too_long"}};
    if (is_common_password(normalised))
        return {{std::string(pointer),
                 "password_common",
                 {"よく使われるパスワードのため、推測されるおそれがあります。別のものにしてください。",
                  "This password is widely used and easy to guess. Choose another one."}}};
    return {};
}

Grant grant_of(Role role) {
    // A viewer has no points.edit, so that a ceiling would say nothing.
    const auto ceiling = role == Role::operator_ ? std::optional(kOperatorPointsCeiling) : std::nullopt;
    return {.rights = rights_of(role), .points_ceiling = ceiling};
}

Grant grant_of(const RoleDraft& draft) {
    return {.rights = std::make_shared<const core::Rights>(draft.rights),
            .points_ceiling = draft.points_ceiling};
}

void require_owner(const core::Actor& actor) {
    if (actor.may("owner.edit")) return;
    throw Refused(
        {ProblemKind::forbidden,
         "staff.owner_only",
         {"オーナーに関する変更は、オーナーだけが行えます。", "Only an owner can change an owner."}});
}

seconds delay_after(int failures) {
    if (failures <= kFreeFailures) return seconds{0};
    const int doublings = std::min(failures - kFreeFailures - 1, 20);
    return std::min(seconds{1LL << doublings}, kLongestDelay);
}

Moment ends_at(const Session& session) { return session.created_at + session.times.whole; }

Moment idle_ends_at(const Session& session) {
    return std::min(session.last_used_at + session.times.idle, ends_at(session));
}

bool is_over(const Session& session, Moment now) {
    return now >= idle_ends_at(session) || session.last_used_at > now + kClockSkew;
}

std::string csrf_token(std::string_view session_secret) {
    return crypto::base64url(crypto::keyed_digest(session_secret, "otokui csrf token"));
}

}  // namespace otokui::staff
