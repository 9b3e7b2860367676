// What a statement costs through SOCI, which prepares it each time, and below it, where it is kept:
// docs/adr/0002.
#include <benchmark/benchmark.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <string>

#include "storage/database.hpp"
#include "support/postgres_server.hpp"

namespace otokui::storage {
namespace {

constexpr std::int64_t kRows = 10'000;
constexpr const char* kFind = "SELECT name, email, points FROM person WHERE id = ?";
constexpr const char* kScan = "SELECT id, name, email, points FROM person ORDER BY id";

struct Shop {
    explicit Shop(Engine engine)
        : url{engine, engine == Engine::sqlite ? "/tmp/otokui-statements-bench.db"
                                               : test::postgres_server() + " dbname=postgres"},
          database(Database::open(url)) {
        database->write([](Transaction& tx) {
            tx.run_script(
                "DROP TABLE IF EXISTS person;"
                "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT, email TEXT, points BIGINT);");
            std::vector<Values> rows;
            for (std::int64_t id = 1; id <= kRows; ++id)
                rows.push_back(
                    {id, std::string("青木 花子"), "hanako" + std::to_string(id) + "@example.com", id * 7});
            constexpr std::string_view kColumns[] = {"id", "name", "email", "points"};
            tx.insert_many("person", kColumns, rows);
        });
    }
    // Without singlerows: with it the second statement of a session fails ("Cannot execute query"), so SOCI
    // holds the whole answer of a scan in memory.
    soci::session session() const {
        if (url.engine == Engine::sqlite) return {soci::sqlite3, "dbname=" + url.target};
        return {soci::postgresql, url.target};
    }
    Url url;
    std::unique_ptr<Database> database;
};

void find_kept(benchmark::State& state, Engine engine) {
    Shop shop(engine);
    std::int64_t id = 0, points = 0;
    shop.database->read(
        [&](Transaction& tx) {
            for (auto _ : state) {
                id = id % kRows + 1;
                tx.query(kFind, {id}, [&](const Row& row) { points += row.integer(2); });
            }
        },
        {.time = std::chrono::hours(1)});
    benchmark::DoNotOptimize(points);
}

void find_soci(benchmark::State& state, Engine engine) {
    Shop shop(engine);
    auto session = shop.session();
    std::int64_t id = 0;
    long long points = 0, sum = 0;
    std::string name, email;
    session.begin();
    for (auto _ : state) {
        id = id % kRows + 1;
        session << "SELECT name, email, points FROM person WHERE id = :id",
            soci::use(static_cast<long long>(id)), soci::into(name), soci::into(email), soci::into(points);
        sum += points;
    }
    session.commit();
    benchmark::DoNotOptimize(sum);
}

void scan_native(benchmark::State& state, Engine engine) {
    Shop shop(engine);
    std::size_t bytes = 0;
    shop.database->read(
        [&](Transaction& tx) {
            for (auto _ : state)
                tx.query(kScan, {}, [&](const Row& row) {
                    bytes += row.text(1).size() + row.text(2).size() +
                             static_cast<std::size_t>(row.integer(3) & 1);
                });
        },
        {.time = std::chrono::hours(1)});
    benchmark::DoNotOptimize(bytes);
    state.SetItemsProcessed(state.iterations() * kRows);
}

void scan_soci(benchmark::State& state, Engine engine) {
    Shop shop(engine);
    auto session = shop.session();
    std::size_t bytes = 0;
    for (auto _ : state) {
        long long id = 0, points = 0;
        std::string name, email;
        soci::statement statement = (session.prepare << kScan, soci::into(id), soci::into(name),
                                     soci::into(email), soci::into(points));
        statement.execute();
        while (statement.fetch()) bytes += name.size() + email.size() + static_cast<std::size_t>(points & 1);
    }
    benchmark::DoNotOptimize(bytes);
    state.SetItemsProcessed(state.iterations() * kRows);
}

BENCHMARK_CAPTURE(find_kept, sqlite, Engine::sqlite);
BENCHMARK_CAPTURE(find_soci, sqlite, Engine::sqlite);
BENCHMARK_CAPTURE(find_kept, postgres, Engine::postgres);
BENCHMARK_CAPTURE(find_soci, postgres, Engine::postgres);
BENCHMARK_CAPTURE(scan_native, sqlite, Engine::sqlite);
BENCHMARK_CAPTURE(scan_soci, sqlite, Engine::sqlite);
BENCHMARK_CAPTURE(scan_native, postgres, Engine::postgres);
BENCHMARK_CAPTURE(scan_soci, postgres, Engine::postgres);

}  // namespace
}  // namespace otokui::storage

BENCHMARK_MAIN();
