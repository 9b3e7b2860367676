#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

// SQL of staff. Functions that take a Writer change something and belong inside a use case.
namespace otokui::staff::store {

/// A page, newest first; `below` 0 starts at the top. One row more than `limit` tells that there is more.
struct PageOf {
    std::int64_t below = 0;
    int limit = 50;
};

std::optional<Account> find_account(storage::Transaction& tx, StaffId id);
/// Refused not_found (staff.not_found).
Account get_account(storage::Transaction& tx, StaffId id);
std::optional<Account> find_account(storage::Transaction& tx, std::string_view login);
std::vector<Account> list_accounts(storage::Transaction& tx, const PageOf& page);
bool has_owner(storage::Transaction& tx);
/// How many owners can sign in; on PostgreSQL their rows are locked, so that two of them cannot go at once.
std::int64_t lock_active_owners(storage::Transaction& tx);
std::int64_t insert_account(core::Writer& writer, const NewAccount& input);

/// Names as one text, ",a,b,", in rows of roles and tokens.
std::string joined_names(const core::Rights& names);
core::Rights split_names(std::string_view text);
std::optional<OwnRole> find_role(storage::Transaction& tx, std::string_view id);
std::vector<OwnRole> list_roles(storage::Transaction& tx);
/// What the role of an account gives; nothing when the role is unknown.
Grant grant_of(storage::Transaction& tx, std::string_view role);
std::int64_t insert_role(core::Writer& writer, const RoleDraft& draft);
void update_role(core::Writer& writer, RoleId id, const RoleDraft& draft);
std::vector<std::string> names_in_role(storage::Transaction& tx, RoleId id, int limit);
std::map<std::string, std::int64_t, std::less<>> count_by_role(storage::Transaction& tx);
void delete_sessions_in_role(core::Writer& writer, RoleId id);

/// The sealed seed with what it needs; nothing while no seed was ever made.
struct Totp {
    storage::Blob seed, pending_seed;  // sealed; empty: none
    std::int64_t last_step = 0;
};
std::optional<Totp> find_totp(storage::Transaction& tx, StaffId staff);
void put_pending_seed(core::Writer& writer, StaffId staff, const storage::Blob& sealed);
/// The pending seed becomes the seed; `step` is used up. False when another request was faster.
bool turn_totp_on(core::Writer& writer, StaffId staff, std::int64_t step);
void turn_totp_off(core::Writer& writer, StaffId staff);
/// False when the step or a later one was used meanwhile.
bool use_step(core::Writer& writer, StaffId staff, std::int64_t step);
void put_recovery_codes(core::Writer& writer, StaffId staff, const std::vector<std::string>& normalised);
std::optional<std::int64_t> find_recovery_code(storage::Transaction& tx, StaffId staff,
                                               std::string_view normalised);
/// False when it was used meanwhile.
bool use_recovery_code(core::Writer& writer, std::int64_t code);
std::int64_t count_recovery_codes(storage::Transaction& tx, StaffId staff);
/// Notes the address; true when the person had signed in from others before, but never from this one.
bool note_place(core::Writer& writer, StaffId staff, std::string_view ip);

/// Empty when the person has none.
std::string password_hash(storage::Transaction& tx, StaffId id);
/// Also notes on the account when it was set, and ends every session and link of the person.
void put_password(core::Writer& writer, StaffId id, const std::string& hash);
void replace_hash(core::Writer& writer, StaffId id, const std::string& hash);

/// The session with the account it belongs to, over or not.
struct FoundSession {
    Session session;
    Account account;
};
std::optional<FoundSession> find_session(storage::Transaction& tx, std::string_view secret);
std::optional<Session> find_session(storage::Transaction& tx, StaffId staff, SessionId id);
std::vector<Session> list_sessions(storage::Transaction& tx, StaffId staff, const PageOf& page);
Session insert_session(core::Writer& writer, StaffId staff, const Origin& origin, std::string_view secret);
void touch_session(core::Writer& writer, SessionId id);
void refresh_session(core::Writer& writer, SessionId id);
void delete_session(core::Writer& writer, SessionId id);
/// All sessions of the person but `kept` (0: all).
void delete_sessions(core::Writer& writer, StaffId staff, SessionId kept);
/// Sessions that are over by idle or absolute time.
void delete_old_sessions(core::Writer& writer);

/// Replaces earlier links of the same person (0: to set up the shop).
void put_link(core::Writer& writer, StaffId staff, const Link& link);
/// The person of a link that still works: 0 for one to set up the shop.
std::optional<StaffId> find_link(storage::Transaction& tx, std::string_view secret, Moment now);
void delete_links(core::Writer& writer, StaffId staff);

struct Failures {
    int count = 0;
    Moment last = {};
};
Failures failures(storage::Transaction& tx, const crypto::Digest& account, std::string_view ip, Moment since);
/// Adds one and forgets those before `since`.
void add_failure(core::Writer& writer, const crypto::Digest& account, std::string_view ip, Moment since);
void forget_failures(core::Writer& writer, const crypto::Digest& account, std::string_view ip);

void add_event(core::Writer& writer, std::optional<StaffId> staff, std::string_view event,
               std::string_view user_agent);
void note_login(core::Writer& writer, StaffId staff);

std::int64_t insert_token(core::Writer& writer, const NewApiToken& input, std::string_view secret);
std::optional<ApiToken> find_token(storage::Transaction& tx, std::string_view secret);
std::optional<ApiToken> find_token(storage::Transaction& tx, TokenId id);
std::vector<ApiToken> list_tokens(storage::Transaction& tx, const PageOf& page);
void touch_token(core::Writer& writer, TokenId id);
void delete_token(core::Writer& writer, TokenId id);

std::optional<std::string> find_preferences(storage::Transaction& tx, StaffId staff);
void put_preferences(core::Writer& writer, StaffId staff, const std::string& content);

}  // namespace otokui::staff::store
