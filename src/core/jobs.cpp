#include "core/jobs.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "base/json.hpp"
#include "base/problem.hpp"

namespace otokui::core {
namespace {

constexpr std::string_view kColumns =
    "id, kind, status, stopping, parameters, state, summary, problem, done, total, ok, ng, skipped, "
    "COALESCE(staff_id, 0),"
    " COALESCE(token_id, 0), actor, ip, rights, COALESCE(operation_id, 0), created_at, started_at, "
    "finished_at";

JobStatus status_of(std::string_view name) {
    for (const auto status :
         {JobStatus::queued, JobStatus::running, JobStatus::done, JobStatus::failed, JobStatus::cancelled})
        if (name_of(status) == name) return status;
    throw std::runtime_error("job: unknown status in the database");
}

// Parameters hold conditions, which nest deeper than Boost's own parser goes.
boost::json::object object_of(std::string_view text) {
    return text.empty() ? boost::json::object() : json::parse(text).as_object();
}

std::optional<Moment> moment_of(const storage::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(Moment{row.integer(column)});
}

// The rights of the moment of asking go with the job: it may do what its asker might. Commands and the system
// have all: "". A ceiling makes it an object around the names.
std::string rights_text(const Actor& actor) {
    if (!actor.rights) return "";
    boost::json::array names;
    for (const auto& right : *actor.rights) names.emplace_back(right);
    if (!actor.points_ceiling) return boost::json::serialize(names);
    return boost::json::serialize(
        boost::json::object{{"rights", std::move(names)}, {"points_ceiling", *actor.points_ceiling}});
}

void take_rights(Actor& actor, std::string_view text) {
    if (text.empty()) return;
    const auto stored = json::parse(text);
    const auto* object = stored.if_object();
    Rights rights;
    for (const auto& right : object ? object->at("rights").as_array() : stored.as_array())
        rights.emplace(right.as_string());
    actor.rights = std::make_shared<const Rights>(std::move(rights));
    if (object) actor.points_ceiling = object->at("points_ceiling").to_number<std::int64_t>();
}

Job read_job(const storage::Row& row) {
    Job job;
    job.id = {row.integer(0)};
    job.kind = row.text(1);
    job.status = status_of(row.text(2));
    job.stopping = row.text(3);
    job.parameters = object_of(row.text(4));
    job.state = object_of(row.text(5));
    job.summary = object_of(row.text(6));
    job.problem = object_of(row.text(7));
    job.counts = {row.integer(8), row.integer(9), row.integer(10), row.integer(11), row.integer(12)};
    job.actor = {.staff = {row.integer(13)},
                 .token = row.integer(14),
                 .name = std::string(row.text(15)),
                 .ip = std::string(row.text(16)),
                 .screen = "job"};
    take_rights(job.actor, row.text(17));
    job.operation = {row.integer(18)};
    job.created_at = {row.integer(19)};
    job.started_at = moment_of(row, 20);
    job.finished_at = moment_of(row, 21);
    return job;
}

storage::Value or_null(std::int64_t id) { return id == 0 ? storage::Value() : storage::Value(id); }

}  // namespace

std::string_view name_of(JobStatus status) {
    switch (status) {
        case JobStatus::queued:
            return "queued";
        case JobStatus::running:
            return "running";
        case JobStatus::done:
            return "done";
        case JobStatus::failed:
            return "failed";
        case JobStatus::cancelled:
            return "cancelled";
    }
    return "";
}

void Jobs::add_kind(JobKind kind) {
    const std::string name = kind.name;
    if (!kinds_.emplace(name, std::move(kind)).second)
        throw std::logic_error("job kind " + name + " registered twice");
}

const JobKind& Jobs::kind(std::string_view name) const {
    const auto found = kinds_.find(name);
    if (found == kinds_.end()) throw std::logic_error("job kind " + std::string(name) + " is not registered");
    return found->second;
}

JobId Jobs::submit(const Actor& actor, const NewJob& job) {
    const auto id = journal_.write({.actor = actor}, [&](Writer& writer) { return submit(writer, job); });
    if (wake_) wake_();
    return id;
}

JobId Jobs::submit(Writer& writer, const NewJob& job) {
    kind(job.kind);
    const auto& actor = writer.actor();
    const auto id = writer.tx().allocate_ids("job", 1).front();
    writer.execute_unjournaled(
        writer.registry().get("job"),
        "INSERT INTO job (id, kind, status, stopping, cancel_requested, parameters, state, summary, problem, "
        "done, total, ok, ng, skipped,"
        " staff_id, token_id, actor, ip, rights, created_at, lease_owner, lease_until, fence, attempts, "
        "not_before)"
        " VALUES (?, ?, 'queued', '', 0, ?, '', '', '', 0, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0)",
        {id, job.kind, boost::json::serialize(job.parameters), job.total, or_null(actor.staff.value),
         or_null(actor.token), actor.name, actor.ip, rights_text(actor), writer.now().milliseconds});
    return {id};
}

std::optional<Job> Jobs::find(JobId id) {
    return journal_.database().read([&](storage::Transaction& tx) {
        std::optional<Job> job;
        tx.query("SELECT " + std::string(kColumns) + " FROM job WHERE id = ?", {id.value},
                 [&](const storage::Row& row) { job = read_job(row); });
        return job;
    });
}

Job Jobs::get(JobId id) {
    if (auto job = find(id)) return *std::move(job);
    throw Refused({ProblemKind::not_found, "job.not_found", {"ジョブが見つかりません。", "No such job."}});
}

std::vector<std::string> Jobs::kind_names() const {
    std::vector<std::string> names;
    for (const auto& [name, kind] : kinds_) names.push_back(name);
    return names;
}

std::vector<Job> Jobs::list(const JobFilter& filter, std::int64_t before, std::int64_t limit) {
    std::string where = " WHERE (? = 0 OR id < ?)";
    storage::Values values{before, before};
    if (filter.staff.value != 0) {
        where += " AND staff_id = ?";
        values.emplace_back(filter.staff.value);
    }
    if (filter.status) {
        where += " AND status = ?";
        values.emplace_back(std::string(name_of(*filter.status)));
    }
    if (!filter.kinds.empty()) {
        std::string places;
        for (const auto& kind : filter.kinds) {
            places += places.empty() ? "?" : ", ?";
            values.emplace_back(kind);
        }
        where += " AND kind IN (" + places + ")";
    }
    values.emplace_back(limit);
    return journal_.database().read([&](storage::Transaction& tx) {
        std::vector<Job> jobs;
        tx.query("SELECT " + std::string(kColumns) + " FROM job" + where + " ORDER BY id DESC LIMIT ?",
                 values, [&](const storage::Row& row) { jobs.push_back(read_job(row)); });
        return jobs;
    });
}

void Jobs::cancel(JobId id) {
    journal_.housekeeping([&](Writer& writer) {
        const auto& table = writer.registry().get("job");
        const auto now = writer.now().milliseconds;
        const auto waiting =
            writer.execute_unjournaled(table,
                                       "UPDATE job SET status = 'cancelled', finished_at = ? WHERE id = ? "
                                       "AND operation_id IS NULL AND stopping = '' AND status = 'queued'",
                                       {now, id.value});
        if (waiting > 0) return;
        const auto asked = writer.execute_unjournaled(
            table, "UPDATE job SET cancel_requested = 1 WHERE id = ? AND status IN ('queued', 'running')",
            {id.value});
        if (asked > 0) return;
        if (!writer.tx().find_integer("SELECT 1 FROM job WHERE id = ?", {id.value}))
            throw Refused(
                {ProblemKind::not_found, "job.not_found", {"ジョブが見つかりません。", "No such job."}});
        throw Refused({ProblemKind::conflict,
                       "job.finished",
                       {"このジョブはすでに終わっています。", "This job has ended already."}});
    });
    if (wake_) wake_();
}

void register_job_tables(Registry& registry) {
    const auto text = [](std::string name, Privacy privacy = Privacy::internal) {
        return Column{std::move(name), ColumnType::text, privacy};
    };
    const auto number = [](std::string name, bool nullable = false) {
        return Column{std::move(name), ColumnType::integer, Privacy::internal, Source::written, nullable};
    };
    registry.add({.name = "job",
                  .label = {"ジョブ", "Job"},
                  .columns = {text("kind"),
                              text("status"),
                              text("stopping"),
                              number("cancel_requested"),
                              text("parameters", Privacy::personal),
                              text("state", Privacy::personal),
                              text("summary", Privacy::personal),
                              text("problem", Privacy::personal),
                              number("done"),
                              number("total"),
                              number("ok"),
                              number("ng"),
                              number("skipped"),
                              number("staff_id", true),
                              number("token_id", true),
                              text("actor"),
                              text("ip"),
                              text("rights"),
                              number("operation_id", true),
                              number("created_at"),
                              number("started_at", true),
                              number("finished_at", true),
                              text("lease_owner"),
                              number("lease_until"),
                              number("fence"),
                              number("attempts"),
                              number("not_before")},
                  .keep = Keep::no_journal,
                  .why_not_journaled = "progress of work; what the work changes is journaled",
                  .on_erase = OnErase::blank_personal});
    registry.add({.name = "stored_file",
                  .label = {"ファイル", "File"},
                  .columns = {text("token", Privacy::secret),
                              number("job_id", true),
                              text("purpose"),
                              text("name"),
                              text("content_type"),
                              number("staff_id", true),
                              number("size"),
                              {"digest", ColumnType::bytes},
                              number("complete"),
                              number("created_at"),
                              number("expires_at")},
                  .keep = Keep::no_journal,
                  .why_not_journaled = "uploads and results, deleted at expiry"});
    registry.add({.name = "file_chunk",
                  .label = {"ファイルの内容", "File content"},
                  .columns = {number("file_id"),
                              number("position"),
                              {"content", ColumnType::bytes, Privacy::personal},
                              number("packed")},
                  .keep = Keep::no_journal,
                  .why_not_journaled = "sealed content of uploads and results, deleted at expiry"});
}

}  // namespace otokui::core
