#include <boost/json/serialize.hpp>
#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"

namespace otokui::app {

int expire_points(const std::string& database, const std::string& day) {
    Shop shop(storage::Url::parse(database), Open::create_and_migrate);
    const auto on = day.empty() ? shop_day(shop.journal.now()) : parse_day(day);
    if (!on)
        throw Refused(
            {ProblemKind::invalid,
             "points.bad_day",
             {"--date は YYYY-MM-DD の形で指定してください。", "--date takes a day as YYYY-MM-DD."}});
    core::JobRunner runner(shop.jobs,
                           {.log = [](const std::string& message) { std::cerr << message << '\n'; }});
    const auto job =
        runner.run_to_end(points::expire(shop.point_services, core::shell_actor("points expire"), *on));
    boost::json::object figures{{"customers", 0}, {"entries", 0}, {"points", 0}};
    for (auto& [name, value] : figures)
        if (const auto* figure = job.summary.if_contains(name)) value = *figure;
    std::cout << boost::json::serialize(figures) << std::endl;
    return job.status == core::JobStatus::done ? 0 : 1;
}

}  // namespace otokui::app
