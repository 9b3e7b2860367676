#include "transfer/import_job.hpp"

#include <boost/json/array.hpp>
#include <chrono>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "transfer/import_file.hpp"
#include "transfer/importer.hpp"
#include "transfer/mapping.hpp"
#include "transfer/rejects.hpp"

namespace otokui::transfer {
namespace {

using core::JobStep;
using core::StepResult;

constexpr std::int64_t kChecked = 500;        // rows looked up and staged at once
constexpr std::int64_t kRevertStretch = 200;  // changes taken back in one transaction

std::string text_at(const boost::json::object& object, std::string_view key, std::string_view otherwise) {
    const auto* value = object.if_contains(key);
    return std::string(value ? std::string_view(value->as_string()) : otherwise);
}

std::int64_t number_at(const boost::json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value ? value->as_int64() : 0;
}

void add(boost::json::object& summary, std::string_view key, std::int64_t count) {
    summary[key] = number_at(summary, key) + count;
}

void add_warnings(boost::json::object& summary, const Warnings& warnings) {
    for (const auto& [code, warning] : warnings) {
        auto& all = summary["warnings"];
        if (!all.is_object()) all = boost::json::object();
        auto& known = all.as_object()[code];
        if (!known.is_object()) known = boost::json::object{{"count", 0}, {"lines", boost::json::array()}};
        known.as_object()["count"] = number_at(known.as_object(), "count") + warning.count;
        auto& lines = known.as_object()["lines"].as_array();
        for (const auto line : warning.lines)
            if (lines.size() < Warning::kMostLines) lines.emplace_back(line);
    }
}

std::unique_ptr<Importer> make_importer(const ImportCase& import) {
    switch (import.options.kind) {
        case Kind::customers:
            return make_customer_importer(import);
        case Kind::addresses:
            return make_address_importer(import);
        case Kind::orders:
            return make_order_importer(import);
    }
    return nullptr;
}

Apply apply_of(Kind kind) {
    switch (kind) {
        case Kind::customers:
            return apply_customers;
        case Kind::addresses:
            return apply_addresses;
        case Kind::orders:
            return apply_orders;
    }
    return nullptr;
}

RawRow raw_row(const CsvRow& row, const Layout& layout) {
    RawRow raw{row.line, {row.cells.begin(), row.cells.end()}, {}};
    for (const auto& problem : row.problems) {
        const bool is_named = problem.column > 0 && problem.column <= layout.header.size();
        raw.problems.push_back(
            {is_named ? layout.header[problem.column - 1] : std::string(), std::string(problem.code)});
    }
    return raw;
}

// One look at a file from its first row to its last. What it learns of the whole (repeated numbers, rows in
// all) is learned again after a restart: that costs a second for a million rows and needs no place in the
// database.
class Check {
public:
    Check(const Context& context, JobStep& step)
        : context_(context),
          step_(step),
          actor_(step.job().actor),
          options_(options_of(step.job().parameters)),
          schema_(options_.kind, context.catalogue),
          upload_(get_upload(context.files, text_at(step.job().parameters, "upload", ""))),
          form_(find_form(context.files, upload_, options_.encoding)) {}

