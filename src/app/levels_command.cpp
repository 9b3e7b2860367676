#include <boost/json/serialize.hpp>
#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "core/settings.hpp"
#include "customer/types.hpp"
#include "level/service.hpp"

namespace otokui::app {
namespace {

void require_levels_in_use(Shop& shop) {
    const bool on = shop.database->read([&](storage::Transaction& tx) {
        return core::settings::is_on(tx, shop.registry, customer::kLevels);
    });
    if (on) return;
    throw Refused({ProblemKind::conflict,
                   "feature.off",
                   {"会員レベルは設定で使用しないことになっています。",
                    "Member levels are switched off in the settings."}});
}

}  // namespace

int judge_levels(const std::string& database, const std::string& date, bool dry_run) {
    Shop shop(storage::Url::parse(database), Open::create_and_migrate);
    require_levels_in_use(shop);
    const auto day = date.empty() ? std::optional(shop_day(shop.journal.now())) : parse_day(date);
    if (!day)
        throw Refused({ProblemKind::invalid,
                       "level.judge_invalid",
                       {"--date には存在する日付を YYYY-MM-DD で指定してください。",
                        "--date takes an existing day as YYYY-MM-DD."},
                       {{"/date", "not_a_date"}}});
    core::JobRunner runner(shop.jobs,
                           {.log = [](const std::string& message) { std::cerr << message << '\n'; }});
    const auto actor = core::shell_actor("levels judge");
    const auto job = runner.run_to_end(
        level::judge(shop.levels, actor, *day, dry_run ? level::Mode::dry_run : level::Mode::apply));
    const auto judgement = level::get_judgement(shop.levels, actor, job.id);
    if (const auto* detail = job.problem.if_contains("detail"))
        std::cerr << "otokui: " << std::string_view(detail->at("en").as_string()) << '\n';
    boost::json::object figures;
    for (const auto* key : {"judged", "moved", "skipped", "transitions"}) figures[key] = judgement.at(key);
    std::cout << boost::json::serialize(figures) << std::endl;
    return job.status == core::JobStatus::done ? 0 : 1;
}

}  // namespace otokui::app
