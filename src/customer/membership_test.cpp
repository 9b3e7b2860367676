#include "customer/membership.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "core/id_set.hpp"
#include "support/customers.hpp"

namespace otokui::customer {
namespace {

using storage::Value;
using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Membership : public testing::TestWithParam<test::Backend> {
protected:
    void SetUp() override {
        const auto name = [&](core::Writer& writer, const char* table, const char* name) {
            return std::to_string(writer.insert(writer.registry().get(table), {{"name", std::string(name)}}));
        };
        customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"},
                                 [&](core::Writer& writer) {
                                     vip_ = name(writer, "label", "VIP");
                                     gift_ = name(writer, "label", "ギフト利用");
                                     friends_ = name(writer, "customer_group", "友の会");
                                     gold_ = name(writer, "member_level", "ゴールド");
                                     staff_sale_ = name(writer, "special_type", "社員販売");
                                     refused_ = name(writer, "block_reason", "受取拒否");
                                 });
    }
    CustomerId add(const std::string& more = "") {
        return Customers::id_of(customers_.create(R"({"family_name":"青木","status":"member")" + more + "}"));
    }
    boost::json::value field(CustomerId id, const char* key) { return customers_.get(id).at(key); }
    std::string one(const std::string& id) { return R"([")" + id + R"("])"; }
    void act_with(core::Rights rights) {
        customers_.actor.rights = std::make_shared<const core::Rights>(std::move(rights));
    }
    void switch_off(const char* feature) {
        customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"},
                                 [&](core::Writer& writer) {
                                     writer.insert(writer.registry().get("setting"),
                                                   {{"name", std::string("features")},
                                                    {"content", std::string("{\"") + feature + "\":false}"}});
                                 });
    }

    Customers customers_{GetParam()};
    std::string vip_, gift_, friends_, gold_, staff_sale_, refused_;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Membership, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Membership, SetsTakeIdsAndAnswerNames) {
    const auto id = add(R"(,"labels":[")" + gift_ + R"(",")" + vip_ + R"("],"groups":)" + one(friends_));
    EXPECT_EQ(field(id, "labels_names"), boost::json::parse(R"(["VIP","ギフト利用"])"));
    EXPECT_EQ(field(id, "groups_names"), boost::json::parse(R"(["友の会"])"));
    customers_.update(id, 1, R"({"labels":[]})");
    EXPECT_EQ(field(id, "labels"), boost::json::array());
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Membership, ASetRefusesWhatIsTwiceUnknownOrTooMuch) {
    const auto id = add();
    const auto refused = [&](const std::string& body) {
        return field_errors([&] { customers_.update(id, 1, body); });
    };
    EXPECT_THAT(refused(R"({"groups":[")" + friends_ + R"(",")" + friends_ + R"("]})"),
                ElementsAre("/groups duplicate"));
    EXPECT_THAT(refused(R"({"labels":["999",5]})"),
                ElementsAre("/labels/0 not_a_choice", "/labels/1 wrong_type"));
    EXPECT_THAT(refused(R"({"labels":"1"})"), ElementsAre("/labels wrong_type"));
    EXPECT_THAT(refused(R"({"labels":null})"), ElementsAre("/labels required"));
    std::string many;
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        many.clear();
        for (int i = 0; i < 51; ++i)
            many +=
                (i ? "\",\"" : "") + std::to_string(writer.insert(writer.registry().get("label"),
                                                                  {{"name", "ラベル" + std::to_string(i)}}));
    });
    EXPECT_THAT(refused(R"({"labels":[")" + many + R"("]})"), ElementsAre("/labels too_many"));
    EXPECT_EQ(field(id, "version").as_int64(), 1);
}

