#include "transfer/csv_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text/normalise.hpp"

namespace otokui::transfer {
namespace {

struct Row {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    std::vector<std::string> problems;  // "line:column code"
    bool operator==(const Row&) const = default;
};

class Collector {
public:
    CsvReader::OnRow on_row() {
        return [this](const CsvRow& row) {
            Row copy{row.line, {row.cells.begin(), row.cells.end()}, {}};
            for (const CsvProblem& problem : row.problems) {
                copy.problems.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) +
                                        " " + std::string(problem.code));
            }
            rows.push_back(std::move(copy));
        };
    }
    std::vector<Row> rows;
};

std::vector<Row> read(std::string_view bytes, CsvReaderOptions options = {}, std::size_t chunk = SIZE_MAX) {
    Collector collector;
    CsvReader reader(options, collector.on_row());
    for (std::size_t at = 0; at < bytes.size();) {
        reader.push(bytes.substr(at, chunk));
        at += std::min(chunk, bytes.size() - at);
    }
    reader.finish();
    return collector.rows;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CsvSpectrum, IsReadAsItsAuthorsSay) {
    const std::filesystem::path folder = std::filesystem::path(OTOKUI_TEST_DATA) / "csv-spectrum";
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "csvs")) {
        // Its JSON is of other values (and no array), so it has a test of its own.
        if (entry.path().stem() == "location_coordinates") continue;
        ++files;
        const auto rows = read(read_file(entry.path()));
        const auto expected =
            boost::json::parse(read_file(folder / "json" / entry.path().stem().concat(".json"))).as_array();
        ASSERT_EQ(rows.size(), expected.size() + 1) << entry.path();
        for (std::size_t index = 0; index < expected.size(); ++index) {
            for (std::size_t column = 0; column < rows[0].cells.size(); ++column) {
                const auto& value = expected[index].at(rows[0].cells[column]).as_string();
                // The JSON has CR LF where the line ends of the CSV have been made LF on their way.
                EXPECT_EQ(rows[index + 1].cells.at(column), text::trimmed(value)) << entry.path();
            }
            EXPECT_TRUE(rows[index + 1].problems.empty()) << entry.path();
        }
    }
    EXPECT_EQ(files, 11);
}

TEST(CsvSpectrum, KeepsBareQuotesAndNamesThem) {
    const auto rows =
        read(read_file(std::string(OTOKUI_TEST_DATA) + "/csv-spectrum/csvs/location_coordinates.csv"));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"2095257564", "37\uFFFD36'37.8\"N 121\uFFFD2'17.9\"W",
                                                       "Modesto", "Stanislaus"}));
    EXPECT_EQ(rows[1].problems, (std::vector<std::string>{"2:2 bare_quote"}));
}

struct ReadCase {
    const char* name;
    std::string bytes;
    std::vector<Row> rows;
};
class CsvReaderTest : public testing::TestWithParam<ReadCase> {};

TEST_P(CsvReaderTest, GivesRowsLinesAndProblemsInAnyChunks) {
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{2}, std::size_t{3}, SIZE_MAX}) {
        EXPECT_EQ(read(GetParam().bytes, {}, chunk), GetParam().rows) << "chunks of " << chunk;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Good, CsvReaderTest,
    testing::Values(ReadCase{"Empty", "", {}}, ReadCase{"OnlyBlankLines", "\r\n\n\r\r\n", {}},
                    ReadCase{"OnlyAByteOrderMark", "\xEF\xBB\xBF", {}},
                    ReadCase{
                        "LineEnds",
                        "a,b\r\nc,d\ne,f\rg,h",
                        {{1, {"a", "b"}, {}}, {2, {"c", "d"}, {}}, {3, {"e", "f"}, {}}, {4, {"g", "h"}, {}}}},
                    ReadCase{"ByteOrderMark", "\xEF\xBB\xBF\"a\",b\n", {{1, {"a", "b"}, {}}}},
                    ReadCase{"EmptyCells", ",\n,\n", {{1, {"", ""}, {}}, {2, {"", ""}, {}}}},
                    ReadCase{"QuotedEmptyCellIsARow", "a\n\"\"\n", {{1, {"a"}, {}}, {2, {""}, {}}}},
                    ReadCase{"BlankLinesBetween", "a\n\n\nb\n", {{1, {"a"}, {}}, {4, {"b"}, {}}}},
                    ReadCase{"QuotesAndLines",
                             "\"a \"\"x\"\", y\",\"1\r\n2\n3\"\r\nc,d",
                             {{1, {"a \"x\", y", "1\r\n2\n3"}, {}}, {4, {"c", "d"}, {}}}},
                    ReadCase{"KeepsSpacesAndGuards", " a ,'=b\n", {{1, {" a ", "'=b"}, {}}}},
                    ReadCase{"Japanese",
                             "氏名,住所\n𠮷野,\"桜ヶ丘,4\"\n",
                             {{1, {"氏名", "住所"}, {}}, {2, {"𠮷野", "桜ヶ丘,4"}, {}}}}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Bad, CsvReaderTest,
    testing::Values(ReadCase{"UnclosedQuote",
                             "a,b\nc,\"d\ne,f\n",
                             {{1, {"a", "b"}, {}}, {2, {"c", "d\ne,f\n"}, {"2:2 unclosed_quote"}}}},
                    ReadCase{"BareQuote",
                             "a\"b,c\nd,\"e\"f\n",
                             {{1, {"a\"b", "c"}, {"1:1 bare_quote"}}, {2, {"d", "ef"}, {"2:2 bare_quote"}}}},
                    ReadCase{"SpaceBeforeQuote", "a, \"b\"\n", {{1, {"a", " \"b\""}, {"1:2 bare_quote"}}}},
                    ReadCase{"Nul", std::string("a,b\0c\n", 6), {{1, {"a", "b\uFFFDc"}, {"1:2 nul"}}}},
                    ReadCase{
                        "BrokenUtf8",
                        "a,\"x\ny\",\x93\x63\nb,c,d\n",
                        {{1, {"a", "x\ny", "\uFFFDc"}, {"2:3 invalid_encoding"}}, {3, {"b", "c", "d"}, {}}}},
                    ReadCase{"ColumnCount",
                             "a,b\n1\n1,2,3\n1,2\n",
                             {{1, {"a", "b"}, {}},
                              {2, {"1"}, {"2:0 wrong_column_count"}},
                              {3, {"1", "2", "3"}, {"3:0 wrong_column_count"}},
                              {4, {"1", "2"}, {}}}}),
    [](const auto& info) { return info.param.name; });

TEST(CsvReaderLimits, KeepLongCellsRowsAndColumnsOut) {
    const CsvReaderOptions options{.max_cell_bytes = 4, .max_row_bytes = 8, .max_columns = 3, .max_rows = 5};
    const std::string bytes = "a,b,c\n12345,1234,\"12345\"\n123,123,123\n1,2,3,4,5\n1,2,3\n1,2,3\n1,2,3\n";
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, SIZE_MAX}) {
        EXPECT_EQ(read(bytes, options, chunk),
                  (std::vector<Row>{{1, {"a", "b", "c"}, {}},
                                    {2, {"", "1234", ""}, {"2:1 cell_too_long", "2:3 cell_too_long"}},
                                    {3, {"123", "123", ""}, {"3:0 row_too_long"}},
                                    {4, {"1", "2", "3"}, {"4:0 too_many_columns", "4:0 wrong_column_count"}},
                                    {5, {"1", "2", "3"}, {}},
                                    {6, {}, {"6:0 too_many_rows"}}}));
    }
}

