#include "transfer/staging.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace otokui::transfer {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using storage::Value;

constexpr std::string_view kTable = "import_row";
constexpr std::string_view kColumns =
    "line, outcome, record_id, version, sequence, label, payload, errors FROM import_row";

Column hash(std::string name) {
    return {std::move(name), ColumnType::integer, Privacy::internal, core::Source::written, true};
}

Value to_value(const std::optional<std::int64_t>& hash) { return hash ? Value(*hash) : Value(); }

std::optional<std::int64_t> hash_at(const storage::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::string to_text(const std::vector<RowError>& errors) {
    if (errors.empty()) return "";
    boost::json::array list;
    for (const auto& [column, code] : errors)
        list.push_back(boost::json::object{{"column", column}, {"code", code}});
    return boost::json::serialize(list);
}

boost::json::object payload_of(std::string_view text, const boost::json::storage_ptr& memory) {
    if (text.empty()) return {};
    auto parsed = boost::json::parse(text, memory);
    return std::move(parsed.as_object());
}

// The payload's memory is given back with that of all rows read with it, at once.
StagedRow read(const storage::Row& row, const boost::json::storage_ptr& memory) {
    StagedRow staged{.line = row.integer(0),
                     .outcome = outcome_of(row.text(1)),
                     .record = row.integer(2),
                     .version = row.integer(3),
                     .sequence = row.integer(4),
                     .label = std::string(row.text(5)),
                     .payload = payload_of(row.text(6), memory)};
    if (row.text(7).empty()) return staged;
    const auto errors = boost::json::parse(row.text(7));
    for (const auto& error : errors.as_array())
        staged.errors.push_back(
            {std::string(error.at("column").as_string()), std::string(error.at("code").as_string())});
    return staged;
}

std::vector<StagedRow> read_where(storage::Transaction& tx, std::string_view condition,
                                  std::initializer_list<Value> values) {
    std::vector<StagedRow> rows;
    const auto memory = boost::json::make_shared_resource<boost::json::monotonic_resource>();
    tx.query("SELECT " + std::string(kColumns) + " WHERE job_id = ? AND line > ?" + std::string(condition) +
                 " ORDER BY line LIMIT ?",
             values, [&](const storage::Row& row) { rows.push_back(read(row, memory)); });
    return rows;
}

}  // namespace

void register_staging_table(core::Registry& registry) {
    registry.add({.name = std::string(kTable),
                  .label = {"CSV登録の行", "Row of an import"},
                  .columns = {{"job_id", ColumnType::integer},
                              {"line", ColumnType::integer},
                              {"outcome"},
                              {"record_id", ColumnType::integer},
                              {"version", ColumnType::integer},
                              {"sequence", ColumnType::integer},
                              hash("mail_hash"),
                              hash("freed_hash"),
                              hash("name_hash"),
                              {"label", ColumnType::text, Privacy::personal},
                              {"payload", ColumnType::text, Privacy::contact},
                              {"errors"}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "plan of an import, deleted with its files; what it does is journaled",
                  .on_erase = core::OnErase::remove});
}

void stage(core::Writer& writer, JobId job, const std::vector<StagedRow>& rows) {
    std::vector<core::Record> records;
    records.reserve(rows.size());
    for (const auto& row : rows)
        records.push_back(
            {0,
             {job.value, row.line, std::string(name_of(row.outcome)), row.record, row.version, row.sequence,
              to_value(row.mail_hash), to_value(row.freed_hash), to_value(row.name_hash), row.label,
              row.payload.empty() ? std::string() : boost::json::serialize(row.payload),
              to_text(row.errors)}});
    writer.insert_many(writer.registry().get(kTable), records);
}

std::vector<StagedRow> read_staged(storage::Transaction& tx, JobId job, std::int64_t above, std::int64_t most,
                                   std::optional<Outcome> outcome) {
    if (!outcome) return read_where(tx, "", {job.value, above, most});
    // Spelled out, so that the index over the errors is of use.
    if (*outcome == Outcome::error) return read_where(tx, " AND outcome = 'error'", {job.value, above, most});
    return read_where(tx, " AND outcome = ?", {job.value, above, std::string(name_of(*outcome)), most});
}

std::vector<StagedRow> read_effective(storage::Transaction& tx, JobId job, std::int64_t above,
                                      std::int64_t most) {
    return read_where(tx, " AND outcome IN ('create', 'update', 'delete')", {job.value, above, most});
}

void note_records(core::Writer& writer, JobId job, std::int64_t first_line, std::int64_t last_line,
                  std::int64_t first) {
    writer.execute_unjournaled(writer.registry().get(kTable),
                               "UPDATE import_row SET record_id = ? + sequence WHERE job_id = ? AND line "
                               "BETWEEN ? AND ? AND outcome = 'create'",
                               {first, job.value, first_line, last_line});
}

void note_record(core::Writer& writer, JobId job, std::int64_t line, std::int64_t record) {
    writer.execute_unjournaled(writer.registry().get(kTable),
                               "UPDATE import_row SET record_id = ? WHERE job_id = ? AND line = ?",
                               {record, job.value, line});
}

void note_error(core::Writer& writer, JobId job, const StagedRow& row) {
    writer.execute_unjournaled(
        writer.registry().get(kTable),
        "UPDATE import_row SET outcome = 'error', errors = ? WHERE job_id = ? AND line = ?",
        {to_text(row.errors), job.value, row.line});
}

void each_taking(storage::Transaction& tx, JobId job, const std::function<void(const StagedRow&)>& each) {
    tx.query(
        "SELECT record_id, mail_hash, freed_hash, name_hash FROM import_row WHERE job_id = ? AND outcome <> "
        "'error'",
        {job.value}, [&](const storage::Row& row) {
            each({.record = row.integer(0),
                  .mail_hash = hash_at(row, 1),
                  .freed_hash = hash_at(row, 2),
                  .name_hash = hash_at(row, 3)});
        });
}

std::int64_t remove_staged_before(core::Journal& journal, Moment before) {
    constexpr std::int64_t kStretch = 2'000;
    std::int64_t removed = 0;
    for (;;) {
        const auto gone = journal.housekeeping(
            [&](core::Writer& writer) {
                return writer.execute_unjournaled(
                    writer.registry().get(kTable),
                    "DELETE FROM import_row WHERE id IN (SELECT r.id FROM import_row r JOIN job j ON j.id = "
                    "r.job_id WHERE j.finished_at < ? LIMIT ?)",
                    {before.milliseconds, kStretch});
            },
            storage::Priority::background);
        removed += gone;
        if (gone == 0) return removed;
    }
}

}  // namespace otokui::transfer
