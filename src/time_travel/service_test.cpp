#include "time_travel/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "core/undo.hpp"
#include "order/past.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"

namespace otokui::time_travel {
namespace {

using core::Writer;
using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;

class TimeTravel : public testing::TestWithParam<test::Backend> {
protected:
    TimeTravel()
        : customers_(GetParam(), [](core::Registry& registry) {
              order::register_tables(registry);
              register_kinds(registry);
              registry.add_kind({"order.import", {"取込", "Import"}, "import"});
              registry.add_kind({"label.edit", {"ラベル", "Label"}, "settings.edit"});
              registry.add_kind({"customer.erase", {"抹消", "Erase"}, "customer.erase", false});
          }) {}

    CustomerId add(const std::string& body) { return Customers::id_of(customers_.create(body)); }
    customer::Json then(CustomerId id, std::int64_t at) { return get(context_, customers_.actor, id, {at}); }
    // A second passes after each.
    std::int64_t tick() { return std::exchange(customers_.now, customers_.now + 1000); }
    customer::Json body(const std::string& text) { return customers_.json(text); }
    std::int64_t write(const char* kind, const std::function<std::int64_t(Writer&)>& work) {
        return customers_.journal.write({.actor = customers_.actor, .kind = kind}, work);
    }

    Customers customers_;
    Context context_{customers_.context, {order::past_purchases}};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, TimeTravel, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(TimeTravel, ShowsTheRecordAsItWas) {
    const auto id = add(R"({"family_name":"青木","phone":"0312345678","birth_date":"2000-11-23"})");
    const auto made = tick();
    const auto before = customers_.get(id);
    customers_.update(id, 1, R"({"family_name":"森","phone":null})");
    const auto changed = tick();
    auto old = then(id, changed - 1);
    EXPECT_EQ(old.at("as_of").as_string(), format_moment({changed - 1}));
    EXPECT_FALSE(old.at("erased").as_bool());
    EXPECT_EQ(old.at("age").as_int64(), 25);
    EXPECT_EQ(then(id, changed).at("family_name").as_string(), "森");  // the very millisecond is included
    for (const auto* key : {"as_of", "erased", "unknown"}) old.erase(key);
    auto expected = before;
    expected["points"] = expected["points_expire_at"] = nullptr;  // nobody here can tell
    EXPECT_EQ(boost::json::serialize(old), boost::json::serialize(expected));
    EXPECT_EQ(then(id, made).at("unknown"), body(R"({"x":["points","points_expire_at"]})").at("x"));
}

TEST_P(TimeTravel, ThereIsNobodyBeforeTheFirstWriteAndInTheFuture) {
    const auto id = add(R"({"family_name":"青木"})");
    const auto made = tick();
    EXPECT_EQ(refusal([&] { then(id, made - 1); }), "customer.not_yet");
    EXPECT_EQ(refusal([&] { then({id.value + 1}, made); }), "customer.not_found");
    EXPECT_EQ(refusal([&] { then(id, customers_.now + 3'600'000); }), "as_of.in_future");
}

TEST_P(TimeTravel, WhoWasMadeAndUndoneIsShownForTheTimeBetween) {
    const auto written = customers_.create(R"({"family_name":"青木"})");
    const auto id = Customers::id_of(written);
    const auto made = tick();
    const auto undo = core::undo(customers_.journal, customers_.actor, written.operation);
    const auto undone = tick();
    EXPECT_EQ(then(id, made).at("family_name").as_string(), "青木");
    EXPECT_EQ(refusal([&] { then(id, undone); }), "customer.not_found");
    core::undo(customers_.journal, customers_.actor, undo);
    const auto again = tick();
    customers_.update(id, 1, R"({"family_name":"森"})");
    EXPECT_EQ(then(id, again).at("family_name").as_string(), "青木");
    EXPECT_EQ(refusal([&] { then(id, undone); }), "customer.not_found");
}

TEST_P(TimeTravel, CallsLabelsWhatTheyWereCalled) {
    const auto& labels = customers_.registry.get("label");
    const auto label = write("label.edit", [&](Writer& writer) {
        return writer.insert(labels, {{"name", std::string("上得意")}, {"color", std::string("red")}});
    });
    const auto id = add(R"({"family_name":"青木"})");
    write("label.edit", [&](Writer& writer) {
        writer.update(writer.registry().get("customer"), id.value,
                      {{"labels", "," + std::to_string(label) + ","}});
        return label;
    });
    const auto given = tick();
    write("label.edit", [&](Writer& writer) {
        writer.update(labels, label, {{"name", std::string("得意")}});
        return label;
    });
    const auto renamed = tick();
    write("label.edit", [&](Writer& writer) {
        writer.remove(labels, label);
        return label;
    });
    EXPECT_EQ(then(id, given).at("labels_names").at(0).as_string(), "上得意");
    EXPECT_EQ(then(id, renamed).at("labels_names").at(0).as_string(), "得意");
    EXPECT_EQ(then(id, tick()).at("labels_names").at(0).as_string(), "(削除済み)");
}

TEST_P(TimeTravel, CountsThePurchasesOfThatTimeAlsoOfOrdersThatWentElsewhere) {
    const auto id = add(R"({"family_name":"青木"})"), other = add(R"({"family_name":"森"})");
    const auto& orders = customers_.registry.get("orders");
    const auto order = write("order.import", [&](Writer& writer) {
        return writer.insert(orders, {{"number", std::string("A1")},
                                      {"customer_id", id.value},
                                      {"payment_status", std::string("unpaid")},
                                      {"total", std::int64_t{3000}},
                                      {"ordered_at", customers_.now}});
    });
    const auto ordered = tick();
    const auto set = [&](const core::Assignments& values) {
        write("order.import", [&](Writer& writer) {
            writer.update(orders, order, values);
            return order;
        });
        return tick();
    };
    const auto paid = set({{"payment_status", std::string("captured")}});
    const auto moved = set({{"customer_id", other.value}});
    EXPECT_EQ(then(id, ordered).at("purchase_total").as_int64(), 0);
    EXPECT_EQ(then(id, paid).at("purchase_total").as_int64(), 3000);
    EXPECT_EQ(then(id, paid).at("last_purchase_at").as_string(), format_moment({ordered}));
    EXPECT_EQ(then(id, moved).at("purchase_count").as_int64(), 0);
    EXPECT_EQ(then(other, paid).at("purchase_count").as_int64(), 0);
    EXPECT_EQ(then(other, moved).at("purchase_count").as_int64(), 1);
}

TEST_P(TimeTravel, MasksContactsByTheRightsOfNow) {
    const auto id = add(R"({"family_name":"青木","phone":"0312345678"})");
    tick();
    customers_.update(id, 1, R"({"phone":"0612345678"})");
    customers_.actor.rights =
        std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.edit", "history.read"});
    EXPECT_EQ(then(id, customers_.now - 1).at("phone").as_string(), "*****");
    EXPECT_EQ(refusal([&] {
                  restore_fields(context_, customers_.actor, id, {.version = 2},
                                 body(R"({"as_of":"2026-11-22T10:00:00+09:00","fields":["phone"]})"));
              }),
              "field.forbidden");
    customers_.actor.rights =
        std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.edit"});
    EXPECT_EQ(refusal([&] { then(id, customers_.now - 1); }), "forbidden") << "the past is history";
}

TEST_P(TimeTravel, SaysWhatAnErasureLeftUnknown) {
    const auto id = add(R"({"family_name":"青木","newsletter":true})");
    customer::create_address(customers_.context, customers_.actor, id, body(R"({"label":"実家"})"));
    const auto made = tick();
    customers_.update(id, 1, R"({"newsletter":false})");
    tick();
    write("customer.erase", [&](Writer& writer) {
        const auto& table = writer.registry().get("customer");
        writer.erase(writer.registry().get("customer_address"), 1);
        writer.update(table, id.value, {{"erased_at", customers_.now}, {"deleted_at", customers_.now}});
        writer.erase(table, id.value);
        return id.value;
    });
    customers_.journal.housekeeping([&](Writer& writer) { writer.erase_history(id.value, 1000); });
    const auto erased = tick();
    const auto old = then(id, made);
    EXPECT_TRUE(old.at("erased").as_bool());
    EXPECT_TRUE(old.at("family_name").is_null());
    EXPECT_TRUE(old.at("newsletter").is_null());
    EXPECT_TRUE(old.at("erased_at").is_null());
    EXPECT_EQ(old.at("number").as_string(), "00000001");
    EXPECT_EQ(old.at("version").as_int64(), 1);
    EXPECT_THAT(boost::json::serialize(old.at("unknown")), testing::HasSubstr("newsletter"));
    EXPECT_TRUE(then(id, erased).at("erased").as_bool());
    EXPECT_FALSE(then(id, erased).at("newsletter").as_bool());
    EXPECT_EQ(boost::json::serialize(list_addresses(context_, customers_.actor, id, {made}).at("items")),
              "[]");
    EXPECT_EQ(refusal([&] {
                  restore_fields(context_, customers_.actor, id, {.any = true},
                                 {{"as_of", format_moment({made})}, {"fields", {"newsletter"}}});
              }),
              "restore.unknown");
}

TEST_P(TimeTravel, GivesSingleFieldsTheirOldValuesAsAChangeLikeAnyOther) {
    const auto id =
        add(R"({"family_name":"青木","given_name":"一郎","prefecture":13,"city":"千代田区","memo":"古い"})");
    const auto made = tick();
    customers_.update(
        id, 1, R"({"family_name":"森","given_name":"二郎","prefecture":27,"city":"北区","memo":"新しい"})");
    tick();
    const auto restore = [&](const std::string& fields, customer::Seen seen = {.version = 2}) {
        return restore_fields(
            context_, customers_.actor, id, seen,
            body(R"({"as_of":")" + format_moment({made}) + R"(","fields":)" + fields + "}"));
    };
    EXPECT_EQ(refusal([&] { restore(R"(["memo"])", {.version = 1}); }), "customer.stale");
    EXPECT_THAT(field_errors([&] { restore(R"(["memo","purchase_total","number"])"); }),
                testing::UnorderedElementsAre("/fields/1 read_only", "/fields/2 read_only"));
    EXPECT_THAT(field_errors([&] { restore(R"(["colour"])"); }), ElementsAre("/fields/0 unknown_field"));
    EXPECT_THAT(field_errors([&] { restore("[]"); }), ElementsAre("/fields required"));
    const auto written = restore(R"(["name","address"])");
    EXPECT_EQ(written.record.at("name").as_string(), "青木 一郎");
    EXPECT_EQ(written.record.at("address").as_string(), "東京都千代田区");
    EXPECT_EQ(written.record.at("memo").as_string(), "新しい");
    EXPECT_EQ(written.record.at("version").as_int64(), 3);
    const auto reason = customers_.database.storage().read([&](storage::Transaction& tx) {
        return tx.find_text("SELECT reason FROM operation WHERE id = ?", {written.operation.value}).value();
    });
    EXPECT_THAT(reason, testing::HasSubstr("2026-11-22T10:00:00"));
    core::undo(customers_.journal, customers_.actor, written.operation);
    EXPECT_EQ(customers_.get(id).at("name").as_string(), "森 二郎");
}

TEST_P(TimeTravel, AMailThatIsTakenByNowIsNotGivenBack) {
    const auto id = add(R"({"family_name":"青木","email":"a@example.jp","status":"member"})");
    const auto made = tick();
    customers_.update(id, 1, R"({"email":null})");
    add(R"({"family_name":"森","email":"a@example.jp","status":"member"})");
    tick();
    EXPECT_THAT(field_errors([&] {
                    restore_fields(context_, customers_.actor, id, {.any = true},
                                   {{"as_of", format_moment({made})}, {"fields", {"email"}}});
                }),
                ElementsAre("/fields/0 taken"));
}

TEST(TimeTravelMoment, TakesAnyOffsetAndAPlusThatBecameABlank) {
    const std::int64_t expected = 1'795'309'200'000;
    for (const auto* text : {"2026-11-22T10:00:00+09:00", "2026-11-22T10:00:00 09:00", "2026-11-22T01:00:00Z",
                             "2026-11-21T15:00:00.000-10:00"})
        EXPECT_EQ(parse_as_of(text).milliseconds, expected) << text;
    for (const auto* text :
         {"", "2026-11-22", "2026-02-31T10:00:00+09:00", "yesterday", "2026-11-22T10:00:00"})
        EXPECT_EQ(refusal([&] { parse_as_of(text); }), "as_of.invalid") << text;
}

}  // namespace
}  // namespace otokui::time_travel
