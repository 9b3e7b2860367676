#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "master/tables.hpp"
#include "support/customers.hpp"

namespace otokui::master {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CustomerTypes : public testing::TestWithParam<test::Backend> {
protected:
    std::vector<std::string> names() {
        std::vector<std::string> names;
        shop_.journal.database().read([&](storage::Transaction& tx) {
            tx.query("SELECT name FROM customer_type ORDER BY position", {},
                     [&](const storage::Row& row) { names.emplace_back(row.text(0)); });
        });
        return names;
    }
    // Everything there is goes, or with `name` one comes.
    void change(const std::string& kind, const std::string& name = "") {
        const auto& table = shop_.registry.get("customer_type");
        shop_.journal.write({.actor = shop_.actor, .kind = kind}, [&](core::Writer& writer) {
            if (!name.empty()) {
                writer.insert(table, {{"name", name}, {"position", std::int64_t{1}}});
                return;
            }
            std::vector<std::int64_t> ids;
            writer.tx().query("SELECT id FROM customer_type ORDER BY id", {},
                              [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
            for (const auto id : ids) writer.remove(table, id);
        });
    }
    test::Customers shop_{GetParam()};
};

TEST_P(CustomerTypes, AShopIsGivenFiveOnce) {
    for (int start = 0; start < 2; ++start) ensure_customer_types(shop_.journal);
    EXPECT_THAT(names(), ElementsAre("LP", "ショップページ", "受注作成", "CSV", "API"));
    EXPECT_THAT(shop_.database.storage().read(core::verify_chain), IsEmpty());
}

TEST_P(CustomerTypes, DoNotComeBackOnceDeleted) {
    ensure_customer_types(shop_.journal);
    change("customer_type.delete");
    ensure_customer_types(shop_.journal);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(CustomerTypes, OfTheShopsOwnAreLeftAlone) {
    change("customer_type.create", "電話");
    ensure_customer_types(shop_.journal);
    EXPECT_THAT(names(), ElementsAre("電話"));
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomerTypes, testing::ValuesIn(test::backends()),
                         test::backend_name);

}  // namespace
}  // namespace otokui::master
