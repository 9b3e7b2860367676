#include "transfer/jobs_view.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"
#include "transfer/export_job.hpp"
#include "transfer/import_job.hpp"
#include "transfer/lookup.hpp"
#include "transfer/reasons.hpp"
#include "transfer/schema.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {
namespace {

using boost::json::object;
using boost::json::value;
using core::Job;
using core::JobStatus;

value id_or_null(std::int64_t id) { return id == 0 ? value() : value(std::to_string(id)); }
value moment_or_null(std::optional<Moment> moment) {
    return moment ? value(format_moment(*moment)) : value();
}

// What lies beside the rows of table job: files, the wish to stop.
struct Beside {
    std::map<std::int64_t, std::map<std::string, Moment, std::less<>>> files;
    std::set<std::int64_t> cancelled;
};

Beside look_beside(const Context& context, const std::vector<Job>& jobs) {
    std::vector<storage::Value> ids;
    for (const auto& job : jobs) {
        ids.emplace_back(job.id.value);
        ids.emplace_back(plan_of(job).value);
    }
    Beside beside;
    const auto now = context.journal.now().milliseconds;
    context.journal.database().read([&](storage::Transaction& tx) {
        query_in(tx,
                 "SELECT job_id, purpose, expires_at FROM stored_file WHERE complete = 1 AND job_id IN (?)",
                 ids, [&](const storage::Row& row) {
                     if (row.integer(2) > now)
                         beside.files[row.integer(0)][std::string(row.text(1))] = {row.integer(2)};
                 });
        query_in(tx, "SELECT id FROM job WHERE cancel_requested = 1 AND id IN (?)", ids,
                 [&](const storage::Row& row) { beside.cancelled.insert(row.integer(0)); });
    });
    return beside;
}

object actor_json(const core::Actor& actor) {
    const auto* kind = actor.token != 0                   ? "token"
                       : actor.staff.value != 0           ? "staff"
                       : actor.name.starts_with("shell:") ? "shell"
                                                          : "system";
    return {{"kind", kind},
            {"id", id_or_null(actor.staff.value)},
            {"name", actor.name},
            {"token", id_or_null(actor.token)}};
}

value phase_of(const Job& job) {
    if (job.status != JobStatus::running && job.status != JobStatus::queued) return nullptr;
    if (!job.stopping.empty()) return "undoing";
    if (job.status == JobStatus::queued) return nullptr;
    const auto* phase = job.state.if_contains("phase");
    if (phase && (*phase == "checking" || *phase == "applying")) return *phase;
    if (job.kind.starts_with(kImportPrefix)) return "checking";
    if (public_kind(job.kind).starts_with("export")) return "writing";
    return job.kind.starts_with("history.undo") ? value("undoing") : value();
}

bool is_import(const Job& job) { return job.kind.starts_with(kImportPrefix); }

object to_json(const Job& job, const Beside& beside) {
    const auto* files = beside.files.contains(job.id.value) ? &beside.files.at(job.id.value) : nullptr;
    const auto plan = beside.files.find(plan_of(job).value);
    const bool has_rejects = (files && files->contains("rejects")) ||
                             (plan != beside.files.end() && plan->second.contains("rejects"));
    std::optional<Moment> expires;
    if (files)
        for (const auto& [purpose, at] : *files)
            if (purpose != "upload") expires = std::max(expires.value_or(at), at);
    const auto& parameters = job.parameters;
    const auto* title = parameters.if_contains("file_name");
    const auto* dry_run = parameters.if_contains("dry_run");
    const auto* applied_by = job.summary.if_contains("applied_by");
    object json{{"id", std::to_string(job.id.value)},
                {"kind", public_kind(job.kind)},
                {"status", core::name_of(job.status)},
                {"phase", phase_of(job)},
                {"done", job.counts.done},
                {"total", job.counts.total == 0 && job.status == JobStatus::queued ? value()
                                                                                   : value(job.counts.total)},
                {"ok", job.counts.ok},
                {"ng", job.counts.ng},
                {"skipped", job.counts.skipped},
                {"dry_run", dry_run && dry_run->is_bool() && dry_run->as_bool()},
                {"applied_by", applied_by ? id_or_null(applied_by->as_int64()) : value()},
                {"cancel_requested", beside.cancelled.contains(job.id.value)},
                {"actor", actor_json(job.actor)},
                {"operation", id_or_null(job.operation.value)},
                {"title", title && !title->as_string().empty() ? *title : value()},
                {"created_at", format_moment(job.created_at)},
                {"started_at", moment_or_null(job.started_at)},
                {"finished_at", moment_or_null(job.finished_at)},
                {"has_result", files != nullptr && files->contains("result")},
                {"has_rejects", has_rejects},
                {"has_rows", is_import(job)},
                {"expires_at", moment_or_null(expires)},
                {"problem", job.problem.empty() ? value() : value(job.problem)}};
    for (const auto* key : {"create", "update", "delete", "unchanged", "error", "format", "encoding",
                            "ignored_columns", "unmappable"})
        if (const auto* figure = job.summary.if_contains(key)) json[key] = *figure;
    if (const auto* on_error = parameters.if_contains("on_error")) json["on_error"] = *on_error;
    if (const auto* warnings = job.summary.if_contains("warnings")) {
        boost::json::array list;
        for (const auto& [code, warning] : warnings->as_object())
            list.push_back(object{{"code", code},
                                  {"detail", {{"ja", reason_of(code).ja}, {"en", reason_of(code).en}}},
                                  {"count", warning.at("count")},
                                  {"lines", warning.at("lines")}});
        json["warnings"] = std::move(list);
    }
    return json;
}

Kind kind_of_rows(const Job& job) {
    for (const auto kind : {Kind::customers, Kind::addresses, Kind::orders, Kind::points})
        if (job.kind == import_kind_name(kind)) return kind;
    throw std::logic_error("no import: " + job.kind);
}

// Who looks at the rows of an import, and by which fields they are told: those of its files, and of customers
// also what no file holds.
struct View {
    View(const Context& context, const core::Actor& actor, const Job& job)
        : context(context), actor(actor), schema(kind_of_rows(job), context.catalogue) {}

