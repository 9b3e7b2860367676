#include "level/tables.hpp"

#include "level/types.hpp"
#include "level/verify.hpp"

namespace otokui::level {
namespace {

using core::Column;
using core::ColumnType;
using core::SettingField;

Column number(std::string name, bool nullable = false) {
    return {std::move(name), ColumnType::integer, core::Privacy::internal, core::Source::written, nullable};
}

const Text kWhenJudged{
    "判定日の最初に、前日までの売上完了の受注で判定します。判定日に動いていなかったときは、次に動いたときに"
    "その判定日の分を判定します。",
    "At the beginning of the day, from orders captured that were made until the day before. Where nothing "
    "ran on that day, it is made up for afterwards, as of that day."};

core::SettingDocument settings() {
    return {.name = std::string(kSettings),
            .label = {"会員レベルの判定", "Judging of member levels"},
            .fields = {{.key = "schedule",
                        .label = {"自動判定", "Judged by itself"},
                        .type = SettingField::Type::choice,
                        .help = kWhenJudged,
                        .choices = {{"never", {"しない", "Never"}},
                                    {"day", {"毎日", "Every day"}},
                                    {"month", {"毎月", "Every month"}},
                                    {"quarter", {"3か月ごと", "Every three months"}},
                                    {"half_year", {"6か月ごと", "Every six months"}},
                                    {"year", {"毎年", "Every year"}}}},
                       {.key = "day",
                        .label = {"判定日", "Day of judging"},
                        .type = SettingField::Type::integer,
                        .help = {"その月にない日は月末になります。", "In a shorter month its last day."},
                        .initial = 1,
                        .minimum = 1,
                        .maximum = 31,
                        .unit = {"日", "of the month"}},
                       {.key = "month",
                        .label = {"判定月", "Month of judging"},
                        .type = SettingField::Type::integer,
                        .help = {"3か月・6か月ごとのときは、この月から数えます。",
                                 "Every three or six months: one of the months."},
                        .initial = 1,
                        .minimum = 1,
                        .maximum = 12,
                        .unit = {"月", "(1-12)"}},
                       {.key = "allow_downgrade",
                        .label = {"ランクダウン", "Downgrades"},
                        .type = SettingField::Type::boolean,
                        .help = {"条件を満たさなくなった会員のレベルを下げます。",
                                 "Members who no longer fulfil the conditions fall."},
                        .initial = 1}}};
}

}  // namespace

void register_tables(core::Registry& registry) {
    registry.add({.name = std::string(kMoves),
                  .label = {"会員レベルの判定結果", "Moves of a judging"},
                  .columns = {number("job_id"),
                              number("customer_id"),
                              number("from_level", true),
                              number("to_level", true),
                              number("total"),
                              number("purchases"),
                              {"outcome"}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "the plan of a job; what it does is journaled at the customer",
                  .customer_column = "customer_id",
                  .on_erase = core::OnErase::not_personal,
                  .on_merge = core::OnMerge::survivor});
    registry.add({.name = std::string(kRuns),
                  .label = {"会員レベルの判定日", "Days of judging"},
                  .columns = {{"day"}, number("at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "decides which server starts a job; the job is there"});
    registry.add_kind({"level.judge", {"会員レベルの判定", "Judging of member levels"}, "level.edit"});
    registry.add_settings(settings());
    registry.add_verification(
        {"会員レベル", [&registry](storage::Transaction& tx) { return verify_levels(tx, registry); }});
}

}  // namespace otokui::level
