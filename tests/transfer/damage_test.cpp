#include <algorithm>
#include <random>

#include "base/problem.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

// Breaks a file in one of the ways files get broken on their way.
std::string damaged(std::string file, std::mt19937& random) {
    const auto any = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    static const std::vector<std::string> kBits{
        "\"", "\"\"", ",",  "\n", "\r",   std::string(1, '\0'),  "\xFF", "\x83", "\xE3\x81", "\xEF\xBB\xBF",
        "'",  "=",    "\t", ";",  "\x1A", "99999999999999999999"};
    for (std::size_t times = 1 + any(3); times > 0; --times) {
        const auto at = any(file.size());
        switch (any(6)) {
            case 0:
                file.insert(at, kBits[any(kBits.size())]);
                break;
            case 1:
                file.erase(at, 1 + any(20));
                break;
            case 2:
                file[at] = static_cast<char>(any(256));
                break;
            case 3:
                file.resize(std::max<std::size_t>(at, 1));
                break;
            case 4:
                file.insert(at, file.substr(any(file.size()), 200));
                break;
            default:
                file.insert(at, any(3) + 1, '"');
        }
        if (file.empty()) file = "x";
    }
    return file;
}

// What became of so many damaged files: 'd' done, 's' done without some rows, 'f' refused rows, 'r' refused
// as a whole. The same files for every engine; every third may leave rows out.
std::string outcomes_of(test::Backend backend, int rounds) {
    test::Database database(backend);
    Shop shop(database.storage());
    auto base = read_test_file("jp_10k.csv").substr(0, 6'000);
    base.resize(base.rfind('\n') + 1);
    std::mt19937 random(20261122);
    const auto customers = [&] { return shop.count("SELECT count(*) FROM customer"); };
    std::string outcomes;
    for (int round = 0; round < rounds; ++round) {
        const auto before = customers();
        const auto file = damaged(base, random);
        const auto on_error = round % 3 == 2 ? OnError::skip : OnError::all_or_nothing;
        try {
            const auto job = shop.import(
                {.mode = Mode::upsert, .on_error = on_error, .on_clash = OnClash::no_login}, file);
            const auto errors = job.summary.at("error").as_int64();
            if (job.status == core::JobStatus::done) {
                outcomes += errors == 0 ? 'd' : 's';
                EXPECT_TRUE(errors == 0 || on_error == OnError::skip) << "round " << round;
                EXPECT_EQ(customers(), before + job.summary.at("create").as_int64());
            } else {
                outcomes += 'f';
                EXPECT_EQ(on_error, OnError::all_or_nothing) << "round " << round;
                EXPECT_EQ(job.problem.at("code").as_string(), "import.rows_refused") << "round " << round;
                EXPECT_GT(errors, 0);
                EXPECT_EQ(customers(), before) << "round " << round;
            }
            if (errors > 0) {
                EXPECT_FALSE(errors_of(shop, job.id).empty());
                EXPECT_NE(shop.file_of(job.id, "rejects"), "(none)");
            }
        } catch (const Refused& problem) {
            outcomes += 'r';
            EXPECT_TRUE(problem.problem().code.starts_with("import.")) << problem.what();
            EXPECT_EQ(customers(), before);
        }
    }
    EXPECT_EQ(shop.findings(), std::vector<std::string>());
    return outcomes;
}

TEST(DamagedFiles, EndInDoneOrInRefusedRowsAndNeverChangeAnythingByHalves) {
    constexpr int kRounds = 200;
    const auto outcomes = outcomes_of(test::Backend::sqlite, kRounds);
    const auto share = [&](char outcome) { return std::count(outcomes.begin(), outcomes.end(), outcome); };
    EXPECT_GT(share('d'), 0) << outcomes;
    EXPECT_GT(share('s'), 0) << outcomes;
    EXPECT_GT(share('f'), kRounds / 4) << outcomes;
}

// None of the first forty is harmless, so shares say nothing here; what says something is that every engine
// comes to the same end of each file.
TEST(DamagedFiles, EndAlikeOnEveryDatabase) {
    constexpr int kRounds = 40;
    const auto expected = outcomes_of(test::Backend::sqlite, kRounds);
    for (const auto backend : test::backends())
        if (backend != test::Backend::sqlite) EXPECT_EQ(outcomes_of(backend, kRounds), expected);
}

TEST(HugeCell, IsNamedAndTakesNoMemory) {
    test::Database database(test::Backend::sqlite);
    Shop shop(database.storage());
    const auto job = shop.import({.on_error = OnError::skip},
                                 "顧客番号,姓,メモ\nA,青木," + std::string(10 << 20, 'x') + "\nB,森,\n");
    EXPECT_EQ(errors_of(shop, job.id), std::vector<std::string>{"2:cell_too_long メモ"});
    EXPECT_EQ(figures(job), "1 0 0 1");
}

}  // namespace
}  // namespace otokui::transfer
