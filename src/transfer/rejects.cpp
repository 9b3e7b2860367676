#include "transfer/rejects.hpp"

#include <deque>

#include "transfer/csv_writer.hpp"
#include "transfer/reasons.hpp"

namespace otokui::transfer {
namespace {

constexpr std::int64_t kStretch = 1'000;

// The refused rows in the order of the file, some at a time.
class Refusals {
public:
    Refusals(storage::Database& database, JobId plan) : database_(database), plan_(plan) {}

    const StagedRow* next() {
        if (rows_.empty() && !is_over_) {
            auto more = database_.read([&](storage::Transaction& tx) {
                return read_staged(tx, plan_, last_line_, kStretch, Outcome::error);
            });
            is_over_ = more.empty();
            if (!more.empty()) last_line_ = more.back().line;
            rows_.assign(std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        }
        return rows_.empty() ? nullptr : &rows_.front();
    }
    void take() { rows_.pop_front(); }

private:
    storage::Database& database_;
    JobId plan_;
    std::deque<StagedRow> rows_;
    std::int64_t last_line_ = 0;
    bool is_over_ = false;
};

void add_reasons(const StagedRow& row, std::vector<std::string>& cells) {
    cells.push_back(std::to_string(row.line));
    std::string columns, reasons;
    for (const auto& [column, code] : row.errors) {
        if (!column.empty() && columns.find(column) == std::string::npos)
            columns += (columns.empty() ? "" : " / ") + column;
        const auto sentence = (column.empty() ? "" : column + "：") + reason_of(code).ja;
        if (reasons.find(sentence) == std::string::npos) reasons += sentence;
    }
    cells.push_back(std::move(columns));
    cells.push_back(std::move(reasons));
}

}  // namespace

void write_rejects(core::JobStep& step, const core::StoredFile& upload, const FileForm& form, JobId plan) {
    constexpr std::size_t kPiece = 1 << 16;
    Refusals refusals(step.database(), plan);
    if (!refusals.next()) return;
    auto file = step.files().create({.purpose = "rejects",
                                     .name = "rejected-rows-" + std::to_string(step.job().id.value) + ".csv",
                                     .content_type = "text/csv",
                                     .job = step.job().id,
                                     .staff = step.job().actor.staff});
    CsvWriter writer({.encoding = form.encoding, .delimiter = form.delimiter});
    std::string out;
    std::vector<std::string> cells;
    bool is_header = true;
    std::size_t width = 0;
    read_rows(step.files(), upload, form, [&](const CsvRow& row) {
        const auto* refused = refusals.next();
        if (!is_header && (!refused || refused->line != row.line))
            return refused ? Reading::go_on : Reading::stop;
        cells.clear();
        // A guard that came along is not doubled: the file can come in again.
        for (const auto cell : row.cells) cells.emplace_back(unguarded(cell));
        if (is_header) {
            // A file of refused rows that is refused again has its reasons once.
            const bool has_reasons =
                cells.size() > 3 && cells.back() == "reason" && *(cells.end() - 3) == "line";
            width = cells.size() - (has_reasons ? 3 : 0);
            cells.resize(width);
            cells.insert(cells.end(), {"line", "column", "reason"});
            is_header = false;
        } else {
            if (cells.size() <= width + 3) cells.resize(width);
            add_reasons(*refused, cells);
            refusals.take();
        }
        writer.append_row(cells, out);
        if (out.size() >= kPiece) {
            file.append(out);
            out.clear();
        }
        return Reading::go_on;
    });
    file.append(out);
    file.finish();
}

}  // namespace otokui::transfer
