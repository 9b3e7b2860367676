#include <boost/json/parse.hpp>

#include "support/customers.hpp"
#include "transfer/jobs_view.hpp"
#include "transfer/shop.hpp"

// What stands in a file is guarded at every door: import, plan, export, and what jobs keep.
namespace otokui::transfer {
namespace {

class FileRights : public testing::TestWithParam<test::Backend> {
protected:
    void SetUp() override { shop_.import({}, "顧客番号,姓,ステータス\nA,青木,会員\n"); }
    core::Actor with(core::Rights rights) {
        auto actor = shop_.actor;
        actor.rights = std::make_shared<const core::Rights>(std::move(rights));
        return actor;
    }
    std::string started(const core::Actor& actor, Kind kind, const std::string& text) {
        std::istringstream file(text);
        return test::refusal([&] { import_file(shop_.context, shop_.runner, actor, {.kind = kind}, file); });
    }
    test::Database database_{GetParam()};
    Shop shop_{database_.storage()};
    const core::Actor plain_ = with({"import", "export", "customer.read", "contact.read"});
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, FileRights, testing::ValuesIn(test::backends()), test::backend_name);

constexpr const char* kOrders = "受注番号,顧客番号,受注日\nO-1,A,2024-01-05\n";
constexpr const char* kPoints = "顧客番号,ポイント\nA,10\n";

TEST_P(FileRights, OfPointsAreThoseToGivePoints) {
    EXPECT_EQ(started(plain_, Kind::points, kPoints), "forbidden");
    const auto plan = shop_.import({.kind = Kind::points, .dry_run = true}, kPoints);
    EXPECT_EQ(test::refusal([&] { apply_plan(shop_.context, plain_, plan.id); }), "forbidden");
    EXPECT_EQ(shop_.count("SELECT count(*) FROM point_entry"), 0);
    EXPECT_EQ(started(with({"import", "points.edit"}), Kind::points, kPoints), "");
    EXPECT_EQ(shop_.count("SELECT points FROM customer WHERE number = 'A'"), 10);
}

TEST_P(FileRights, OfOrdersAreThoseToSeeOrders) {
    EXPECT_EQ(started(plain_, Kind::orders, kOrders), "forbidden");
    const auto plan = shop_.import({.kind = Kind::orders, .dry_run = true}, kOrders);
    EXPECT_EQ(test::refusal([&] { apply_plan(shop_.context, plain_, plan.id); }), "forbidden");
    const auto export_orders = [&](const core::Actor& actor) {
        return test::refusal(
            [&] { start_export(shop_.context, actor, Kind::orders, boost::json::object()); });
    };
    EXPECT_EQ(export_orders(plain_), "forbidden");
    const auto reader = with({"import", "export", "customer.read", "contact.read", "order.read"});
    EXPECT_EQ(export_orders(reader), "");
    EXPECT_EQ(started(reader, Kind::orders, kOrders), "");
}

TEST_P(FileRights, GuardTheFilesOfJobsAsWell) {
    const auto refused = shop_.import({.kind = Kind::orders, .on_error = OnError::skip},
                                      "受注番号,顧客番号,受注日\nO-1,nobody,2024-01-05\n");
    shop_.exported(boost::json::object(), Kind::orders);
    const auto fetched = [&](const core::Actor& actor, JobId job, const char* purpose) {
        return test::refusal([&] { get_job_file(shop_.context, actor, job, purpose); });
    };
    const auto reader = with({"import", "export", "contact.read", "order.read"});
    for (const auto& [job, purpose] :
         {std::pair(refused.id, "rejects"), std::pair(shop_.last_export.id, "result")}) {
        EXPECT_EQ(fetched(plain_, job, purpose), "forbidden") << purpose;
        EXPECT_EQ(fetched(reader, job, purpose), "") << purpose;
    }
}

TEST_P(FileRights, OfCustomersLeaveTheNumbersOfTheirOrdersAlone) {
    shop_.import({.kind = Kind::orders}, kOrders);
    const auto found = [&](const core::Actor& actor) {
        const auto body = boost::json::parse(R"({"text":"O-1","columns":["number"],"encoding":"utf-8"})");
        return shop_.file_of(shop_.run(start_export(shop_.context, actor, Kind::customers, body)).id,
                             "result");
    };
    EXPECT_EQ(found(plain_), "顧客番号\r\n");
    EXPECT_EQ(found(with({"export", "customer.read", "order.read"})), "顧客番号\r\nA\r\n");
}

}  // namespace
}  // namespace otokui::transfer
