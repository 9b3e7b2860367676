#include "transfer/csv_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/text_generators.hpp"
#include "transfer/csv_reader.hpp"

namespace otokui::transfer {
namespace {

using Cells = std::vector<std::string>;

std::string write(const std::vector<Cells>& rows,
                  CsvWriterOptions options = {.encoding = text::Encoding::utf8},
                  std::vector<CsvColumn> columns = {}) {
    CsvWriter writer(std::move(options), std::move(columns));
    std::string out;
    for (const Cells& row : rows) writer.append_row(row, out);
    return out;
}

std::vector<Cells> read_unguarded(std::string_view bytes, text::Encoding encoding) {
    std::vector<Cells> rows;
    CsvReader reader({.encoding = encoding}, [&rows](const CsvRow& row) {
        Cells cells;
        for (const std::string_view cell : row.cells) cells.emplace_back(unguarded(cell));
        rows.push_back(std::move(cells));
    });
    reader.push(bytes);
    reader.finish();
    return rows;
}

TEST(CsvWriterTest, QuotesWhatNeedsIt) {
    EXPECT_EQ(write({{"a", "b c", "", "x,y", "\"q\"", "1\n2", "1\r2", " s", "s "}}),
              "a,b c,,\"x,y\",\"\"\"q\"\"\",\"1\n2\",\"1\r2\",\" s\",\"s \"\r\n");
    EXPECT_EQ(write({{""}, {"", ""}}), "\"\"\r\n,\r\n");
}

TEST(CsvWriterTest, WritesTheFormatAskedFor) {
    EXPECT_EQ(write({{"a"}, {"b"}}, {}),
              "\xEF\xBB\xBF"
              "a\r\nb\r\n");
    EXPECT_EQ(write({{"a", "b,\tc"}}, {.encoding = text::Encoding::utf8, .delimiter = '\t', .newline = "\n"}),
              "a\t\"b,\tc\"\n");
    EXPECT_EQ(write({{"田", "表"}}, {.encoding = text::Encoding::cp932}), "\x93\x63,\x95\x5C\r\n");
}

struct GuardCase {
    std::string cell, written;
};
class CsvGuardTest : public testing::TestWithParam<GuardCase> {};

TEST_P(CsvGuardTest, KeepsSpreadsheetsFromCalculating) {
    EXPECT_EQ(guarded(GetParam().cell), GetParam().written);
    EXPECT_EQ(unguarded(GetParam().written), GetParam().cell);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, CsvGuardTest,
    testing::Values(GuardCase{"=1+1", "'=1+1"}, GuardCase{"+81", "'+81"}, GuardCase{"-5", "'-5"},
                    GuardCase{"@x", "'@x"}, GuardCase{"\tx", "'\tx"}, GuardCase{"\rx", "'\rx"},
                    GuardCase{"\nx", "'\nx"}, GuardCase{std::string("\0x", 2), std::string("'\0x", 3)},
                    GuardCase{"＝1", "'＝1"}, GuardCase{"＋1", "'＋1"}, GuardCase{"－1", "'－1"},
                    GuardCase{"＠x", "'＠x"}, GuardCase{"'=1", "''=1"}, GuardCase{"''@", "'''@"},
                    GuardCase{"a=1", "a=1"}, GuardCase{"'a", "'a"}, GuardCase{"'", "'"}, GuardCase{"", ""},
                    GuardCase{"ー", "ー"}));

TEST(CsvWriterTest, LetsNumbersInNumberColumnsPass) {
    const std::vector<CsvColumn> columns{CsvColumn::number, CsvColumn::text};
    const CsvWriterOptions options{.encoding = text::Encoding::utf8};
    EXPECT_EQ(write({{"-5", "-5", "-5"}}, options, columns), "-5,'-5,'-5\r\n");
    EXPECT_EQ(write({{"-0.5", ""}, {"-", ""}, {"-1+1", ""}, {"-1.", ""}, {"=1", ""}}, options, columns),
              "-0.5,\r\n'-,\r\n'-1+1,\r\n'-1.,\r\n'=1,\r\n");
    EXPECT_EQ(write({{"=1"}}, {.encoding = text::Encoding::utf8, .guard = CsvGuard::no}), "=1\r\n");
}

TEST(CsvWriterTest, NamesWhatCp932CannotHold) {
    CsvWriter writer({.encoding = text::Encoding::cp932});
    std::string out;
    writer.append_row(Cells{"氏名", "メモ"}, out);
    writer.append_row(Cells{"𠮷野", "a,😀é"}, out);
    EXPECT_EQ(writer.unmappable_count(), 3U);
    EXPECT_EQ(writer.unmappable(),
              (std::vector<CsvUnmappable>{{2, 1, 0x20BB7}, {2, 2, 0x1F600}, {2, 2, 0xE9}}));
    EXPECT_EQ(read_unguarded(out, text::Encoding::cp932),
              (std::vector<Cells>{{"氏名", "メモ"}, {"〓野", "a,〓〓"}}));
}

rc::Gen<std::vector<Cells>> table() {
    const auto tricky = rc::gen::container<std::string>(rc::gen::elementOf(std::string("a'=+-@\t\r\n\", ;")));
    const auto cell = rc::gen::oneOf(tricky, text::test::any_text());
    return rc::gen::resize(12, rc::gen::nonEmpty(rc::gen::container<std::vector<Cells>>(
                                   rc::gen::nonEmpty(rc::gen::container<Cells>(cell)))));
}

RC_GTEST_PROP(CsvWriterProperty, TheReaderReadsBackWhatItWrote, ()) {
    const auto rows = *table();
    const auto encoding = *rc::gen::element(text::Encoding::utf8, text::Encoding::utf8_bom);
    RC_ASSERT(read_unguarded(write(rows, {.encoding = encoding}), encoding) == rows);
}

RC_GTEST_PROP(CsvWriterProperty, UnguardingTakesExactlyTheGuardAway, (const std::string& cell)) {
    RC_ASSERT(unguarded(guarded(cell)) == cell);
    const std::string quoted = "'" + cell;
    RC_ASSERT(unguarded(guarded(quoted)) == quoted);
}

}  // namespace
}  // namespace otokui::transfer