TEST_P(Membership, LevelAndSpecialTypeAreForMembersAlone) {
    const std::string body =
        R"("level":")" + gold_ + R"(","level_fixed":true,"special_type":")" + staff_sale_ + R"(")";
    for (const char* status : {"visitor", "guest", "provisional", "withdrawn"})
        EXPECT_THAT(field_errors([&] {
                        customers_.create(R"({"family_name":"森","status":")" + std::string(status) +
                                          R"(",)" + body + "}");
                    }),
                    ElementsAre("/level level.not_a_member", "/level_fixed level.not_a_member",
                                "/special_type special_type.not_a_member"))
            << status;
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"森",)" + body + "}"); }),
                testing::SizeIs(3));  // a guest, unless said otherwise
    const auto id = add("," + body);
    EXPECT_EQ(field(id, "level_name").as_string(), "ゴールド");
    EXPECT_EQ(field(id, "special_type_name").as_string(), "社員販売");
    EXPECT_THAT(
        field_errors([&] { customers_.update(id, 1, R"({"status":"guest","level":")" + gold_ + R"("})"); }),
        ElementsAre("/level level.not_a_member", "/status status.not_reachable"));
    EXPECT_EQ(field(id, "status").as_string(), "member");
}

// DOMAIN 1.2.
TEST_P(Membership, AStatusFollowsTheOneOfNow) {
    const std::map<std::string, std::string> next{{"visitor", "guest provisional member"},
                                                  {"guest", "provisional member"},
                                                  {"provisional", "guest member withdrawn"},
                                                  {"member", "withdrawn"},
                                                  {"withdrawn", "provisional member"}};
    for (const auto& [now, reachable] : next)
        for (const auto& [then, unused] : next) {
            const auto id =
                Customers::id_of(customers_.create(R"({"family_name":"森","status":")" + now + R"("})"));
            const auto body = R"({"status":")" + then + R"("})";
            if (now == then || reachable.find(then) != std::string::npos) {
                EXPECT_EQ(customers_.update(id, 1, body).record.at("status").as_string(), then) << now;
                continue;
            }
            EXPECT_THAT(field_errors([&] { customers_.update(id, 1, body); }),
                        ElementsAre("/status status.not_reachable"))
                << now << " " << then;
            EXPECT_EQ(field(id, "status").as_string(), now);
        }
}

TEST_P(Membership, WithdrawingAndItsTakingBackAreARightByWhateverDoor) {
    const auto member = add("");
    const auto left = Customers::id_of(customers_.create(R"({"family_name":"林","status":"withdrawn"})"));
    customers_.actor.rights =
        std::make_shared<const core::Rights>(core::Rights{"customer.read", "customer.edit"});
    EXPECT_THAT(field_errors([&] { customers_.update(member, 1, R"({"status":"withdrawn"})"); }),
                ElementsAre("/status forbidden"));
    EXPECT_THAT(field_errors([&] { customers_.update(left, 1, R"({"status":"member"})"); }),
                ElementsAre("/status forbidden"));
    EXPECT_EQ(field(member, "status").as_string(), "member");
}

TEST_P(Membership, WhoeverCeasesToBeAMemberLosesLevelAndSpecialTypeUntilThatIsUndone) {
    const auto id = add(R"(,"level":")" + gold_ + R"(","level_fixed":true,"special_type":")" + staff_sale_ +
                        R"(","newsletter":true,"direct_mail":true)");
    const auto by_form = customers_.update(id, 1, R"({"status":"withdrawn"})");
    EXPECT_TRUE(by_form.record.at("level").is_null());
    EXPECT_FALSE(by_form.record.at("level_fixed").as_bool());
    EXPECT_TRUE(by_form.record.at("special_type").is_null());
    EXPECT_FALSE(by_form.record.at("newsletter").as_bool());
    EXPECT_FALSE(by_form.record.at("direct_mail").as_bool());
    core::undo(customers_.journal, customers_.actor, by_form.operation);
    EXPECT_EQ(field(id, "level_name").as_string(), "ゴールド");
    const auto by_withdrawal = withdraw(customers_.context, customers_.actor, id, boost::json::object());
    EXPECT_TRUE(by_withdrawal.record.at("level").is_null());
    EXPECT_TRUE(by_withdrawal.record.at("special_type").is_null());
    EXPECT_FALSE(by_withdrawal.record.at("withdrawn_at").is_null());
}

