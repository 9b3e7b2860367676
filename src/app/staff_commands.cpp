#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "staff/accounts.hpp"
#include "staff/shop.hpp"
#include "staff/tokens.hpp"

namespace otokui::app {
namespace {

[[noreturn]] void refuse(std::string code, std::string ja, std::string en) {
    throw Refused({ProblemKind::invalid, std::move(code), {std::move(ja), std::move(en)}});
}

staff::Role role_of(const std::string& name) {
    const auto role = staff::find_role(name);
    if (!role)
        refuse("staff.role_unknown", "役割は owner, admin, operator, viewer のいずれかです。",
               "The role is owner, admin, operator or viewer.");
    return *role;
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
                                    .role = role_of(options.role)};
    if (options.password_from_stdin) {
        std::string password;
        if (!std::getline(std::cin, password))
            refuse("staff.password_missing", "標準入力にパスワードがありません。",
                   "No password on standard input.");
        if (!password.empty() && password.back() == '\r') password.pop_back();
        staff::add_account(shop.journal, shop.passwords, actor, account, password);
        std::cout << "added " << options.login << " (" << options.role << ")" << std::endl;
        return 0;
    }
    const auto added = staff::add_account(shop.journal, actor, account);
    std::cout << "added " << options.login << " (" << options.role
              << "); this link sets the password, once:\n"
              << public_url(shop) << "/password#" << added.link->secret << std::endl;
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
