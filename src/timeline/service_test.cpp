#include "timeline/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "order/conditions.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"

namespace otokui::timeline {
namespace {

using core::TimelineItem;
using core::TimelinePlace;
using test::Customers;
using test::refusal;
using testing::ElementsAre;

std::string text_of(const boost::json::value& item, const char* key) {
    return item.at(key).is_null() ? "" : std::string(item.at(key).as_string());
}

class Timeline : public testing::TestWithParam<test::Backend> {
protected:
    Timeline() : customers_(GetParam(), order::register_tables) {
        register_sources(customers_.registry, customers_.catalogue);
        customers_.registry.add_kind({"order.import", {"取込", "Import"}, "import"});
        customers_.registry.add_feature({.key = "letters", .label = {"手紙", "Letters"}, .initial = 1});
        customers_.actor.name = "森";
    }

    Page read(const std::vector<std::string>& kinds = {}, const std::string& cursor = "", int limit = 50) {
        return list(customers_.journal, customers_.actor, id_, kinds, cursor, limit);
    }
    std::vector<std::string> titles(const std::vector<std::string>& kinds = {}) {
        std::vector<std::string> result;
        for (const auto& item : read(kinds).items)
            result.push_back(text_of(item, "kind") + " " + text_of(item.at("title"), "ja"));
        return result;
    }
    std::vector<std::string> kinds() {
        std::vector<std::string> result;
        for (const auto& kind : read().kinds) result.push_back(text_of(kind, "kind"));
        return result;
    }
    void tick() { customers_.now += 1000; }
    void write(const std::function<void(core::Writer&)>& work) {
        customers_.journal.write({.actor = customers_.actor, .kind = "order.import"}, work);
        tick();
    }

    Customers customers_;
    CustomerId id_ = Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Timeline, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Timeline, TellsWhatWasDoneToTheRecordItsAddressesAndOrders) {
    tick();
    customers_.update(id_, 1, R"({"family_name":"森","phone":"0312345678"})");
    tick();
    const auto address =
        customer::create_address(customers_.context, customers_.actor, id_, {{"label", "実家"}});
    tick();
    const customer::AddressId address_id{std::stoll(std::string(address.record.at("id").as_string()))};
    customer::update_address(customers_.context, customers_.actor, id_, address_id, {.any = true},
                             {{"city", "札幌市"}});
    tick();
    customer::remove_address(customers_.context, customers_.actor, id_, address_id, {.any = true});
    tick();
    const auto& orders = customers_.registry.get("orders");
    std::int64_t order = 0;
    write([&](core::Writer& writer) {
        order = writer.insert(orders, {{"number", std::string("A-1")},
                                       {"customer_id", id_.value},
                                       {"payment_status", std::string("unpaid")},
                                       {"total", std::int64_t{12'345}},
                                       {"ordered_at", customers_.now}});
    });
    write([&](core::Writer& writer) {
        writer.update(orders, order,
                      {{"payment_status", std::string("captured")}, {"status", std::string("x")}});
    });
    write([&](core::Writer& writer) { writer.update(orders, order, {{"status", std::string("y")}}); });
    customer::remove(customers_.context, customers_.actor, id_, {.any = true});
    EXPECT_THAT(titles(),
                ElementsAre("record 顧客の削除: 削除日・削除の理由", "payment 受注 A-1: 未決済 → 売上完了",
                            "order 受注 A-1", "address お届け先の削除", "address お届け先の変更: 市区町村",
                            "address 既定のお届け先に変更", "address お届け先の登録",
                            "record 顧客の変更: 姓・電話番号", "record 顧客の登録"));
    EXPECT_THAT(titles({"order", "record"}),
                ElementsAre("record 顧客の削除: 削除日・削除の理由", "order 受注 A-1",
                            "record 顧客の変更: 姓・電話番号", "record 顧客の登録"));
    const auto page = read({"order"});
    EXPECT_EQ(text_of(page.items[0], "detail"), "¥12,345");
    EXPECT_EQ(text_of(page.items[0], "number"), "A-1");
    EXPECT_EQ(text_of(page.items[0], "operation"), "");
    const auto record = read({"record"}, "", 1);
    EXPECT_EQ(text_of(record.items[0], "detail"), "森");
    EXPECT_NE(text_of(record.items[0], "operation"), "");
    EXPECT_NE(record.next_cursor, "");
    EXPECT_THAT(kinds(), ElementsAre("order", "payment", "record", "address"));
}

TEST_P(Timeline, CountsWhatTheReaderMaySeeAndTheShopUsesAndNothingOfOthers) {
    order::declare_conditions(customers_.catalogue);
    customers_.catalogue.add_thing({.key = "letter",
                                    .label = {"手紙", "Letters"},
                                    .right = "customer.read",
                                    .feature = "letters",
                                    .rows = "customer_address l",
                                    .customer = "l.customer_id",
                                    .id = "l.id",
                                    .fields = {}});
    const auto counts = [&] {
        return count(customers_.journal, customers_.catalogue, customers_.actor, id_);
    };
    EXPECT_EQ(counts(), customers_.json(R"({"address":0,"history":1,"order":0,"letter":0})"));
    const auto other = Customers::id_of(customers_.create(R"({"family_name":"林"})"));
    const auto add = [&](CustomerId owner, int orders) {
        customer::create_address(customers_.context, customers_.actor, owner, {{"label", "実家"}});
        write([&](core::Writer& writer) {
            for (int i = 0; i < orders; ++i) {
                const auto number = std::to_string(owner.value) + "-" + std::to_string(i);
                const auto order =
                    writer.insert(writer.registry().get("orders"), {{"number", number},
                                                                    {"customer_id", owner.value},
                                                                    {"payment_status", std::string("unpaid")},
                                                                    {"ordered_at", customers_.now}});
                for (std::int64_t position = 1; position <= 2; ++position)
                    writer.insert(writer.registry().get("order_line"), {{"order_id", order},
                                                                        {"customer_id", owner.value},
                                                                        {"position", position},
                                                                        {"unit_price", std::int64_t{100}},
                                                                        {"quantity", std::int64_t{1}}});
            }
        });
    };
    add(id_, 3);
    add(other, 2);
    // An order of two lines is one; an operation of nine changes is one.
    EXPECT_EQ(counts(), customers_.json(R"({"address":1,"history":3,"order":3,"letter":1})"));
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.insert(customers_.registry.get("setting"), {{"name", std::string("features")},
                                                           {"content", std::string(R"({"letters":false})")},
                                                           {"version", std::int64_t{1}}});
    });
    EXPECT_EQ(counts(), customers_.json(R"({"address":1,"history":3,"order":3})"));
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    EXPECT_EQ(counts(), customers_.json(R"({"address":1})"));
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"order.read"});
    EXPECT_EQ(refusal([&] { counts(); }), "forbidden");
    customers_.actor = core::system_actor("test");
    id_.value += 100;
    EXPECT_EQ(refusal([&] { counts(); }), "customer.not_found");
}