    StepResult run() {
        begin();
        look_through();
        recall();
        check_rows();
        if (!is_at_end_) return StepResult::more;
        step_.write([&](core::Writer&) {
            step_.state()["phase"] = "rejects";
            step_.counts().total = step_.counts().done;
        });
        return StepResult::more;
    }

private:
    void begin() {
        read_rows(context_.files, upload_, form_, [&](const CsvRow& row) {
            const auto header = header_of(row);
            const auto remembered = context_.journal.database().read([&](storage::Transaction& tx) {
                return find_mapping(tx, options_.kind, signature_of(header));
            });
            layout_ = recognise(schema_, header, options_, remembered);
            return Reading::stop;
        });
        if (layout_.header.empty())
            throw Refused(
                {ProblemKind::invalid, "import.not_csv", {"ファイルが空です。", "The file is empty."}});
        if (options_.mode == Mode::control && !layout_.find(kControl))
            throw Refused({ProblemKind::invalid,
                           "import.control_missing",
                           {"コントロールカラムの列がありません。", "There is no control column."}});
        importer_ = make_importer({context_, actor_, options_, schema_, layout_});
        if (!step_.state().contains("hash_key")) {
            step_.write([&](core::Writer&) {
                step_.state()["hash_key"] = crypto::random_text(32);
                auto& summary = step_.summary();
                boost::json::array ignored;
                for (const auto& column : layout_.ignored) ignored.emplace_back(column);
                summary["format"] = layout_.format;
                summary["encoding"] = name_of(form_.encoding);
                summary["ignored_columns"] = std::move(ignored);
                for (const auto* outcome : {"create", "update", "delete", "unchanged", "error"})
                    summary[outcome] = 0;
            });
        }
        memory_.hash_key = text_at(step_.state(), "hash_key", "");
    }

    void look_through() {
        std::int64_t rows = 0;
        bool is_header = true;
        std::string last_group;
        read_rows(context_.files, upload_, form_, [&](const CsvRow& row) {
            if (std::exchange(is_header, false)) return Reading::go_on;
            ++rows;
            const auto raw = raw_row(row, layout_);
            const auto group = importer_->group(raw);
            const bool goes_on = !group.empty() && group == std::exchange(last_group, group);
            for (const auto& key : goes_on ? std::vector<std::string>() : importer_->keys(raw)) {
                const auto hash = keyed_hash(memory_.hash_key, key);
                if (!memory_.seen_keys.insert(hash)) memory_.repeated_keys.insert(hash);
            }
            return step_.should_pause() ? Reading::stop : Reading::go_on;
        });
        memory_.seen_keys = HashSet();
        if (step_.counts().total != rows) step_.write([&](core::Writer&) { step_.counts().total = rows; });
    }

    // What the rows before the resume point have taken.
    void recall() {
        if (number_at(step_.state(), "line") == 0) return;
        context_.journal.database().read([&](storage::Transaction& tx) {
            each_mail_hash(tx, step_.job().id, [&](std::int64_t hash) { memory_.taken_mails.insert(hash); });
        });
        memory_.new_records = number_at(step_.summary(), "create");
    }

    void check_rows() {
        const auto resume = number_at(step_.state(), "line");
        bool is_header = true;
        std::vector<RawRow> rows;
        is_at_end_ = true;
        read_rows(context_.files, upload_, form_, [&](const CsvRow& row) {
            if (std::exchange(is_header, false) || row.line <= resume) return Reading::go_on;
            auto raw = raw_row(row, layout_);
            if (static_cast<std::int64_t>(rows.size()) >= kChecked) {
                const auto group = importer_->group(raw);
                if (group.empty() || group != importer_->group(rows.back())) take(rows);
                if (rows.empty() && step_.should_pause()) {
                    is_at_end_ = false;
                    return Reading::stop;
                }
            }
            rows.push_back(std::move(raw));
            return Reading::go_on;
        });
        if (!rows.empty()) take(rows);
    }

    void take(std::vector<RawRow>& rows) {
        Warnings warnings;
        const auto staged = context_.journal.database().read(
            [&](storage::Transaction& tx) { return importer_->check(tx, rows, memory_, warnings); });
        step_.write([&](core::Writer& writer) {
            stage(writer, step_.job().id, staged);
            auto& counts = step_.counts();
            for (const auto& row : staged) {
                add(step_.summary(), name_of(row.outcome), 1);
                ++counts.done;
                if (row.outcome == Outcome::error) ++counts.ng;
            }
            add_warnings(step_.summary(), warnings);
            step_.state()["line"] = rows.back().line;
        });
        rows.clear();
    }

