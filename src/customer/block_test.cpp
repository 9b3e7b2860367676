#include "customer/block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <set>

#include "support/customers.hpp"

namespace otokui::customer {
namespace {

using test::Customers;
using testing::ElementsAre;
using testing::IsEmpty;

class BlockList : public testing::TestWithParam<test::Backend> {
protected:
    void SetUp() override {
        customers_.journal.write(
            {.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
                reason_ =
                    writer.insert(writer.registry().get("block_reason"), {{"name", std::string("受取拒否")}});
            });
    }
    std::string block() const {
        return R"(,"blocked":true,"block_reasons":[")" + std::to_string(reason_) + R"("])";
    }
    CustomerId add(const std::string& body, bool blocked = false) {
        return Customers::id_of(customers_.create("{" + body + (blocked ? block() : "") + "}"));
    }
    std::vector<std::string> alike(CustomerId id) {
        std::vector<std::string> found;
        for (const auto& one : blocked_look_alikes(customers_.context, customers_.actor, id))
            found.push_back(std::string(one.at("id").as_string()) + " " +
                            boost::json::serialize(one.at("alike")));
        return found;
    }
    static std::string line(CustomerId id, const char* alike) {
        return std::to_string(id.value) + " " + alike;
    }

    Customers customers_{GetParam()};
    std::int64_t reason_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, BlockList, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(BlockList, WhoSharesTwoOfNamePostalCodeAndPhoneLooksAlike) {
    const auto all =
        R"("family_name":"髙橋","given_name":"花子","postal_code":"1500001","phone":"0312345678")";
    const auto blocked = add(all, true);
    const auto same =
        add(R"("family_name":"高橋","given_name":"花子","postal_code":"1500001","phone":"0399999999")");
    EXPECT_THAT(alike(same), ElementsAre(line(blocked, R"(["name","postal_code"])")));
    const auto by_phone =
        add(R"("family_name":"別","given_name":"人","postal_code":"1500001","phone":"0312345678")");
    EXPECT_THAT(alike(by_phone), ElementsAre(line(blocked, R"(["postal_code","phone"])")));
    EXPECT_THAT(alike(add(R"("family_name":"高橋","given_name":"花子")")), IsEmpty());
    EXPECT_THAT(alike(add(R"("phone":"0312345678","family_name":"高橋")")), IsEmpty());
    EXPECT_THAT(alike(blocked), IsEmpty());
    EXPECT_THAT(alike(add(all)), ElementsAre(line(blocked, R"(["name","postal_code","phone"])")));
    remove(customers_.context, customers_.actor, blocked, {.any = true});
    EXPECT_THAT(alike(same), IsEmpty());
}

TEST_P(BlockList, LookAlikesAreThoseOfACompareByHand) {
    rc::check([&] {
        struct Person {
            CustomerId id;
            std::array<std::size_t, 4> parts;  // family, given, postal code, phone; 0: none
            bool blocked;
        };
        static constexpr std::array<const char*, 3> kFamily{"", "青木", "森"}, kGiven{"", "一", "二"},
            kPostal{"", "1500001", "1500002"}, kPhone{"", "0312345678", "0312345679"};
        // Among the customers of this round alone: earlier ones go.
        customers_.journal.write(
            {.actor = customers_.actor, .kind = "customer.delete"}, [&](core::Writer& writer) {
                std::vector<std::int64_t> ids;
                writer.tx().query("SELECT id FROM customer WHERE deleted_at IS NULL", {},
                                  [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
                for (const auto id : ids)
                    writer.update(writer.registry().get("customer"), id, {{"deleted_at", std::int64_t{1}}});
            });
        std::vector<Person> people;
        for (int i = 0; i < 6; ++i) {
            Person person{{}, {}, *rc::gen::arbitrary<bool>()};
            for (auto& part : person.parts) part = *rc::gen::inRange<std::size_t>(0, 3);
            boost::json::object body{{"company", "会社"}};
            const std::array<std::pair<const char*, const char*>, 4> values{
                {{"family_name", kFamily[person.parts[0]]},
                 {"given_name", kGiven[person.parts[1]]},
                 {"postal_code", kPostal[person.parts[2]]},
                 {"phone", kPhone[person.parts[3]]}}};
            for (const auto& [key, value] : values)
                if (*value) body[key] = value;
            if (person.blocked) {
                body["blocked"] = true;
                body["block_reasons"] = boost::json::array{std::to_string(reason_)};
            }
            person.id = Customers::id_of(create(customers_.context, customers_.actor, body));
            people.push_back(person);
        }
        for (const auto& one : people) {
            std::set<std::int64_t> expected, found;
            for (const auto& other : people) {
                const auto same = [&](std::size_t part) {
                    return one.parts[part] != 0 && one.parts[part] == other.parts[part];
                };
                const int alike = int(same(0) && same(1)) + int(same(2)) + int(same(3));
                if (other.blocked && other.id != one.id && alike >= 2) expected.insert(other.id.value);
            }
            for (const auto& item : blocked_look_alikes(customers_.context, customers_.actor, one.id))
                found.insert(std::stoll(std::string(item.at("id").as_string())));
            RC_ASSERT(found == expected);
        }
    });
}

TEST_P(BlockList, WhoBlockedAndWhyIsTold) {
    const auto id = add(R"("family_name":"青木")");
    EXPECT_EQ(why_blocked(customers_.context, customers_.actor, id).at("blocked"), false);
    customers_.now += 60'000;
    const auto written = customers_.update(id, 1, "{" + block().substr(1) + "}");
    customers_.now += 60'000;
    customers_.update(id, 2, R"({"memo":"\"blocked\":1"})");
    const auto why = why_blocked(customers_.context, customers_.actor, id);
    EXPECT_EQ(why.at("reasons").as_array().front().at("name").as_string(), "受取拒否");
    EXPECT_EQ(why.at("set_by").at("operation").as_string(), std::to_string(written.operation.value));
    EXPECT_EQ(why.at("set_by").at("actor").as_string(), "system");
}

}  // namespace
}  // namespace otokui::customer
