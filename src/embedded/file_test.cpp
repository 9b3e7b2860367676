#include "embedded/file.hpp"

#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include "embedded/sample.hpp"

namespace otokui::embedded {
namespace {

std::string on_disk(std::string_view path) {
    std::ifstream file(std::string(OTOKUI_TEST_DATA) + "/embedded/" + std::string(path), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string gunzip(std::string_view packed, std::size_t size) {
    std::string text(size, '\0');
    z_stream stream{};
    constexpr int kGzipOnly = 15 + 16;
    if (inflateInit2(&stream, kGzipOnly) != Z_OK) return "inflateInit2";
    std::string input(packed);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return status == Z_STREAM_END ? text : "inflate";
}

std::string unbrotli(std::string_view packed, std::size_t size) {
    std::string text(size, '\0');
    std::size_t length = size;
    const auto status =
        BrotliDecoderDecompress(packed.size(), reinterpret_cast<const std::uint8_t*>(packed.data()), &length,
                                reinterpret_cast<std::uint8_t*>(text.data()));
    return status == BROTLI_DECODER_RESULT_SUCCESS ? text.substr(0, length) : "brotli";
}

TEST(EmbeddedFiles, HoldEveryFileBelowTheirFolderSortedByPath) {
    std::vector<std::string_view> paths;
    for (const auto& file : sample()) paths.push_back(file.path);
    EXPECT_THAT(paths, testing::ElementsAre("deep/page.html", "empty.txt", "random.bin"));
}

TEST(EmbeddedFiles, AreTheBytesOnDisk) {
    for (const auto& file : sample()) EXPECT_EQ(file.bytes, on_disk(file.path)) << file.path;
}

TEST(EmbeddedFiles, UnpackToTheirBytes) {
    const File* page = find(sample(), "deep/page.html");
    ASSERT_NE(page, nullptr);
    EXPECT_LT(page->gzip.size(), page->bytes.size());
    EXPECT_EQ(gunzip(page->gzip, page->bytes.size()), page->bytes);
    EXPECT_LT(page->brotli.size(), page->gzip.size());
    EXPECT_EQ(unbrotli(page->brotli, page->bytes.size()), page->bytes);
}

TEST(EmbeddedFiles, StayUnpackedWherePackingDoesNotHelp) {
    for (const auto* path : {"empty.txt", "random.bin"}) {
        const File* file = find(sample(), path);
        ASSERT_NE(file, nullptr);
        EXPECT_EQ(file->gzip, "");
        EXPECT_EQ(file->brotli, "");
    }
}

TEST(EmbeddedFiles, HaveATagOfTheirOwn) {
    const auto files = sample();
    for (const auto& file : files) EXPECT_THAT(std::string(file.etag), testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_NE(files[0].etag, files[1].etag);
}

TEST(EmbeddedFiles, AreNotFoundByAnotherPath) {
    for (const auto* path : {"", "deep", "deep/page.htm", "zzz"})
        EXPECT_EQ(find(sample(), path), nullptr) << path;
    EXPECT_EQ(find({}, "deep/page.html"), nullptr);
}

}  // namespace
}  // namespace otokui::embedded
