#include "transfer/routes.hpp"

#include <algorithm>

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "core/id_cursor.hpp"
#include "http/paging.hpp"
#include "transfer/csv_reader.hpp"
#include "transfer/file_rights.hpp"
#include "transfer/layout.hpp"
#include "transfer/mapping.hpp"
#include "transfer/preview.hpp"
#include "transfer/sample.hpp"
#include "transfer/service.hpp"

namespace otokui::transfer {

http::Response job_started(JobId job) {
    const auto id = std::to_string(job.value);
    auto response = http::accepted(boost::json::object{{"job", id}});
    response.headers.set("Location", "/api/v1/jobs/" + id);
    return response;
}

namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Right;

constexpr std::size_t kMaxUpload = std::size_t{2} << 30;  // bytes
constexpr std::size_t kMaxSignature = 64, kMaxColumnName = 1'000;

ImportOptions options_of(const Request& request, Kind kind) {
    ImportOptions options{.kind = kind, .file_name = request.query.get("file_name")};
    for (const auto* name : {"format", "mode", "on_error", "on_clash", "encoding", "dry_run"})
        if (const auto* text = request.query.find(name)) set_option(options, name, *text);
    options.map = parse_map(request.query.get("map"));
    return options;
}

// A file on its way in. Dropped again unless the whole of it has come.
class FileUpload : public http::Upload {
public:
    using Done = std::function<http::Response(const core::StoredFile&)>;
    FileUpload(const Context& context, const core::Actor& actor, const std::string& name, Done done)
        : context_(context), file_(begin_upload(context, actor, name)), done_(std::move(done)) {}
    ~FileUpload() override {
        if (is_whole_) return;
        try {
            context_.files.remove(file_.file().id);
        } catch (const std::exception&) {
            // It expires by itself.
        }
    }

