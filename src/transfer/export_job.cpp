#include "transfer/export_job.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <optional>
#include <utility>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "list/service.hpp"
#include "search/service.hpp"
#include "transfer/csv_writer.hpp"
#include "transfer/export_rows.hpp"
#include "transfer/export_rules.hpp"
#include "transfer/import_file.hpp"
#include "transfer/pipe.hpp"
#include "transfer/schema.hpp"

namespace otokui::transfer {
namespace {

using core::JobStep;
using core::StepResult;

struct Paused {};

// Rows of as many cells each, in one piece of memory.
class CellRows {
public:
    explicit CellRows(std::size_t width) : width_(width) { text_.reserve(1 << 18); }
    std::size_t count() const { return ends_.size() / width_; }
    void add(std::span<const std::string> cells) {
        for (const auto& cell : cells) ends_.push_back((text_ += cell).size());
    }
    std::span<const std::string_view> cells(std::size_t row, std::vector<std::string_view>& views) const {
        views.clear();
        for (std::size_t i = row * width_; i < (row + 1) * width_; ++i) {
            const auto from = i == 0 ? 0 : ends_[i - 1];
            views.push_back(std::string_view(text_).substr(from, ends_[i] - from));
        }
        return views;
    }

private:
    std::size_t width_;
    std::string text_;
    std::vector<std::size_t> ends_;
};

const boost::json::value* find(const boost::json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && !value->is_null() ? value : nullptr;
}

std::string text_or(const boost::json::object& object, std::string_view key, std::string_view otherwise) {
    const auto* value = find(object, key);
    return std::string(value ? std::string_view(value->as_string()) : otherwise);
}

void check_word(const boost::json::object& body, std::string_view key,
                std::initializer_list<std::string_view> words, std::vector<FieldError>& errors) {
    const auto* value = find(body, key);
    if (!value) return;
    const auto pointer = "/" + std::string(key);
    const auto* word = value->if_string();
    if (!word)
        errors.push_back({pointer, "wrong_type"});
    else if (std::find(words.begin(), words.end(), std::string_view(*word)) == words.end())
        errors.push_back({pointer, "not_a_choice"});
}

void check_flag(const boost::json::object& body, std::string_view key, std::vector<FieldError>& errors) {
    const auto* value = find(body, key);
    if (value && !value->is_bool()) errors.push_back({"/" + std::string(key), "wrong_type"});
}

// A joined name says nothing that its parts do not, an age and a version nothing that could come in again.
bool is_exported_by_default(const core::Field& field) {
    return field.exported_by_default && field.parts.empty() && field.computed_from.empty() &&
           field.key != "version";
}

std::vector<const core::Field*> columns_of(const Schema& schema, const boost::json::object& parameters) {
    std::vector<const core::Field*> columns;
    if (const auto* keys = find(parameters, "columns")) {
        for (const auto& key : keys->as_array())
            columns.push_back(schema.find(std::string_view(key.as_string())));
        return columns;
    }
    for (const auto* field : schema.fields())
        if (is_exported_by_default(*field)) columns.push_back(field);
    return columns;
}

void check_columns(const Schema& schema, const boost::json::object& body, std::vector<FieldError>& errors) {
    const auto* value = find(body, "columns");
    if (!value) return;
    const auto* keys = value->if_array();
    if (!keys || keys->empty()) return errors.push_back({"/columns", keys ? "too_few" : "wrong_type"});
    std::vector<const core::Field*> seen;
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const auto* key = (*keys)[i].if_string();
        const auto* field = key ? schema.find(std::string_view(*key)) : nullptr;
        const bool is_known = field && std::find(schema.fields().begin(), schema.fields().end(), field) !=
                                           schema.fields().end();
        const auto pointer = "/columns/" + std::to_string(i);
        if (!is_known)
            errors.push_back({pointer, key ? "unknown_field" : "wrong_type"});
        else if (std::find(seen.begin(), seen.end(), field) != seen.end())
            errors.push_back({pointer, "duplicate"});
        else
            seen.push_back(field);
    }
}

// A guarded shop wants to know why, in words. The shell is asked for nothing: it has the database itself.
void check_reason(const Context& context, const core::Actor& actor, const boost::json::object& body,
                  std::vector<FieldError>& errors) {
    constexpr std::size_t kMost = 1'000;
    const auto* reason = find(body, "reason");
    const auto* words = reason ? reason->if_string() : nullptr;
    if (reason && !words) return errors.push_back({"/reason", "wrong_type"});
    if (words && text::code_point_count(std::string_view(*words)) > kMost)
        return errors.push_back({"/reason", "too_long"});
    const bool is_guarded = context.journal.database().read([&](storage::Transaction& tx) {
        return read_export_rules(tx, context.journal.registry()).is_guarded;
    });
    if (is_guarded && actor.staff && (!words || text::trimmed(std::string_view(*words)).empty()))
        errors.push_back({"/reason", "required"});
}

search::Context search_context(const Context& context) {
    return {context.journal.database(), context.catalogue, context.journal.clock()};
}

CsvColumn csv_column(const core::Field& field) {
    using core::FieldType;
    const bool is_number = field.type == FieldType::number || field.type == FieldType::money ||
                           field.type == FieldType::id || field.type == FieldType::boolean;
    return is_number ? CsvColumn::number : CsvColumn::text;
}

std::string utf8_of(char32_t code_point) {
    std::string text;
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    const auto code = static_cast<std::uint32_t>(code_point);
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | code >> 6);
        add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        add(0xE0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3F));
        add(0x80 | (code >> 6 & 0x3F));
        add(0x80 | (code & 0x3F));
    }
    return text;
}

