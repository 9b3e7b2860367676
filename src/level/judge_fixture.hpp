#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "base/key_ring.hpp"
#include "core/job_runner.hpp"
#include "core/undo.hpp"
#include "customer/types.hpp"
#include "level/rules.hpp"
#include "level/service.hpp"
#include "level/tables.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"

namespace otokui::level {

inline constexpr Day kToday{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(22)};

struct Purchase {
    Moment at;
    std::int64_t total;
    std::string payment_status;
};

// A shop with levels, members and their purchases, on the morning of kToday.
class Judging : public testing::TestWithParam<test::Backend> {
protected:
    Judging()
        : shop_(GetParam(), [](core::Registry& registry) {
              order::register_tables(registry);
              core::register_job_tables(registry);
              register_tables(registry);
              registry.add_kind({"order.test", {"受注", "Order"}, "order.edit"});
          }) {
        register_job_kinds(jobs_, context_);
    }

    template <class Work>
    void write(Work work) {
        shop_.journal.write({.actor = shop_.actor, .kind = "order.test"}, work);
    }
    std::int64_t add_level(const Level& level) {
        const auto number = [](std::optional<std::int64_t> value) {
            return value ? storage::Value(*value) : storage::Value();
        };
        std::int64_t id = 0;
        write([&](core::Writer& writer) {
            id = writer.insert(writer.registry().get("member_level"),
                               {{"name", level.name},
                                {"position", level.position},
                                {"minimum_total", number(level.minimum_total)},
                                {"minimum_count", number(level.minimum_count)},
                                {"match", std::string(level.any ? "any" : "all")},
                                {"look_back_months", number(level.look_back_months)}});
        });
        return id;
    }
    CustomerId add_customer(const std::string& more = R"("status":"member")") {
        return test::Customers::id_of(shop_.create(R"({"family_name":"青木",)" + more + "}"));
    }
    void buy(CustomerId customer, const Purchase& purchase) {
        write([&](core::Writer& writer) {
            writer.insert(writer.registry().get("orders"), {{"number", "R" + std::to_string(++orders_)},
                                                            {"customer_id", customer.value},
                                                            {"ordered_at", purchase.at.milliseconds},
                                                            {"payment_status", purchase.payment_status},
                                                            {"total", purchase.total}});
        });
    }
    void buy(CustomerId customer, std::int64_t total, Day on = add_days(kToday, -1)) {
        buy(customer, {start_of(on), total, "captured"});
    }
    void set(const std::string& name, const std::string& content) {
        write([&](core::Writer& writer) {
            writer.insert(writer.registry().get("setting"), {{"name", name}, {"content", content}});
        });
    }
    core::Job run(JobId job) { return core::JobRunner(jobs_, {}).run_to_end(job); }
    core::Job judge_now(Mode mode = Mode::apply, Day day = kToday) {
        return run(judge(context_, shop_.actor, day, mode));
    }
    std::int64_t level_of(CustomerId customer) {
        const auto record = shop_.get(customer);
        return record.at("level").is_null() ? 0 : std::stoll(std::string(record.at("level").as_string()));
    }
    std::string transitions(JobId job) {
        std::string all;
        const auto judgement = get_judgement(context_, shop_.actor, job);
        for (const auto& one : judgement.at("transitions").as_array()) {
            const auto id = [&](const char* key) {
                return one.at(key).is_null() ? "-" : std::string(one.at(key).as_string());
            };
            all += id("from") + ">" + id("to") + ":" + std::to_string(one.at("count").as_int64()) + " ";
        }
        return all;
    }

    test::Customers shop_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{shop_.journal, keys_};
    core::Jobs jobs_{shop_.journal, files_};
    Context context_{shop_.journal, jobs_};
    std::int64_t orders_ = 0;
};

}  // namespace otokui::level
