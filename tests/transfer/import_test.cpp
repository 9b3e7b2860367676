#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

// Members of jp_10k.csv whose mail address (NFKC, lower case) an earlier member has: counted apart from this
// program.
constexpr int kClashes = 769;

class CustomerImport : public testing::TestWithParam<test::Backend> {
protected:
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CustomerImport, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(CustomerImport, TakesEveryRowOfAForeignFileWhenClashesAreTakenWithoutLogin) {
    const auto job = shop_.import({.on_clash = OnClash::no_login}, read_test_file("jp_10k.csv"));
    ASSERT_EQ(job.status, JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(figures(job), "10000 0 0 0");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer"), 10'000);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM customer WHERE suspected_duplicate = 1 AND no_login = 1"),
              kClashes);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM change WHERE act = 'i'"), 10'000);
    EXPECT_EQ(shop_.count("SELECT count(*) FROM operation WHERE kind = 'customer.import'"), 1);
    EXPECT_EQ(
        shop_.text("SELECT family_name || ':' || given_kana || ':' || email || ':' || phone || ':' || "
                   "postal_code || ':' || street || ':' || birth_date || ':' || status || ':' || device "
                   "FROM customer WHERE number = 'c000003'"),
        "池村:シズカ:ikemura.shizuka0804@yahoo.co.jp:07094219253:4964992:春日井市白金　五丁目38番24号:1971-"
        "08-"
        "04:member:csv");
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
