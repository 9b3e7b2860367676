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

const std::set<std::string> kViewer{"customer.read", "order.read", "mail.read", "history.read"};
const std::set<std::string> kOperatorAdds{"contact.read", "customer.edit",     "memo.edit",
                                          "block.edit",   "customer.withdraw", "points.edit",
                                          "job.read",     "operation.undo"};
const std::set<std::string> kAdminAdds{
    "level.edit",      "customer.delete", "merge",       "lock.takeover", "customer.disclose",
    "coupon.edit",     "mailing",         "mail.manage", "import",        "export",
    "access_log.read", "master.edit",     "staff.read",  "staff.edit",    "settings.read",
    "settings.edit",   "metrics"};
const std::set<std::string> kOwnerAdds{"customer.erase", "owner.edit", "token.edit"};

std::set<std::string> sum(std::initializer_list<const std::set<std::string>*> parts) {
    std::set<std::string> all;
    for (const auto* part : parts) all.insert(part->begin(), part->end());
    return all;
}

INSTANTIATE_TEST_SUITE_P(Shipped, RightsOfRole,
                         testing::Values(RoleCase{Role::viewer, kViewer},
                                         RoleCase{Role::operator_, sum({&kViewer, &kOperatorAdds})},
                                         RoleCase{Role::admin, sum({&kViewer, &kOperatorAdds, &kAdminAdds})},
                                         RoleCase{Role::owner,
                                                  sum({&kViewer, &kOperatorAdds, &kAdminAdds, &kOwnerAdds})}),
                         [](const auto& i) { return std::string(name_of(i.param.role)); });

TEST(Rights, EachHasBothLabelsAndAnAreaWithBoth) {
    for (const auto& right : all_rights()) {
        EXPECT_FALSE(right.label.ja.empty() || right.label.en.empty()) << right.name;
        EXPECT_FALSE(label_of(right.area).ja.empty() || label_of(right.area).en.empty()) << right.name;
    }
}

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
