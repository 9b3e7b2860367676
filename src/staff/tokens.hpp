#pragma once

#include <string>
#include <vector>

#include "base/problem.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

namespace otokui::staff {

/// Every field error at once.
std::vector<FieldError> check(const NewApiToken& input, Moment now);

struct MadeToken {
    ApiToken token;
    std::string secret;  // shown this once
    OperationId operation;
};
/// Refused token.invalid, staff.not_found, staff.disabled. Needs token.edit.
MadeToken make_token(core::Journal& journal, const core::Actor& actor, const NewApiToken& input);
/// Newest first, below the id (0: from the top). Needs token.edit.
std::vector<ApiToken> list_tokens(core::Journal& journal, const core::Actor& actor, std::int64_t below,
                                  int limit);
/// Refused token.not_found. Needs token.edit.
OperationId revoke_token(core::Journal& journal, const core::Actor& actor, TokenId id);

}  // namespace otokui::staff
