#include "transfer/service.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <set>

#include "base/problem.hpp"
#include "core/record_json.hpp"
#include "customer/fields.hpp"
#include "transfer/export_job.hpp"
#include "transfer/export_rules.hpp"
#include "transfer/file_rights.hpp"
#include "transfer/import_file.hpp"
#include "transfer/import_job.hpp"
#include "transfer/importer.hpp"
#include "transfer/layout.hpp"
#include "transfer/mapping.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {
namespace {

constexpr std::chrono::hours kKept{24};

// The header tells most of what can be wrong with a whole file.
void require_readable(const Context& context, const ImportOptions& options, const core::StoredFile& upload) {
    const auto form = find_form(context.files, upload, options.encoding);
    bool has_header = false;
    read_rows(context.files, upload, form, [&](const CsvRow& row) {
        const auto header = header_of(row);
        const auto remembered = context.journal.database().read(
            [&](storage::Transaction& tx) { return find_mapping(tx, options.kind, signature_of(header)); });
        const auto layout = recognise(Schema(options.kind, context.catalogue), header, options, remembered);
        if (options.mode == Mode::control && !layout.find(kControl))
            throw Refused({ProblemKind::invalid,
                           "import.control_missing",
                           {"コントロールカラムの列がありません。", "There is no control column."}});
        has_header = true;
        return Reading::stop;
    });
    if (!has_header)
        throw Refused({ProblemKind::invalid, "import.not_csv", {"ファイルが空です。", "The file is empty."}});
}

[[noreturn]] void refuse_plan(const char* code, Text detail) {
    throw Refused({ProblemKind::conflict, code, std::move(detail)});
}

// An erasure takes away what quotes the person: the plan, or some of its rows.
void require_whole(storage::Database& database, const core::Job& job) {
    const auto staged = database.read([&](storage::Transaction& tx) {
        return tx.find_integer("SELECT count(*) FROM import_row WHERE job_id = ?", {job.id.value});
    });
    if (!job.parameters.empty() && staged == job.counts.total) return;
    refuse_plan("job.expired", {"確認した内容が残っていません。もう一度確認してください。",
                                "What was checked is not there any more. Check again."});
}

void require_plan(const core::Job& job) {
    const bool is_import = job.kind.starts_with(kImportPrefix);
    if (is_import && job.parameters.empty()) return;  // require_whole tells
    if (!is_import || job.parameters.contains("plan") || !options_of(job.parameters).dry_run)
        refuse_plan("job.not_a_dry_run",
                    {"このジョブは確認だけのものではありません。", "This was no dry run."});
    if (job.summary.contains("applied_by"))
        refuse_plan("job.already_applied", {"すでに登録されています。", "It has been applied already."});
    if (job.status != core::JobStatus::done)
        refuse_plan("job.not_finished", {"確認がまだ終わっていないか、取り消されています。",
                                         "The check has not ended, or was cancelled."});
    if (options_of(job.parameters).on_error == OnError::all_or_nothing &&
        job.summary.at("error").as_int64() > 0)
        refuse_plan("job.plan_refused", {"登録できない行があるため、全体を登録できません。",
                                         "Rows with errors stop the whole file."});
}

// Names the rows whose records have another version now, or are gone.
void require_unchanged(storage::Transaction& tx, JobId plan, std::string_view table, bool can_be_deleted) {
    constexpr std::int64_t kMostNamed = 100;
    boost::json::array conflicts;
    tx.query(
        "SELECT r.line, r.record_id, r.label FROM import_row r LEFT JOIN " + std::string(table) +
            " c ON c.id = r.record_id WHERE r.job_id = ? AND r.outcome IN ('update', 'delete') AND (c.id IS "
            "NULL OR c.version <> r.version" +
            (can_be_deleted ? " OR c.deleted_at IS NOT NULL" : "") + ") ORDER BY r.line LIMIT ?",
        {plan.value, kMostNamed}, [&](const storage::Row& row) {
            conflicts.push_back(boost::json::object{{"line", row.integer(0)},
                                                    {"record", std::to_string(row.integer(1))},
                                                    {"label", row.text(2)}});
        });
    if (conflicts.empty()) return;
    Problem problem{ProblemKind::conflict,
                    "job.plan_outdated",
                    {"確認のあとに変更された顧客がいます。もう一度確認してください。",
                     "Customers have changed since the check. Check again."}};
    problem.extra["conflicts"] = std::move(conflicts);
    throw Refused(std::move(problem));
}

}  // namespace

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    register_import_kinds(jobs, context);
    register_export_kinds(jobs, context);
}

core::FileWriter begin_upload(const Context& context, const core::Actor& actor, const std::string& name) {
    actor.require("import");
    return context.files.create({.purpose = "upload",
                                 .name = name.empty() ? "upload.csv" : name,
                                 .content_type = "text/csv",
                                 .staff = actor.staff,
                                 .keep = kKept});
}

