#include "transfer/export_rules.hpp"

#include "core/settings.hpp"
#include "transfer/export_job.hpp"

namespace otokui::transfer {
namespace {

constexpr std::int64_t kUsualRows = 10'000, kMostRows = 10'000'000;
constexpr std::int64_t kUsualHours = 24, kMostHours = 7 * 24;

}  // namespace

core::SettingDocument export_settings() {
    using core::SettingField;
    return {
        .name = std::string(kExportSettings),
        .label = {"CSV出力の規則", "Rules of exports"},
        .fields = {
            {.key = "guard",
             .label = {"出力の前に理由と本人確認を求める", "Ask for a reason and a fresh factor"},
             .help = {"個人情報の持ち出しを防ぎます。理由は閲覧記録に残ります。",
                      "Against taking personal data along. The reason stands in the reading log."}},
            {.key = "guard_rows",
             .label = {"1人が1日に出力できる件数", "Most rows a person may export on a day"},
             .type = SettingField::Type::integer,
             .help = {"上の確認を求めるときに使います。0は制限なしです。",
                      "While the above is asked for. 0: no limit."},
             .initial = kUsualRows,
             .minimum = 0,
             .maximum = kMostRows,
             .unit = {"件", "rows"}},
            {.key = "keep_hours",
             .label = {"出力したファイルを保存する時間", "How long exported files are kept"},
             .type = SettingField::Type::integer,
             .help = {"暗号化して保存し、過ぎたファイルは自動で削除します。これから出力するファイルから変わり"
                      "ます。",
                      "They lie encrypted and are deleted afterwards. Holds for files written from now on."},
             .initial = kUsualHours,
             .minimum = 1,
             .maximum = kMostHours,
             .unit = {"時間", "hours"}}}};
}

ExportRules read_export_rules(storage::Transaction& tx, const core::Registry& registry) {
    const auto values = core::settings::read(tx, registry, kExportSettings);
    return {.is_guarded = values.flag("guard"),
            .most_rows = values.flag("guard") ? values.integer("guard_rows") : 0,
            .kept = std::chrono::hours(values.integer("keep_hours"))};
}

// A job under way counts by what it has found: of two at once the earlier one goes first.
std::int64_t rows_before(storage::Transaction& tx, const core::Job& job, Moment now) {
    std::int64_t rows = 0;
    const auto day = start_of(shop_day(now)).milliseconds;
    for (const auto kind : kExportedKinds)
        rows +=
            tx.find_integer(
                  "SELECT sum(CASE WHEN status = 'done' THEN ok ELSE total END) FROM job WHERE staff_id = ? "
                  "AND kind = ? AND created_at >= ? AND id <> ? AND (status = 'done' OR (status = 'running' "
                  "AND id < ?))",
                  {job.actor.staff.value, export_kind_name(kind), day, job.id.value, job.id.value})
                .value_or(0);
    return rows;
}

Problem too_many_rows(std::int64_t most_rows) {
    const auto most = std::to_string(most_rows);
    return {ProblemKind::forbidden,
            "export.too_many_rows",
            {"1日に出力できる件数（" + most + "件）を超えます。条件を絞るか、管理者に相談してください。",
             "That is more than the " + most +
                 " rows you may export on a day. Narrow it down, or ask an "
                 "administrator."}};
}

}  // namespace otokui::transfer