TEST(CsvReaderLimits, AHugeCellTakesNoMemory) {
    Collector collector;
    CsvReader reader({}, collector.on_row());
    reader.push("a,b\n1,\"");
    const std::string part(1 << 16, 'x');
    for (int count = 0; count < 160; ++count) reader.push(part);  // 10 MiB
    reader.push("\"\n2,3\n");
    reader.finish();
    EXPECT_EQ(
        collector.rows,
        (std::vector<Row>{{1, {"a", "b"}, {}}, {2, {"1", ""}, {"2:2 cell_too_long"}}, {3, {"2", "3"}, {}}}));
}

TEST(CsvReaderEncoding, ReadsCp932InAnyChunks) {
    // 表 and ソ end with the byte of a backslash; a lead byte before a quote or a line end must not swallow
    // it.
    const std::string bytes = "\x95\x5C,\x83\x5C\n\"\x93\x63\x92\x86\",\xC0\xC5\n\x93,\"\x93\"\n";
    for (const std::size_t chunk : {std::size_t{1}, SIZE_MAX}) {
        EXPECT_EQ(
            read(bytes, {.encoding = text::Encoding::cp932}, chunk),
            (std::vector<Row>{{1, {"表", "ソ"}, {}},
                              {2, {"田中", "ﾀﾅ"}, {}},
                              {3, {"\uFFFD", "\uFFFD"}, {"3:1 invalid_encoding", "3:2 invalid_encoding"}}}));
    }
}

TEST(CsvReaderEncoding, ReadsOtherDelimiters) {
    EXPECT_EQ(read("a\tb,c\n", {.delimiter = '\t'}), (std::vector<Row>{{1, {"a", "b,c"}, {}}}));
    EXPECT_EQ(detect_delimiter("a\tb\tc,d\n1,2,3,4,5"), '\t');
    EXPECT_EQ(detect_delimiter("\"a,b,c\";d;e\n"), ';');
    EXPECT_EQ(detect_delimiter("a\n"), ',');
}

RC_GTEST_PROP(CsvReaderProperty, ChunksMakeNoDifference, (bool cp932)) {
    const auto letter = rc::gen::weightedElement<char>({{6, 'a'},
                                                        {3, ','},
                                                        {3, '"'},
                                                        {2, '\n'},
                                                        {2, '\r'},
                                                        {1, '\0'},
                                                        {1, '\x81'},
                                                        {1, '\xE3'},
                                                        {1, '\xEF'},
                                                        {1, '\xBB'},
                                                        {1, '\xBF'}});
    const std::string bytes = *rc::gen::container<std::string>(letter);
    const CsvReaderOptions options{.encoding = cp932 ? text::Encoding::cp932 : text::Encoding::utf8,
                                   .max_cell_bytes = 5,
                                   .max_row_bytes = 12,
                                   .max_columns = 4,
                                   .max_rows = 6};
    const auto whole = read(bytes, options);
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{2}, std::size_t{5}})
        RC_ASSERT(read(bytes, options, chunk) == whole);
}

}  // namespace
}  // namespace otokui::transfer