    const Context& context_;
    JobStep& step_;
    const core::Actor& actor_;
    const ImportOptions options_;
    const Schema schema_;
    const core::StoredFile upload_;
    const FileForm form_;
    Layout layout_;
    std::unique_ptr<Importer> importer_;
    FileMemory memory_;
    bool is_at_end_ = false;
};

bool is_exact(const JobStep& step, const ImportOptions& options) {
    return options.on_error == OnError::all_or_nothing || step.job().parameters.contains("plan");
}

void make_rejects(const Context& context, JobStep& step, const ImportOptions& options) {
    const auto upload = get_upload(context.files, text_at(step.job().parameters, "upload", ""));
    write_rejects(step, upload, find_form(context.files, upload, options.encoding), plan_of(step.job()));
}

// The check is over: offer the refused rows, then wait, give up or begin to apply.
StepResult after_check(const Context& context, JobStep& step) {
    const auto options = options_of(step.job().parameters);
    make_rejects(context, step, options);
    const auto errors = number_at(step.summary(), "error");
    step.write([&](core::Writer&) {
        step.state()["phase"] = options.dry_run ? "planned" : "applying";
        step.state()["line"] = 0;
        auto& counts = step.counts();
        counts.ok = 0;
        counts.skipped = number_at(step.summary(), "unchanged");
        counts.done = options.dry_run ? counts.total : counts.skipped + counts.ng;
    });
    if (options.dry_run) return StepResult::wait_for_apply;
    if (errors > 0 && options.on_error == OnError::all_or_nothing)
        throw Refused(
            {ProblemKind::invalid,
             "import.rows_refused",
             {"取り込めない行が" + std::to_string(errors) + "件あるため、何も取り込みませんでした。",
              std::to_string(errors) + " rows cannot be taken, so nothing was imported."}});
    return StepResult::more;
}

[[noreturn]] void refuse_changed(const std::vector<StagedRow>& rows) {
    Problem problem{ProblemKind::conflict,
                    "job.plan_outdated",
                    {"確認のあとに変更された行があるため、取り込みを取りやめました。",
                     "Rows have changed since the check; nothing is imported."}};
    boost::json::array conflicts;
    for (const auto& row : rows)
        if (row.outcome == Outcome::error)
            conflicts.push_back(boost::json::object{{"line", row.line},
                                                    {"record", std::to_string(row.record)},
                                                    {"code", row.errors.back().code}});
    problem.extra["conflicts"] = std::move(conflicts);
    throw Refused(std::move(problem));
}

void note(core::Writer& writer, JobId plan, const std::vector<StagedRow>& rows, bool all_done) {
    std::int64_t first_line = 0, last_line = 0, first = 0;
    bool in_order = all_done;
    std::vector<const StagedRow*> made;
    for (const auto& row : rows) {
        if (row.outcome == Outcome::error) {
            note_error(writer, plan, row);
            continue;
        }
        if (row.outcome != Outcome::create) continue;
        if (made.empty()) {
            first_line = row.line;
            first = row.record - row.sequence;
        }
        in_order = in_order && row.record - row.sequence == first;
        last_line = row.line;
        made.push_back(&row);
    }
    if (in_order && !made.empty()) return note_records(writer, plan, first_line, last_line, first);
    for (const auto* row : made) note_record(writer, plan, row->line, row->record);
}

// How many rows go into one transaction follows from how long the last one took: nobody who waits for the
// writer is to wait longer than some 30 ms.
class Pace {
public:
    std::int64_t rows() const { return rows_; }
    void took(std::chrono::steady_clock::duration time) {
        using std::chrono::milliseconds;
        if (time > milliseconds(30)) rows_ = std::max<std::int64_t>(rows_ / 2, 20);
        if (time < milliseconds(15)) rows_ = std::min<std::int64_t>(rows_ * 2, 2000);
    }

private:
    std::int64_t rows_ = 200;
};

void apply_stretch(const Context& context, JobStep& step, const ImportOptions& options,
                   const std::vector<StagedRow>& planned) {
    const auto plan = plan_of(step.job());
    step.write([&](core::Writer& writer) {
        auto rows = planned;  // the work may run twice
        apply_of(options.kind)(writer, context.catalogue, rows);
        std::int64_t failed = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].outcome != Outcome::error) continue;
            ++failed;
            add(step.summary(), name_of(planned[i].outcome), -1);
        }
        if (failed > 0 && is_exact(step, options)) refuse_changed(rows);
        note(writer, plan, rows, failed == 0);
        add(step.summary(), "error", failed);
        auto& counts = step.counts();
        counts.ng += failed;
        counts.done += static_cast<std::int64_t>(rows.size());
        counts.ok += static_cast<std::int64_t>(rows.size()) - failed;
        step.state()["line"] = rows.back().line;
    });
}

