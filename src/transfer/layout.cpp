#include "transfer/layout.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "transfer/csv_writer.hpp"
#include "transfer/header_names.hpp"

namespace otokui::transfer {
namespace {

using core::Field;
using Header = std::span<const std::string>;

// What a file of rejected rows has behind its columns; it comes in again without them.
constexpr std::array<std::string_view, 3> kRejectColumns{"line", "column", "reason"};

bool is_reject_column(std::string_view header) {
    return std::find(kRejectColumns.begin(), kRejectColumns.end(), header) != kRejectColumns.end();
}

[[noreturn]] void refuse_mapping(std::string_view column, std::string_view code) {
    throw Refused({ProblemKind::invalid,
                   "import.mapping_invalid",
                   {"列の対応付けに誤りがあります: " + std::string(column),
                    "The mapping of columns is wrong: " + std::string(column)},
                   {{"/map/" + std::string(column), std::string(code)}}});
}

bool has(Header header, std::string_view name) {
    return std::find(header.begin(), header.end(), name) != header.end();
}

// Most of a file's columns must be ours: other systems share some plain words with us.
bool is_otokui(const Schema& schema, Header header) {
    const auto known = std::count_if(header.begin(), header.end(), [&](const std::string& name) {
        return is_reject_column(name) || schema.find_by_header(name) != nullptr;
    });
    return !header.empty() && static_cast<std::size_t>(known) * 4 >= header.size() * 3;
}

std::string format_of(const Schema& schema, Header header, const std::string& asked) {
    if (asked != "auto") return asked;
    if (schema.kind() == Kind::customers) {
        if (has(header, "お名前(姓)") && has(header, "会員ID")) return "eccube";
        if (has(header, "First Name") && has(header, "Last Name") &&
            (has(header, "Accepts Email Marketing") || has(header, "Accepts Marketing")))
            return "shopify";
    }
    return is_otokui(schema, header) ? "otokui" : "mapped";
}

// A column of an unknown file goes to the field its name says, unless an earlier one went there.
const Field* guess(const Schema& schema, std::string_view header) {
    if (schema.kind() == Kind::customers)
        if (const auto key = guess_customer_field(header); !key.empty()) return schema.find(key);
    const auto* field = schema.find_by_header(header);
    return field && field->key != "id" ? field : nullptr;
}

const Field* field_of(const Schema& schema, const std::string& format, std::string_view header) {
    if (is_reject_column(header)) return nullptr;
    if (format == "otokui") return schema.find_by_header(header);
    if (header == kControl || header == "コントロールカラム") return schema.find(kControl);
    if (format == "eccube") return schema.find(eccube_field(header));
    if (format == "shopify") return schema.find(shopify_field(header));
    return guess(schema, header);
}

class Builder {
public:
    Builder(const Schema& schema, Header header) : schema_(schema), fields_(header.size()) {}

    void set(std::size_t column, const Field* field) { fields_[column] = field; }
    const Field* at(std::size_t column) const { return fields_[column]; }

    // What a person says of a column goes before what we think, also about other columns.
    void override_with(Header header, const std::vector<MappedColumn>& map) {
        std::unordered_set<std::string> taken;
        for (const auto& [column, key] : map) {
            const auto found = std::find(header.begin(), header.end(), column);
            if (found == header.end()) refuse_mapping(column, "unknown_column");
            const Field* field = nullptr;
            if (!key.empty()) {
                field = schema_.find_by_header(key);
                if (!field) refuse_mapping(column, "unknown_field");
                if (!schema_.is_taken(*field)) refuse_mapping(column, "read_only");
                if (!taken.insert(field->key).second) refuse_mapping(column, "duplicate");
                std::replace(fields_.begin(), fields_.end(), field, static_cast<const Field*>(nullptr));
            }
            fields_[static_cast<std::size_t>(found - header.begin())] = field;
        }
    }

    // A whole name says nothing that its parts do not say better.
    void drop_wholes() {
        for (const auto& [whole, parts] : {std::pair{"name", std::array{"family_name", "given_name"}},
                                           std::pair{"kana", std::array{"family_kana", "given_kana"}}})
            if (std::any_of(parts.begin(), parts.end(), [&](const char* part) { return takes(part); }))
                for (auto& field : fields_)
                    if (field && field->key == whole) field = nullptr;
    }

