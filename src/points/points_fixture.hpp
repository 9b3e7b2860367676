#pragma once

#include <gtest/gtest.h>

#include "base/key_ring.hpp"
#include "core/job_runner.hpp"
#include "core/settings.hpp"
#include "points/account.hpp"
#include "points/service.hpp"
#include "points/tables.hpp"
#include "support/customers.hpp"

namespace otokui::points {

/// A shop with members who hold points, and a clock that tests move.
class PointsShop : public testing::TestWithParam<test::Backend> {
protected:
    PointsShop()
        : shop_(GetParam(), [](core::Registry& registry) {
              register_tables(registry);
              core::register_job_tables(registry);
          }) {
        register_job_kinds(jobs_, context_);
        member_ = make_member();
    }

    CustomerId make_member() {
        return test::Customers::id_of(
            shop_.create(R"({"family_name":"青木","status":"member","email":"aoki)" +
                         std::to_string(++members_) + R"(@example.jp"})"));
    }
    void set(const std::string& content) {
        shop_.journal.write({.actor = shop_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
            core::settings::put(writer, kSettings, shop_.json(content));
        });
    }
    Written give(std::int64_t delta, const std::string& more = "") {
        return points::give(
            context_, shop_.actor, member_,
            boost::json::parse(R"({"delta":)" + std::to_string(delta) + R"(,"kind":")" +
                               (delta < 0 ? "manual_deduct" : "manual_grant") + "\"" + more + "}"));
    }
    /// As features above this one do.
    EntryId book(const Booking& booking) {
        return shop_.journal.write(
            {.actor = shop_.actor, .kind = "points.change"}, [&](core::Writer& writer) {
                Account account(writer, member_, read_rules(writer.tx(), writer.registry()));
                account.expire_before(writer.now());
                return account.book(booking);
            });
    }
    Written cancel(EntryId entry) {
        return points::cancel(context_, shop_.actor, entry, boost::json::object());
    }
    static EntryId id_of(const Written& written) {
        return {std::stoll(std::string(written.entry.at("id").as_string()))};
    }
    std::int64_t balance() { return shop_.get(member_).at("points").as_int64(); }
    std::string expires() {
        const auto customer = shop_.get(member_);
        const auto* at = customer.at("points_expire_at").if_string();
        return at ? std::string(*at).substr(0, 10) : "";
    }
    boost::json::array ledger(int limit = 200) {
        return list(context_, shop_.actor, member_, "", limit).items;
    }
    /// "kind delta>balance" of each row, oldest first.
    std::vector<std::string> rows() {
        std::vector<std::string> rows;
        for (const auto& item : ledger()) {
            const auto& entry = item.as_object();
            rows.insert(rows.begin(), std::string(entry.at("kind").as_string()) + " " +
                                          std::to_string(entry.at("delta").as_int64()) + ">" +
                                          std::to_string(entry.at("balance_after").as_int64()));
        }
        return rows;
    }
    core::Job run(JobId id) {
        return core::JobRunner(jobs_, {.poll = std::chrono::milliseconds(5)}).run_to_end(id);
    }
    core::Job expire_on(const std::string& day) {
        return run(expire(context_, shop_.actor, parse_day(day).value()));
    }
    void wait_days(int days) { shop_.now += days * std::int64_t{86'400'000}; }

    test::Customers shop_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{shop_.journal, keys_};
    core::Jobs jobs_{shop_.journal, files_};
    const Context context_{shop_.journal, jobs_};
    CustomerId member_;
    int members_ = 0;
};

}  // namespace otokui::points
