#include "transfer/import_file.hpp"

#include "base/problem.hpp"

namespace otokui::transfer {
namespace {

struct Stopped {};

}  // namespace

std::string_view name_of(text::Encoding encoding) {
    switch (encoding) {
        case text::Encoding::utf8:
            return "utf-8";
        case text::Encoding::utf8_bom:
            return "utf-8-bom";
        case text::Encoding::cp932:
            return "cp932";
    }
    return "";
}

text::Encoding encoding_of(std::string_view name) {
    for (const auto encoding : {text::Encoding::utf8, text::Encoding::utf8_bom, text::Encoding::cp932})
        if (name_of(encoding) == name) return encoding;
    throw Refused({ProblemKind::invalid,
                   "import.encoding_invalid",
                   {"この文字コードは扱えません。", "There is no such encoding."},
                   {{"/encoding", "not_a_choice"}}});
}

FileForm find_form(core::FileStore& files, const core::StoredFile& file, std::string_view asked) {
    // A single broken byte far behind must not turn a file of UTF-8 into one of CP932.
    constexpr std::int64_t kSureAfter = 4;  // chunks
    FileForm form;
    text::EncodingDetector detector;
    for (std::int64_t position = 0;; ++position) {
        const auto chunk = files.read_chunk(file, position);
        if (!chunk) break;
        if (position == 0) form.delimiter = detect_delimiter(*chunk);
        if (asked != "auto") break;
        detector.push(*chunk);
        if (position + 1 >= kSureAfter && detector.result().is_sure) break;
    }
    if (asked != "auto") {
        form.encoding = encoding_of(asked);
        return form;
    }
    const auto found = detector.result();
    form.encoding = found.encoding;
    form.is_sure = found.is_sure;
    return form;
}

void read_rows(core::FileStore& files, const core::StoredFile& file, const FileForm& form,
               const std::function<Reading(const CsvRow&)>& each) {
    CsvReader reader({.encoding = form.encoding, .delimiter = form.delimiter}, [&](const CsvRow& row) {
        if (each(row) == Reading::stop) throw Stopped();
    });
    try {
        for (std::int64_t position = 0;; ++position) {
            const auto chunk = files.read_chunk(file, position);
            if (!chunk) break;
            reader.push(*chunk);
        }
        reader.finish();
    } catch (const Stopped&) {
    }
}

core::StoredFile get_upload(core::FileStore& files, const std::string& token) {
    if (auto file = files.find(token); file && file->complete) return *std::move(file);
    throw Refused({ProblemKind::conflict,
                   "import.upload_gone",
                   {"登録するファイルの保存期限が過ぎました。もう一度アップロードしてください。",
                    "The uploaded file has expired. Upload it again."}});
}

std::vector<std::string> header_of(const CsvRow& row) {
    for (const auto& problem : row.problems) {
        if (problem.code == "wrong_column_count") continue;
        Problem refused{ProblemKind::invalid,
                        "import.not_csv",
                        {"見出しの行を読み取れません（" + std::to_string(problem.line) + "行目" +
                             std::to_string(problem.column) + "列目）。",
                         "The header cannot be read (line " + std::to_string(problem.line) + ", column " +
                             std::to_string(problem.column) + ")."}};
        refused.extra = {{"line", problem.line}, {"column", problem.column}, {"reason", problem.code}};
        throw Refused(std::move(refused));
    }
    return {row.cells.begin(), row.cells.end()};
}

}  // namespace otokui::transfer
