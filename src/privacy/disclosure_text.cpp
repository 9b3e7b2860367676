#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.hpp"
#include "base/text/formula.hpp"
#include "privacy/service.hpp"

namespace otokui::privacy {
namespace {

using boost::json::object;

// A shop need not name its own fields in English.
std::string_view in(const object& labels, Language language) {
    const std::string_view english = labels.at("en").as_string();
    return language == Language::en && !english.empty() ? english
                                                        : std::string_view(labels.at("ja").as_string());
}

std::string_view label(const object& labelled, Language language) {
    return in(labelled.at("labels").as_object(), language);
}

// "2026-11-22T10:00:00.000+09:00" as people write it, in the shop's time.
std::string readable(std::string_view moment) {
    return written_day(moment.substr(0, 10)) + " " + std::string(moment.substr(11, 8));
}

std::string text_of(const boost::json::value& value) {
    if (value.is_null()) return "";
    if (const auto* text = value.if_string()) return std::string(*text);
    return boost::json::serialize(value);
}

// RFC 4180; what a spreadsheet would take for a formula gets a quote before it (SECURITY I4).
void add_cell(std::string& csv, std::string_view cell) {
    if (!csv.empty() && csv.back() != '\n') csv += ',';
    csv += '"';
    if (text::begins_like_formula(cell)) csv += '\'';
    for (const char c : cell) {
        if (c == '"') csv += '"';
        csv += c;
    }
    csv += '"';
}

void add_line(std::string& csv, std::initializer_list<std::string_view> cells) {
    for (const auto cell : cells) add_cell(csv, cell);
    csv += "\r\n";
}

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) {
        if (c == '&')
            html += "&amp;";
        else if (c == '<')
            html += "&lt;";
        else if (c == '>')
            html += "&gt;";
        else if (c == '"')
            html += "&quot;";
        else
            html += c;
    }
    return html;
}

// Calls `each(section, row number, label of the item, content)` for everything that has a content.
template <class Each>
void for_each_item(const object& disclosure, Language language, const Each& each) {
    for (const auto& value : disclosure.at("sections").as_array()) {
        const auto& section = value.as_object();
        std::size_t number = 0;
        for (const auto& row : section.at("rows").as_array()) {
            ++number;
            for (const auto& field : section.at("fields").as_array()) {
                const auto content = text_of(row.as_object().at(field.as_object().at("key").as_string()));
                if (!content.empty())
                    each(label(section, language), number, label(field.as_object(), language), content);
            }
        }
    }
    std::size_t number = 0;
    for (const auto& value : disclosure.at("history").as_array()) {
        const auto& change = value.as_object();
        const auto* section = language == Language::en ? "History of changes" : "変更履歴";
        each(section, ++number, label(change, language), readable(change.at("at").as_string()));
        const auto of = in(change.at("of").as_object(), language);
        for (const auto& one : change.at("changes").as_array()) {
            const auto& column = one.as_object();
            const auto item = std::string(of) + ": " + std::string(label(column, language));
            each(section, number, item, text_of(column.at("before")) + " → " + text_of(column.at("after")));
        }
    }
}

}  // namespace

std::string disclosure_csv(const object& disclosure, Language language) {
    std::string csv = "\xEF\xBB\xBF";
    std::string lines;
    if (language == Language::en)
        add_line(lines, {"Section", "Row", "Item", "Content"});
    else
        add_line(lines, {"区分", "行", "項目", "内容"});
    for_each_item(
        disclosure, language,
        [&](std::string_view section, std::size_t row, std::string_view item, const std::string& content) {
            add_line(lines, {section, std::to_string(row), item, content});
        });
    return csv + lines;
}

std::string disclosure_page(const object& disclosure, Language language) {
    const bool english = language == Language::en;
    std::string html = std::string("<!doctype html><html lang=\"") + (english ? "en" : "ja") +
                       "\"><head><meta charset=\"utf-8\"><title>" +
                       (english ? "Disclosure of personal data" : "保有個人データの開示") +
                       "</title></head><body><h1>" +
                       (english ? "Disclosure of personal data" : "保有個人データの開示") + "</h1><p>" +
                       escaped(readable(disclosure.at("made_at").as_string())) + "</p>";
    std::string open_section;
    std::size_t open_row = 0;
    for_each_item(
        disclosure, language,
        [&](std::string_view section, std::size_t row, std::string_view item, const std::string& content) {
            if (section != open_section || row != open_row) {
                if (!open_section.empty()) html += "</table>";
                if (section != open_section) html += "<h2>" + escaped(section) + "</h2>";
                html += "<table border=\"1\">";
                open_section = section;
                open_row = row;
            }
            html += "<tr><th align=\"left\">" + escaped(item) + "</th><td>" + escaped(content) + "</td></tr>";
        });
    if (!open_section.empty()) html += "</table>";
    return html + "</body></html>";
}

}  // namespace otokui::privacy
