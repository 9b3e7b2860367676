#include "form/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/problem.hpp"
#include "core/answers.hpp"
#include "core/setting_document.hpp"
#include "core/undo.hpp"
#include "customer/answers.hpp"
#include "customer/fields.hpp"
#include "form/rules.hpp"
#include "form/tables.hpp"
#include "search/service.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"
#include "support/customers.hpp"

namespace otokui::form {
namespace {

using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FormService : public testing::TestWithParam<test::Backend> {
protected:
    FormField field(std::string key, Type type, std::vector<Option> options = {}) {
        FormField made{.key = key, .label = {"項目 " + key, "Field " + key}, .type = type, .options = {}};
        made.options = std::move(options);
        return made;
    }
    FormField add(const FormField& wanted) { return create(forms_, customers_.actor, wanted).field; }
    FormField add(std::string key, Type type, std::vector<Option> options = {}) {
        return add(field(std::move(key), type, std::move(options)));
    }
    void add_one_of_each_type() {
        add("note", Type::text);
        add("story", Type::long_text);
        auto shoe = field("shoe", Type::number);
        shoe.minimum = 10;
        shoe.maximum = 40;
        add(shoe);
        add("met", Type::date);
        add("size", Type::select, sizes());
        add("likes", Type::multi, sizes());
        add("agreed", Type::checkbox);
    }
    static std::vector<Option> sizes() {
        return {{"s", {"小", "Small"}}, {"m", {"中", ""}}, {"l", {"大", "Large"}}};
    }
    FormField change_of(FieldId id, const Change& wanted) {
        return change(forms_, customers_.actor, id, std::nullopt, wanted).field;
    }
    std::vector<std::int64_t> found(const std::string& condition) {
        const search::Context context{customers_.database.storage(), customers_.catalogue,
                                      [this] { return Moment{customers_.now}; }};
        std::vector<std::int64_t> ids;
        const auto request =
            search::parse_request(customers_.catalogue, json::parse("{\"condition\":" + condition + "}"));
        for (const auto& item : search::find(context, request, customers_.actor).items)
            ids.push_back(std::stoll(std::string(item.at("id").as_string())));
        return ids;
    }
    std::vector<std::string> verify() {
        return customers_.database.storage().read(
            [&](storage::Transaction& tx) { return search::verify_index(tx, customers_.catalogue); });
    }

    static customer::AfterCustomers make_index() {
        core::Catalogue catalogue;
        customer::declare_fields(catalogue);
        return search::index_hook(catalogue, customer::customer_table(catalogue));
    }

    Customers customers_{GetParam(),
                         [](core::Registry& registry) {
                             register_tables(registry);
                             search::register_tables(registry);
                         },
                         make_index()};
    OwnFields own_fields_{customers_.database.storage(), customers_.catalogue, customers_.registry};
    Context forms_{customers_.journal, customers_.catalogue, own_fields_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, FormService, testing::ValuesIn(test::backends()), test::backend_name);

constexpr const char* kAnswered =
    R"({"family_name":"青木","x.note":" 右の ﾄﾞｱ ","x.story":"一行目\r\n二行目","x.shoe":25,"x.met":"昭和64年1月7日",
        "x.size":"m","x.likes":["l","s","l"],"x.agreed":true})";

TEST_P(FormService, MakesFieldsThatWorkAtOnce) {
    add_one_of_each_type();
    const auto written = customers_.create(kAnswered);
    const auto record = customers_.get(Customers::id_of(written));
    EXPECT_EQ(record.at("x.note").as_string(), "右の ﾄﾞｱ");
    EXPECT_EQ(record.at("x.story").as_string(), "一行目\n二行目");
    EXPECT_EQ(record.at("x.shoe").as_int64(), 25);
    EXPECT_EQ(record.at("x.met").as_string(), "1989-01-07");
    EXPECT_EQ(record.at("x.size").as_string(), "m");
    EXPECT_EQ(record.at("x.size_name").as_string(), "中");
    EXPECT_EQ(json::to_text(record.at("x.likes")), R"(["s","l"])");
    EXPECT_EQ(json::to_text(record.at("x.likes_names")), R"(["小","大"])");
    EXPECT_TRUE(record.at("x.agreed").as_bool());
    const auto id = Customers::id_of(written).value;
    for (const char* condition : {R"({"field":"x.note","op":"contains","value":"ドア"})",
                                  R"({"field":"x.story","op":"ends_with","value":"行目"})",
                                  R"({"field":"x.shoe","op":"between","value":{"from":25,"to":30}})",
                                  R"({"field":"x.met","op":"at_most","value":"1989-01-07"})",
                                  R"({"field":"x.size","op":"in","value":["m","l"]})",
                                  R"({"field":"x.likes","op":"all_of","value":["s","l"]})",
                                  R"({"field":"x.agreed","op":"is","value":true})",
                                  R"({"field":"x.likes","op":"none_of","value":["m"]})"})
        EXPECT_THAT(found(condition), ElementsAre(id)) << condition;
    EXPECT_THAT(found(R"({"field":"x.shoe","op":"empty"})"), IsEmpty());
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(FormService, ShowsWhatNobodyAnsweredAsEmpty) {
    add_one_of_each_type();
    const auto record = customers_.get(Customers::id_of(customers_.create(R"({"family_name":"青木"})")));
    for (const char* key : {"x.note", "x.shoe", "x.met", "x.size", "x.size_name"})
        EXPECT_TRUE(record.at(key).is_null()) << key;
    EXPECT_EQ(json::to_text(record.at("x.likes")), "[]");
    EXPECT_FALSE(record.at("x.agreed").as_bool());
}

TEST_P(FormService, NamesEveryWrongAnswerAtOnceAndWritesNothing) {
    add_one_of_each_type();
    const auto errors = field_errors([&] {
        customers_.create(
            R"({"family_name":"青木","x.note":"一\n二","x.shoe":9,"x.met":"2026-02-31","x.size":"xxl",
                              "x.likes":["s","xxl"],"x.agreed":"yes","x.nothing":1})");
    });
    EXPECT_THAT(errors,
                UnorderedElementsAre("/x.note bad_character", "/x.shoe out_of_range", "/x.met no_such_day",
                                     "/x.size not_a_choice", "/x.likes not_a_choice", "/x.agreed wrong_type",
                                     "/x.nothing unknown_field"));
    EXPECT_THAT(
        field_errors([&] { customers_.create(R"({"family_name":"青木","x.met":"昭和65年1月1日"})"); }),
        ElementsAre("/x.met outside_era"));
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"青木","x.met":"昭和65年"})"); }),
                ElementsAre("/x.met month_and_day_required"));
    EXPECT_THAT(
        field_errors([&] {
            customers_.create("{\"family_name\":\"青木\",\"x.note\":\"" + std::string(201, 'a') + "\"}");
        }),
        ElementsAre("/x.note too_long"));
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"青木","x.shoe":25.5})"); }),
                ElementsAre("/x.shoe wrong_type"));
    EXPECT_THAT(found(R"({"all":[]})"), IsEmpty());
}