TEST_P(Membership, AnUndoLeavesNoLevelOrSpecialTypeOnWhoIsNoMember) {
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","status":"guest"})"));
    const auto joined = customers_.update(id, 1, R"({"status":"member"})");
    const auto given =
        customers_.update(id, 2, R"({"level":")" + gold_ + R"(","special_type":")" + staff_sale_ + R"("})");
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, customers_.actor, joined.operation); }),
              "operation.changed_since");
    EXPECT_EQ(field(id, "status").as_string(), "member");
    core::undo(customers_.journal, customers_.actor, given.operation);
    core::undo(customers_.journal, customers_.actor, joined.operation);
    EXPECT_EQ(field(id, "status").as_string(), "guest");
}

TEST_P(Membership, AnUndoOfADeletionGoesAsFarBackAsRestoring) {
    const auto id = add();
    const auto deleted = remove(customers_.context, customers_.actor, id, {.any = true});
    constexpr std::int64_t kDay = 86'400'000;
    customers_.now += 31 * kDay;
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, customers_.actor, deleted); }),
              "customer.restore_expired");
    customers_.now -= 2 * kDay;
    core::undo(customers_.journal, customers_.actor, deleted);
    EXPECT_EQ(field(id, "deleted").as_string(), "no");
}

TEST_P(Membership, AnotherMailAddressEndsTheConsentThatTheOldOneHad) {
    const auto id = add(R"(,"email":"a@example.jp","newsletter":true,"cleaned":true)");
    const auto moved = customers_.update(id, 1, R"({"email":"b@example.jp"})").record;
    EXPECT_FALSE(moved.at("newsletter").as_bool());
    EXPECT_FALSE(moved.at("cleaned").as_bool());
    EXPECT_EQ(moved.at("adjusted").as_array().size(), 2U);
    const auto kept = customers_.update(id, 2, R"({"email":"c@example.jp","newsletter":true})").record;
    EXPECT_TRUE(kept.at("newsletter").as_bool());
    EXPECT_TRUE(customers_.update(id, 3, R"({"email":" C@example.jp"})").record.at("newsletter").as_bool());
}

TEST_P(Membership, ABlockNeedsAReasonAndLosesItWhenLifted) {
    const auto id = add();
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"blocked":true})"); }),
                ElementsAre("/block_reasons block.reason_required"));
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"blocked":true,"block_reasons":["77"]})"); }),
                ElementsAre("/block_reasons/0 not_a_choice"));
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"block_reasons":)" + one(refused_) + "}"); }),
                ElementsAre("/block_reasons block.not_blocked"));
    EXPECT_EQ(field(id, "version").as_int64(), 1);
    customers_.update(id, 1, R"({"blocked":true,"block_reasons":)" + one(refused_) + "}");
    EXPECT_EQ(field(id, "block_reasons_names"), boost::json::parse(R"(["受取拒否"])"));
    EXPECT_THAT(field_errors([&] { customers_.update(id, 2, R"({"block_reasons":[]})"); }),
                ElementsAre("/block_reasons block.reason_required"));
    const auto lifted = customers_.update(id, 2, R"({"blocked":false})");
    EXPECT_EQ(lifted.record.at("block_reasons"), boost::json::array());
    core::undo(customers_.journal, customers_.actor, lifted.operation);
    EXPECT_EQ(field(id, "block_reasons_names"), boost::json::parse(R"(["受取拒否"])"));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Membership, ARetiredReasonStaysButIsChosenNoMore) {
    const auto had = add(R"(,"blocked":true,"block_reasons":)" + one(refused_));
    const auto other = add();
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.update(writer.registry().get("block_reason"), std::stoll(refused_),
                      {{"retired", std::int64_t{1}}});
    });
    const auto body = R"({"blocked":true,"memo":"x","block_reasons":)" + one(refused_) + "}";
    customers_.update(had, 1, body);
    EXPECT_THAT(field_errors([&] { customers_.update(other, 1, body); }),
                ElementsAre("/block_reasons block.reason_retired"));
}

