// Where the time of `otokui demo` goes: a line per phase with what had passed until its beginning.
//
//   otokui_demo_load_bench URL CUSTOMERS ORDERS_PER_CUSTOMER
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/shop.hpp"
#include "demo/load.hpp"
#include "search/text_index.hpp"

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** words) {
    using namespace otokui;
    if (count != 4) {
        std::fprintf(stderr, "usage: otokui_demo_load_bench URL CUSTOMERS ORDERS_PER_CUSTOMER\n");
        return 2;
    }
    app::Shop shop(storage::Url::parse(words[1]), app::Open::create_and_migrate, {.filling = true});
    const auto begin = std::chrono::steady_clock::now();
    const auto tell = [&](std::string_view phase) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        std::printf("%8.2f s  %8.2f s of processor  %5ld MiB  %.*s\n", passed.count(),
                    seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss / 1024,
                    static_cast<int>(phase.size()), phase.data());
        std::fflush(stdout);
    };
    constexpr std::int64_t kRowsPerLine = 2'000'000;
    std::int64_t told = 0;
    const auto rows = [&](std::int64_t done, std::int64_t) {
        if (done < told + kRowsPerLine) return;
        told = done;
        tell(std::to_string(done) + " rows");
    };
    tell("rows");
    demo::load(shop.journal, core::shell_actor("bench"),
               {.customers = std::atoll(words[2]), .orders_per_customer = std::atoll(words[3])},
               [&](core::Writer& writer) {
                   search::rebuild_index(writer.tx(), shop.catalogue);
                   tell("commit");
               },
               {.rows = rows, .building = tell});
    tell("done");
    return 0;
}