TEST_P(FormService, AsksForWhatIsRequired) {
    const auto old = Customers::id_of(customers_.create(R"({"family_name":"前から"})"));
    auto note = field("note", Type::text);
    note.required = true;
    add(note);
    auto agreed = field("agreed", Type::checkbox);
    agreed.required = true;
    add(agreed);
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"青木","x.agreed":false})"); }),
                UnorderedElementsAre("/x.note required", "/x.agreed required"));
    const auto id =
        Customers::id_of(customers_.create(R"({"family_name":"青木","x.note":"あ","x.agreed":true})"));
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"x.note":" "})"); }),
                ElementsAre("/x.note required"));
    // Who was there before the field is asked only when it is touched.
    customers_.update(old, 1, R"({"given_name":"花子"})");
}

TEST_P(FormService, KeepsAnswersWhoseOptionIsRemoved) {
    auto size = add("size", Type::select, sizes());
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","x.size":"m"})"));
    size = change_of(size.id, {.options = std::vector<Option>{{"l", {"特大", ""}}, {"", {"新しい", ""}}}});
    // "s" was never chosen and is gone; "m" stays for who has it.
    ASSERT_EQ(size.options.size(), 3U);
    EXPECT_EQ(size.options[0].code, "l");
    EXPECT_EQ(size.options[1].code, "o1");
    EXPECT_EQ(size.options[2].code, "m");
    EXPECT_TRUE(size.options[2].removed);
    EXPECT_EQ(customers_.get(id).at("x.size_name").as_string(), "中");
    EXPECT_THAT(found(R"({"field":"x.size","op":"in","value":["m"]})"), ElementsAre(id.value));
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"別","x.size":"m"})"); }),
                ElementsAre("/x.size not_a_choice"));
    customers_.update(id, 1, R"({"x.size":"m","given_name":"花子"})");  // what he has he may keep
    customers_.update(id, 2, R"({"x.size":"l"})");
    EXPECT_THAT(field_errors([&] { customers_.update(id, 3, R"({"x.size":"m"})"); }),
                ElementsAre("/x.size not_a_choice"));
}