boost::json::array unmappable_of(const CsvWriter& writer) {
    boost::json::array list;
    for (const auto& [character, count] : writer.unmappable_characters())
        list.push_back(boost::json::object{{"character", utf8_of(character)},
                                           {"count", static_cast<std::int64_t>(count)}});
    return list;
}

class Export {
public:
    Export(const Context& context, JobStep& step, Kind kind)
        : context_(context),
          step_(step),
          parameters_(step.job().parameters),
          schema_(kind, context.catalogue),
          columns_(columns_of(schema_, parameters_)),
          writer_(options(), csv_columns()),
          rules_(context.journal.database().read(
              [&](storage::Transaction& tx) { return read_export_rules(tx, context.journal.registry()); })),
          rows_before_(context.journal.database().read(
              [&](storage::Transaction& tx) { return rows_before(tx, step.job(), context.journal.now()); })),
          file_(context.files.create({.purpose = "result",
                                      .name = std::string(name_of(kind)) + "-" +
                                              format_day(shop_day(context.journal.now())) + ".csv",
                                      .content_type = "text/csv",
                                      .job = step.job().id,
                                      .staff = step.job().actor.staff,
                                      .keep = rules_.kept})) {}

    StepResult run() {
        try {
            write();
        } catch (const Paused&) {
            context_.files.remove(file_.file().id);
            return StepResult::more;
        } catch (const Refused&) {
            context_.files.remove(file_.file().id);
            throw;
        }
        const auto stored = file_.finish();
        step_.write([&](core::Writer&) {
            auto& counts = step_.counts();
            counts.done = counts.total = counts.ok = rows_;
            auto& summary = step_.summary();
            summary["rows"] = rows_;
            summary["sha256"] = stored.digest;
            summary["unmappable_count"] = static_cast<std::int64_t>(writer_.unmappable_count());
            summary["unmappable"] = unmappable_of(writer_);
        });
        return StepResult::done;
    }

private:
    static constexpr std::size_t kPiece = 1 << 18;
    static constexpr std::int64_t kToldEvery = 20'000;  // rows between two signs of life
    static constexpr std::size_t kReadAtOnce = 500;     // rows handed on at once
    // Such stretches between reading and writing: more than a chunk of the file, so that reading goes on
    // while one is stored.
    static constexpr std::size_t kMostWaiting = 16;
    static constexpr std::size_t kMostPieces = 8;  // of text, on its way into the file

    CsvWriterOptions options() const {
        const auto* is_guarded = find(parameters_, "guard_formulas");
        return {.encoding = encoding_of(text_or(parameters_, "encoding", "utf-8-bom")),
                .newline = text_or(parameters_, "newline", "crlf") == "lf" ? "\n" : "\r\n",
                .guard = is_guarded && !is_guarded->as_bool() ? CsvGuard::no : CsvGuard::yes};
    }
    std::vector<CsvColumn> csv_columns() const {
        std::vector<CsvColumn> result;
        for (const auto* column : columns_) result.push_back(csv_column(*column));
        return result;
    }

    void write() {
        const bool by_key = text_or(parameters_, "header", "labels") == "keys";
        std::vector<std::string> header;
        for (const auto* column : columns_) header.push_back(by_key ? column->key : column->label.ja);
        writer_.append_row(header, out_);

        std::vector<FieldError> errors;
        const auto condition = search::parse_target(context_.catalogue, find(parameters_, "condition"),
                                                    find(parameters_, "text"), errors);
        const auto sort = search::parse_sort(context_.catalogue, find(parameters_, "sort"), errors);
        const auto searches = search_context(context_);
        const auto& actor = step_.job().actor;
        if (schema_.kind() == Kind::customers) {
            const auto total = search::count(searches, condition, actor, limits_);
            require_allowed(total);
            step_.write([&](core::Writer&) { step_.counts().total = total; });
        }
        const ExportCase asked{context_, searches, condition, sort, columns_, actor, limits_};
        Making<std::string> text(kMostPieces, [&](Pipe<std::string>& pipe) { write_ahead(asked, pipe); });
        while (const auto piece = text.take()) file_.append(*piece);
    }

    // The shell is not a person with a day's measure: whoever runs commands has the database itself.
    void require_allowed(std::int64_t rows) const {
        if (rules_.most_rows > 0 && step_.job().actor.staff && rows_before_ + rows > rules_.most_rows)
            throw Refused(too_many_rows(rules_.most_rows));
    }