TEST_P(Timeline, NamesTheShopsOwnFields) {
    customers_.catalogue.set_own({{.key = "x.size",
                                   .label = {"サイズ", "Size"},
                                   .group = core::FieldGroup::own,
                                   .privacy = core::Privacy::personal,
                                   .column = std::string(core::kAnswers),
                                   .answer = "size",
                                   .max_length = 20,
                                   .editable = true}});
    tick();
    customers_.update(id_, 1, R"({"memo":"x","x.size":"L"})");
    EXPECT_THAT(titles(), ElementsAre("record 顧客の変更: メモ・サイズ", "record 顧客の登録"));
}

TEST_P(Timeline, ShowsOnlyWhatTheReaderMaySeeAndTheShopUses) {
    customers_.registry.add_timeline({.kind = "letter",
                                      .label = {"手紙", "Letters"},
                                      .right = "customer.read",
                                      .feature = "letters",
                                      .list = [](auto&&...) {
                                          return std::vector<TimelineItem>{
                                              {.at = {1}, .id = 1, .title = {"手紙", "Letter"}}};
                                      }});
    EXPECT_THAT(titles(), ElementsAre("record 顧客の登録", "letter 手紙"));
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    EXPECT_THAT(kinds(), ElementsAre("letter"));
    EXPECT_THAT(titles({"record", "letter"}), ElementsAre("letter 手紙"));
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.insert(customers_.registry.get("setting"), {{"name", std::string("features")},
                                                           {"content", std::string(R"({"letters":false})")},
                                                           {"version", std::int64_t{1}}});
    });
    EXPECT_THAT(kinds(), ElementsAre());
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"order.read"});
    EXPECT_EQ(refusal([&] { read(); }), "forbidden");
}

TEST_P(Timeline, RefusesWhatItDidNotGive) {
    EXPECT_EQ(refusal([&] { read({"dance"}); }), "query.invalid");
    for (const auto* cursor : {"x", "1", "1_2", "1_x_order", "_1_order", "99999999999999999999_1_order"})
        EXPECT_EQ(refusal([&] { read({}, cursor); }), "cursor.invalid") << cursor;
    id_.value += 1;
    EXPECT_EQ(refusal([&] { read(); }), "customer.not_found");
}