TEST_P(FormService, RetiresWhatWasAnsweredAndDeletesOnlyWhatWasNot) {
    const auto note = add("note", Type::text), other = add("other", Type::text);
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","x.note":"残る"})"));
    EXPECT_EQ(refusal([&] { remove(forms_, customers_.actor, note.id, std::nullopt); }), "form_field.in_use");
    remove(forms_, customers_.actor, other.id, std::nullopt);
    EXPECT_EQ(refusal([&] { get(forms_, customers_.actor, other.id); }), "form_field.not_found");
    change_of(note.id, {.retired = true});
    EXPECT_FALSE(customers_.get(id).contains("x.note"));
    EXPECT_THAT(found(R"({"field":"x.note","op":"not_empty"})"), IsEmpty());
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"x.note":"変える"})"); }),
                ElementsAre("/x.note unknown_field"));
    customers_.update(id, 1, R"({"given_name":"花子"})");
    change_of(note.id, {.retired = false});
    EXPECT_EQ(customers_.get(id).at("x.note").as_string(), "残る");
}

TEST_P(FormService, RefusesWhatCannotBeAField) {
    EXPECT_THAT(field_errors([&] { add("Größe", Type::text); }), ElementsAre("/key bad_character"));
    auto bad = field("size", Type::select, {{"a", {"同じ", ""}}, {"b", {"同じ", ""}}, {"c", {"二|つ", ""}}});
    bad.max_length = 5;
    EXPECT_THAT(field_errors([&] { add(bad); }),
                UnorderedElementsAre("/max_length not_for_type", "/options/1/labels/ja duplicate",
                                     "/options/2/labels/ja bad_character"));
    EXPECT_THAT(field_errors([&] { add("size", Type::multi); }), ElementsAre("/options required"));
    auto standard = field("mail", Type::text);
    standard.label = {"メールアドレス", ""};
    EXPECT_THAT(field_errors([&] { add(standard); }), ElementsAre("/labels/ja taken"));
    const auto note = add("note", Type::text);
    auto again = field("note", Type::number);
    again.label = {"別の名", ""};
    EXPECT_EQ(refusal([&] { add(again); }), "form_field.key_taken");
    auto same = field("memo2", Type::text);
    same.label = note.label;
    EXPECT_EQ(refusal([&] { add(same); }), "form_field.label_taken");
    change_of(note.id, {.retired = true});
    add(same);  // the name of a field out of use is free
    EXPECT_EQ(refusal([&] { change_of(note.id, {.retired = false}); }), "form_field.label_taken");
    EXPECT_EQ(refusal([&] { change(forms_, customers_.actor, note.id, 99, {.required = true}); }),
              "form_field.stale");
}

