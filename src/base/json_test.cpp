#include "base/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace otokui::json {
namespace {

/// The code of the refusal, or "" when the text was read.
std::string refusal(std::string_view text) {
    try {
        parse(text);
        return "";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().kind, ProblemKind::malformed);
        return refused.problem().code;
    }
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct RefusedCase {
    const char* name;
    std::string text;
    std::string code;
};
class JsonRefuses : public testing::TestWithParam<RefusedCase> {};
TEST_P(JsonRefuses, WithTheCodeOfTheFault) { EXPECT_EQ(refusal(GetParam().text), GetParam().code); }
INSTANTIATE_TEST_SUITE_P(
    Cases, JsonRefuses,
    testing::Values(
        RefusedCase{"Nothing", "", "json.malformed"}, RefusedCase{"OnlySpace", " \n", "json.malformed"},
        RefusedCase{"TrailingText", "{} x", "json.malformed"},
        RefusedCase{"TwoValues", "{}{}", "json.malformed"}, RefusedCase{"Cut", "{\"a\":", "json.malformed"},
        RefusedCase{"Comment", "/* */ {}", "json.malformed"},
        RefusedCase{"TrailingComma", "[1,]", "json.malformed"},
        RefusedCase{"SecondEqualKey", R"({"a":1,"a":1})", "json.duplicate_key"},
        RefusedCase{"EqualKeyWrittenOtherwise", R"({"a":1,"\u0061":2})", "json.duplicate_key"},
        RefusedCase{"EqualKeyDeepInside", R"([{"b":{"a":1,"a":2}}])", "json.duplicate_key"},
        RefusedCase{"EscapedNul", R"(["a\u0000b"])", "json.nul_character"},
        RefusedCase{"EscapedNulInKey", R"({"a\u0000":1})", "json.nul_character"},
        RefusedCase{"RawNul", std::string("[\"a\0b\"]", 7), "json.malformed"},
        RefusedCase{"LoneHighSurrogate", R"(["\ud83d"])", "json.malformed"},
        RefusedCase{"LoneLowSurrogate", R"(["\ude00"])", "json.malformed"},
        RefusedCase{"SurrogatesInWrongOrder", R"(["\ude00\ud83d"])", "json.malformed"},
        RefusedCase{"SurrogateInUtf8", "[\"\xed\xa0\x80\"]", "json.malformed"},
        RefusedCase{"OverlongUtf8", "[\"\xc0\xaf\"]", "json.malformed"},
        RefusedCase{"CutUtf8", "[\"\xe3\x81\"]", "json.malformed"},
        RefusedCase{"ByteOrderMark", "\xef\xbb\xbf{}", "json.malformed"},
        RefusedCase{"IntegerPastInt64", "[9223372036854775808]", "json.number_out_of_range"},
        RefusedCase{"IntegerBelowInt64", "[-9223372036854775809]", "json.number_out_of_range"},
        RefusedCase{"IntegerPastUint64", "[123456789012345678901234567890]", "json.number_out_of_range"},
        RefusedCase{"RealPastDouble", "[1e999]", "json.number_out_of_range"},
        RefusedCase{"NotANumber", "[NaN]", "json.malformed"},
        RefusedCase{"LeadingZero", "[01]", "json.malformed"}),
    [](const auto& test) { return test.param.name; });

TEST(Json, TellsTheByteOffsetOfTheWrongWord) {
    try {
        parse(R"({"a": tru})");
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().extra.at("offset"), 6);
    }
}

TEST(Json, KeepsEveryCharacterAndNumber) {
    const Value value =
        parse(R"( {"名": "𠮷野家\ud83d\ude00", "least": -9223372036854775808, "real": 1.5, "zero": -0} )");
    EXPECT_EQ(value.at("名").as_string(), "𠮷野家😀");
    EXPECT_EQ(value.at("least").as_int64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(value.at("real").as_double(), 1.5);
    EXPECT_EQ(value.at("zero").as_int64(), 0);
    EXPECT_EQ(parse(to_text(value)), value);
}

TEST(Json, ReadsAHundredLevelsAndRefusesOneMore) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_EQ(refusal(nested(100)), "");
    EXPECT_EQ(refusal(nested(101)), "json.too_deep");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(refusal(nested(100'000)), "json.too_deep");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(50));
}

// Two texts of the suite are valid JSON that we refuse on purpose: an equal key and NUL characters.
TEST(Json, AgreesWithTheJsonTestSuite) {
    const std::set<std::string> refused_on_purpose{
        "y_object_duplicated_key.json", "y_object_escaped_null_in_key.json", "y_string_null_escape.json"};
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(OTOKUI_TEST_DATA "/JSONTestSuite/test_parsing")) {
        const std::string name = entry.path().filename();
        const std::string code = refusal(read_file(entry.path()));
        if (name.starts_with("n_") || refused_on_purpose.contains(name)) EXPECT_NE(code, "") << name;
        if (name.starts_with("y_") && !refused_on_purpose.contains(name)) EXPECT_EQ(code, "") << name;
        ++count;
    }
    EXPECT_GE(count, 60U);
}

// Texts that parsers read differently: ours reads them in one way, which survives being written, or refuses
// them.
TEST(Json, ReadsDoubtfulTextsInOneWayOrNotAtAll) {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(OTOKUI_TEST_DATA "/JSONTestSuite/test_transform")) {
        const std::string text = read_file(entry.path());
        ++count;
        if (!refusal(text).empty()) continue;
        EXPECT_EQ(parse(to_text(parse(text))), parse(text)) << entry.path();
    }
    EXPECT_GE(count, 9U);
}

RC_GTEST_PROP(Json, ReadsBackEveryNumberItWrote, ()) {
    // More digits than a double holds: what is read has to be the nearest one, or it would change once
    // written.
    const auto digits = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('1', ':')));
    const auto text = "[" + digits + "." + std::to_string(*rc::gen::inRange(0, 1'000'000)) + "e" +
                      std::to_string(*rc::gen::inRange(-200, 200)) + "]";
    const auto value = parse(text);
    RC_ASSERT(parse(to_text(value)) == value);
    RC_ASSERT(value.as_array()[0].as_double() == std::strtod(text.c_str() + 1, nullptr));
}

