#include "staff/tokens.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::string_view kPrefix = "otk_";
constexpr std::size_t kSecretBytes = 32;

}  // namespace

std::vector<FieldError> check(const NewApiToken& input, Moment now) {
    std::vector<FieldError> errors = check_name(input.name, "/name");
    if (input.expires_at && *input.expires_at <= now) errors.push_back({"/expires_at", "out_of_range"});
    if (input.scopes && input.scopes->empty()) errors.push_back({"/scopes", "too_few"});
    if (input.scopes &&
        !std::ranges::all_of(*input.scopes, [](const std::string& scope) { return is_right(scope); }))
        errors.push_back({"/scopes", "not_a_choice"});
    return errors;
}

MadeToken make_token(core::Journal& journal, const core::Actor& actor, const NewApiToken& input) {
    actor.require("token.edit");
    if (auto errors = check(input, journal.now()); !errors.empty())
        throw Refused({ProblemKind::invalid,
                       "token.invalid",
                       {"印のついた項目を確認してください。", "Check the marked fields."},
                       std::move(errors)});
    return journal.write({.actor = actor, .kind = "token.create"}, [&](core::Writer& writer) {
        if (store::get_account(writer.tx(), input.staff).is_disabled)
            throw Refused({ProblemKind::conflict,
                           "staff.disabled",
                           {"停止中のメンバーです。", "This member of staff is disabled."}});
        std::string secret = std::string(kPrefix) + crypto::random_text(kSecretBytes);
        const TokenId id{store::insert_token(writer, input, secret)};
        return MadeToken{*store::find_token(writer.tx(), id), std::move(secret), writer.operation()};
    });
}

std::vector<ApiToken> list_tokens(core::Journal& journal, const core::Actor& actor, std::int64_t below,
                                  int limit) {
    actor.require("token.edit");
    return journal.database().read(
        [&](storage::Transaction& tx) { return store::list_tokens(tx, {below, limit}); });
}

OperationId revoke_token(core::Journal& journal, const core::Actor& actor, TokenId id) {
    actor.require("token.edit");
    return journal.write({.actor = actor, .kind = "token.revoke"}, [&](core::Writer& writer) {
        if (!store::find_token(writer.tx(), id))
            throw Refused({ProblemKind::not_found,
                           "token.not_found",
                           {"APIトークンが見つかりません。", "There is no such API token."}});
        store::delete_token(writer, id);
        return writer.operation();
    });
}

}  // namespace otokui::staff
