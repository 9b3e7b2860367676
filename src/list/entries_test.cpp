#include "list/entries.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace otokui::list {
namespace {

using Texts = std::vector<std::string>;

struct Read {
    Texts entries, errors;
};

Read read(Kind kind, std::string_view text, std::size_t piece = 1 << 16) {
    Read result;
    EntryReader reader(kind, [&](std::string_view entry) { result.entries.emplace_back(entry); });
    for (std::size_t at = 0; at < text.size(); at += piece) reader.push(text.substr(at, piece));
    reader.finish();
    for (const auto& error : reader.errors()) result.errors.push_back(error.pointer + " " + error.code);
    return result;
}

struct EntriesCase {
    const char* name;
    Kind kind;
    const char* text;
    Texts entries;
};
class Entries : public testing::TestWithParam<EntriesCase> {};
TEST_P(Entries, AreCutAtAnySeparator) {
    for (const std::size_t piece : {1U, 3U, 100U})
        EXPECT_EQ(read(GetParam().kind, GetParam().text, piece).entries, GetParam().entries) << piece;
}
INSTANTIATE_TEST_SUITE_P(
    Cases, Entries,
    testing::Values(
        EntriesCase{"Ids",
                    Kind::id,
                    "1\n2\r\n3,4\t5 6　7，8、9；10;11\r12",
                    {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}},
        EntriesCase{"FullWidth", Kind::id, "１２　３", {"１２", "３"}},
        EntriesCase{"BomQuotesBlanks", Kind::number, "\xEF\xBB\xBF\"A-1\"\n\n ,\n\"B\",", {"A-1", "B"}},
        EntriesCase{"Mails", Kind::email, "a@example.jp b@example.jp", {"a@example.jp", "b@example.jp"}},
        EntriesCase{"PhonesWithSpaces",
                    Kind::phone,
                    "090 1234 5678 03-1234-5678\n+81 (0)90 1234 5678",
                    {"090 1234 5678", "03-1234-5678", "+81 (0)90 1234 5678"}},
        EntriesCase{
            "PhonesFullWidth", Kind::phone, "０９０　１２３４　５６７８", {"０９０ １２３４ ５６７８"}},
        EntriesCase{"PhonesAmongWords",
                    Kind::phone,
                    "田中 090-1234-5678 abc\n12",
                    {"田中", "090-1234-5678", "abc", "12"}},
        EntriesCase{"Nothing", Kind::id, " \n\t", {}}),
    [](const auto& info) { return info.param.name; });

TEST(EntryReader, NamesEveryLineItCannotRead) {
    const auto text = "1\n\xFF\xFE\n2\n" + std::string(kMaxEntryLength + 1, '7') + "\n\xEF\xBF\xBD," + "\xC3";
    const Texts expected{"/lines/2 invalid_utf8", "/lines/4 too_long", "/lines/5 invalid_utf8"};
    for (const std::size_t piece : {1U, 7U, 1000U}) EXPECT_EQ(read(Kind::id, text, piece).errors, expected);
    EXPECT_EQ(read(Kind::id, std::string("1\r\n2\r3\n\0", 8)).errors, Texts{"/lines/4 invalid_utf8"});
    EXPECT_EQ(read(Kind::id, std::string(kMaxEntryLength, '7')).errors, Texts{});
}

TEST(EntryReader, StopsCollectingErrorsAtItsLimit) {
    std::string text;
    for (int i = 0; i < 1'000; ++i) text += "\xFF\n";
    EXPECT_EQ(read(Kind::id, text).errors.size(), EntryReader::kMaxErrors);
}

RC_GTEST_PROP(EntryReader, ReadsBackWhatWasJoinedHoweverItIsCut, ()) {
    const auto word = rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789abcAB-@._"))));
    const auto words = *rc::gen::container<Texts>(word);
    std::string text;
    for (const auto& one : words)
        text += one + *rc::gen::elementOf(Texts{"\n", "\r\n", ",", "\t", " ", "　", "，", ", ", " \n"});
    RC_ASSERT(read(Kind::number, text, *rc::gen::inRange<std::size_t>(1, 20)).entries == words);
}

TEST(ReadEntry, BringsEveryWritingIntoTheFormThatIsStored) {
    EXPECT_EQ(read_entry(Kind::id, "１２３").id, 123);
    EXPECT_EQ(read_entry(Kind::id, "0123").id, 123);
    for (const char* none : {"", "abc", "12a", "-5", "+5", "99999999999999999999", "1.5", "0"})
        EXPECT_EQ(read_entry(Kind::id, none).id, 0) << none;
    EXPECT_EQ(read_entry(Kind::number, "ｃ－００１").key, read_entry(Kind::number, "C-001").key);
    EXPECT_EQ(read_entry(Kind::email, "ＨＡＮＡＫＯ@Example.JP").key, "hanako@example.jp");
    for (const char* phone :
         {"090-1234-5678", "０９０（１２３４）５６７８", "+81 90 1234 5678", "9012345678"})
        EXPECT_EQ(read_entry(Kind::phone, phone).key, "09012345678") << phone;
}

}  // namespace
}  // namespace otokui::list