// A job changes rows over minutes; what its steps did stands at their own moments.
TEST_P(Timeline, TellsTheMomentOfTheChangeNotOfTheJobsBeginning) {
    OperationId operation;
    for (const auto* memo : {"一", "二"}) {
        tick();
        operation = customers_.journal.step({.actor = customers_.actor, .kind = "order.import", .job = {7}},
                                            operation, [&](core::Writer& writer) {
                                                writer.update(writer.registry().get("customer"), id_.value,
                                                              {{"memo", std::string(memo)}});
                                                return writer.operation();
                                            });
    }
    const auto items = read({"record"}).items;
    EXPECT_EQ(text_of(items[0], "at"), format_moment({customers_.now}));
    EXPECT_EQ(text_of(items[1], "at"), format_moment({customers_.now - 1000}));
    EXPECT_EQ(read({"record"}, read({"record"}, "", 1).next_cursor).items.size(), 2u);
}

// Sources with few different moments and ids, so that many items stand at the same place of different
// sources.
TEST_P(Timeline, MergesAsIfEverythingWereSortedAtOnce) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random); };
    using Line = std::tuple<std::int64_t, std::int64_t, std::string>;  // moment and id backwards, kind
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> held;
    for (const std::string kind : {"a", "b", "c_d", "z"}) {
        customers_.registry.add_timeline(
            {.kind = kind,
             .label = {kind, kind},
             .right = "customer.read",
             .list = [&held, kind](storage::Transaction&, const core::Actor&, std::int64_t,
                                   std::optional<TimelinePlace> before, std::size_t most) {
                 std::vector<TimelineItem> items;
                 for (const auto& [at, id] : held[kind]) {
                     const auto place =
                         before ? std::pair(before->at.milliseconds, before->id) : std::pair(at, id + 1);
                     if (std::pair(at, id) < place && items.size() < most)
                         items.push_back({.at = {at}, .id = id, .title = {kind, kind}});
                 }
                 return items;
             }});
    }
    const std::vector<std::string> kinds{"a", "b", "c_d", "z"};
    for (int round = 0; round < 50; ++round) {
        std::vector<Line> expected;
        for (const auto& kind : kinds) {
            std::set<std::pair<std::int64_t, std::int64_t>> places;
            for (int i = below(30); i > 0; --i) places.emplace(below(4) - 2, 1 + below(8));
            held[kind].assign(places.rbegin(), places.rend());
            for (const auto& [at, id] : places) expected.emplace_back(-at, -id, kind);
        }
        std::ranges::sort(expected);
        const int limit = 1 + below(10);
        std::vector<Line> merged;
        std::string cursor;
        do {
            const auto page = read(kinds, cursor, limit);
            ASSERT_LE(page.items.size(), static_cast<std::size_t>(limit));
            for (const auto& item : page.items)
                merged.emplace_back(-parse_moment(text_of(item, "at"))->milliseconds,
                                    -std::stoll(text_of(item, "id")), text_of(item, "kind"));
            cursor = page.next_cursor;
        } while (!cursor.empty());
        ASSERT_EQ(merged, expected);
    }
}

// The real sources, over a history in which several things happen in the same millisecond.
TEST_P(Timeline, APageAtATimeIsTheWholeStream) {
    const auto& orders = customers_.registry.get("orders");
    for (int i = 0; i < 60; ++i) {
        // Transactions take their time when they begin: one that waited for another bears an earlier moment.
        if (i % 3 == 0) customers_.now += 2;
        if (i % 7 == 0) customers_.now -= 1;
        customers_.update(id_, 1 + i, R"({"memo":")" + std::to_string(i) + "\"}");
        if (i % 2 == 0) customer::create_address(customers_.context, customers_.actor, id_, {{"label", "x"}});
        customers_.journal.write(
            {.actor = customers_.actor, .kind = "order.import"}, [&](core::Writer& writer) {
                const auto order = writer.insert(orders, {{"number", std::to_string(i)},
                                                          {"customer_id", id_.value},
                                                          {"ordered_at", customers_.now - i % 5},
                                                          {"payment_status", std::string("unpaid")}});
                writer.update(orders, order, {{"payment_status", std::string("captured")}});
            });
    }
    const auto whole = read({}, "", 500);
    EXPECT_EQ(whole.next_cursor, "");
    // Made, 60 times changed; 30 addresses, the first of them made the default; 60 orders, each paid.
    EXPECT_EQ(whole.items.size(), 61u + 31u + 120u);
    const auto is_older = [](const boost::json::value& a, const boost::json::value& b) {
        return text_of(a, "at") < text_of(b, "at");
    };
    EXPECT_TRUE(std::is_sorted(whole.items.rbegin(), whole.items.rend(), is_older));
    boost::json::array paged;
    std::string cursor;
    do {
        const auto page = read({}, cursor, 7);
        paged.insert(paged.end(), page.items.begin(), page.items.end());
        cursor = page.next_cursor;
    } while (!cursor.empty());
    EXPECT_EQ(paged, whole.items);
}

}  // namespace
}  // namespace otokui::timeline
