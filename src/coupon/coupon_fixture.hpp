#pragma once

#include <gtest/gtest.h>

#include "core/job_runner.hpp"
#include "coupon/grants.hpp"
#include "coupon/service.hpp"
#include "coupon/tables.hpp"
#include "coupon/uses.hpp"
#include "order/tables.hpp"
#include "search/service.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"
#include "support/customers.hpp"

namespace otokui::coupon {

/// A shop with people who are granted coupons and use them.
class CouponShop : public testing::TestWithParam<test::Backend> {
protected:
    CouponShop()
        : customers_(
              GetParam(),
              [](core::Registry& registry) {
                  core::register_job_tables(registry);
                  search::register_tables(registry);
                  order::register_tables(registry);
                  register_tables(registry);
              },
              make_index()) {
        declare_conditions(customers_.catalogue);
        register_job_kinds(jobs_, context_);
    }

    static customer::AfterCustomers make_index() {
        core::Catalogue catalogue;
        customer::declare_fields(catalogue);
        return search::index_hook(catalogue, customer::customer_table(catalogue));
    }

    CustomerId person(const std::string& fields = R"("status":"member")") {
        return test::Customers::id_of(customers_.create(R"({"family_name":"青木",)" + fields + "}"));
    }
    CouponId make(const std::string& more = "", const std::string& code = "") {
        const auto coupon = create(context_, actor_,
                                   json::parse(R"({"name":"500円引き","code":")" +
                                               (code.empty() ? "C" + std::to_string(++codes_) : code) +
                                               R"(","discount":"amount","value":500)" + more + "}"))
                                .coupon;
        return {std::stoll(std::string(coupon.at("id").as_string()))};
    }
    CouponId make_limited(const std::string& more = "") { return make(R"(,"customer_limited":true)" + more); }
    json::Object read(CouponId id) { return get(context_, actor_, id); }
    static std::string ids(const std::vector<CustomerId>& customers) {
        std::string list;
        for (const auto id : customers)
            list += (list.empty() ? "\"" : ",\"") + std::to_string(id.value) + "\"";
        return "[" + list + "]";
    }
    Granted give(CouponId coupon, const std::vector<CustomerId>& customers, const std::string& more = "") {
        return grant(context_, actor_, coupon, json::parse(R"({"customers":)" + ids(customers) + more + "}"));
    }
    Used use_it(CouponId coupon, CustomerId customer, const std::string& order, const std::string& more = "",
                int amount = 500) {
        return use(context_, actor_, coupon,
                   json::parse(R"({"customer":")" + std::to_string(customer.value) + R"(","order_number":")" +
                               order + R"(","amount":)" + std::to_string(amount) + more + "}"));
    }
    static UseId id_of(const Used& used) { return {std::stoll(std::string(used.use.at("id").as_string()))}; }
    // "grant live 1", "use used R1 500"; newest first.
    std::vector<std::string> history(CustomerId customer, std::string_view kind = "", int limit = 200) {
        std::vector<std::string> lines;
        for (std::string cursor;;) {
            const auto page = list_of_customer(context_, actor_, customer, kind, cursor, limit);
            for (const auto& item : page.items) {
                const auto text = [&](const char* key) { return std::string(item.at(key).as_string()); };
                lines.push_back(text("kind") + " " + text("state") +
                                (text("kind") == "use" ? " " + text("order_number") + " " +
                                                             std::to_string(item.at("amount").as_int64())
                                 : item.at("times_left").is_null()
                                     ? ""
                                     : " " + std::to_string(item.at("times_left").as_int64())));
            }
            if (page.next_cursor.empty()) return lines;
            cursor = page.next_cursor;
        }
    }
    std::int64_t found(const std::string& condition) {
        std::vector<FieldError> errors;
        const auto parsed = json::parse(condition);
        const auto target = search::parse_target(customers_.catalogue, &parsed, nullptr, errors);
        EXPECT_TRUE(errors.empty());
        return search::count(
            {customers_.database.storage(), customers_.catalogue, customers_.journal.clock()}, target,
            actor_);
    }
    core::Job run(JobId job) { return core::JobRunner(jobs_, {}).run_to_end(job); }

    test::Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{customers_.journal, keys_};
    core::Jobs jobs_{customers_.journal, files_};
    const Context context_{customers_.journal, customers_.catalogue, jobs_};
    const core::Actor actor_ = customers_.actor;
    int codes_ = 0;
};

}  // namespace otokui::coupon
