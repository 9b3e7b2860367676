#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "level/judge_fixture.hpp"

namespace otokui::level {
namespace {

// Every customer beside his purchases, judged by going through all of them: no sums, no SQL.
struct Known {
    CustomerId id;
    std::string status;
    bool fixed = false;
    std::int64_t held = 0;
    std::vector<Purchase> purchases = {};
};

std::int64_t reference(const std::vector<Level>& levels, const Known& customer, Day day, bool may_fall) {
    if (customer.status != "member" || customer.fixed) return customer.held;
    const Level* best = nullptr;
    const Level* held = nullptr;
    const auto above = [](const Level& a, const Level& b) {
        return a.position != b.position ? a.position > b.position : a.id > b.id;
    };
    for (const auto& level : levels) {
        std::int64_t total = 0, count = 0;
        for (const auto& purchase : customer.purchases) {
            const auto on = shop_day(purchase.at);
            const bool in_time =
                on < day && (!level.look_back_months ||
                             on >= add_months(day, -static_cast<int>(*level.look_back_months)));
            if (purchase.payment_status != "captured" || !in_time) continue;
            total += purchase.total;
            ++count;
        }
        const bool asks_nothing = !level.minimum_total && !level.minimum_count;
        const bool spent = level.minimum_total && total >= *level.minimum_total;
        const bool often = level.minimum_count && count >= *level.minimum_count;
        const bool all = (!level.minimum_total || spent) && (!level.minimum_count || often);
        if (level.id == customer.held) held = &level;
        if ((asks_nothing || (level.any ? spent || often : all)) && (!best || above(level, *best)))
            best = &level;
    }
    if (!may_fall && held && (!best || above(*held, *best))) best = held;
    return best ? best->id : 0;
}

class JudgingOfRandomShops : public Judging {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, JudgingOfRandomShops, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(JudgingOfRandomShops, Features76AgreesWithAReferenceOnRandomShops) {
    rc::check([&] {
        write([&](core::Writer& writer) {  // what earlier rounds left is judged no more
            std::vector<std::int64_t> ids;
            writer.tx().query("SELECT id FROM customer WHERE deleted_at IS NULL", {},
                              [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
            for (const auto id : ids)
                writer.update(writer.registry().get("customer"), id,
                              {{"level_id", storage::Value()}, {"deleted_at", std::int64_t{1}}});
            ids.clear();
            writer.tx().query("SELECT id FROM member_level", {},
                              [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
            for (const auto id : ids) writer.remove(writer.registry().get("member_level"), id);
        });
        std::vector<Level> levels;
        for (int i = 0, count = *rc::gen::inRange(1, 5); i < count; ++i) {
            const auto maybe = [](int most) {
                return *rc::gen::inRange(0, 3) > 0 ? std::optional<std::int64_t>(*rc::gen::inRange(0, most))
                                                   : std::nullopt;
            };
            Level level{.name = "レベル" + std::to_string(i),
                        .position = *rc::gen::inRange(0, 4),
                        .minimum_total = maybe(30),
                        .minimum_count = maybe(4),
                        .any = *rc::gen::arbitrary<bool>(),
                        .look_back_months = maybe(14)};
            level.id = add_level(level);
            levels.push_back(level);
        }
        const auto day = add_days(kToday, *rc::gen::inRange(-40, 40));
        std::vector<Known> customers;
        for (int i = 0; i < 8; ++i) {
            Known known{.id = {},
                        .status = *rc::gen::elementOf(std::vector<std::string>{"member", "member", "guest"})};
            std::string more = R"("status":")" + known.status + R"(")";
            if (known.status == "member") {
                known.fixed = *rc::gen::inRange(0, 4) == 0;
                if (*rc::gen::arbitrary<bool>())
                    known.held = levels[*rc::gen::inRange<std::size_t>(0, levels.size())].id;
                more += R"(,"level_fixed":)" + std::string(known.fixed ? "true" : "false");
                if (known.held) more += R"(,"level":")" + std::to_string(known.held) + R"(")";
            }
            known.id = add_customer(more);
            for (int order = 0, count = *rc::gen::inRange(0, 5); order < count; ++order) {
                const auto on = add_days(day, -*rc::gen::inRange(-3, 450));
                known.purchases.push_back(
                    {start_of(on) + std::chrono::milliseconds(*rc::gen::inRange(0, 86'400'000)),
                     *rc::gen::inRange(0, 20),
                     *rc::gen::elementOf(
                         std::vector<std::string>{"captured", "captured", "unpaid", "refunded"})});
                buy(known.id, known.purchases.back());
            }
            customers.push_back(known);
        }
        const bool may_fall = *rc::gen::arbitrary<bool>();
        write([&](core::Writer& writer) {
            const auto id = writer.tx().find_integer("SELECT id FROM setting WHERE name = 'levels'");
            const std::string content =
                may_fall ? R"({"allow_downgrade":true})" : R"({"allow_downgrade":false})";
            const auto& table = writer.registry().get("setting");
            if (id)
                writer.update(table, *id, {{"content", content}});
            else
                writer.insert(table, {{"name", std::string("levels")}, {"content", content}});
        });
        const auto job = judge_now(Mode::apply, day);
        RC_ASSERT(job.status == core::JobStatus::done);
        for (const auto& known : customers)
            RC_ASSERT(level_of(known.id) == reference(levels, known, day, may_fall));
    });
    EXPECT_THAT(shop_.verify(), testing::IsEmpty());
}

}  // namespace
}  // namespace otokui::level
