#include "mail/template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otokui::mail {
namespace {

const std::vector<Variable> kVariables{
    {"name", {}, VariableKind::text, "花子"},
    {"ip", {}, VariableKind::contact, "203.0.113.5"},
    {"link", {}, VariableKind::secret, "https://shop.example/?a=1&b=2"},
    {"items", {}, VariableKind::list, "", {{"item", {}, VariableKind::text, "<米>"}}}};

std::vector<std::string> codes(std::string_view source, Place place = Place::body_text) {
    std::vector<std::string> codes;
    for (const auto& error : check_template(source, place, kVariables, "/x")) codes.push_back(error.code);
    return codes;
}

using Codes = std::vector<std::string>;

TEST(MailTemplate, TakesValuesSectionsAndNotes) {
    EXPECT_EQ(
        codes("{{name}} {{ name }} {{#items}}{{item}} {{name}}{{/items}}{{^items}}-{{/items}}{{! note }}"),
        Codes{});
}

TEST(MailTemplate, RefusesWhatIsNotEscapedOrNotHere) {
    EXPECT_EQ(codes("{{{name}}}"), Codes{"template.raw_value"});
    EXPECT_EQ(codes("{{&name}}"), Codes{"template.raw_value"});
    EXPECT_EQ(codes("{{>part}}"), Codes{"template.partial"});
    EXPECT_EQ(codes("{{=<% %>=}}"), Codes{"template.delimiters"});
    EXPECT_EQ(codes("{{nobody}}"), Codes{"template.unknown_variable"});
    EXPECT_EQ(codes("{{item}}"), Codes{"template.unknown_variable"});
    EXPECT_EQ(codes("{{^items}}{{item}}{{/items}}"), Codes{"template.unknown_variable"});
    EXPECT_EQ(codes("{{.}}"), Codes{"template.unknown_variable"});
    EXPECT_EQ(codes("{{ {name} }}"), Codes{"template.unknown_variable"});
    EXPECT_EQ(codes("{{items}}"), Codes{"template.list_as_value"});
    EXPECT_EQ(codes("{{#name}}{{/name}}"), Codes{"template.not_a_list"});
    EXPECT_EQ(codes("{{#items}}"), Codes{"template.unclosed_section"});
    EXPECT_EQ(codes("{{/items}}"), Codes{"template.wrong_end"});
    EXPECT_EQ(codes("{{name"), Codes{"template.unclosed_tag"});
    EXPECT_EQ(codes("  "), Codes{"required"});
    EXPECT_EQ(codes("a\x01"), Codes{"bad_character"});
}

TEST(MailTemplate, SubjectTakesNeitherLinesNorContactData) {
    EXPECT_EQ(codes("{{name}}", Place::subject), Codes{});
    EXPECT_EQ(codes("{{ip}}", Place::subject), Codes{"template.not_in_subject"});
    EXPECT_EQ(codes("{{link}}", Place::subject), Codes{"template.not_in_subject"});
    EXPECT_EQ(codes("a\nBcc: b@example.jp", Place::subject), Codes{"bad_character"});
}

TEST(MailTemplate, SaysWhereItIsWrong) {
    const auto errors = check_template("花子\n様 {{wrong}}", Place::body_text, kVariables, "/body_text");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/body_text");
    EXPECT_EQ(errors[0].message.en, "Line 2, column 3: there is no variable \"wrong\".");
}

TEST(MailTemplate, EscapesInHtmlAlone) {
    auto values = samples_of(kVariables);
    values.texts["name"] = "<b>&\"'";
    const auto shown =
        render({"{{name}}", "{{name}}", "{{name}} {{#items}}{{item}}{{/items}}"}, kVariables, values);
    EXPECT_EQ(shown.subject, "<b>&\"'");
    EXPECT_EQ(shown.body_text, "<b>&\"'");
    EXPECT_EQ(*shown.body_html, "&lt;b&gt;&amp;&quot;&#39; &lt;米&gt;");
}

TEST(MailTemplate, ValueWithLineEndsAddsNoHeader) {
    auto values = samples_of(kVariables);
    values.texts["name"] = "a\r\nBcc: b@example.jp\x01link\x01";
    const auto shown = render({"{{name}}", "{{name}}", std::nullopt}, kVariables, values);
    EXPECT_EQ(shown.subject, "a  Bcc: b@example.jp link ");
    EXPECT_EQ(shown.body_text, "a \nBcc: b@example.jp link ");
}

TEST(MailTemplate, SecretsComeInLastAndAreHiddenFromReaders) {
    const auto values = samples_of(kVariables);
    const auto shown = render({"x", "{{link}}!", "{{link}}"}, kVariables, values);
    EXPECT_EQ(shown.body_text.find("shop.example"), std::string::npos);
    EXPECT_EQ(without_marks(shown.body_text), "••••••!");
    EXPECT_EQ(with_secrets(shown.body_text, values, Place::body_text), "https://shop.example/?a=1&b=2!");
    EXPECT_EQ(with_secrets(*shown.body_html, values, Place::body_html), "https://shop.example/?a=1&amp;b=2");
}

TEST(MailTemplate, ValuesMustFitTheVariables) {
    auto values = samples_of(kVariables);
    values.texts["extra"] = "x";
    EXPECT_THROW(render({"x", "y", std::nullopt}, kVariables, values), std::logic_error);
    values.texts.erase("extra");
    values.texts.erase("name");
    EXPECT_THROW(render({"x", "y", std::nullopt}, kVariables, values), std::logic_error);
}

TEST(MailTemplate, ShippedOnesPassTheirOwnCheckAndRender) {
    std::set<std::int64_t> ids;
    for (const auto& shipped : shipped_templates()) {
        EXPECT_TRUE(ids.insert(shipped.id).second);
        EXPECT_TRUE(check_template(shipped.contents.subject, Place::subject, shipped.variables, "/s").empty())
            << shipped.name;
        EXPECT_TRUE(
            check_template(shipped.contents.body_text, Place::body_text, shipped.variables, "/b").empty())
            << shipped.name;
        const auto shown = render(shipped.contents, shipped.variables, samples_of(shipped.variables));
        EXPECT_EQ(shown.body_text.find("{{"), std::string::npos);
        EXPECT_EQ(&get_shipped(shipped.name, shipped.language), find_shipped(shipped.id));
    }
    EXPECT_EQ(ids.size(), 12U);
}

}  // namespace
}  // namespace otokui::mail
