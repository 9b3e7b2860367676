#pragma once

#include "base/json.hpp"
#include "staff/types.hpp"

// Staff as the API shows it. Secrets are not part of these types and so cannot slip in.
namespace otokui::staff {

json::Object to_json(const Account& account);
/// The language of somebody's mails as a body names it; empty: null or absent, that of the shop.
std::string read_mail_language(json::ObjectReader& reader);
/// `is_current`: the request came with this very session.
json::Object to_json(const Session& session, bool is_current);
json::Object to_json(const ApiToken& token);
json::Object to_json(const RoleEntry& role);
json::Object to_json(const RoleDraft& role);

}  // namespace otokui::staff