    const core::Field* find(std::string_view column) const {
        for (const auto* field : schema.fields())
            if (field->column == column) return field;
        for (const auto& field : context.catalogue.fields())
            if (field.column == column) return &field;
        return nullptr;
    }

    const Context& context;
    const core::Actor& actor;
    Schema schema;
};

// A stored value as it stands in JSON everywhere else.
value shown(const View& view, const core::Field* field, const value& stored) {
    if (const auto* text = stored.if_string(); text && text->empty()) return nullptr;
    if (!field || stored.is_null()) return stored;
    if (core::is_masked(*field, view.actor)) return value(core::kMask);
    const auto* number = stored.if_int64();
    if (!number) return stored;
    switch (field->type) {
        case core::FieldType::moment:
            return value(format_moment({*number}));
        case core::FieldType::boolean:
            return *number != 0;
        case core::FieldType::reference:
        case core::FieldType::id:
            return value(std::to_string(*number));
        default:
            return stored;
    }
}

value labels_or_null(const core::Field* field) { return field ? json::labels(field->label) : value(); }

// The shop's own fields change one by one, though they stand in one column.
void append_answers(const Context& context, const value* before, const value& after,
                    boost::json::array& changes) {
    const auto answers_of = [](const value* text) {
        return text && text->is_string() ? core::answers::parse(text->as_string()) : core::answers::Object();
    };
    const auto was = answers_of(before), is = answers_of(&after);
    for (const auto* field : context.catalogue.own_fields()) {
        const auto *old = was.if_contains(field->answer), *now = is.if_contains(field->answer);
        if (old == now || (old && now && *old == *now)) continue;
        const auto shown = [&](const value* answer) {
            return answer && field->has_text_codes() ? core::answers::names(*field, answer)
                   : answer                          ? *answer
                                                     : value();
        };
        changes.push_back(object{{"field", field->key},
                                 {"labels", labels_or_null(field)},
                                 {"before", shown(old)},
                                 {"after", shown(now)}});
    }
}

object row_json(const View& view, const StagedRow& row, Language language) {
    boost::json::array changes, errors;
    const auto* set = row.payload.if_contains("set");
    const auto* was = row.payload.if_contains("was");
    if (set)
        for (const auto& [column, after] : set->as_object()) {
            const auto* before = was ? was->as_object().if_contains(column) : nullptr;
            if (column == core::kAnswers) {
                append_answers(view.context, before, after, changes);
                continue;
            }
            const auto* field = view.find(column);
            changes.push_back(object{{"field", field ? field->key : std::string(column)},
                                     {"labels", labels_or_null(field)},
                                     {"before", before ? shown(view, field, *before) : value()},
                                     {"after", shown(view, field, after)}});
        }
    for (const auto& [column, code] : row.errors)
        errors.push_back(object{{"column", column.empty() ? value() : value(column)},
                                {"code", code},
                                {"detail", reason_of(code).in(language)}});
    const bool hides = !view.actor.may(core::kUnmaskedRight) && row.label.find('@') != std::string::npos;
    return {{"line", row.line},
            {"outcome", name_of(row.outcome)},
            {"record", id_or_null(row.record)},
            {"label", row.label.empty() ? value()
                      : hides           ? value(core::kMask)
                                        : value(row.label)},
            {"changes", std::move(changes)},
            {"errors", std::move(errors)}};
}

}  // namespace

