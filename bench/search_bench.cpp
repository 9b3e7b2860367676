// What searches cost on a shop as `otokui demo` makes it: first page with total, and a deep page.
// Usage: otokui_search_bench sqlite:PATH|postgres:… [rounds] [process id of the PostgreSQL server] [part of a
// name]
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "customer/fields.hpp"
#include "order/conditions.hpp"
#include "search/service.hpp"

namespace otokui {
namespace {

// Seconds of a process, or of those it had and that have ended.
double seconds_of(const std::string& process, bool ended) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (text.empty()) return 0;
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::vector<std::string> all{std::istream_iterator<std::string>(fields), {}};
    const std::size_t first = ended ? 13 : 11;  // cutime and cstime, or utime and stime
    return (std::stod(all[first]) + std::stod(all[first + 1])) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Of this program, and of PostgreSQL's server (its process id, may be empty) with all it has started.
double processor_seconds(const std::string& server) {
    double seconds = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    if (server.empty()) return seconds;
    seconds += seconds_of(server, false) + seconds_of(server, true);
    std::ifstream children("/proc/" + server + "/task/" + server + "/children");
    for (std::string child; children >> child;) seconds += seconds_of(child, false);
    return seconds;
}

// Milliseconds by the clock: the middle and the 95th of a hundred; of the processor: the mean.
void measure(const char* name, int rounds, const std::string& server,
             const std::function<std::int64_t()>& work) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    std::vector<double> times;
    const auto total = work();
    const double before = processor_seconds(server);
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        times.push_back(Milliseconds(std::chrono::steady_clock::now() - start).count());
    }
    const double processor = (processor_seconds(server) - before) * 1000 / rounds;
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) { return times[static_cast<std::size_t>(part * (rounds - 1))]; };
    std::printf("%-44s %9ld hits  p50 %8.2f  p95 %8.2f  cpu %8.2f ms\n", name, static_cast<long>(total),
                at(0.5), at(0.95), processor);
    std::fflush(stdout);
}

struct Case {
    const char* name;
    const char* body;
};

