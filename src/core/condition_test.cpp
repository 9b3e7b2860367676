#include "core/condition.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/json.hpp"
#include "base/problem.hpp"

namespace otokui::core {
namespace {

Catalogue make_catalogue() {
    Catalogue catalogue;
    catalogue.add({.key = "id", .label = {"ID", "ID"}, .type = FieldType::id, .column = "id"});
    catalogue.add({.key = "name", .label = {"氏名", "Name"}, .type = FieldType::text, .column = "name"});
    catalogue.add({.key = "phone",
                   .label = {"電話", "Phone"},
                   .type = FieldType::text,
                   .column = "phone",
                   .shadow = text::ShadowKind::phone});
    catalogue.add({.key = "status",
                   .label = {"状態", "Status"},
                   .type = FieldType::choice,
                   .column = "status",
                   .choices = {{"member", {"会員", "Member"}}, {"guest", {"ゲスト", "Guest"}}}});
    catalogue.add({.key = "prefecture",
                   .label = {"都道府県", "Prefecture"},
                   .type = FieldType::choice,
                   .column = "prefecture",
                   .choices = {{"1", {"北海道", "Hokkaido"}}, {"13", {"東京都", "Tokyo"}}},
                   .integer_codes = true});
    catalogue.add({.key = "level",
                   .label = {"レベル", "Level"},
                   .type = FieldType::reference,
                   .column = "level_id",
                   .master = "member_level"});
    catalogue.add({.key = "labels",
                   .label = {"ラベル", "Labels"},
                   .type = FieldType::set,
                   .column = "labels",
                   .master = "label"});
    catalogue.add(
        {.key = "total", .label = {"総額", "Total"}, .type = FieldType::money, .column = "purchase_total"});
    catalogue.add(
        {.key = "born", .label = {"生年月日", "Born"}, .type = FieldType::day, .column = "birth_date"});
    catalogue.add({.key = "created_at",
                   .label = {"作成日", "Created"},
                   .type = FieldType::moment,
                   .column = "created_at"});
    catalogue.add({.key = "blocked",
                   .label = {"ブロック", "Blocked"},
                   .type = FieldType::boolean,
                   .column = "blocked",
                   .nullable = false});
    Thing order{.key = "order",
                .label = {"受注", "Orders"},
                .right = "order.read",
                .rows = "orders o LEFT JOIN order_line l ON l.order_id = o.id",
                .things = "orders o",
                .customer = "o.customer_id",
                .id = "o.id",
                .fields = {}};
    order.fields.push_back(
        {.field = {
             .key = "total", .label = {"合計", "Total"}, .type = FieldType::money, .column = "o.total"}});
    order.fields.push_back({.field = {.key = "status", .label = {"状況", "Status"}, .column = "o.status"},
                            .terms = "SELECT DISTINCT status, status FROM orders"});
    catalogue.add_thing(std::move(order));
    return catalogue;
}

const Catalogue& catalogue() {
    static const Catalogue instance = make_catalogue();
    return instance;
}

Condition parse(std::string_view tree, std::string_view prefix = "") {
    return parse_condition(catalogue(), json::parse(tree), prefix);
}

// "pointer code" of every fault.
std::vector<std::string> faults_of(std::string_view tree, std::string_view prefix = "") {
    std::vector<std::string> faults;
    try {
        parse(tree, prefix);
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "condition.invalid");
        EXPECT_EQ(refused.problem().kind, ProblemKind::invalid);
        for (const auto& error : refused.problem().fields) faults.push_back(error.pointer + " " + error.code);
    }
    return faults;
}

struct Fault {
    const char* name;
    const char* tree;
    std::vector<std::string> faults;
};

class ConditionFaults : public testing::TestWithParam<Fault> {};

TEST_P(ConditionFaults, AreNamedWithPointerAndCode) {
    EXPECT_EQ(faults_of(GetParam().tree), GetParam().faults);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ConditionFaults,
    testing::Values(
        Fault{"NoObject", R"([])", {" wrong_type"}},
        Fault{"EmptyObject", R"({})", {"/field required", "/op required"}},
        Fault{"UnknownField", R"({"field":"nam","op":"is","value":"a"})", {"/field unknown_field"}},
        Fault{"UnknownOperator", R"({"field":"name","op":"like","value":"a"})", {"/op unknown_operator"}},
        Fault{"FieldIsNoText",
              R"({"field":3,"op":["is"],"value":"a"})",
              {"/field wrong_type", "/op wrong_type"}},
        Fault{"OperatorOfOtherType",
              R"({"field":"total","op":"contains","value":"a"})",
              {"/op operator_not_for_type"}},
        Fault{
            "NotInOfText", R"({"field":"name","op":"not_in","value":["a"]})", {"/op operator_not_for_type"}},
        Fault{"BesideAGroup", R"({"all":[],"op":"is"})", {"/op unknown_field"}},
        Fault{"TwoGroups", R"({"all":[],"any":[]})", {"/any unknown_field"}},
        Fault{"BesideALeaf", R"({"field":"name","op":"is","value":"a","a/b":1})", {"/a~1b unknown_field"}},
        Fault{"GroupIsNoList", R"({"any":{}})", {"/any wrong_type"}},
        Fault{"ValueMissing", R"({"field":"name","op":"is"})", {"/value required"}},
        Fault{"ValueNull", R"({"field":"name","op":"is","value":null})", {"/value required"}},
        Fault{"ValueWithEmpty", R"({"field":"name","op":"empty","value":"a"})", {"/value wrong_type"}},
        Fault{"TextIsNumber", R"({"field":"name","op":"is","value":3})", {"/value wrong_type"}},
        Fault{"TextOfSpaces", R"({"field":"name","op":"is","value":" 　"})", {"/value empty_text"}},
        Fault{"PhoneWithoutDigits", R"({"field":"phone","op":"is","value":"abc"})", {"/value empty_text"}},
        Fault{"OneOfTheTexts",
              R"({"field":"name","op":"in","value":["a"," ",3]})",
              {"/value/1 empty_text", "/value/2 wrong_type"}},
        Fault{"InWithoutList", R"({"field":"name","op":"in","value":"a"})", {"/value wrong_type"}},
        Fault{"UnknownChoice",
              R"({"field":"status","op":"in","value":["member","vip",1]})",
              {"/value/1 unknown_choice", "/value/2 wrong_type"}},
        Fault{"UnknownPrefecture",
              R"({"field":"prefecture","op":"in","value":[1,48,"13",0,"x"]})",
              {"/value/1 unknown_choice", "/value/3 unknown_choice", "/value/4 wrong_type"}},
        Fault{"NotIds",
              R"({"field":"labels","op":"any_of","value":["1","01","-1","9223372036854775808",true]})",
              {"/value/1 wrong_type", "/value/2 wrong_type", "/value/3 wrong_type", "/value/4 wrong_type"}},
        Fault{"RealNumber", R"({"field":"total","op":"is","value":1.5})", {"/value wrong_type"}},
        Fault{"RangeWithoutEnds",
              R"({"field":"total","op":"between","value":{"to":null,"until":3}})",
              {"/value/until unknown_field", "/value/from required", "/value/to required"}},
        Fault{"ReversedNumbers",
              R"({"field":"total","op":"between","value":{"from":2,"to":1}})",
              {"/value reversed_range"}},
        Fault{"ReversedDays",
              R"({"field":"created_at","op":"between","value":{"from":"2026-02-01","to":"2026-01-31"}})",
              {"/value reversed_range"}},
        Fault{
            "ReversedRelativeDays",
            R"({"field":"created_at","op":"between","value":{"from":{"ago":1,"unit":"day"},"to":{"ago":2,"unit":"day"}}})",
            {"/value reversed_range"}},
        Fault{"NoSuchDay", R"({"field":"born","op":"is","value":"2026-02-29"})", {"/value not_a_date"}},
        Fault{"MomentIsNoDay",
              R"({"field":"created_at","op":"is","value":"2026-02-01T00:00:00Z"})",
              {"/value not_a_date"}},
        Fault{"RelativeDayWithoutUnit",
              R"({"field":"born","op":"is","value":{"ago":3}})",
              {"/value/unit required"}},
        Fault{"RelativeDayBothWays",
              R"({"field":"born","op":"is","value":{"ago":3,"ahead":3,"unit":"decade"}})",
              {"/value/ahead unknown_field", "/value/unit wrong_type"}},
        Fault{"RelativeDayOutOfRange",
              R"({"field":"born","op":"is","value":{"ago":-1,"unit":"day"}})",
              {"/value/ago out_of_range"}},
        Fault{"AnniversaryWithYear",
              R"({"field":"born","op":"anniversary_between","value":{"from":"2000-12-01","to":"02-30"}})",
              {"/value/from not_a_date", "/value/to not_a_date"}},
        Fault{"AnniversaryOfAMoment",
              R"({"field":"created_at","op":"anniversary_between","value":{"from":"12-01","to":"01-01"}})",
              {"/op operator_not_for_type"}},
        Fault{"BooleanAsText", R"({"field":"blocked","op":"is","value":"true"})", {"/value wrong_type"}},
        Fault{"WordsOfSpaces", R"({"text":"　 "})", {"/text empty_text"}},
        Fault{"UnknownThing", R"({"has":"gift","where":{"field":"x","op":"is"}})", {"/has unknown_thing"}},
        Fault{"ThingIsNoText", R"({"has":3})", {"/has wrong_type"}},
        Fault{"FieldOfTheCustomerInside",
              R"({"has":"order","where":{"all":[{"field":"name","op":"is","value":"a"}]}})",
              {"/where/all/0/field unknown_field"}},
        Fault{"FieldOfTheThingOutside",
              R"({"all":[{"has":"order"},{"field":"number","op":"is","value":"a"}]})",
              {"/all/1/field unknown_field"}},
        Fault{"ThingsInThings",
              R"({"has":"order","where":{"has":"order"}})",
              {"/where/has unknown_field", "/where/field required", "/where/op required"}},
        Fault{"OneBoxInThings",
              R"({"has":"order","where":{"text":"a"}})",
              {"/where/text unknown_field", "/where/field required", "/where/op required"}},
        Fault{"BesideAThing", R"({"has":"order","value":3})", {"/value unknown_field"}},
        Fault{"CountOfNothing", R"({"has":"order","count":{}})", {"/count/at_least required"}},
        Fault{"CountIsNumber", R"({"has":"order","count":3})", {"/count wrong_type"}},
        Fault{"CountNegative", R"({"has":"order","count":{"at_most":-1}})", {"/count/at_most out_of_range"}},
        Fault{"CountTwice",
              R"({"has":"order","count":{"at_least":1,"at_most":2}})",
              {"/count/at_most unknown_field"}},
        Fault{"CountReversed",
              R"({"has":"order","count":{"between":{"from":3,"to":1}}})",
              {"/count/between reversed_range"}},
        Fault{"CountOpen",
              R"({"has":"order","count":{"between":{"from":"3"}}})",
              {"/count/between/to required"}},
        Fault{"WordsAreNoText", R"({"text":["a"]})", {"/text wrong_type"}},
        Fault{
            "All",
            R"({"all":[{"field":"x","op":"is","value":1},{"any":[{"field":"total","op":"is","value":"1"}]},3]})",
            {"/all/0/field unknown_field", "/all/1/any/0/value wrong_type", "/all/2 wrong_type"}}),
    [](const auto& info) { return info.param.name; });

TEST(Condition, PutsThePrefixBeforeEachPointer) {
    EXPECT_EQ(faults_of(R"({"none":[{"text":""}]})", "/condition"),
              std::vector<std::string>{"/condition/none/0/text empty_text"});
}

std::string nested(int groups) {
    std::string tree = R"({"text":"a"})";
    for (int i = 0; i < groups; ++i) tree = R"({"none":[)" + tree + "]}";
    return tree;
}

TEST(Condition, NestsToDepth32) {
    EXPECT_EQ(faults_of(nested(kMaxConditionDepth)), std::vector<std::string>{});
    const auto faults = faults_of(nested(kMaxConditionDepth + 1));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_TRUE(faults.front().ends_with("/none too_deep")) << faults.front();
}

TEST(Condition, CountsAThingAsALevelOfDepth) {
    const auto within = [](int groups) {
        std::string tree = R"({"field":"total","op":"empty"})";
        for (int i = 0; i < groups; ++i) tree = R"({"any":[)" + tree + "]}";
        return R"({"has":"order","where":)" + tree + "}";
    };
    EXPECT_EQ(faults_of(within(kMaxConditionDepth - 1)), std::vector<std::string>{});
    EXPECT_EQ(faults_of(within(kMaxConditionDepth)).size(), 1u);
}

TEST(Condition, AsksAThingForItsOwnFields) {
    const auto tree = parse(
        R"({"all":[{"has":"order","where":{"field":"status","op":"is","value":"a"}},{"has":"order"}]})");
    EXPECT_FALSE(mentions(tree, "status"));
    EXPECT_EQ(fields_of(tree), std::vector{&catalogue().find_thing("order")->find("status")->field});
    EXPECT_EQ(things_of(tree), std::vector{catalogue().find_thing("order")});
}

TEST(Condition, HasAtMost2000Leaves) {
    std::string leaves;
    for (std::size_t i = 0; i < kMaxConditionLeaves; ++i) leaves += R"({"text":"a"},)";
    EXPECT_EQ(faults_of(R"({"all":[)" + leaves.substr(0, leaves.size() - 1) + "]}"),
              std::vector<std::string>{});
    EXPECT_EQ(faults_of(R"({"all":[)" + leaves + R"({"text":"a"},{"text":"a"}]})"),
              std::vector<std::string>{"/all/2000 too_many"});
}

TEST(Condition, TakesAtMost10000InlineValues) {
    std::string values = "1";
    for (std::size_t i = 1; i < kMaxInlineValues; ++i) values += ",1";
    const auto tree = [](const std::string& list) {
        return R"({"field":"id","op":"in","value":[)" + list + "]}";
    };
    EXPECT_EQ(faults_of(tree(values)), std::vector<std::string>{});
    EXPECT_EQ(faults_of(tree(values + ",1")), std::vector<std::string>{"/value too_many"});
}

TEST(Condition, IsEverybodyWhenNull) {
    const auto everybody = parse("null");
    EXPECT_EQ(everybody.kind, Condition::Kind::all);
    EXPECT_TRUE(everybody.parts.empty());
}

TEST(Condition, FindsAFieldAnywhereInTheTree) {
    const auto tree =
        parse(R"({"all":[{"none":[{"field":"status","op":"empty"}]},{"field":"name","op":"empty"}]})");
    EXPECT_TRUE(mentions(tree, "status"));
    EXPECT_FALSE(mentions(tree, "total"));
    const auto fields = fields_of(tree);
    ASSERT_EQ(fields.size(), 2u);
    EXPECT_EQ(fields[0]->key, "status");
    EXPECT_EQ(fields[1]->key, "name");
}

TEST(OneBox, SplitsAtSpacesOfEveryWidth) {
    EXPECT_EQ(parse_text(" 田中　０８０\t-1 ").words, (std::vector<std::string>{"田中", "０８０", "-1"}));
}

TEST(OneBox, DropsWordsThatFoldToNothing) {
    EXPECT_EQ(parse_text("a \u200B").words, std::vector<std::string>{"a"});
}

TEST(OneBox, RefusesMoreThan1000Characters) {
    EXPECT_NO_THROW(parse_text(std::string(kMaxTextLength, 'a')));
    EXPECT_THROW(parse_text(std::string(kMaxTextLength + 1, 'a')), Refused);
}

TEST(RelativeDay, TakesTheMonthsEndForAMissingDay) {
    const auto today = *parse_day("2024-03-31");
    const auto resolved = [&](int offset, DayOperand::Unit unit) {
        return format_day(DayOperand{.relative = true, .offset = offset, .unit = unit}.resolve(today));
    };
    EXPECT_EQ(resolved(-1, DayOperand::Unit::month), "2024-02-29");
    EXPECT_EQ(resolved(-13, DayOperand::Unit::month), "2023-02-28");
    EXPECT_EQ(resolved(1, DayOperand::Unit::day), "2024-04-01");
    EXPECT_EQ(resolved(-1, DayOperand::Unit::week), "2024-03-24");
    EXPECT_EQ(resolved(-1, DayOperand::Unit::year), "2023-03-31");
    EXPECT_EQ(resolved(-100'000, DayOperand::Unit::year), "0001-01-01");
    EXPECT_EQ(resolved(100'000, DayOperand::Unit::month), "9999-12-31");
}

TEST(Operators, OfEveryTypeHaveNamesThatAreFoundAgain) {
    for (const auto& field : catalogue().fields())
        for (const auto op : operators_of(field)) EXPECT_EQ(find_operator(name_of(op)), op);
    EXPECT_EQ(find_operator("between_not"), std::nullopt);
}

rc::Gen<std::string> any_leaf() {
    return rc::gen::element<std::string>(
        R"({"field":"id","op":"in","value":["1","12"]})", R"({"field":"id","op":"is","value":"7"})",
        R"({"field":"name","op":"contains","value":" 田中 "})",
        R"({"field":"name","op":"in","value":["a","b"]})", R"({"field":"name","op":"not_empty"})",
        R"({"field":"status","op":"not_in","value":["guest"]})", R"({"field":"status","op":"in","value":[]})",
        R"({"field":"prefecture","op":"in","value":[13]})", R"({"field":"level","op":"in","value":["3"]})",
        R"({"field":"labels","op":"all_of","value":["3","4"]})",
        R"({"field":"total","op":"between","value":{"from":-1,"to":5}})",
        R"({"field":"born","op":"is","value":"1970-01-31"})",
        R"({"field":"born","op":"anniversary_between","value":{"from":"12-20","to":"02-29"}})",
        R"({"field":"born","op":"anniversary_between","value":{"from":{"ahead":0,"unit":"day"},"to":{"ahead":7,"unit":"day"}}})",
        R"({"field":"created_at","op":"at_least","value":{"ago":3,"unit":"month"}})",
        R"({"field":"created_at","op":"between","value":{"from":"2026-01-01","to":{"ahead":1,"unit":"week"}}})",
        R"({"field":"blocked","op":"is","value":false})", R"({"text":"田中 080"})", R"({"has":"order"})",
        R"({"has":"order","where":{"any":[{"field":"total","op":"at_least","value":3},{"field":"status","op":"empty"}]}})",
        R"({"has":"order","count":{"at_most":0}})", R"({"has":"order","count":{"at_least":3}})",
        R"({"has":"order","count":{"between":{"from":1,"to":4}}})");
}

std::string random_tree(int depth) {
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    if (kind == 0) return *any_leaf();
    std::string parts;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        parts += (parts.empty() ? "" : ",") + random_tree(depth - 1);
    const char* group = kind == 1 ? "all" : kind == 2 ? "any" : "none";
    return R"({")" + std::string(group) + R"(":[)" + parts + "]}";
}

RC_GTEST_PROP(Condition, ReadsBackWhatItWrites, ()) {
    const auto tree = json::parse(random_tree(4));
    RC_ASSERT(to_json(parse_condition(catalogue(), tree)) == tree);
}

}  // namespace
}  // namespace otokui::core
