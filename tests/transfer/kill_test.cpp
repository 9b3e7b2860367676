#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "base/crypto.hpp"
#include "transfer/shop.hpp"

namespace otokui::transfer {
namespace {

// Rows of jp_10k.csv: enough for many steps, few enough for many rounds.
constexpr int kRows = 1'500;

std::string first_rows(int rows) {
    const auto file = read_test_file("jp_10k.csv");
    std::size_t end = 0;
    for (int line = 0; line <= rows; ++line) end = file.find('\n', end) + 1;
    return file.substr(0, end);
}

class KilledImport : public testing::TestWithParam<test::Backend> {
protected:
    KilledImport() {
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "customers.csv", std::ios::binary) << first_rows(kRows);
        keys_.save(folder_ / "key");
    }
    ~KilledImport() override { std::filesystem::remove_all(folder_); }

    // Runs the import in a process of its own and kills it once `is_time` says so.
    void import_and_kill(const std::function<bool()>& is_time) {
        const auto url = database_.url_text();
        const auto key = (folder_ / "key").string(), file = (folder_ / "customers.csv").string();
        const pid_t child = fork();
        if (child == 0) {
            execl(OTOKUI_KILL_DRIVER, OTOKUI_KILL_DRIVER, url.c_str(), key.c_str(), file.c_str(), nullptr);
            _exit(127);
        }
        int status = 0;
        while (waitpid(child, &status, WNOHANG) == 0) {
            if (is_time()) kill(child, SIGKILL);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        ASSERT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) == 127);
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("otokui-kill-" + crypto::random_text(9));
    const crypto::KeyRing keys_ = crypto::KeyRing::random();
    test::Database database_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, KilledImport, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(KilledImport, GoesOnExactlyWhereItWasOrTakesAllOfItBack) {
    std::mt19937 random(std::random_device{}());
    constexpr int kRounds = 5;
    std::int64_t imported = 0;
    for (int round = 0; round < kRounds; ++round) {
        Shop shop(database_.storage(), keys_);
        // Somewhere between the first row checked and the last one applied.
        const auto wanted = std::uniform_int_distribution<std::int64_t>(1, 2 * kRows - 200)(random);
        SCOPED_TRACE("killed after " + std::to_string(wanted) + " steps of rows");
        const auto customers = shop.count("SELECT count(*) FROM customer");
        const auto earlier = shop.count("SELECT COALESCE(max(id), 0) FROM job");
        import_and_kill([&] {
            const auto job = shop.count("SELECT COALESCE(max(id), 0) FROM job");
            if (job == earlier) return false;
            const auto staged =
                shop.count("SELECT count(*) FROM import_row WHERE job_id = " + std::to_string(job));
            return staged + shop.count("SELECT count(*) FROM customer") - customers >= wanted;
        });
        shop.runner.take_over_left_behind();
        // The lease of a dead process runs out by itself; here nobody waits for it.
        shop.journal.housekeeping([&](core::Writer& writer) {
            writer.execute_unjournaled(shop.registry.get("job"), "UPDATE job SET lease_until = 0", {});
        });
        const JobId job{shop.count("SELECT max(id) FROM job")};
        const bool is_over = shop.jobs.get(job).status == core::JobStatus::done;
        const bool cancels = round % 2 == 1 && !is_over;
        if (cancels) shop.jobs.cancel(job);
        const auto ended = shop.run(job);
        if (cancels) {
            EXPECT_EQ(ended.status, core::JobStatus::cancelled);
        } else {
            EXPECT_EQ(ended.status, core::JobStatus::done);
            EXPECT_EQ(figures(ended), std::to_string(kRows) + " 0 0 0");
            imported = kRows;
        }
        EXPECT_EQ(shop.count("SELECT count(*) FROM customer"), cancels ? customers : imported);
        EXPECT_EQ(
            shop.count(
                "SELECT count(*) FROM (SELECT number FROM customer GROUP BY number HAVING count(*) > 1) x"),
            0);
        EXPECT_EQ(shop.findings(), std::vector<std::string>());
        if (!cancels) {  // an empty shop for the next round
            shop.journal.write({.actor = shop.actor, .kind = "customer.delete"}, [&](core::Writer& writer) {
                std::vector<std::int64_t> ids;
                writer.tx().query("SELECT id FROM customer", {},
                                  [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
                for (const auto id : ids) writer.remove(shop.registry.get("customer"), id);
            });
        }
    }
}

}  // namespace
}  // namespace otokui::transfer