// What desks ask for. The values exist in every demo shop.
constexpr Case kCases[] = {
    {"no condition", "{}"},
    {"first view (three statuses)",
     R"({"condition":{"field":"status","op":"in","value":["guest","provisional","member"]}})"},
    {"exact number", R"({"condition":{"field":"number","op":"is","value":"00000777"}})"},
    {"mail, one box", R"({"text":"takahashi_asami12054@soft.example.ne.jp"})"},
    {"exact mail",
     R"({"condition":{"field":"email","op":"is","value":"takahashi_asami12054@soft.example.ne.jp"}})"},
    {"mail domain", R"({"text":"@soft.example.ne.jp"})"},
    {"two kanji of a name", R"({"condition":{"field":"name","op":"contains","value":"高橋"}})"},
    {"two kanji, one box", R"({"text":"高橋"})"},
    {"name and first view",
     R"({"text":"高橋","condition":{"field":"status","op":"in","value":["guest","provisional","member"]}})"},
    {"name and prefecture", R"({"text":"高橋","condition":{"field":"prefecture","op":"in","value":[13]}})"},
    {"one kanji", R"({"condition":{"field":"name","op":"contains","value":"子"}})"},
    {"one kanji and first view",
     R"({"text":"子","condition":{"field":"status","op":"in","value":["guest","provisional","member"]}})"},
    {"one kanji and prefecture",
     R"({"text":"子","condition":{"field":"prefecture","op":"in","value":[13]}})"},
    {"kana in hiragana", R"({"text":"たかはし あさみ"})"},
    {"last four digits of a phone", R"({"condition":{"field":"phone","op":"ends_with","value":"0242"}})"},
    {"four digits, one box", R"({"text":"0242"})"},
    {"whole phone, one box", R"({"text":"06-8113-0242"})"},
    {"three digits, one box", R"({"text":"080"})"},
    {"name and 080", R"({"text":"高橋 080"})"},
    {"city", R"({"condition":{"field":"city","op":"contains","value":"大阪市"}})"},
    {"address", R"({"text":"大阪市鶴見区"})"},
    {"prefecture, total, last purchase",
     R"({"condition":{"all":[{"field":"prefecture","op":"in","value":[13,14]},{"field":"purchase_total","op":"between","value":{"from":5000,"to":50000}},
         {"field":"last_purchase_at","op":"at_least","value":{"ago":365,"unit":"day"}}]}})"},
    {"born in a year",
     R"({"condition":{"field":"birth_date","op":"between","value":{"from":"1980-01-01","to":"1980-12-31"}}})"},
    {"birthday within a week",
     R"({"condition":{"field":"birth_date","op":"anniversary_between","value":{"from":"12-28","to":"01-03"}}})"},
    {"bought a product in half a year",
     R"({"condition":{"has":"order","where":{"all":[{"field":"product_number","op":"is","value":"TEA-001"},{"field":"ordered_at","op":"at_least","value":{"ago":6,"unit":"month"}}]}}})"},
    {"bought a product twice",
     R"({"condition":{"has":"order","where":{"field":"product_number","op":"is","value":"TEA-001"},"count":{"at_least":2}}})"},
    {"bought some tea",
     R"({"condition":{"has":"order","where":{"field":"product_name","op":"contains","value":"茶"}}})"},
    {"never bought a product",
     R"({"condition":{"has":"order","where":{"field":"product_number","op":"is","value":"TEA-001"},"count":{"at_most":0}}})"},
    {"never ordered", R"({"condition":{"has":"order","count":{"at_most":0}}})"},
    {"never bought (total)", R"({"condition":{"field":"purchase_count","op":"is","value":0}})"},
    {"ordered within a month",
     R"({"condition":{"has":"order","where":{"field":"ordered_at","op":"at_least","value":{"ago":1,"unit":"month"}}}})"},
    {"three captured orders",
     R"({"condition":{"has":"order","where":{"field":"payment_status","op":"in","value":["captured"]},"count":{"at_least":3}}})"},
    {"paid on delivery",
     R"({"condition":{"has":"order","where":{"field":"payment_method","op":"is","value":"代金引換"}}})"},
    {"tracking number",
     R"({"condition":{"has":"order","where":{"field":"tracking_number","op":"is","value":"400012345678"}}})"},
    {"orders of a channel",
     R"({"condition":{"has":"order","where":{"field":"channel","op":"contains","value":"電話"}}})"},
    {"born in May", R"({"condition":{"field":"birth_month","op":"in","value":[5]}})"},
    {"has a label", R"({"condition":{"field":"labels","op":"any_of","value":["1"]}})"},
    {"one of two labels", R"({"condition":{"field":"labels","op":"any_of","value":["1","2"]}})"},
    {"both labels", R"({"condition":{"field":"labels","op":"all_of","value":["1","2"]}})"},
    {"not that label", R"({"condition":{"field":"labels","op":"none_of","value":["1"]}})"},
    {"any label", R"({"condition":{"field":"labels","op":"not_empty"}})"},
    {"label and prefecture",
     R"({"condition":{"all":[{"field":"labels","op":"any_of","value":["1"]},{"field":"prefecture","op":"in","value":[13]}]}})"},
    {"label and name", R"({"text":"高橋","condition":{"field":"labels","op":"any_of","value":["1"]}})"},
    {"points at least 1", R"({"condition":{"field":"points","op":"at_least","value":1}})"},
    {"points at least 500", R"({"condition":{"field":"points","op":"at_least","value":500}})"},
    {"newsletter", R"({"condition":{"field":"newsletter","op":"is","value":true}})"},
    {"newsletter, not cleaned",
     R"({"condition":{"all":[{"field":"newsletter","op":"is","value":true},{"field":"cleaned","op":"is","value":false}]}})"},
    {"cleaned", R"({"condition":{"field":"cleaned","op":"is","value":true}})"},
    {"blocked", R"({"condition":{"field":"blocked","op":"is","value":true}})"},
    {"newsletter and points",
     R"({"condition":{"all":[{"field":"newsletter","op":"is","value":true},{"field":"points","op":"at_least","value":500}]}})"},
    {"women with newsletter",
     R"({"condition":{"all":[{"field":"sex","op":"in","value":["female"]},{"field":"newsletter","op":"is","value":true}]}})"},
    {"aged 20 to 29", R"({"condition":{"field":"age","op":"between","value":{"from":20,"to":29}}})"},
    {"not that name", R"({"condition":{"field":"name","op":"not_contains","value":"高橋"}})"},
    {"memo empty (no index)", R"({"condition":{"field":"memo","op":"not_empty"}})"},
    {"sorted by kana", R"({"sort":[{"field":"kana","direction":"asc"}]})"},
    {"first view by kana",
     R"({"condition":{"field":"status","op":"in","value":["guest","provisional","member"]},"sort":[{"field":"kana","direction":"asc"}]})"},
    {"name by kana", R"({"text":"高橋","sort":[{"field":"kana","direction":"asc"}]})"},
    {"one kanji by kana", R"({"text":"子","sort":[{"field":"kana","direction":"asc"}]})"},
    {"prefecture by total",
     R"({"condition":{"field":"prefecture","op":"in","value":[13]},"sort":[{"field":"purchase_total","direction":"desc"}]})"},
    {"by last purchase, oldest first", R"({"sort":[{"field":"last_purchase_at","direction":"asc"}]})"},
    {"by points", R"({"sort":[{"field":"points","direction":"desc"}]})"},
    {"label by kana",
     R"({"condition":{"field":"labels","op":"any_of","value":["1"]},"sort":[{"field":"kana","direction":"asc"}]})"},
    {"last page", R"({"cursor":"last"})"},
    {"last page by kana", R"({"cursor":"last","sort":[{"field":"kana","direction":"asc"}]})"},
};

