#include "transfer/preview.hpp"

#include <boost/json/array.hpp>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text_json.hpp"
#include "transfer/import_file.hpp"
#include "transfer/layout.hpp"
#include "transfer/mapping.hpp"

namespace otokui::transfer {
namespace {

constexpr std::size_t kShown = 5, kLooked = 200;  // rows

// A file whose columns say nothing is mapped by hand.
Layout layout_of(const Schema& schema, const std::vector<std::string>& header, const ImportOptions& options,
                 const std::vector<MappedColumn>& remembered) {
    try {
        return recognise(schema, header, options, remembered);
    } catch (const Refused& refused) {
        if (refused.problem().code != "import.format_unknown") throw;
        Layout layout;
        layout.format = "mapped";
        layout.header = header;
        return layout;
    }
}

class Warner {
public:
    Warner(const Layout& layout, Language language) : layout_(layout), language_(language) {}

    void look_at(const CsvRow& row) {
        for (const auto* key : {"phone", "fax", "postal_code"}) {
            const auto* source = layout_.find(key);
            if (!source || source->columns.front() >= row.cells.size()) continue;
            const auto cell = layout_.cell(*source->field, row.cells[source->columns.front()]);
            const bool is_postal = source->field->key == "postal_code";
            const auto problem = is_postal ? text::postal_code_problem(text::postal_code(cell))
                                           : text::phone_problem(text::phone(cell));
            if (!cell.empty() && problem == "lost_leading_zero")
                add("lost_leading_zero",
                    {"先頭の0が抜けている値があります。表計算ソフトで保存し直した可能性があります。",
                     "Some values have lost their leading 0, as spreadsheets do it."});
        }
        if (!row.problems.empty())
            add("broken_rows", {"CSVとして正しくない行があります。", "Some rows are no proper CSV."});
    }
    void add(const std::string& code, const Text& detail) {
        for (const auto& known : list_)
            if (known.at("code").as_string() == code) return;
        list_.push_back(boost::json::object{{"code", code}, {"detail", detail.in(language_)}});
    }
    boost::json::array take() { return std::move(list_); }

private:
    const Layout& layout_;
    Language language_;
    boost::json::array list_;
};

}  // namespace

boost::json::object preview(const Context& context, const core::StoredFile& upload, Kind kind,
                            const std::string& encoding, Language language) {
    const ImportOptions options{.kind = kind, .encoding = encoding};
    const Schema schema(kind, context.catalogue);
    const auto form = find_form(context.files, upload, encoding);
    Layout layout;
    Warner warner(layout, language);
    std::string signature;
    bool is_remembered = false;
    boost::json::array rows;
    std::size_t looked = 0;
    read_rows(context.files, upload, form, [&](const CsvRow& row) {
        if (signature.empty()) {
            const auto header = header_of(row);
            signature = signature_of(header);
            const auto remembered = context.journal.database().read(
                [&](storage::Transaction& tx) { return find_mapping(tx, kind, signature); });
            is_remembered = !remembered.empty();
            layout = layout_of(schema, header, options, remembered);
            return Reading::go_on;
        }
        warner.look_at(row);
        if (rows.size() < kShown) {
            boost::json::array cells;
            for (const auto cell : row.cells) cells.emplace_back(cell);
            rows.push_back(std::move(cells));
        }
        return ++looked < kLooked ? Reading::go_on : Reading::stop;
    });
    if (signature.empty())
        throw Refused({ProblemKind::invalid, "import.not_csv", {"ファイルが空です。", "The file is empty."}});
    if (!form.is_sure)
        warner.add("encoding_unsure",
                   {"文字コードを確定できません。最初の行が正しく読めるか確認してください。",
                    "The encoding is a guess: check whether the first rows read well."});
    if (!layout.ignored.empty())
        warner.add("columns_left_out", {"登録しない列があります。", "Some columns are not taken."});
    boost::json::array columns;
    for (const auto& [column, field] : layout.columns())
        columns.push_back(boost::json::object{
            {"column", column}, {"field", field.empty() ? boost::json::value() : boost::json::value(field)}});
    boost::json::array fields;
    for (const auto* field : schema.fields())
        fields.push_back(boost::json::object{{"key", field->key}, {"labels", json::labels(field->label)}});
    return {{"upload", upload.token},
            {"fields", std::move(fields)},
            {"expires_at", format_moment(upload.expires_at)},
            {"bytes", upload.size},
            {"format", layout.format},
            {"encoding", name_of(form.encoding)},
            {"delimiter", std::string(1, form.delimiter)},
            {"signature", signature},
            {"remembered", is_remembered},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)},
            {"warnings", warner.take()}};
}

}  // namespace otokui::transfer
