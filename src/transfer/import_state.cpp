#include "transfer/import_state.hpp"

#include <boost/json/array.hpp>

#include "transfer/import_file.hpp"
#include "transfer/import_job.hpp"
#include "transfer/rejects.hpp"

namespace otokui::transfer {

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

bool is_exact(const core::JobStep& step, const ImportOptions& options) {
    return options.on_error == OnError::all_or_nothing || step.job().parameters.contains("plan");
}

void make_rejects(const Context& context, core::JobStep& step, const ImportOptions& options) {
    const auto upload = get_upload(context.files, text_at(step.job().parameters, "upload", ""));
    write_rejects(step, upload, find_form(context.files, upload, options.encoding), plan_of(step.job()));
}

}  // namespace otokui::transfer
