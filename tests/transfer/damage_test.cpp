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

class DamagedFiles : public testing::TestWithParam<test::Backend> {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, DamagedFiles, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(DamagedFiles, EndInDoneOrInRefusedRowsAndNeverChangeAnythingByHalves) {
    test::Database database(GetParam());
    Shop shop(database.storage());
    auto base = read_test_file("jp_10k.csv").substr(0, 6'000);
    base.resize(base.rfind('\n') + 1);
    const int rounds = GetParam() == test::Backend::sqlite ? 200 : 40;
    std::mt19937 random(20261122);
    int done = 0, failed = 0, refused = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto before = shop.count("SELECT count(*) FROM customer");
        const auto file = damaged(base, random);
        try {
            const auto job = shop.import({.mode = Mode::upsert, .on_clash = OnClash::no_login}, file);
            const auto errors = job.summary.at("error").as_int64();
            if (job.status == core::JobStatus::done) {
                ++done;
                EXPECT_EQ(errors, 0) << "round " << round;
                EXPECT_EQ(shop.count("SELECT count(*) FROM customer"),
                          before + job.summary.at("create").as_int64());
            } else {
                ++failed;
                ASSERT_EQ(job.problem.at("code").as_string(), "import.rows_refused") << "round " << round;
                EXPECT_GT(errors, 0);
                EXPECT_FALSE(errors_of(shop, job.id).empty());
                EXPECT_NE(shop.file_of(job.id, "rejects"), "(none)");
                EXPECT_EQ(shop.count("SELECT count(*) FROM customer"), before) << "round " << round;
            }
        } catch (const Refused& problem) {
            ++refused;
            EXPECT_TRUE(problem.problem().code.starts_with("import.")) << problem.what();
            EXPECT_EQ(shop.count("SELECT count(*) FROM customer"), before);
        }
    }
    // A few rounds may all be harmful; many are not.
    constexpr int kEnoughForShares = 100;
    if (rounds >= kEnoughForShares) {
        EXPECT_GT(done, 0);
        EXPECT_GT(failed, rounds / 4);
    }
    EXPECT_EQ(done + failed + refused, rounds);
    EXPECT_EQ(shop.findings(), std::vector<std::string>());
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