TEST_P(Membership, WhatNeedsAFurtherRightIsForbiddenOnlyWhereItWouldChange) {
    const auto id = add(R"(,"level":")" + gold_ + R"(")");
    act_with({"customer.read", "contact.read", "customer.edit"});
    const auto forbidden = [&](const std::string& body) {
        EXPECT_EQ(refusal([&] { customers_.update(id, 1, body); }), "field.forbidden") << body;
        return field_errors([&] { customers_.update(id, 1, body); });
    };
    EXPECT_THAT(forbidden(R"({"level":null,"level_fixed":true,"memo":"x"})"),
                ElementsAre("/level forbidden", "/level_fixed forbidden"));
    EXPECT_THAT(forbidden(R"({"blocked":true,"block_reasons":)" + one(refused_) + "}"),
                ElementsAre("/blocked forbidden", "/block_reasons forbidden"));
    EXPECT_EQ(refusal([&] {
                  customers_.create(R"({"family_name":"森","status":"member","level":")" + gold_ + R"("})");
              }),
              "field.forbidden");
    // A form sends everything back as it was.
    const auto same =
        customers_.update(id, 1,
                          R"({"level":")" + gold_ +
                              R"(","level_fixed":false,"blocked":false,"block_reasons":[],"memo":"電話済"})");
    EXPECT_EQ(same.record.at("memo").as_string(), "電話済");
    act_with({"customer.read", "contact.read", "customer.edit", "block.edit"});
    customers_.update(id, 2, R"({"blocked":true,"block_reasons":)" + one(refused_) + "}");
}

TEST_P(Membership, APartThatIsSwitchedOffTakesNoValues) {
    const auto id = add();
    switch_off("block_list");
    EXPECT_THAT(field_errors([&] {
                    customers_.update(id, 1, R"({"blocked":true,"block_reasons":)" + one(refused_) + "}");
                }),
                ElementsAre("/blocked feature_off", "/block_reasons feature_off"));
    customers_.update(id, 1, R"({"blocked":false,"memo":"x"})");
}

TEST_P(Membership, ACellHoldsNamesAsAnExportWritesThem) {
    customers_.database.storage().read([&](storage::Transaction& tx) {
        core::Masters masters(tx);
        FieldInput fields(masters, shop_day(customers_.journal.now()));
        const auto& labels = customers_.catalogue.get("labels");
        const auto read = [&](const char* cell) {
            Input input;
            fields.read_cell(labels, cell, "/labels", input);
            return input;
        };
        EXPECT_EQ(*read("ギフト利用|VIP").find("labels"), Value("," + vip_ + "," + gift_ + ","));
        EXPECT_EQ(*read(" VIP | ").find("labels"), Value("," + vip_ + ","));
        EXPECT_EQ(*read("").find("labels"), Value(std::string()));
        EXPECT_EQ(read("VIP|ない").errors, (std::vector<FieldError>{{"/labels", "not_a_choice"}}));
        EXPECT_EQ(read("VIP|VIP").errors, (std::vector<FieldError>{{"/labels", "duplicate"}}));
    });
}