RC_GTEST_PROP(Json, ReadsBackEveryTextItWrote,
              (const std::vector<std::int64_t>& numbers, const std::string& latin)) {
    std::string text;
    for (const char c : latin) text += static_cast<char>((static_cast<unsigned char>(c) % 95) + 32);
    Object object{{"text", text}, {text, Array(numbers.begin(), numbers.end())}};
    RC_ASSERT(parse(to_text(object)) == Value(object));
}

std::vector<std::pair<std::string, std::string>> pairs(const std::vector<FieldError>& errors) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& error : errors) pairs.emplace_back(error.pointer, error.code);
    return pairs;
}
using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(ObjectReader, ReadsEachTypeOfField) {
    const Value value =
        parse(R"({"text":"a","integer":7,"number":1.5,"boolean":true,"id":"12","texts":["a","b"],
        "ids":["1","2"],"object":{"a":1},"array":[1],"null":null})");
    ObjectReader reader(value);
    EXPECT_EQ(reader.text("text"), "a");
    EXPECT_EQ(reader.integer("integer"), 7);
    EXPECT_EQ(reader.number("number"), 1.5);
    EXPECT_EQ(reader.find_number("integer"), 7.0);
    EXPECT_TRUE(reader.boolean("boolean"));
    EXPECT_EQ(reader.id("id"), 12);
    EXPECT_EQ(reader.texts("texts"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(reader.ids("ids"), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(reader.find_object("object")->at("a"), 1);
    EXPECT_EQ(reader.find_array("array")->size(), 1U);
    EXPECT_TRUE(reader.is_null("null"));
    EXPECT_EQ(reader.find_text("null"), std::nullopt);
    EXPECT_FALSE(reader.has("absent"));
    EXPECT_EQ(reader.find_integer("absent"), std::nullopt);
    EXPECT_NO_THROW(reader.finish());
}

TEST(ObjectReader, NamesEveryWrongFieldAtOnce) {
    const Value value = parse(R"({"name":1,"age":"x","mail":null,"tags":["a",2],"id":"007","a/b~c":1})");
    ObjectReader reader(value, "/customer");
    reader.text("name");
    reader.find_integer("age");
    reader.text("mail");
    reader.boolean("active");
    reader.find_texts("tags");
    reader.id("id");
    EXPECT_EQ(pairs(reader.errors()), (Pairs{{"/customer/name", "wrong_type"},
                                             {"/customer/age", "wrong_type"},
                                             {"/customer/mail", "required"},
                                             {"/customer/active", "required"},
                                             {"/customer/tags", "wrong_type"},
                                             {"/customer/id", "wrong_type"},
                                             {"/customer/a~1b~0c", "unknown_field"}}));
    EXPECT_THROW(reader.finish(), Refused);
}

TEST(ObjectReader, TakesAnEmptyTextForNoneWhereOneIsRequiredAndSaysSoOnce) {
    const Value value = parse(R"({"kind":"","note":""})");
    ObjectReader reader(value);
    EXPECT_EQ(reader.text("kind"), "");
    EXPECT_EQ(reader.find_text("note"), "");
    reader.add_error("kind", "required");
    EXPECT_EQ(pairs(reader.errors()), (Pairs{{"/kind", "required"}}));
}

TEST(ObjectReader, RefusesEveryOtherFormOfAnId) {
    for (const char* id :
         {R"("0")", R"("")", R"("-1")", R"("1.0")", R"("9223372036854775808")", "1", R"(" 1")"}) {
        const Value value = parse(std::string(R"({"id":)") + id + "}");
        ObjectReader reader(value);
        reader.id("id");
        EXPECT_EQ(pairs(reader.errors()), (Pairs{{"/id", "wrong_type"}})) << id;
    }
}

TEST(ObjectReader, SaysOneThingOfAValueThatIsNoObject) {
    const Value value = parse("[1]");
    ObjectReader reader(value);
    reader.text("name");
    EXPECT_EQ(pairs(reader.errors()), (Pairs{{"", "wrong_type"}}));
}

TEST(ObjectReader, BoundsTheListOfErrors) {
    Object object;
    for (int i = 0; i < 10'000; ++i) object[std::to_string(i)] = i;
    const Value value = object;
    EXPECT_EQ(ObjectReader(value).errors().size(), ObjectReader::kMaxErrors);
}

}  // namespace
}  // namespace otokui::json
