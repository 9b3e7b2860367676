#include "transfer/types.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <utility>

#include "base/problem.hpp"

namespace otokui::transfer {
namespace {

template <class Enum>
using Names = std::pair<Enum, std::string_view>;

constexpr std::array kKinds{Names<Kind>{Kind::customers, "customers"},
                            Names<Kind>{Kind::addresses, "addresses"}, Names<Kind>{Kind::orders, "orders"},
                            Names<Kind>{Kind::points, "points"}};
constexpr std::array kModes{Names<Mode>{Mode::create, "create"}, Names<Mode>{Mode::update, "update"},
                            Names<Mode>{Mode::upsert, "upsert"}, Names<Mode>{Mode::control, "control"}};
constexpr std::array kOnErrors{Names<OnError>{OnError::all_or_nothing, "all_or_nothing"},
                               Names<OnError>{OnError::skip, "skip"}};
constexpr std::array kOnClashes{Names<OnClash>{OnClash::refuse, "refuse"},
                                Names<OnClash>{OnClash::no_login, "no_login"}};
constexpr std::array kOutcomes{
    Names<Outcome>{Outcome::create, "create"}, Names<Outcome>{Outcome::update, "update"},
    Names<Outcome>{Outcome::remove, "delete"}, Names<Outcome>{Outcome::unchanged, "unchanged"},
    Names<Outcome>{Outcome::error, "error"}};
constexpr std::array<std::string_view, 5> kFormats{"auto", "otokui", "eccube", "shopify", "mapped"};
constexpr std::array<std::string_view, 4> kEncodings{"auto", "utf-8", "utf-8-bom", "cp932"};

template <class List>
auto find(const List& names, std::string_view text) {
    for (const auto& [value, name] : names)
        if (name == text) return std::optional(value);
    return std::optional<decltype(names.front().first)>();
}

template <class List, class Enum>
std::string_view name(const List& names, Enum wanted) {
    for (const auto& [value, text] : names)
        if (value == wanted) return text;
    return "";
}

[[noreturn]] void refuse_option(std::string_view option) {
    throw Refused({ProblemKind::invalid,
                   "import.option_invalid",
                   {"CSV登録の指定（" + std::string(option) + "）が正しくありません。",
                    "The option " + std::string(option) + " has a value it does not know."},
                   {{"/" + std::string(option), "not_a_choice"}}});
}

template <class List, class Enum>
void set(const List& names, std::string_view option, std::string_view text, Enum& value) {
    const auto found = find(names, text);
    if (!found) refuse_option(option);
    value = *found;
}

template <class List>
void set_text(const List& known, std::string_view option, std::string_view text, std::string& value) {
    for (const auto one : known)
        if (one == text) return void(value = text);
    refuse_option(option);
}

}  // namespace

std::string_view name_of(Kind kind) { return name(kKinds, kind); }
std::string_view name_of(Outcome outcome) { return name(kOutcomes, outcome); }

Kind kind_of(std::string_view text) {
    if (const auto kind = find(kKinds, text)) return *kind;
    throw Refused({ProblemKind::not_found,
                   "import.kind_unknown",
                   {"この種類のCSVは扱えません。", "CSV files of this kind cannot be taken."}});
}

Outcome outcome_of(std::string_view text) {
    if (const auto outcome = find(kOutcomes, text)) return *outcome;
    throw Refused({ProblemKind::invalid,
                   "import.option_invalid",
                   {"結果の種類が正しくありません。", "There is no such outcome."},
                   {{"/outcome", "not_a_choice"}}});
}

void set_option(ImportOptions& options, std::string_view option, std::string_view text) {
    if (option == "mode") return set(kModes, option, text, options.mode);
    if (option == "on_error") return set(kOnErrors, option, text, options.on_error);
    if (option == "on_clash") return set(kOnClashes, option, text, options.on_clash);
    if (option == "format") return set_text(kFormats, option, text, options.format);
    if (option == "encoding") return set_text(kEncodings, option, text, options.encoding);
    if (option == "dry_run" && (text == "true" || text == "false")) {
        options.dry_run = text == "true";
        return;
    }
    refuse_option(option);
}

boost::json::object to_json(const ImportOptions& options) {
    boost::json::array map;
    for (const auto& [column, field] : options.map)
        map.push_back(boost::json::object{{"column", column}, {"field", field}});
    return {{"kind", name_of(options.kind)},
            {"format", options.format},
            {"mode", name(kModes, options.mode)},
            {"on_error", name(kOnErrors, options.on_error)},
            {"on_clash", name(kOnClashes, options.on_clash)},
            {"encoding", options.encoding},
            {"map", std::move(map)},
            {"dry_run", options.dry_run},
            {"file_name", options.file_name}};
}

ImportOptions options_of(const boost::json::object& json) {
    ImportOptions options;
    options.kind = kind_of(std::string_view(json.at("kind").as_string()));
    for (const auto* option : {"format", "mode", "on_error", "on_clash", "encoding"})
        set_option(options, option, std::string_view(json.at(option).as_string()));
    options.dry_run = json.at("dry_run").as_bool();
    options.file_name = std::string(json.at("file_name").as_string());
    for (const auto& one : json.at("map").as_array())
        options.map.push_back(
            {std::string(one.at("column").as_string()), std::string(one.at("field").as_string())});
    return options;
}

}  // namespace otokui::transfer