    bool takes(std::string_view key) const {
        return std::any_of(fields_.begin(), fields_.end(),
                           [&](const Field* field) { return field && field->key == key; });
    }

private:
    const Schema& schema_;
    std::vector<const Field*> fields_;
};

// (名称) and Province stand behind or before their code; the words count, the code is the way out.
bool is_code_column(std::string_view header) { return header.find("(ID)") != std::string_view::npos; }

std::string plain_ascii(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 6> kLong{
        {{"ō", 'o'}, {"Ō", 'O'}, {"ū", 'u'}, {"Ū", 'U'}, {"ē", 'e'}, {"ā", 'a'}}};
    std::string result(text);
    for (const auto& [from, to] : kLong)
        for (auto at = result.find(from); at != std::string::npos; at = result.find(from, at))
            result.replace(at, from.size(), 1, to);
    return result;
}

}  // namespace

const Source* Layout::find(std::string_view key) const {
    for (const auto& source : sources)
        if (source.field->key == key) return &source;
    return nullptr;
}

std::vector<MappedColumn> Layout::columns() const {
    std::vector<MappedColumn> result;
    for (const auto& name : header) result.push_back({name, ""});
    for (const auto& source : sources)
        for (const auto column : source.columns) result[column].field = source.field->key;
    return result;
}

std::string Layout::cell(const Field& field, std::string_view raw) const {
    if (is_guarded) raw = unguarded(raw);
    if (format == "otokui") return std::string(raw);
    if (format == "shopify" && raw.starts_with('\'')) raw.remove_prefix(1);
    if (field.key == "prefecture") {
        const auto name = plain_ascii(text::trimmed(raw));
        return name.starts_with("JP-") ? name.substr(3) : name;
    }
    if (field.type == core::FieldType::choice) return std::string(our_word(field.key, text::trimmed(raw)));
    return std::string(raw);
}

Layout recognise(const Schema& schema, Header header, const ImportOptions& options,
                 const std::vector<MappedColumn>& remembered) {
    Layout layout;
    layout.format = format_of(schema, header, options.format);
    for (const auto& name : header) layout.header.push_back(text::trimmed(name));

    const bool is_of_rejects = std::all_of(kRejectColumns.begin(), kRejectColumns.end(),
                                           [&](std::string_view name) { return has(layout.header, name); });
    layout.is_guarded = layout.format == "otokui" || is_of_rejects;

    Builder builder(schema, layout.header);
    const bool has_map = !options.map.empty() || !remembered.empty();
    const bool by_map_alone = options.format == "mapped" && has_map;
    for (std::size_t column = 0; column < header.size() && !by_map_alone; ++column) {
        const auto* field = field_of(schema, layout.format, layout.header[column]);
        if (!field || !schema.is_taken(*field)) continue;
        if (layout.format == "mapped" && builder.takes(field->key)) continue;
        builder.set(column, field);
    }
    builder.override_with(layout.header, options.map.empty() ? remembered : options.map);
    builder.drop_wholes();

    for (std::size_t column = 0; column < header.size(); ++column) {
        const auto* field = builder.at(column);
        if (!field) {
            if (!is_reject_column(layout.header[column])) layout.ignored.push_back(layout.header[column]);
            continue;
        }
        auto source = std::find_if(layout.sources.begin(), layout.sources.end(),
                                   [&](const Source& one) { return one.field == field; });
        if (source == layout.sources.end()) {
            layout.sources.push_back({field, {column}});
        } else if (layout.format == "otokui") {
            throw Refused({ProblemKind::invalid,
                           "import.duplicate_column",
                           {"同じ列が2つあります: " + layout.header[column],
                            "A column stands twice: " + layout.header[column]}});
        } else if (is_code_column(layout.header[source->columns.front()])) {
            source->columns.insert(source->columns.begin(), column);
        } else {
            source->columns.push_back(column);
        }
    }
    if (layout.sources.empty())
        throw Refused({ProblemKind::invalid,
                       "import.format_unknown",
                       {"どの列も項目に対応付けられません。1行目が見出しか確認してください。",
                        "No column could be recognised. Is the first line a header?"}});
    return layout;
}

std::string signature_of(Header header) {
    std::string text;
    for (const auto& name : header) text += text::trimmed(name) + '\n';
    const auto digest = crypto::digest(text);
    return crypto::base64url(std::span(digest).first(16));
}

std::vector<MappedColumn> parse_map(std::string_view text) {
    const auto hex = [](char letter) {
        if (letter >= '0' && letter <= '9') return letter - '0';
        if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
        if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
        return -1;
    };
    const auto decoded = [&](std::string_view part) {
        std::string result;
        for (std::size_t at = 0; at < part.size(); ++at) {
            const bool is_code =
                part[at] == '%' && at + 2 < part.size() && hex(part[at + 1]) >= 0 && hex(part[at + 2]) >= 0;
            if (!is_code) {
                result += part[at];
                continue;
            }
            result += static_cast<char>(hex(part[at + 1]) * 16 + hex(part[at + 2]));
            at += 2;
        }
        return result;
    };
    std::vector<MappedColumn> map;
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const auto sign = pair.find('=');
        if (sign == std::string_view::npos) refuse_mapping(pair, "malformed");
        map.push_back(
            {text::trimmed(decoded(pair.substr(0, sign))), text::trimmed(decoded(pair.substr(sign + 1)))});
    }
    return map;
}

}  // namespace otokui::transfer
