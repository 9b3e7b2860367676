#include "staff/rights.hpp"

#include <gtest/gtest.h>

namespace otokui::staff {
namespace {

struct RoleCase {
    Role role;
    std::set<std::string> rights;
};

class RightsOfRole : public testing::TestWithParam<RoleCase> {};

// The matrix of docs/api/openapi.yaml, written out once more: a right that slips to a lower role fails here.
TEST_P(RightsOfRole, AreExactlyThese) {
    const auto rights = rights_of(GetParam().role);
    EXPECT_EQ(std::set<std::string>(rights->begin(), rights->end()), GetParam().rights);
}

INSTANTIATE_TEST_SUITE_P(
    Shipped, RightsOfRole,
    testing::Values(RoleCase{Role::viewer, {"customer.read", "order.read", "history.read"}},
                    RoleCase{Role::operator_,
                             {"customer.read", "order.read", "history.read", "contact.read", "customer.edit",
                              "operation.undo", "job.read"}},
                    RoleCase{Role::admin,
                             {"customer.read", "order.read", "history.read", "contact.read", "customer.edit",
                              "operation.undo", "job.read", "customer.delete", "import", "export",
                              "staff.read", "staff.edit", "settings.read", "settings.edit", "metrics"}},
                    RoleCase{Role::owner,
                             {"customer.read", "order.read", "history.read", "contact.read", "customer.edit",
                              "operation.undo", "job.read", "customer.delete", "import", "export",
                              "staff.read", "staff.edit", "settings.read", "settings.edit", "metrics",
                              "owner.edit", "token.edit"}}),
    [](const auto& i) { return std::string(name_of(i.param.role)); });

TEST(Rights, EveryRoleIsFoundByItsName) {
    for (const Role role : {Role::viewer, Role::operator_, Role::admin, Role::owner})
        EXPECT_EQ(find_role(name_of(role)), role);
    EXPECT_EQ(find_role("Owner"), std::nullopt);
    EXPECT_EQ(find_role(""), std::nullopt);
}

TEST(Rights, ScopesNarrowAndNeverAdd) {
    const auto viewer = rights_of(Role::viewer);
    const auto left = narrowed(viewer, core::Rights{"customer.read", "customer.delete"});
    EXPECT_EQ(*left, core::Rights{"customer.read"});
    EXPECT_EQ(narrowed(viewer, std::nullopt), viewer);
}

}  // namespace
}  // namespace otokui::staff
