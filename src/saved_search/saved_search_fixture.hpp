#pragma once

#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "core/undo.hpp"
#include "customer/fields.hpp"
#include "saved_search/service.hpp"
#include "saved_search/tables.hpp"
#include "search/stored.hpp"
#include "search/tables.hpp"
#include "staff/accounts.hpp"
#include "staff/rights.hpp"
#include "staff/tables.hpp"
#include "support/database.hpp"

namespace otokui::saved_search {

using Names = std::vector<std::string>;

/// The code of what `act` is refused with, and each field error behind it.
inline std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        std::string told = refused.problem().code;
        for (const auto& error : refused.problem().fields) told += " " + error.pointer + ":" + error.code;
        return told;
    }
    return "";
}

inline json::Object content(std::string_view text) { return json::parse(text).as_object(); }

/// A shop whose members of staff save searches for themselves and their groups.
class SavedSearchShop : public testing::TestWithParam<test::Backend> {
protected:
    SavedSearchShop() {
        customer::declare_fields(catalogue_);
        staff::register_tables(registry_);
        search::register_tables(registry_);
        register_tables(registry_);
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    }

    core::Actor person(const std::string& login, staff::Role role = staff::Role::operator_) {
        const auto account =
            staff::add_account(staff_, kShell, {login, "青木 " + login, std::string(staff::name_of(role))})
                .account;
        return {
            .staff = account.id, .name = account.name, .screen = "test", .rights = staff::rights_of(role)};
    }
    staff::MemberGroupId group(const std::string& name, std::vector<StaffId> members) {
        return staff::add_member_group(journal_, kShell, {name, "", std::move(members)}).group.id;
    }
    void set_members(staff::MemberGroupId id, std::vector<StaffId> members) {
        staff::change_member_group(journal_, kShell, id, {}, {.members = std::move(members)});
    }
    Written save(const core::Actor& actor, const Scope& scope, const std::string& name,
                 std::string_view what = R"({"text":"田中"})") {
        return create(context_, actor, {scope, name, content(what)});
    }
    Names names(const core::Actor& actor, const std::optional<Scope>& scope = {}) {
        Names all;
        for (const auto& saved : list(context_, actor, scope, "", 200).items) all.push_back(saved.name);
        return all;
    }
    static Scope own(const core::Actor& actor) { return {actor.staff, {}}; }
    static Scope of(staff::MemberGroupId group) { return {{}, group}; }
    Names warnings(const core::Actor& actor, SavedSearchId id) {
        Names all;
        const auto shown = to_json(context_, actor, get(context_, actor, id));
        for (const auto& warning : shown.at("warnings").as_array())
            all.push_back(std::string(warning.at("pointer").as_string()) + ":" +
                          std::string(warning.at("code").as_string()));
        return all;
    }
    void run_sql(const std::string& sql) {
        db_.storage().write([&](storage::Transaction& tx) { tx.execute(sql); });
    }

    const core::Actor kShell = core::shell_actor("test");
    test::Database db_{GetParam()};
    Moment now_{1'800'000'000'000};
    core::Catalogue catalogue_;
    core::Registry registry_;
    core::Journal journal_{db_.storage(), registry_, [this] { return now_; }};
    staff::PasswordGate gate_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    const staff::Context staff_{journal_, gate_, keys_};
    const Context context_{journal_, catalogue_};
};

}  // namespace otokui::saved_search
