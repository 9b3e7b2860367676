#include "transfer/sample.hpp"

#include "support/customers.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

class SampleFile : public testing::TestWithParam<test::Backend> {
protected:
    std::string sample(Kind kind) { return make_sample(shop_.context, shop_.actor, kind).text; }
    core::Actor with(core::Rights rights) {
        auto actor = shop_.actor;
        actor.rights = std::make_shared<const core::Rights>(std::move(rights));
        return actor;
    }
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, SampleFile, testing::ValuesIn(test::backends()), test::backend_name);

// Each of the others speaks of the customer of the first.
TEST_P(SampleFile, OfEveryKindComesInAsItIs) {
    const auto customers = shop_.import({}, sample(Kind::customers));
    EXPECT_EQ(figures(customers), "1 0 0 0");
    EXPECT_EQ(errors_of(shop_, customers.id), std::vector<std::string>());
    EXPECT_EQ(customers.summary.at("ignored_columns").as_array().size(), 0u);
    for (const auto kind : {Kind::addresses, Kind::orders, Kind::points}) {
        const auto job = shop_.import({.kind = kind, .dry_run = true}, sample(kind));
        EXPECT_EQ(figures(job), kind == Kind::points ? "0 1 0 0" : "1 0 0 0") << name_of(kind);
        EXPECT_EQ(errors_of(shop_, job.id), std::vector<std::string>()) << name_of(kind);
        EXPECT_EQ(job.summary.at("ignored_columns").as_array().size(), 0u) << name_of(kind);
    }
}

TEST_P(SampleFile, HasTheColumnsAnImportTakesFromWhoAsks) {
    const auto file = sample(Kind::customers);
    EXPECT_TRUE(file.starts_with("\xEF\xBB\xBF顧客番号,"));
    for (const auto* column : {"メールアドレス", "生年月日", "顧客ラベル", "会員レベル"})
        EXPECT_NE(file.find(column), std::string::npos) << column;
    for (const auto* column : {"顧客ID", "購入総額", "保有ポイント", "作成日", "年齢"})
        EXPECT_EQ(file.find(column), std::string::npos) << column;
    const auto viewer = with({"customer.read", "import"});
    const auto masked = make_sample(shop_.context, viewer, Kind::customers);
    EXPECT_EQ(masked.name, "customers-sample.csv");
    EXPECT_EQ(masked.text.find("メールアドレス"), std::string::npos);
    std::istringstream stream(masked.text);
    const auto job = import_file(shop_.context, shop_.runner, viewer, {.dry_run = true}, stream);
    EXPECT_EQ(figures(job), "1 0 0 0");
}

TEST_P(SampleFile, NeedsTheRightsOfItsKind) {
    const auto refused = [&](core::Rights rights, Kind kind) {
        return test::refusal([&] { make_sample(shop_.context, with(std::move(rights)), kind); });
    };
    EXPECT_EQ(refused({"customer.read"}, Kind::customers), "forbidden");
    EXPECT_EQ(refused({"import"}, Kind::orders), "forbidden");
    EXPECT_EQ(refused({"import"}, Kind::points), "forbidden");
    EXPECT_EQ(refused({"import", "order.read"}, Kind::orders), "");
    EXPECT_EQ(refused({"import", "points.edit"}, Kind::points), "");
}

}  // namespace
}  // namespace otokui::transfer