TEST_P(Membership, TheMemberIdIsTheMailOrItsOwnAsTheShopSaysAndNeitherIsLost) {
    const auto id = add(R"(,"member_id":"M-7","email":"a@example.jp")");
    EXPECT_EQ(field(id, "member_id").as_string(), "M-7");
    std::int64_t row = 0;
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        row = writer.insert(
            writer.registry().get("setting"),
            {{"name", std::string("customer")}, {"content", std::string(R"({"member_id":"mail"})")}});
    });
    EXPECT_EQ(field(id, "member_id").as_string(), "a@example.jp");
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"member_id":"M-8"})"); }),
                ElementsAre("/member_id member_id.is_mail"));
    const auto same = customers_.update(id, 1, R"({"member_id":"b@example.jp","email":"b@example.jp"})");
    EXPECT_EQ(same.record.at("member_id").as_string(), "b@example.jp");
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.update(writer.registry().get("setting"), row,
                      {{"content", std::string(R"({"member_id":"own"})")}});
    });
    EXPECT_EQ(field(id, "member_id").as_string(), "M-7");
    customers_.update(id, 2, R"({"member_id":"M-8"})");
    EXPECT_EQ(field(id, "member_id").as_string(), "M-8");
}

TEST_P(Membership, Features60TheLastUpdateMovesOnlyWhenSomethingReallyChanges) {
    const auto id = add(R"(,"labels":[")" + vip_ + R"(",")" + gift_ + R"("],"level":")" + gold_ + R"(")");
    const auto made = field(id, "updated_at");
    customers_.now += 1000;
    customers_.update(id, 1,
                      R"({"labels":[")" + gift_ + R"(",")" + vip_ + R"("],"level":")" + gold_ +
                          R"(","blocked":false,"family_name":" 青木 "})");
    EXPECT_EQ(field(id, "updated_at"), made);
    EXPECT_EQ(field(id, "version").as_int64(), 1);
    customers_.update(id, 1, R"({"labels":[")" + vip_ + R"("]})");
    EXPECT_NE(field(id, "updated_at"), made);
}

TEST_P(Membership, TheAlertKeepsNoCardNumber) {
    const auto id = add(R"(,"alert":"カード 4111 1111 1111 1111 を読み上げた")");
    EXPECT_EQ(std::string(field(id, "alert").as_string()).find("4111 1111"), std::string::npos);
}

// Whatever is sent, what is left is sound, and what was refused changed nothing.
TEST_P(Membership, AnySequenceLeavesNoOneWithWhatHeMayNotHave) {
    const std::vector<std::string> statuses{"visitor", "guest", "provisional", "member", "withdrawn"};
    rc::check([&] {
        const auto id = add();
        for (int i = 0; i < 8; ++i) {
            boost::json::object body;
            const auto maybe = [&](const char* key, boost::json::value value) {
                if (*rc::gen::arbitrary<bool>()) body[key] = std::move(value);
            };
            maybe("status", boost::json::value(*rc::gen::elementOf(statuses)));
            maybe("level", *rc::gen::arbitrary<bool>() ? boost::json::value(gold_) : boost::json::value());
            maybe("level_fixed", *rc::gen::arbitrary<bool>());
            maybe("special_type",
                  *rc::gen::arbitrary<bool>() ? boost::json::value(staff_sale_) : boost::json::value());
            maybe("blocked", *rc::gen::arbitrary<bool>());
            maybe("block_reasons",
                  *rc::gen::arbitrary<bool>() ? boost::json::parse(one(refused_)) : boost::json::array());
            const auto before = customers_.get(id);
            try {
                update(customers_.context, customers_.actor, id, {.any = true}, body);
            } catch (const Refused& refused) {
                RC_ASSERT(refused.problem().code == "customer.invalid");
                RC_ASSERT(customers_.get(id) == before);
            }
            const auto after = customers_.get(id);
            const bool member = after.at("status") == "member";
            RC_ASSERT(member || (after.at("level").is_null() && after.at("special_type").is_null() &&
                                 after.at("level_fixed") == false));
            RC_ASSERT(after.at("blocked").as_bool() == !after.at("block_reasons").as_array().empty());
            RC_ASSERT(after.at("withdrawn_at").is_null() == (after.at("status") != "withdrawn"));
        }
    });
}

}  // namespace
}  // namespace otokui::customer
