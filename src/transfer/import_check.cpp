#include "transfer/import_check.hpp"

#include <boost/json/array.hpp>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "core/record_json.hpp"
#include "transfer/import_file.hpp"
#include "transfer/import_state.hpp"
#include "transfer/mapping.hpp"
#include "transfer/pipe.hpp"

namespace otokui::transfer {
namespace {

using core::JobStep;
using core::StepResult;

constexpr std::size_t kChecked = 1'000;  // rows looked up and staged at once
constexpr std::size_t kMostWaiting = 2;  // such stretches between checking and staging

std::unique_ptr<Importer> make_importer(const ImportCase& import) {
    switch (import.options.kind) {
        case Kind::customers:
            return make_customer_importer(import);
        case Kind::addresses:
            return make_address_importer(import);
        case Kind::orders:
            return make_order_importer(import);
        case Kind::points:
            return make_points_importer(import);
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

// Rows that are decided and not staged yet.
struct Checked {
    std::vector<StagedRow> rows;
    Warnings warnings;
    std::int64_t last_line = 0;
};

// One look at a file from its first row to its last. What it learns of the whole (repeated numbers, rows in
// all) is learned again after a restart: that costs a second for a million rows and needs no place in the
// database. Rows are read and decided on one thread and staged by another.
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
        if (!look_through()) return StepResult::more;
        recall();
        if (!check_rows()) return StepResult::more;
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
        refuse_masked();
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

    // Who sees a field masked writes it as little by a file as by hand: what became of a row would tell him
    // whether somebody has this mail address.
    void refuse_masked() const {
        Text columns;
        for (const auto& source : layout_.sources) {
            if (!core::is_masked(*source.field, actor_)) continue;
            for (const auto column : source.columns) {
                columns.ja += "「" + layout_.header[column] + "」";
                columns.en += (columns.en.empty() ? "“" : ", “") + layout_.header[column] + "”";
            }
        }
        if (columns.ja.empty()) return;
        throw Refused({ProblemKind::forbidden,
                       "field.forbidden",
                       {"伏せ字で表示される項目は登録できません。この列を除いてください: " + columns.ja,
                        "Fields that are shown to you masked cannot be imported. Leave out these columns: " +
                            columns.en}});
    }

    // False when the job is to pause: the file is not known yet, so no row may be decided.
    bool look_through() {
        std::int64_t rows = 0;
        bool is_header = true, is_whole = true;
        std::string last_group;
        read_rows(context_.files, upload_, form_, [&](const CsvRow& row) {
            if (std::exchange(is_header, false)) return Reading::go_on;
            ++rows;
            if (importer_->has_keys()) {
                const auto raw = raw_row(row, layout_);
                const auto group = importer_->group(raw);
                const bool goes_on = !group.empty() && group == std::exchange(last_group, group);
                for (const auto& key : goes_on ? std::vector<std::string>() : importer_->keys(raw)) {
                    const auto hash = keyed_hash(memory_.hash_key, key);
                    if (!memory_.seen_keys.insert(hash)) memory_.repeated_keys.insert(hash);
                }
            }
            is_whole = !step_.should_pause();
            return is_whole ? Reading::go_on : Reading::stop;
        });
        memory_.seen_keys = HashSet();
        if (is_whole && step_.counts().total != rows)
            step_.write([&](core::Writer&) { step_.counts().total = rows; });
        return is_whole;
    }

    // What the rows before the resume point have taken.
    void recall() {
        if (number_at(step_.state(), "line") == 0) return;
        context_.journal.database().read([&](storage::Transaction& tx) {
            each_taking(tx, step_.job().id, [&](const StagedRow& row) { memory_.take(row); });
        });
        memory_.new_records = number_at(step_.summary(), "create");
    }

    // False when the job is to pause.
    bool check_rows() {
        const auto resume = number_at(step_.state(), "line");
        Making<Checked> checked(kMostWaiting, [&](Pipe<Checked>& pipe) { decide_rows(resume, pipe); });
        while (const auto stretch = checked.take()) {
            keep(*stretch);
            if (step_.should_pause()) return false;
        }
        return true;
    }

    // On its own thread: touches nothing of the step.
    void decide_rows(std::int64_t resume, Pipe<Checked>& pipe) {
        bool is_header = true;
        std::vector<RawRow> rows;
        read_rows(context_.files, upload_, form_, [&](const CsvRow& row) {
            if (std::exchange(is_header, false) || row.line <= resume) return Reading::go_on;
            auto raw = raw_row(row, layout_);
            if (rows.size() >= kChecked) {
                const auto group = importer_->group(raw);
                const bool is_complete = group.empty() || group != importer_->group(rows.back());
                if (is_complete && !pipe.give(decided(rows))) return Reading::stop;
            }
            rows.push_back(std::move(raw));
            return Reading::go_on;
        });
        if (!rows.empty()) pipe.give(decided(rows));
    }

    Checked decided(std::vector<RawRow>& rows) {
        Checked checked;
        checked.rows = context_.journal.database().read(
            [&](storage::Transaction& tx) { return importer_->check(tx, rows, memory_, checked.warnings); });
        checked.last_line = rows.back().line;
        rows.clear();
        return checked;
    }

    void keep(const Checked& checked) {
        step_.write([&](core::Writer& writer) {
            stage(writer, step_.job().id, checked.rows);
            auto& counts = step_.counts();
            for (const auto& row : checked.rows) {
                add(step_.summary(), name_of(row.outcome), 1);
                ++counts.done;
                if (row.outcome == Outcome::error) ++counts.ng;
            }
            add_warnings(step_.summary(), checked.warnings);
            step_.state()["line"] = checked.last_line;
        });
    }

    const Context& context_;
    JobStep& step_;
    const core::Actor actor_;
    const ImportOptions options_;
    const Schema schema_;
    const core::StoredFile upload_;
    const FileForm form_;
    Layout layout_;
    std::unique_ptr<Importer> importer_;
    FileMemory memory_;
};

}  // namespace

StepResult check_file(const Context& context, JobStep& step) { return Check(context, step).run(); }

}  // namespace otokui::transfer
