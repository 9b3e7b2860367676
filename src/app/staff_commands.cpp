#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "staff/accounts.hpp"
#include "staff/factors.hpp"
#include "staff/roles.hpp"
#include "staff/security.hpp"
#include "staff/shop.hpp"
#include "staff/tokens.hpp"

namespace otokui::app {
namespace {

[[noreturn]] void refuse(std::string code, std::string ja, std::string en) {
    throw Refused({ProblemKind::invalid, std::move(code), {std::move(ja), std::move(en)}});
}

// A shipped role by its name, one of the shop's own by its name or id.
std::string role_of(Shop& shop, const std::string& name) {
    for (const auto& role : staff::list_roles(shop.journal))
        if (role.id == name || (!role.is_built_in && role.label.ja == name)) return role.id;
    refuse("staff.role_unknown", "役割は owner, admin, operator, viewer か、作成したロールの名前です。",
           "The role is owner, admin, operator, viewer or the name of a role made here.");
}

std::string public_url(Shop& shop) {
    const auto url =
        shop.database->read([](storage::Transaction& tx) { return staff::read_shop(tx).public_url; });
    return url.empty() ? "http://127.0.0.1:8080" : url;
}

StaffId staff_by_login(Shop& shop, const std::string& login) {
    const auto id = shop.database->read([&](storage::Transaction& tx) {
        return tx.find_integer("SELECT id FROM staff WHERE login = ?", {login});
    });
    if (!id)
        refuse("staff.not_found", "そのログインのスタッフはいません。",
               "There is no member of staff with this login.");
    return {*id};
}

// "2027-01-01" means until the end of that day in the shop's zone; a moment means itself.
Moment expiry_of(const std::string& text) {
    if (const auto day = parse_day(text)) return start_of(add_days(*day, 1));
    if (const auto moment = parse_moment(text)) return *moment;
    refuse("token.expires_invalid", "有効期限は YYYY-MM-DD で指定してください。",
           "--expires takes YYYY-MM-DD.");
}

}  // namespace

int staff_add(const StaffAddOptions& options) {
    Shop shop(storage::Url::parse(options.database), Open::create_and_migrate);
    const auto actor = core::shell_actor("staff add");
    const staff::NewAccount account{.login = options.login,
                                    .name = options.name.empty() ? options.login : options.name,
                                    .role = role_of(shop, options.role)};
    if (options.password_from_stdin) {
        std::string password;
        if (!std::getline(std::cin, password))
            refuse("staff.password_missing", "標準入力にパスワードがありません。",
                   "No password on standard input.");
        if (!password.empty() && password.back() == '\r') password.pop_back();
        staff::add_account_with_password(shop.members, actor, account, password);
        std::cout << "added " << options.login << " (" << options.role << ")" << std::endl;
        return 0;
    }
    const auto added = staff::add_account(shop.members, actor, account);
    std::cout << "added " << options.login << " (" << options.role
              << "); this link sets the password, once:\n"
              << public_url(shop) << "/password#" << added.link->secret << std::endl;
    return 0;
}

int staff_reset(const StaffResetOptions& options) {
    Shop shop(storage::Url::parse(options.database), Open::create_and_migrate);
    const auto actor = core::shell_actor("staff reset");
    const auto id = staff_by_login(shop, options.login);
    if (options.totp) {
        staff::remove_totp(shop.members, actor, id);
        std::cout << "removed the second factor of " << options.login << std::endl;
        return 0;
    }
    const auto made = staff::make_password_link(shop.members, actor, id);
    std::cout << "this link sets the password of " << options.login << ", once, within 15 minutes:\n"
              << public_url(shop) << "/password#" << made.link.secret << std::endl;
    return 0;
}

int staff_allow_everywhere(const std::string& database) {
    Shop shop(storage::Url::parse(database), Open::create_and_migrate);
    staff::allow_everywhere(shop.journal, core::shell_actor("staff allow-everywhere"));
    std::cout << "staff may sign in from every address again" << std::endl;
    return 0;
}

int token_add(const TokenAddOptions& options) {
    Shop shop(storage::Url::parse(options.database), Open::create_and_migrate);
    staff::NewApiToken token{.staff = staff_by_login(shop, options.staff), .name = options.name};
    if (!options.scopes.empty()) token.scopes = core::Rights(options.scopes.begin(), options.scopes.end());
    if (!options.expires.empty()) token.expires_at = expiry_of(options.expires);
    const auto made = staff::make_token(shop.journal, core::shell_actor("token add"), token);
    std::cout << "This token is shown only now:\n" << made.secret << std::endl;
    return 0;
}

}  // namespace otokui::app
