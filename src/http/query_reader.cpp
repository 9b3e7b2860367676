#include "http/query_reader.hpp"

#include <algorithm>
#include <charconv>

namespace otokui::http {

std::optional<std::int64_t> QueryReader::id(std::string_view name) {
    const auto* text = query_.find(name);
    if (text == nullptr || text->empty()) return std::nullopt;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
    if (error == std::errc() && end == text->data() + text->size() && id > 0) return id;
    add_error(name, "not_an_id");
    return std::nullopt;
}

std::optional<Moment> QueryReader::moment(std::string_view name, int days_after) {
    const auto* text = query_.find(name);
    if (text == nullptr || text->empty()) return std::nullopt;
    if (const auto day = parse_day(*text)) return start_of(add_days(*day, days_after));
    if (const auto moment = parse_moment(*text)) return *moment;
    add_error(name, "not_a_date");
    return std::nullopt;
}

void QueryReader::finish() {
    if (errors_.empty()) return;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"指定が正しくありません。", "What was asked for is not valid."},
                   std::move(errors_)});
}

std::vector<std::string> QueryReader::parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(','));
        if (!part.empty() && std::ranges::find(parts, part) == parts.end()) parts.emplace_back(part);
        text.remove_prefix(std::min(part.size() + 1, text.size()));
    }
    return parts;
}

void QueryReader::add_error(std::string_view name, std::string code) {
    errors_.push_back({"/" + std::string(name), std::move(code)});
}

}  // namespace otokui::http
