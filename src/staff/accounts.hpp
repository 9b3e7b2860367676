#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "staff/context.hpp"
#include "staff/types.hpp"

// Use cases around the accounts of staff. Each checks the actor's rights itself.
namespace otokui::staff {

bool is_set_up(core::Journal& journal);
/// A fresh link to set up the shop (valid 24 hours); earlier ones stop working. Refused setup.done once there
/// is an owner.
Link make_setup_link(core::Journal& journal);
struct SetUp {
    std::string secret;  // of the link
    std::string login, name, password;
};
/// Makes the first owner, called inside the transaction that also keeps the shop's settings. `hash` is of
/// the password. Refused setup.done, link.invalid.
StaffId set_up(core::Writer& writer, const SetUp& input, const std::string& hash);
/// Every field error of set_up, none of which needs the database.
std::vector<FieldError> check(const SetUp& input);

/// Refused setup.done, link.invalid: looked at before a password is hashed for nothing.
void require_setup_link(core::Journal& journal, const std::string& secret);

/// Newest first, below the id (0: from the top).
std::vector<Account> list_accounts(core::Journal& journal, std::int64_t below, int limit);
/// Refused staff.not_found.
Account get_account(core::Journal& journal, StaffId id);
/// Those who can sign in and whose role has the right, by id.
std::vector<Account> holders_of(storage::Transaction& tx, std::string_view right);

/// Where a link is opened: takes its secret, answers its URL. Nothing: there is no such place (commands).
using LinkUrl = std::function<std::string(const std::string& secret)>;

struct AddedAccount {
    Account account;
    std::optional<Link> link;  // nothing when a password was given
    OperationId operation;
    bool is_mailed = false;  // the person has the link by mail
};
/// Refused staff.invalid, staff.login_taken, staff.owner_only, staff.more_rights. Needs
/// staff.edit.
AddedAccount add_account(const Context& context, const core::Actor& actor, const NewAccount& input,
                         const LinkUrl& url = {});
/// The same with a password at once, for commands. Refused staff.invalid also for the password.
AddedAccount add_account_with_password(const Context& context, const core::Actor& actor,
                                       const NewAccount& input, const std::string& password);
struct ChangedAccount {
    Account account;
    OperationId operation;  // 0: nothing really changed
};
/// `version`: the one seen; nothing: any. Refused staff.not_found, staff.stale, staff.invalid,
/// staff.last_owner, staff.owner_only, staff.more_rights. Needs staff.edit.
ChangedAccount change_account(core::Journal& journal, const core::Actor& actor, StaffId id,
                              std::optional<std::int64_t> version, const AccountChange& change);
/// The language of the mails to oneself; "": the shop's. Refused staff.invalid.
ChangedAccount change_own_language(core::Journal& journal, const core::Actor& actor,
                                   const std::string& language);
/// The row stays, so that histories keep the name; the login is free again, sessions, links and tokens end.
/// Refused as change_account. Needs staff.edit.
OperationId delete_account(core::Journal& journal, const core::Actor& actor, StaffId id,
                           std::optional<std::int64_t> version);
struct MadeLink {
    Link link;
    bool is_mailed = false;  // the person has it: nobody else needs to see it
};
/// Refused staff.not_found, staff.disabled, staff.owner_only, staff.more_rights. Needs staff.edit.
MadeLink make_password_link(const Context& context, const core::Actor& actor, StaffId id,
                            const LinkUrl& url = {});
/// Answers the login. Refused link.invalid, staff.invalid.
std::string set_password_by_link(const Context& context, const std::string& secret,
                                 const std::string& password, const std::string& ip);

}  // namespace otokui::staff
