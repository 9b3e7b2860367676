#include "staff/preferences.hpp"

#include <algorithm>
#include <array>

#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::size_t kMaxColumns = 200;
constexpr std::size_t kMaxWidths = 300;
constexpr std::size_t kMaxKeyLength = 100;
constexpr std::int64_t kMinWidth = 20, kMaxWidth = 2000;
constexpr std::array<std::int64_t, 4> kPageSizes{20, 50, 100, 200};

struct ChoiceRule {
    std::string_view key;
    std::vector<std::string_view> choices;
};

const std::vector<ChoiceRule>& choice_rules() {
    static const std::vector<ChoiceRule> kRules{{"language", {"ja", "en"}},
                                                {"theme", {"auto", "light", "dark"}},
                                                {"density", {"compact", "normal", "relaxed"}},
                                                {"navigation", {"wide", "narrow"}},
                                                {"week_start", {"sunday", "monday"}},
                                                {"export_encoding", {"utf-8", "utf-8-bom", "cp932"}}};
    return kRules;
}

void check_columns(json::ObjectReader& reader, std::string_view key) {
    auto keys = reader.find_texts(key);
    if (!keys) return;
    if (keys->size() > kMaxColumns) return reader.add_error(key, "too_many");
    if (std::ranges::any_of(
            *keys, [](const std::string& name) { return name.empty() || name.size() > kMaxKeyLength; }))
        return reader.add_error(key, "too_long");
    std::ranges::sort(*keys);
    if (std::ranges::adjacent_find(*keys) != keys->end()) reader.add_error(key, "duplicate");
}

void check_widths(json::ObjectReader& reader) {
    const auto* widths = reader.find_object("widths");
    if (widths == nullptr) return;
    if (widths->size() > kMaxWidths) return reader.add_error("widths", "too_many");
    for (const auto& [key, width] : *widths) {
        if (key.size() > kMaxKeyLength) return reader.add_error("widths", "too_long");
        if (!width.is_int64()) return reader.add_error("widths", "wrong_type");
        if (width.as_int64() < kMinWidth || width.as_int64() > kMaxWidth)
            return reader.add_error("widths", "out_of_range");
    }
}

void check(const json::Value& body) {
    json::ObjectReader reader(body);
    for (const auto& rule : choice_rules())
        if (const auto choice = reader.find_text(rule.key))
            if (std::ranges::find(rule.choices, *choice) == rule.choices.end())
                reader.add_error(rule.key, "not_a_choice");
    if (const auto size = reader.find_integer("page_size"))
        if (std::ranges::find(kPageSizes, *size) == kPageSizes.end())
            reader.add_error("page_size", "not_a_choice");
    check_columns(reader, "columns");
    check_columns(reader, "export_columns");
    check_widths(reader);
    reader.finish();
}

}  // namespace

json::Object read_preferences(core::Journal& journal, StaffId staff) {
    const auto content =
        journal.database().read([&](storage::Transaction& tx) { return store::find_preferences(tx, staff); });
    return content ? json::parse(*content).as_object() : json::Object{};
}

json::Object write_preferences(core::Journal& journal, StaffId staff, const json::Value& body) {
    check(body);
    json::Object chosen;
    for (const auto& [key, value] : body.as_object())
        if (!value.is_null()) chosen[key] = value;
    const std::string content = json::to_text(chosen);
    journal.housekeeping([&](core::Writer& writer) { store::put_preferences(writer, staff, content); });
    return chosen;
}

}  // namespace otokui::staff
