#include "saved_search/content.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/problem.hpp"
#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"
#include "list/service.hpp"
#include "search/service.hpp"

namespace otokui::saved_search {
namespace {

constexpr std::array<std::string_view, 4> kSearchMembers{"condition", "text", "sort", "columns"};
constexpr std::array<std::string_view, 3> kDensities{"compact", "normal", "relaxed"};
constexpr std::size_t kMaxWidths = 300;
constexpr std::int64_t kMinWidth = 20, kMaxWidth = 2000;
// Fewer digits may be a house number or the end of a phone number: not enough to reach anybody by.
constexpr std::size_t kFewestDigitsOfContact = 5;

/// What is wrong with the widths of columns, in pixels by key; empty when nothing is.
std::string_view fault_of_widths(const json::Value& value) {
    const auto* widths = value.if_object();
    if (widths == nullptr) return "wrong_type";
    if (widths->size() > kMaxWidths) return "too_many";
    for (const auto& member : *widths) {
        const auto* width = member.value().if_int64();
        if (width == nullptr) return "wrong_type";
        if (*width < kMinWidth || *width > kMaxWidth) return "out_of_range";
    }
    return {};
}

std::vector<FieldError> faults(const core::Catalogue& catalogue, const json::Object& content) {
    std::vector<FieldError> errors;
    const auto add = [&](std::string pointer, std::string code, Text message = {}) {
        errors.push_back({"/content" + std::move(pointer), std::move(code), std::move(message)});
    };
    for (const auto& member : content)
        if (member.key() != "density" && member.key() != "widths" &&
            std::ranges::find(kSearchMembers, std::string_view(member.key())) == kSearchMembers.end())
            add(json::pointer_step(member.key()), "unknown_field");
    if (const auto* density = content.if_contains("density"); density && !density->is_null()) {
        const auto* text = density->if_string();
        if (text == nullptr)
            add("/density", "wrong_type");
        else if (std::ranges::find(kDensities, std::string_view(*text)) == kDensities.end())
            add("/density", "not_a_choice");
    }
    if (const auto* widths = content.if_contains("widths"); widths && !widths->is_null())
        if (const auto fault = fault_of_widths(*widths); !fault.empty()) add("/widths", std::string(fault));
    try {
        search::parse_request(catalogue, search_of(content));
    } catch (const Refused& refused) {
        for (const auto& field : refused.problem().fields) add(field.pointer, field.code, field.message);
    }
    return errors;
}

// Lists are of one person: a search that names one works for that person alone, and as long as the list is
// there.
std::vector<FieldError> faults_of_lists(storage::Transaction& tx, const core::Actor& actor,
                                        const core::Condition& condition) {
    std::vector<FieldError> errors;
    for (const auto* named : core::lists_of(condition)) {
        try {
            list::get_members(tx, actor, *named);
        } catch (const Refused& refused) {
            for (const auto& field : refused.problem().fields)
                errors.push_back({"/content" + field.pointer, field.code, field.message});
        }
    }
    return errors;
}

std::optional<std::int64_t> id_of(const json::Value& value) {
    if (const auto* number = value.if_int64()) return *number;
    const auto* text = value.if_string();
    std::int64_t id = 0;
    if (text == nullptr) return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(id) : std::nullopt;
}

const core::Field* find_field(const core::Catalogue& catalogue, const core::Thing* thing,
                              const json::Object& leaf) {
    const auto* name = leaf.if_contains("field");
    const auto* key = name == nullptr ? nullptr : name->if_string();
    if (key == nullptr) return nullptr;
    if (thing == nullptr && key->starts_with(core::kOwnPrefix))
        return catalogue.find_own(std::string_view(*key).substr(core::kOwnPrefix.size()));
    if (thing == nullptr) return catalogue.find_declared(*key);
    const auto* found = thing->find(*key);
    return found == nullptr ? nullptr : &found->field;
}

const core::Thing* find_thing(const core::Catalogue& catalogue, const json::Object& has) {
    const auto* name = has.if_contains("has");
    const auto* key = name == nullptr ? nullptr : name->if_string();
    return key == nullptr ? nullptr : catalogue.find_thing(*key);
}

/// Calls `each(leaf, field, pointer)` for every leaf of a tree as it was stored, those about things customers
/// have too. field: nullptr where nobody knows it, and for the one box. What has another form is passed over:
/// parsing tells what is wrong with it.
template <class Tree, class Each>
void for_each_leaf(const core::Catalogue& catalogue, Tree& tree, const std::string& pointer, const Each& each,
                   const core::Thing* thing = nullptr) {
    auto* object = tree.if_object();
    if (object == nullptr) return;
    for (const char* kind : {"all", "any", "none"})
        if (auto* parts = object->if_contains(kind))
            if (auto* array = parts->if_array())
                for (std::size_t i = 0; i < array->size(); ++i)
                    for_each_leaf(catalogue, (*array)[i], pointer + "/" + kind + "/" + std::to_string(i),
                                  each, thing);
    if (auto* where = object->if_contains("where"))
        if (const auto* known = find_thing(catalogue, *object))
            for_each_leaf(catalogue, *where, pointer + "/where", each, known);
    if (object->contains("field") || object->contains("text"))
        each(*object, find_field(catalogue, thing, *object), pointer);
}

bool looks_like_contact(std::string_view word) {
    std::size_t digits = 0;
    for (const char32_t c : text::CodePoints(word)) {
        if (c == U'@' || c == U'＠') return true;
        if ((c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９')) ++digits;
    }
    return digits >= kFewestDigitsOfContact;
}

bool mask_words(json::Value& value) {
    const auto* typed = value.if_string();
    if (typed == nullptr) return false;
    std::string shown, word;
    bool masked = false;
    const auto end_word = [&] {
        const bool hide = looks_like_contact(word);
        masked |= hide;
        shown += hide ? std::string(core::kMask) : word;
        word.clear();
    };
    for (const char32_t c : text::CodePoints(*typed)) {
        if (!text::is_space(c)) {
            text::append_utf8(word, c);
            continue;
        }
        end_word();
        text::append_utf8(shown, c);
    }
    end_word();
    if (masked) value = boost::json::string(shown);
    return masked;
}

}  // namespace

json::Object search_of(const json::Object& content) {
    json::Object search;
    for (const auto member : kSearchMembers)
        if (const auto* value = content.if_contains(member)) search[member] = *value;
    return search;
}

std::vector<FieldError> check_content(const core::Catalogue& catalogue, const core::Actor& actor,
                                      storage::Transaction& tx, const json::Object& content) {
    auto errors = faults(catalogue, content);
    if (!errors.empty()) return errors;
    const auto request = search::parse_request(catalogue, search_of(content));
    search::require_visible(request.condition, request.sort, actor);
    return faults_of_lists(tx, actor, request.condition);
}

std::vector<Warning> warnings_of(const core::Catalogue& catalogue, const core::Actor& actor,
                                 storage::Transaction& tx, core::Masters& masters,
                                 const json::Object& content) {
    auto told = faults(catalogue, content);
    if (told.empty())
        told = faults_of_lists(tx, actor, search::parse_request(catalogue, search_of(content)).condition);
    std::vector<Warning> warnings;
    for (auto& fault : told) warnings.push_back({fault.pointer, fault.code});
    const auto* condition = content.if_contains("condition");
    if (condition == nullptr) return warnings;
    const auto look = [&](const json::Object& leaf, const core::Field* field, const std::string& pointer) {
        if (field != nullptr && field->retired) warnings.push_back({pointer + "/field", "field_retired"});
        const auto* value = leaf.if_contains("value");
        const auto* ids = value == nullptr ? nullptr : value->if_array();
        if (field == nullptr || field->master.empty() || ids == nullptr) return;
        for (std::size_t i = 0; i < ids->size(); ++i)
            if (const auto id = id_of((*ids)[i]); id && !masters.exists(field->master, *id))
                warnings.push_back({pointer + "/value/" + std::to_string(i), "master_deleted"});
    };
    for_each_leaf(catalogue, *condition, "/content/condition", look);
    return warnings;
}

bool mask_contact(const core::Catalogue& catalogue, const core::Actor& actor, json::Object& content) {
    if (actor.may(core::kUnmaskedRight)) return false;
    bool masked = false;
    if (auto* text = content.if_contains("text")) masked |= mask_words(*text);
    const auto mask = [&](json::Object& leaf, const core::Field* field, const std::string&) {
        if (auto* words = leaf.if_contains("text")) masked |= mask_words(*words);
        if (field == nullptr || !core::is_masked(*field, actor)) return;
        masked = true;
        if (auto* value = leaf.if_contains("value")) *value = core::kMask;
    };
    if (auto* condition = content.if_contains("condition")) for_each_leaf(catalogue, *condition, "", mask);
    return masked;
}

}  // namespace otokui::saved_search