TEST_P(FormService, IsTakenBackByUndo) {
    const auto made = create(forms_, customers_.actor, field("note", Type::text));
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","x.note":"前"})"));
    const auto written = customers_.update(id, 1, R"({"x.note":"後"})");
    core::undo(customers_.journal, customers_.actor, written.operation);
    EXPECT_EQ(customers_.get(id).at("x.note").as_string(), "前");
    EXPECT_THAT(found(R"({"field":"x.note","op":"is","value":"前"})"), ElementsAre(id.value));
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, customers_.actor, made.operation); }),
              "form_field.in_use");
    customers_.update(id, 3, R"({"x.note":null})");
    core::undo(customers_.journal, customers_.actor, made.operation);
    own_fields_.refresh(Look::now);
    EXPECT_FALSE(customers_.get(id).contains("x.note"));
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(FormService, IsTakenBackFieldByField) {
    add("note", Type::text);
    add("shoe", Type::number);
    const auto id =
        Customers::id_of(customers_.create(R"({"family_name":"青木","x.note":"前","x.shoe":20})"));
    const auto note = customers_.update(id, 1, R"({"x.note":"後"})");
    const auto shoe = customers_.update(id, 2, R"({"x.shoe":25})");
    core::undo(customers_.journal, customers_.actor, note.operation);
    EXPECT_EQ(customers_.get(id).at("x.note").as_string(), "前");
    EXPECT_EQ(customers_.get(id).at("x.shoe").as_int64(), 25);
    customers_.update(id, 4, R"({"x.shoe":30})");
    try {
        core::undo(customers_.journal, customers_.actor, shoe.operation);
        FAIL() << "what somebody has changed since must stay";
    } catch (const Refused& refused) {
        const auto& conflicts = refused.problem().extra.at("conflicts").as_array();
        ASSERT_EQ(conflicts.size(), 1U);
        EXPECT_EQ(conflicts[0].at("field").as_string(), "x.shoe");
        EXPECT_EQ(conflicts[0].at("now").as_int64(), 30);
    }
    EXPECT_EQ(customers_.get(id).at("x.shoe").as_int64(), 30);
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(FormService, IsErasedWithThePerson) {
    add("note", Type::text);
    const auto id = Customers::id_of(customers_.create(R"({"family_name":"青木","x.note":"住所は秘密"})"));
    customers_.journal.write(
        {.actor = customers_.actor, .kind = "customer.update"},
        [&](core::Writer& writer) { writer.erase(customers_.registry.get("customer"), id.value); });
    EXPECT_TRUE(customers_.get(id).at("x.note").is_null());
    customers_.database.storage().read([](storage::Transaction& tx) {
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM customer_answer"), 0);
    });
}

TEST_P(FormService, IsSeenByAnotherServer) {
    core::Catalogue elsewhere;
    customer::declare_fields(elsewhere);
    OwnFields others{customers_.database.storage(), elsewhere, customers_.registry};
    EXPECT_TRUE(others.refresh(Look::now));
    EXPECT_FALSE(others.refresh(Look::now));
    const auto note = add("note", Type::text);
    EXPECT_EQ(elsewhere.find("x.note"), nullptr);
    EXPECT_TRUE(others.refresh(Look::now));
    const auto* known = elsewhere.find("x.note");
    ASSERT_NE(known, nullptr);
    change_of(note.id, {.label = Text{"別の名", ""}});
    EXPECT_TRUE(others.refresh(Look::now));
    EXPECT_EQ(elsewhere.find("x.note")->label.ja, "別の名");
    EXPECT_EQ(known->label.ja, "項目 note");  // whoever holds the old one keeps it whole
    change_of(note.id, {.retired = true});
    others.refresh(Look::now);
    EXPECT_EQ(elsewhere.find("x.note"), nullptr);
    EXPECT_NE(elsewhere.find_own("note"), nullptr);
}

TEST_P(FormService, HasAHundredInUseAtMost) {
    for (int i = 1; i < 100; ++i) add("f" + std::to_string(i), Type::checkbox);
    const auto last = add("last", Type::checkbox).id;
    EXPECT_EQ(refusal([&] { add("more", Type::checkbox); }), "form_field.too_many");
    change_of(last, {.retired = true});
    add("more", Type::checkbox);
    EXPECT_EQ(refusal([&] { change_of(last, {.retired = false}); }), "form_field.too_many");
}

TEST_P(FormService, KeepsTheShopsOrder) {
    const auto a = add("a", Type::text), b = add("b", Type::text), c = add("c", Type::text);
    reorder(forms_, customers_.actor, {c.id, a.id, b.id});
    std::vector<std::string> keys;
    for (const auto* one : customers_.catalogue.own_fields()) keys.push_back(one->key);
    EXPECT_THAT(keys, ElementsAre("x.c", "x.a", "x.b"));
    EXPECT_THAT(field_errors([&] { reorder(forms_, customers_.actor, {c.id, a.id}); }),
                ElementsAre("/ids incomplete"));
    EXPECT_THAT(field_errors([&] { reorder(forms_, customers_.actor, {c.id, a.id, a.id}); }),
                ElementsAre("/ids incomplete"));
}

TEST_P(FormService, FollowsTheSettingsOfRegistration) {
    customers_.journal.write({.actor = customers_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        writer.insert(
            customers_.registry.get("setting"),
            {{"name", std::string("registration")},
             {"content",
              std::string(R"({"family_kana":"required","birth_date":"required","company":"hidden"})")}});
    });
    EXPECT_THAT(field_errors([&] { customers_.create(R"({"family_name":"青木","company":"青木商店"})"); }),
                UnorderedElementsAre("/family_kana required", "/birth_date required", "/company read_only"));
    const auto id = Customers::id_of(
        customers_.create(R"({"family_name":"青木","family_kana":"あおき","birth_date":"S45.1.2"})"));
    EXPECT_THAT(field_errors([&] { customers_.update(id, 1, R"({"birth_date":null})"); }),
                ElementsAre("/birth_date required"));
    customers_.update(id, 1, R"({"company":"青木商店"})");
}

core::Field random_field() {
    auto form = FormField{.key = "f", .label = {"項目", ""}, .options = {}};
    form.type = *rc::gen::element(Type::text, Type::long_text, Type::number, Type::date, Type::select,
                                  Type::multi, Type::checkbox);
    if (has_options(form.type))
        form.options = {{"b", {"甲", "A"}}, {"a", {"乙", "b"}}, {"c", {"1", ""}}, {"1", {"c", ""}}};
    return catalogue_field(form);
}

json::Value random_answer(const core::Field& field) {
    switch (field.type) {
        case core::FieldType::text:
            return boost::json::string(
                *rc::gen::element<std::string>("", " 前後 ", "a|b", "1,2", "=1+1", "髙﨑𠮷"));
        case core::FieldType::number:
            return *rc::gen::inRange<std::int64_t>(-kMaxNumber, kMaxNumber + 1);
        case core::FieldType::day:
            return boost::json::string(
                format_day(add_days(*parse_day("2000-01-01"), *rc::gen::inRange(-40'000, 40'000))));
        case core::FieldType::choice:
            return boost::json::string((*rc::gen::elementOf(field.choices)).code);
        case core::FieldType::set: {
            json::Array codes;
            for (const auto& choice : field.choices)
                if (*rc::gen::arbitrary<bool>())
                    codes.insert(codes.begin(), boost::json::string(choice.code));
            return codes;
        }
        default:
            return *rc::gen::arbitrary<bool>();
    }
}

// What the API takes it shows again in the same way, and a file that was written is read as the same answer.
RC_GTEST_PROP(FormAnswers, SurviveTheApiAndAFile, ()) {
    const auto field = random_field();
    customer::Input typed, filed;
    customer::read_answer(field, random_answer(field), "/x.f", typed);
    RC_ASSERT(typed.errors.empty());
    RC_ASSERT(typed.answers.size() == 1U);
    const auto& stored = typed.answers.front().value;
    const auto* answer = stored.is_null() ? nullptr : &stored;
    customer::Input again;
    customer::read_answer(field, core::answers::shown(field, answer), "/x.f", again);
    RC_ASSERT(again.errors.empty());
    RC_ASSERT(again.answers.front().value == stored);
    customer::read_answer_cell(field, core::answers::cell(field, answer), "/x.f", filed);
    RC_ASSERT(filed.errors.empty());
    RC_ASSERT(filed.answers.front().value == stored);
}

}  // namespace
}  // namespace otokui::form
