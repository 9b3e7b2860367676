#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/undo.hpp"
#include "staff/accounts.hpp"
#include "staff/rules.hpp"
#include "staff/sign_in.hpp"
#include "staff/store.hpp"
#include "staff/tables.hpp"
#include "support/database.hpp"

// A shop with nothing but staff, a clock that stands, and what its use cases stand on.
namespace otokui::staff {

inline const std::string kPassword = "桜の下でおにぎりを食べる";
inline const std::string kOther = "雪の朝にみそ汁をあたためる";
inline const Origin kDesk{"192.0.2.7", "Firefox"};
inline const Origin kElsewhere{"198.51.100.9", "curl"};

inline std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        return refused.problem().code;
    }
    return "";
}

class Staff : public testing::TestWithParam<test::Backend> {
protected:
    Staff() {
        register_tables(registry_);
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    }

    core::Actor shell() { return core::shell_actor("test"); }
    core::Actor acting(const Account& account) {
        const auto grant =
            db_.storage().read([&](storage::Transaction& tx) { return store::grant_of(tx, account.role); });
        return {.staff = account.id,
                .name = account.name,
                .ip = kDesk.ip,
                .screen = "test",
                .rights = grant.rights,
                .points_ceiling = grant.points_ceiling};
    }
    Account add(const std::string& login, const std::string& role) {
        return add_account_with_password(context_, shell(), {login, "青木 花子", role}, kPassword).account;
    }
    Account add(const std::string& login, Role role) { return add(login, std::string(name_of(role))); }
    OpenedSession sign_in(const std::string& login, const std::string& password = kPassword,
                          const Origin& origin = kDesk, std::optional<std::string> otp = {}) {
        return staff::sign_in(context_, origin, {login, password, std::move(otp)});
    }
    std::string refused_sign_in(const std::string& login, const std::string& password,
                                const Origin& origin = kDesk, std::optional<std::string> otp = {}) {
        return refusal([&] { sign_in(login, password, origin, otp); });
    }
    void disable_if_active(const std::string& login) {
        const auto id = count("SELECT id FROM staff WHERE disabled = 0 AND login = '" + login + "'");
        if (id != 0) change_account(journal_, shell(), {id}, {}, {.is_disabled = true});
    }
    void pass(std::chrono::milliseconds time) { now_ = now_ + time; }
    std::int64_t count(const std::string& sql) {
        return db_.storage().read([&](storage::Transaction& tx) { return tx.find_integer(sql).value_or(0); });
    }

    test::Database db_{GetParam()};
    Moment now_{1'800'000'000'000};
    core::Registry registry_;
    core::Journal journal_{db_.storage(), registry_, [this] { return now_; }};
    PasswordGate gate_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    Context context_{journal_, gate_, keys_};
    Authenticator authenticator_{journal_};
};

}  // namespace otokui::staff