    void write(std::string_view piece) override { file_.append(piece); }
    http::Response finish() override {
        const auto stored = file_.finish();
        auto response = done_(stored);
        is_whole_ = true;
        return response;
    }

private:
    const Context& context_;
    core::FileWriter file_;
    Done done_;
    bool is_whole_ = false;
};

// The body of an import whose file came with an earlier preview: there must be none.
class EarlierUpload : public http::Upload {
public:
    explicit EarlierUpload(std::function<http::Response()> start) : start_(std::move(start)) {}
    void write(std::string_view) override {
        throw Refused(
            {ProblemKind::invalid,
             "body.invalid",
             {"uploadを指定したときは本文を送れません。", "With `upload` the body must be empty."}});
    }
    http::Response finish() override { return start_(); }

private:
    std::function<http::Response()> start_;
};

core::StoredFile find_upload(const Context& context, const core::Actor& actor, const std::string& token) {
    auto file = context.files.find(token);
    if (file && file->complete && file->purpose == "upload" && file->staff == actor.staff)
        return *std::move(file);
    throw Refused({ProblemKind::not_found,
                   "upload.not_found",
                   {"アップロードしたファイルが見つかりません。", "There is no such upload."}});
}

std::unique_ptr<http::Upload> import_upload(const Context& context, const Request& request) {
    auto actor = api::actor_of(request);
    auto options = options_of(request, kind_of(request.path_parameters.get("kind")));
    const auto start = [&context, actor, options](const core::StoredFile& file) {
        auto named = options;
        if (named.file_name.empty()) named.file_name = file.name;
        return job_started(start_import(context, actor, named, file));
    };
    if (const auto* token = request.query.find("upload"))
        return std::make_unique<EarlierUpload>(
            [start, file = find_upload(context, actor, *token)] { return start(file); });
    return std::make_unique<FileUpload>(context, actor, options.file_name, start);
}

std::unique_ptr<http::Upload> preview_upload(const Context& context, const Request& request) {
    const auto options = options_of(request, kind_of(request.query.get("kind")));
    const auto language = request.language;
    const auto actor = api::actor_of(request);
    require_right_to_import(actor, options.kind);
    return std::make_unique<FileUpload>(
        context, actor, options.file_name, [&context, options, language](const core::StoredFile& file) {
            return http::created(preview(context, file, options.kind, options.encoding, language));
        });
}

boost::json::object to_json(const Mapping& mapping) {
    boost::json::array columns;
    for (const auto& [column, field] : mapping.columns)
        columns.push_back(boost::json::object{
            {"column", column}, {"field", field.empty() ? boost::json::value() : boost::json::value(field)}});
    return {
        {"kind", name_of(mapping.kind)}, {"signature", mapping.signature}, {"columns", std::move(columns)}};
}

http::Response list_mappings_response(const Context& context, const Request& request) {
    const auto asked = http::page_request(request);
    std::optional<Kind> kind;
    if (const auto* name = request.query.find("kind")) kind = kind_of(*name);
    const auto before = core::id_below(asked.cursor);
    auto found = context.journal.database().read([&](storage::Transaction& tx) {
        return list_mappings(tx, kind, request.query.get("signature"), before, asked.limit + 1);
    });
    std::string next;
    if (static_cast<int>(found.size()) > asked.limit) {
        found.pop_back();
        next = std::to_string(found.back().id);
    }
    boost::json::array items;
    for (const auto& mapping : found) items.push_back(to_json(mapping));
    return http::ok(http::page(std::move(items), next));
}

// The fields must exist and none may stand twice; whether the columns do shows when a file comes.
Mapping mapping_of(const Context& context, const boost::json::value& body) {
    json::ObjectReader reader(body);
    Mapping mapping;
    mapping.signature = reader.text("signature");
    if (mapping.signature.size() > kMaxSignature) reader.add_error("signature", "too_long");
    const auto kind = reader.text("kind");
    const auto* columns = reader.find("columns");
    const auto* many = columns ? columns->if_array() : nullptr;
    if (many && many->size() > CsvReaderOptions().max_columns) reader.add_error("columns", "too_many");
    reader.finish("import.mapping_invalid");
    mapping.kind = kind_of(kind);
    const Schema schema(mapping.kind, context.catalogue);
    std::vector<FieldError> errors;
    if (!columns || !columns->is_array()) errors.push_back({"/columns", "wrong_type"});
    const auto list = errors.empty() ? columns->as_array() : boost::json::array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto pointer = "/columns/" + std::to_string(i);
        json::ObjectReader one(list[i], pointer);
        // A file may leave a column without a name.
        if (!one.has("column") || one.is_null("column")) one.add_error("column", "required");
        const auto column = one.find_text("column").value_or("");
        const auto field = one.find_text("field").value_or("");
        if (text::code_point_count(column) > kMaxColumnName) one.add_error("column", "too_long");
        one.finish("import.mapping_invalid");
        const auto* known = schema.find(field);
        const bool is_double = !field.empty() && std::any_of(mapping.columns.begin(), mapping.columns.end(),
                                                             [&](const auto& o) { return o.field == field; });
        if (!field.empty() && !known) errors.push_back({pointer + "/field", "unknown_field"});
        if (known && !schema.is_taken(*known)) errors.push_back({pointer + "/field", "read_only"});
        if (is_double) errors.push_back({pointer + "/field", "duplicate"});
        mapping.columns.push_back({column, field});
    }
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "import.mapping_invalid",
                       {"列の対応付けに誤りがあります。", "The mapping of columns is wrong."},
                       std::move(errors)});
    return mapping;
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const auto import = Right::named("import");
    auto routes = job_routes(context);
    routes.push_back(
        {Method::post, "/api/v1/imports/{kind}", import,
         http::UploadHandler([&context](const Request& request) { return import_upload(context, request); }),
         http::BodyRule::csv(kMaxUpload), http::RateClass::transfer});
    routes.push_back(showing(
        Reads::own_input(),
        {Method::post, "/api/v1/imports/preview", import,
         http::UploadHandler([&context](const Request& request) { return preview_upload(context, request); }),
         http::BodyRule::csv(kMaxUpload), http::RateClass::transfer}));
    // Nobody stands in it.
    routes.push_back(showing(
        Reads::own_input(),
        {Method::get, "/api/v1/imports/{kind}/sample", import, [&context](const Request& request) {
             const auto kind = kind_of(request.path_parameters.get("kind"));
             const auto sample = make_sample(context, api::actor_of(request), kind);
             return http::as_attachment(http::text(sample.text, "text/csv; charset=utf-8"), sample.name);
         }}));
    routes.push_back({Method::get, "/api/v1/import-mappings", import, [&context](const Request& request) {
                          return list_mappings_response(context, request);
                      }});
    routes.push_back({Method::put, "/api/v1/import-mappings", import,
                      [&context](const Request& request) {
                          const auto mapping = mapping_of(context, http::json_body(request));
                          remember_mapping(context.journal, api::actor_of(request), mapping);
                          return http::ok(to_json(mapping));
                      },
                      http::BodyRule::json()});
    routes.push_back(asking(
        http::Factor::of_export,
        showing(Reads::told("export"), {Method::post, "/api/v1/exports/{kind}", Right::named("export"),
                                        [&context](const Request& request) {
                                            const auto kind = kind_of(request.path_parameters.get("kind"));
                                            const auto body = http::json_body(request);
                                            const auto job =
                                                start_export(context, api::actor_of(request), kind, body);
                                            http::Shown shown{.asked = body.as_object(), .job = job.value};
                                            shown.asked["kind"] = "export." + std::string(name_of(kind));
                                            return http::with_shown(job_started(job), std::move(shown));
                                        },
                                        http::BodyRule::json(), http::RateClass::transfer})));
    return routes;
}

}  // namespace otokui::transfer
