#include "staff/tokens.hpp"

#include "staff/staff_fixture.hpp"

namespace otokui::staff {
namespace {

using testing::ElementsAre;

class StaffTokens : public Staff {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffTokens, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(StaffTokens, ATokenActsForItsPersonWithinItsScopesUntilItEnds) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::operator_);
    const auto as_hanako = acting(hanako);
    const auto made = make_token(journal_, as_hanako,
                                 {jiro.id, "倉庫", core::Rights{"customer.read", "import"}, now_ + hours{1}});
    EXPECT_EQ(made.secret.substr(0, 4), "otk_");
    const auto identity = authenticator_.by_token(made.secret);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->account.id, jiro.id);
    EXPECT_THAT(*identity->grant.rights, ElementsAre("customer.read"));
    EXPECT_EQ(list_tokens(journal_, as_hanako, 0, 10).front().scopes,
              (core::Rights{"customer.read", "import"}));
    EXPECT_FALSE(authenticator_.by_token("otk_" + std::string(43, 'A')));
    EXPECT_FALSE(authenticator_.by_session(made.secret));
    pass(hours{1});
    EXPECT_FALSE(authenticator_.by_token(made.secret));
}

TEST_P(StaffTokens, ARevokedTokenAndATokenOfADisabledPersonAreNobody) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::operator_);
    const auto first = make_token(journal_, acting(hanako), {jiro.id, "one"});
    const auto second = make_token(journal_, acting(hanako), {jiro.id, "two"});
    revoke_token(journal_, acting(hanako), first.token.id);
    EXPECT_FALSE(authenticator_.by_token(first.secret));
    EXPECT_EQ(refusal([&] { revoke_token(journal_, acting(hanako), first.token.id); }), "token.not_found");
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_FALSE(authenticator_.by_token(second.secret));
    EXPECT_EQ(refusal([&] { make_token(journal_, acting(hanako), {jiro.id, "three"}); }), "staff.disabled");
}

TEST_P(StaffTokens, ATokenNeedsKnownScopesAndAnEndInTheFuture) {
    const Account hanako = add("hanako", Role::owner);
    const auto make = [&](const NewApiToken& input) {
        return refusal([&] { make_token(journal_, acting(hanako), input); });
    };
    EXPECT_EQ(make({hanako.id, "x", core::Rights{"customer.fly"}}), "token.invalid");
    EXPECT_EQ(make({hanako.id, "x", core::Rights{}}), "token.invalid");
    EXPECT_EQ(make({hanako.id, "x", {}, now_}), "token.invalid");
    EXPECT_EQ(make({hanako.id, ""}), "token.invalid");
    EXPECT_EQ(make({StaffId{4711}, "x"}), "staff.not_found");
}

}  // namespace
}  // namespace otokui::staff