StepResult apply_rows(const Context& context, JobStep& step) {
    constexpr int kMostRaces = 5;
    const auto options = options_of(step.job().parameters);
    const auto plan = plan_of(step.job());
    Pace pace;
    for (int races = 0; !step.should_pause();) {
        const auto rows = context.journal.database().read([&](storage::Transaction& tx) {
            return read_effective(tx, plan, number_at(step.state(), "line"), pace.rows());
        });
        if (rows.empty()) {
            const bool has_new_errors = number_at(step.summary(), "error") > 0 && !is_exact(step, options);
            if (has_new_errors) make_rejects(context, step, options);
            step.write([&](core::Writer&) {
                step.state()["phase"] = "done";
                step.counts().done = step.counts().total;
            });
            return StepResult::done;
        }
        const auto began = std::chrono::steady_clock::now();
        try {
            apply_stretch(context, step, options, rows);
        } catch (const storage::UniqueViolation&) {
            // Somebody took a mail address or number between our look and our write: the next look sees it.
            if (++races > kMostRaces) throw;
        }
        pace.took(std::chrono::steady_clock::now() - began);
    }
    return StepResult::more;
}

// A plan made by a dry run begins where that ended.
void begin_plan(const Context& context, JobStep& step) {
    const auto planned = context.jobs.get(plan_of(step.job()));
    step.write([&](core::Writer&) {
        step.state()["phase"] = "applying";
        step.summary() = planned.summary;
        step.counts() = planned.counts;
        step.counts().done = planned.counts.skipped + planned.counts.ng;
    });
}

StepResult import_step(const Context& context, JobStep& step) {
    if (step.job().parameters.contains("plan") && !step.state().contains("phase")) begin_plan(context, step);
    const auto phase = text_at(step.state(), "phase", "checking");
    if (phase == "checking") return Check(context, step).run();
    if (phase == "rejects") return after_check(context, step);
    if (phase == "planned") return StepResult::wait_for_apply;
    if (phase == "applying") return apply_rows(context, step);
    return StepResult::done;
}

}  // namespace

std::string import_kind_name(Kind kind) {
    return std::string(kImportPrefix) + std::string(name_of(kind)) + ".v1";
}

JobId plan_of(const core::Job& job) {
    const auto* plan = job.parameters.if_contains("plan");
    return plan ? JobId{plan->as_int64()} : job.id;
}

void register_import_kinds(core::Jobs& jobs, const Context& context) {
    const auto add = [&](Kind kind, Text label, std::string operation) {
        jobs.add_kind({.name = import_kind_name(kind),
                       .label = std::move(label),
                       .operation_kind = std::move(operation),
                       .step = [&context](JobStep& step) { return import_step(context, step); },
                       .revert = [](JobStep& step) { return step.revert_stretch(kRevertStretch); }});
    };
    add(Kind::customers, {"顧客CSVの取り込み", "Import of customers"}, "customer.import");
    add(Kind::addresses, {"お届け先CSVの取り込み", "Import of delivery addresses"}, "address.import");
    add(Kind::orders, {"受注CSVの取り込み", "Import of orders"}, "order.import");
}

}  // namespace otokui::transfer