std::string public_kind(std::string_view kind) {
    std::string name(kind.substr(0, kind.rfind(".v")));
    constexpr std::string_view kOurs = "transfer.";
    if (!name.starts_with(kOurs)) return name;
    name.erase(0, kOurs.size());
    std::replace(name.begin(), name.end(), '_', '.');
    return name;
}

std::vector<std::string> stored_kinds(const Context& context, std::string_view kind) {
    auto names = context.jobs.kind_names();
    std::erase_if(names, [&](const std::string& name) { return public_kind(name) != kind; });
    return names;
}

Page list_jobs(const Context& context, const core::Actor& actor, const core::JobFilter& filter,
               const std::string& cursor, int limit) {
    actor.require("job.read");
    auto jobs = context.jobs.list(filter, core::id_above(cursor), limit + 1);
    Page page;
    if (static_cast<int>(jobs.size()) > limit) {
        jobs.pop_back();
        page.next_cursor = std::to_string(jobs.back().id.value);
    }
    const auto beside = look_beside(context, jobs);
    for (const auto& job : jobs) page.items.push_back(to_json(job, beside));
    return page;
}

object get_job(const Context& context, const core::Actor& actor, JobId id) {
    actor.require("job.read");
    const auto job = context.jobs.get(id);
    return to_json(job, look_beside(context, {job}));
}

object cancel_job(const Context& context, const core::Actor& actor, JobId id) {
    const auto& kind = context.jobs.kind(context.jobs.get(id).kind);
    actor.require(context.journal.registry().kind(kind.operation_kind).right);
    context.jobs.cancel(id);
    return get_job(context, actor, id);
}

namespace {

bool is_of_orders(const Job& job) {
    return job.kind == import_kind_name(Kind::orders) || job.kind == export_kind_name(Kind::orders);
}

// A file was written with the eyes of whoever started the job; who sees less must not fetch it. Rejects are
// rows of an upload as they came: masked they are for the one who sent them.
void require_sight(const Job& job, const core::Actor& actor, bool is_result) {
    if (actor.may(core::kUnmaskedRight)) return;
    if (!job.actor.may(core::kUnmaskedRight) && (is_result || job.actor.staff == actor.staff)) return;
    actor.require(core::kUnmaskedRight);
}

}  // namespace

core::StoredFile get_job_file(const Context& context, const core::Actor& actor, JobId id,
                              std::string_view purpose) {
    const auto job = context.jobs.get(id);
    const bool is_result = purpose == "result";
    actor.require(is_result ? "export" : "import");
    if (is_of_orders(job)) actor.require("order.read");
    require_sight(job, actor, is_result);
    auto file = context.files.find(id, purpose);
    if (!file && plan_of(job) != id) file = context.files.find(plan_of(job), purpose);
    if (file) return *std::move(file);
    if (job.status == JobStatus::queued || job.status == JobStatus::running)
        throw Refused({ProblemKind::conflict,
                       "job.not_finished",
                       {"ジョブがまだ終わっていません。", "The job has not ended yet."}});
    const auto* errors = job.summary.if_contains("error");
    const bool had_one = is_result ? job.status == JobStatus::done && !is_import(job)
                                   : errors != nullptr && errors->as_int64() > 0;
    if (had_one)
        throw Refused({ProblemKind::conflict,
                       "job.expired",
                       {"ファイルの保存期限が過ぎました。", "The file has expired."}});
    throw Refused({ProblemKind::not_found,
                   "job.no_result",
                   {"このジョブにはファイルがありません。", "The job has no such file."}});
}

Page list_rows(const Context& context, const core::Actor& actor, JobId id, const std::string& outcome,
               Language language, const std::string& cursor, int limit) {
    actor.require("job.read");
    const auto job = context.jobs.get(id);
    if (!is_import(job))
        throw Refused({ProblemKind::not_found,
                       "job.no_rows",
                       {"このジョブには行ごとの結果がありません。", "The job has no rows."}});
    // Whoever sees jobs sees how far they are; what stands in their rows takes the right to see that.
    actor.require(is_of_orders(job) ? "order.read" : "customer.read");
    std::optional<Outcome> wanted;
    if (!outcome.empty()) wanted = outcome_of(outcome);
    const auto above = core::id_above(cursor);
    auto rows = context.journal.database().read(
        [&](storage::Transaction& tx) { return read_staged(tx, plan_of(job), above, limit + 1, wanted); });
    Page page;
    if (static_cast<int>(rows.size()) > limit) {
        rows.pop_back();
        page.next_cursor = std::to_string(rows.back().line);
    }
    const View view(context, actor, job);
    for (const auto& row : rows) page.items.push_back(row_json(view, row, language));
    return page;
}

}  // namespace otokui::transfer