    // On a thread of its own: one snapshot is read while rows before are written.
    void read_ahead(const ExportCase& asked, Pipe<CellRows>& pipe) const {
        CellRows rows(columns_.size());
        export_rows(asked, schema_.kind(), [&](std::span<const std::string> cells) {
            rows.add(cells);
            if (rows.count() < kReadAtOnce) return;
            if (!pipe.give(std::exchange(rows, CellRows(columns_.size())))) throw Paused();
        });
        pipe.give(std::move(rows));
    }

    // On another: rows become text while text before waits for the disk.
    void write_ahead(const ExportCase& asked, Pipe<std::string>& pipe) {
        Making<CellRows> read(kMostWaiting, [&](Pipe<CellRows>& rows) { read_ahead(asked, rows); });
        while (const auto rows = read.take()) {
            for (std::size_t row = 0; row < rows->count(); ++row) {
                writer_.append_row(rows->cells(row, cells_), out_);
                if (out_.size() >= kPiece && !pipe.give(std::exchange(out_, {}))) throw Paused();
            }
            tell(static_cast<std::int64_t>(rows->count()));
        }
        pipe.give(std::move(out_));
    }

    void tell(std::int64_t more) {
        const auto told = rows_ / kToldEvery;
        rows_ += more;
        require_allowed(rows_);
        if (rows_ / kToldEvery == told) return;
        step_.write([&](core::Writer&) { step_.counts().done = rows_; });
        if (step_.should_pause()) throw Paused();
    }

    const Context& context_;
    JobStep& step_;
    const boost::json::object parameters_;
    const Schema schema_;
    const std::vector<const core::Field*> columns_;
    const storage::ReadLimits limits_{.time = std::chrono::hours(2)};
    CsvWriter writer_;
    const ExportRules rules_;
    const std::int64_t rows_before_;  // of this person today
    core::FileWriter file_;
    std::string out_;
    std::vector<std::string_view> cells_;
    std::int64_t rows_ = 0;
};

StepResult export_step(const Context& context, JobStep& step, Kind kind) {
    return Export(context, step, kind).run();
}

Text label_of(Kind kind) {
    switch (kind) {
        case Kind::customers:
            return {"顧客CSV出力", "Export of customers"};
        case Kind::addresses:
            return {"お届け先CSV出力", "Export of delivery addresses"};
        case Kind::orders:
            return {"受注CSV出力", "Export of orders"};
        case Kind::points:
            return {"ポイントCSV出力", "Export of points"};
    }
    return {};
}

}  // namespace

std::string export_kind_name(Kind kind) {
    return std::string(kExportPrefix) + std::string(name_of(kind)) + ".v1";
}

void register_export_kinds(core::Jobs& jobs, const Context& context) {
    for (const auto kind : kExportedKinds)
        jobs.add_kind({.name = export_kind_name(kind),
                       .label = label_of(kind),
                       .operation_kind = "transfer.export",
                       .step = [&context, kind](JobStep& step) { return export_step(context, step, kind); }});
}

boost::json::object export_parameters(const Context& context, const core::Actor& actor, Kind kind,
                                      const boost::json::value& body) {
    static constexpr std::array<std::string_view, 9> kMembers{
        "condition", "text", "sort", "columns", "encoding", "newline", "header", "reason", "guard_formulas"};
    const auto* object = body.if_object();
    if (!object)
        throw Refused({ProblemKind::invalid,
                       "body.invalid",
                       {"指定が正しくありません。", "The body must be an object."},
                       {{"", "wrong_type"}}});
    std::vector<FieldError> errors;
    for (const auto& [key, value] : *object)
        if (std::find(kMembers.begin(), kMembers.end(), std::string_view(key)) == kMembers.end())
            errors.push_back({"/" + std::string(key), "unknown_field"});
    const auto condition =
        search::parse_target(context.catalogue, find(*object, "condition"), find(*object, "text"), errors);
    const auto in_condition = errors.size();
    const auto sort = search::parse_sort(context.catalogue, find(*object, "sort"), errors);
    check_word(*object, "encoding", {"utf-8", "utf-8-bom", "cp932"}, errors);
    check_word(*object, "newline", {"crlf", "lf"}, errors);
    check_word(*object, "header", {"labels", "keys"}, errors);
    check_flag(*object, "guard_formulas", errors);
    check_reason(context, actor, *object, errors);
    const auto before_columns = errors.size();
    check_columns(Schema(kind, context.catalogue), *object, errors);
    if (!errors.empty()) {
        const auto* code = in_condition > 0                 ? "condition.invalid"
                           : before_columns < errors.size() ? "export.columns_invalid"
                                                            : "body.invalid";
        throw Refused({ProblemKind::invalid,
                       code,
                       {"出力の指定に誤りがあります。", "The export is described wrongly."},
                       std::move(errors)});
    }
    search::require_visible(condition, sort, actor);
    list::use(context.journal, actor, condition);
    return *object;
}

}  // namespace otokui::transfer
