#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "master/tables.hpp"
#include "master/types.hpp"
#include "support/customers.hpp"

namespace otokui::master {
namespace {

class DefaultGroup : public testing::TestWithParam<test::Backend> {
protected:
    std::vector<std::string> defaults() {
        std::vector<std::string> names;
        shop_.journal.database().read([&](storage::Transaction& tx) {
            tx.query("SELECT name FROM customer_group WHERE is_default = 1", {},
                     [&](const storage::Row& row) { names.emplace_back(row.text(0)); });
        });
        return names;
    }
    test::Customers shop_{GetParam()};
};

TEST_P(DefaultGroup, AShopIsGivenOneOnce) {
    ensure_default_group(shop_.journal);
    ensure_default_group(shop_.journal);
    EXPECT_THAT(defaults(), testing::ElementsAre("一般"));
}

TEST_P(DefaultGroup, AGroupOfThatNameBecomesIt) {
    shop_.journal.write({.actor = shop_.actor, .kind = "group.create"}, [&](core::Writer& writer) {
        writer.insert(shop_.registry.get(kGroups), {{"name", std::string("一般")}});
    });
    ensure_default_group(shop_.journal);
    EXPECT_THAT(defaults(), testing::ElementsAre("一般"));
}

TEST_P(DefaultGroup, Features128NewCustomersJoinIt) {
    ensure_default_group(shop_.journal);
    const auto joined = shop_.create(R"({"family_name":"青木"})");
    EXPECT_THAT(joined.record.at("groups_names").as_array(), testing::ElementsAre("一般"));
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, DefaultGroup, testing::ValuesIn(test::backends()), test::backend_name);

}  // namespace
}  // namespace otokui::master