int run(const std::string& url, int rounds, const std::string& server, const char* part) {
    core::Catalogue catalogue;
    customer::declare_fields(catalogue);
    order::declare_conditions(catalogue);
    const auto database = storage::Database::open(storage::Url::parse(url), {.must_exist = true});
    const search::Context context{*database, catalogue, system_now};
    const auto actor = core::shell_actor("bench");
    for (const auto& one : kCases) {
        if (std::strstr(one.name, part) == nullptr) continue;
        const auto request = search::parse_request(catalogue, json::parse(one.body));
        measure(one.name, rounds, server, [&] { return search::find(context, request, actor).total; });
    }
    if (*part != '\0') return 0;
    auto request = search::parse_request(catalogue, json::parse(R"({"limit":200})"));
    for (int i = 0; i < 100; ++i) request.cursor = search::find(context, request, actor).next_cursor;
    measure("page 101 of 200", rounds, server,
            [&] { return search::find(context, request, actor).first_row; });

    std::int64_t rows = 0;
    const auto start = std::chrono::steady_clock::now();
    std::string cell;
    search::for_each(context, {}, {}, request.columns, actor,
                     [&](const storage::Row& row, const core::RecordReader& reader, core::Masters& masters) {
                         cell.clear();
                         for (std::size_t i = 0; i < reader.fields().size(); ++i)
                             reader.append_cell(row, i, masters, cell);
                         ++rows;
                     },
                     {.time = std::chrono::hours(1)});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf("%-44s %9ld rows  %.0f rows/s\n", "streaming the list's columns as cells",
                static_cast<long>(rows), static_cast<double>(rows) / taken.count());
    return 0;
}

}  // namespace
}  // namespace otokui

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: %s DATABASE [ROUNDS] [SERVER] [PART]\n", arguments[0]);
        return 2;
    }
    return otokui::run(arguments[1], count > 2 ? std::max(1, std::atoi(arguments[2])) : 20,
                       count > 3 ? arguments[3] : "", count > 4 ? arguments[4] : "");
}
