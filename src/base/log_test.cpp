#include "base/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <type_traits>

namespace otokui {
namespace {

std::vector<std::string> lines_of(const std::function<void(const Log&)>& work,
                                  LogLevel least = LogLevel::info) {
    std::vector<std::string> lines;
    {
        const auto log = Log::to([&](std::string_view line) { lines.emplace_back(line); }, least,
                                 [] { return Moment{1'795'309'445'678}; });
        work(log);
    }
    return lines;
}

TEST(Log, WritesALineOfJsonInUtc) {
    const auto lines = lines_of([](const Log& log) {
        log.info("staff.signed_in", {{"staff", 7}, {"ok", true}, {"seconds", 0.5}, {"role", "owner"}});
    });
    EXPECT_THAT(lines, testing::ElementsAre(
                           R"({"time":"2026-11-22T01:04:05.678Z","level":"info","event":"staff.signed_in",)"
                           R"("staff":7,"ok":true,"seconds":5E-1,"role":"owner"})"));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
    const auto lines = lines_of(
        [](const Log& log) {
            log.debug("a");
            log.info("b");
            log.warning("c");
            log.error("d");
        },
        LogLevel::warning);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], testing::HasSubstr(R"("level":"warning","event":"c")"));
    EXPECT_THAT(lines[1], testing::HasSubstr(R"("level":"error","event":"d")"));
}

TEST(Log, ALineStaysOneLineWhateverItsFieldsHold) {
    const std::string nasty = "a\r\nb\x1b[31m\x7f\xc2\x85\xe2\x80\xa8\xff{}%s{0}";
    const auto lines = lines_of([&](const Log& log) { log.info("x", {{"field", nasty}}); });
    ASSERT_EQ(lines.size(), 1U);
    for (const char c : lines[0]) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
    const auto field = json::parse(lines[0]).as_object().at("field").as_string();
    EXPECT_EQ(field, "a\r\nb\x1b[31m\x7f\xc2\x85\xe2\x80\xa8\xef\xbf\xbd{}%s{0}");
}

TEST(Log, LosesNothingThatWasWrittenBeforeItsEnd) {
    const auto lines = lines_of([](const Log& log) {
        for (int i = 0; i < 1'000; ++i) log.info("x", {{"i", i}});
    });
    EXPECT_EQ(lines.size(), 1'000U);
}

TEST(Log, AppendsToAFileThatOthersCannotRead) {
    std::string folder = (std::filesystem::temp_directory_path() / "otokui-log-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const auto file = std::filesystem::path(folder) / "shop.log";
    for (int i = 0; i < 2; ++i) Log::to_file(file).info("start");
    std::ifstream stream(file);
    std::string line;
    int count = 0;
    while (std::getline(stream, line)) ++count;
    EXPECT_EQ(count, 2);
    struct stat state{};
    ASSERT_EQ(stat(file.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 07, 0U);
    EXPECT_THROW(Log::to_file(folder), std::runtime_error);
    std::filesystem::remove_all(folder);
}

template <class T>
concept Loggable = std::is_constructible_v<LogField, std::string_view, T>;
template <class T>
concept Streamable = requires(std::ostream& stream, const T& value) { stream << value; };

TEST(Guarded, IsNeitherLoggedNorStreamed) {
    static_assert(Loggable<std::string> && Streamable<std::string>);
    static_assert(!Loggable<Secret<std::string>> && !Streamable<Secret<std::string>>);
    static_assert(!Loggable<Personal<int>> && !Streamable<Personal<int>>);
    static_assert(!std::is_convertible_v<Secret<std::string>, std::string>);
    EXPECT_EQ(Secret<std::string>("otk_x").reveal(), "otk_x");
}

}  // namespace
}  // namespace otokui