JobId start_import(const Context& context, const core::Actor& actor, const ImportOptions& options,
                   const core::StoredFile& upload) {
    actor.require("import");
    require_right_to_import(actor, options.kind);
    require_in_use(context, options.kind);
    require_readable(context, options, upload);
    auto parameters = to_json(options);
    parameters["upload"] = upload.token;
    return context.jobs.submit(actor, {import_kind_name(options.kind), std::move(parameters)});
}

// Its rows were judged by the rights of whoever checked the file: who has less would do by the plan what his
// own file could not.
void require_rights_of_planner(const Context& context, const core::Actor& actor, const core::Actor& planner) {
    std::set<std::string, std::less<>> asked{std::string(core::kUnmaskedRight), "customer.withdraw",
                                             "customer.delete"};
    for (const auto& field : context.catalogue.fields())
        if (const auto right = customer::further_right(field); !right.empty()) asked.emplace(right);
    for (const auto& right : asked)
        if (planner.may(right)) actor.require(right);
    const auto most = std::numeric_limits<std::int64_t>::max();
    if (actor.points_ceiling.value_or(most) < planner.points_ceiling.value_or(most))
        throw Refused({ProblemKind::forbidden,
                       "forbidden",
                       {"確認した人より付与できるポイントの上限が低いため、登録できません。",
                        "Your ceiling of points is lower than that of whoever checked the file."}});
}

JobId apply_plan(const Context& context, const core::Actor& actor, JobId plan) {
    const auto job = context.jobs.get(plan);
    actor.require(context.journal.registry().kind(context.jobs.kind(job.kind).operation_kind).right);
    for (const auto kind : {Kind::orders, Kind::points})
        if (job.kind == import_kind_name(kind)) require_right_to_import(actor, kind);
    require_rights_of_planner(context, actor, job.actor);
    require_plan(job);
    require_whole(context.journal.database(), job);
    const auto kind = options_of(job.parameters).kind;
    const auto started = context.journal.write({.actor = actor}, [&](core::Writer& writer) {
        const bool of_customers = kind == Kind::customers || kind == Kind::points;
        const auto table = of_customers              ? "customer"
                           : kind == Kind::addresses ? "customer_address"
                                                     : "orders";
        require_unchanged(writer.tx(), plan, table, of_customers);
        auto parameters = job.parameters;
        parameters["dry_run"] = false;
        parameters["plan"] = plan.value;
        const auto id = context.jobs.submit(writer, {job.kind, std::move(parameters), job.counts.total});
        auto summary = job.summary;
        summary["applied_by"] = id.value;
        const auto taken = writer.execute_unjournaled(
            writer.registry().get("job"),
            "UPDATE job SET summary = ? WHERE id = ? AND summary NOT LIKE '%\"applied_by\":%'",
            {boost::json::serialize(summary), plan.value});
        if (taken == 0)
            refuse_plan("job.already_applied", {"すでに登録されています。", "It has been applied already."});
        return id;
    });
    return started;
}

JobId start_export(const Context& context, const core::Actor& actor, Kind kind,
                   const boost::json::value& body) {
    actor.require("export");
    require_right_to_export(actor, kind);
    require_in_use(context, kind);
    return context.jobs.submit(actor,
                               {export_kind_name(kind), export_parameters(context, actor, kind, body)});
}

bool guards_exports(storage::Transaction& tx, const core::Registry& registry) {
    return read_export_rules(tx, registry).is_guarded;
}

core::Job export_file(const Context& context, core::JobRunner& runner, const core::Actor& actor, Kind kind,
                      const boost::json::value& body) {
    return runner.run_to_end(start_export(context, actor, kind, body));
}

core::Job import_file(const Context& context, core::JobRunner& runner, const core::Actor& actor,
                      const ImportOptions& options, std::istream& file) {
    auto upload = begin_upload(context, actor, options.file_name);
    std::array<char, 1 << 16> piece;
    while (file.read(piece.data(), piece.size()), file.gcount() > 0)
        upload.append({piece.data(), static_cast<std::size_t>(file.gcount())});
    return runner.run_to_end(start_import(context, actor, options, upload.finish()));
}

boost::json::object figures_of(const core::Job& job) {
    boost::json::object figures{{"total", job.counts.total}};
    for (const auto* key : {"create", "update", "unchanged", "error"}) {
        const auto* count = job.summary.if_contains(key);
        figures[key] = count ? *count : boost::json::value(0);
    }
    return figures;
}

bool save_job_file(const Context& context, JobId job, std::string_view purpose, std::ostream& out) {
    const auto file = context.files.find(job, purpose);
    if (!file) return false;
    for (std::int64_t position = 0;; ++position) {
        const auto chunk = context.files.read_chunk(*file, position);
        if (!chunk) return true;
        out.write(chunk->data(), static_cast<std::streamsize>(chunk->size()));
    }
}

void remove_expired(const Context& context) {
    const auto now = context.journal.now();
    remove_staged_before(context.journal, {now.milliseconds - std::chrono::milliseconds(kKept).count()});
    context.files.remove_expired();
}

}  // namespace otokui::transfer
