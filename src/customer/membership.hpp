#pragma once

#include <string_view>
#include <vector>

#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/setting_document.hpp"
#include "customer/input.hpp"

// What only members have (level, special type), and the block list: DOMAIN 2.3, 2.5, 2.7.
namespace otokui::customer {

/// What the status of a stored customer may be after `from`, itself left out: forwards, from the visitor to
/// the member, and out of 退会 again; a registration that was not confirmed lapses (DOMAIN 1.2). Whatever was
/// a mistake is undone instead.
std::vector<std::string_view> next_statuses(std::string_view from);

/// A level, 「自動で判定しない」 or a special type for who is no member: level.not_a_member,
/// special_type.not_a_member. Blocked without a reason: block.reason_required; reasons of who is not blocked:
/// block.not_blocked. A status that does not follow the one of now (DOMAIN 1.2): status.not_reachable. What
/// stood so before and is not touched is no error. `before`: null for a new customer.
std::vector<FieldError> check_membership(const core::Table& table, const core::Record* before,
                                         const Input& input);

/// A block reason that is retired may stay, but be chosen no more: block.reason_retired. One query, and only
/// where reasons are given.
std::vector<FieldError> check_reasons(storage::Transaction& tx, const core::Table& table,
                                      const core::Record* before, const Input& input);

/// Fields that would really change although the actor lacks the right for them, 退会 among them
/// ("forbidden"), or the part of the product they belong to is switched off ("feature_off").
std::vector<FieldError> check_allowed(const core::Catalogue& catalogue, const core::SettingValues& features,
                                      const core::Actor& actor, const core::Table& table,
                                      const core::Record* before, const Input& input);

/// The column of a field that would change although the actor lacks the right for it, 退会 and 削除 among
/// them; empty for none.
std::string find_forbidden(const core::Catalogue& catalogue, const core::Table& table,
                           const core::Actor& actor, const core::Record* before, const core::Record& after);

/// Where 会員ID is the mail address there is no other way to set it: a value that is the address anyway is
/// left out of the input, any other is an error (member_id.is_mail). Nothing where members have IDs of their
/// own.
void settle_member_id(storage::Transaction& tx, const core::Table& table, const core::Record* before,
                      Input& input);

/// The columns that hold what only members have (level, 「自動で判定しない」, special type) and are not
/// empty.
std::vector<std::string> held_as_member(const core::Table& table, const core::Record& record);

/// Whoever ceases to be a member loses level and special type; whoever is taken off the block list, its
/// reasons.
void clear_what_ends(const core::Table& table, const core::Record* before, Input& input);

}  // namespace otokui::customer
