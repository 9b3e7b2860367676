#include "core/record_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <charconv>

#include "base/prefectures.hpp"
#include "base/problem.hpp"
#include "base/text/birth_date.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"
#include "core/settings.hpp"

namespace otokui::core {
namespace {

using boost::json::value;

value text_or_null(std::string_view text) {
    return text.empty() ? value() : value(boost::json::string(text));
}

void append_number(std::string& text, std::int64_t number) {
    std::array<char, 24> digits;
    text.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

constexpr std::string_view kMemberId = "member_id", kMail = "email";

int shown_column(const Field& field, const std::vector<int>& positions, const Masters& masters) {
    return field.key == kMemberId && masters.has_mail_ids() ? positions.back() : positions.front();
}

bool shows_a_mail(std::string_view member_id) { return member_id.find('@') != std::string_view::npos; }

// Masked as long as there is something to hide; an empty value stays visible as empty.
value masked(std::string_view text) { return text.empty() ? value() : value(boost::json::string(kMask)); }

std::int64_t full_years(const storage::Row& row, int column, Day today) {
    const auto born = parse_day(row.text(column));
    return born ? text::age_on(*born, today) : 0;
}

// The code of a choice of numbers: as it is stored, or the month of the day it is computed from.
std::int64_t code_of(const Field& field, const storage::Row& row, int column) {
    if (field.computed_from.empty()) return row.integer(column);
    const auto day = parse_day(row.text(column));
    return day ? std::int64_t{unsigned(day->month())} : 0;
}

// Codes of numbers mostly count from 1, and files of a million rows ask this for each.
std::string label_of(const Field& field, std::int64_t code) {
    const auto text = std::to_string(code);
    const auto fits = [&](const Choice& one) { return one.code == text; };
    if (code >= 1 && code <= std::ssize(field.choices)) {
        const auto& likely = field.choices[static_cast<std::size_t>(code - 1)];
        if (fits(likely)) return likely.label.ja;
    }
    const auto choice = std::find_if(field.choices.begin(), field.choices.end(), fits);
    return choice == field.choices.end() ? std::string() : choice->label.ja;
}

}  // namespace

bool member_id_is_mail(storage::Transaction& tx) {
    const auto row = settings::find(tx, "customer");
    const auto* rule = row ? row->content.if_contains("member_id") : nullptr;
    return rule && *rule == "mail";
}

bool is_masked(const Field& field, const Actor& actor) {
    return field.is_contact() && !actor.may(kUnmaskedRight);
}

void require_unmasked(const Catalogue& catalogue, const Actor& actor, const boost::json::object& body) {
    std::vector<FieldError> masked;
    for (const auto& [key, value] : body)
        if (const auto* field = catalogue.find(key); field && is_masked(*field, actor))
            masked.push_back({"/" + std::string(key), "forbidden"});
    if (masked.empty()) return;
    throw Refused({ProblemKind::forbidden,
                   "field.forbidden",
                   {"伏せ字で表示される項目は変更できません。",
                    "Fields that are shown to you masked cannot be changed by you."},
                   std::move(masked)});
}

const Masters::Names& Masters::names(const std::string& table) {
    auto found = tables_.find(table);
    if (found != tables_.end()) return found->second;
    auto& names = tables_[table];
    tx_.query("SELECT id, name FROM " + table, {}, [&](const storage::Row& row) {
        names.by_id.emplace(row.integer(0), row.text(1));
        names.by_name.emplace(row.text(1), row.integer(0));
    });
    return names;
}

const std::string& Masters::name(const std::string& table, std::int64_t id) {
    static const std::string kGone = "(削除済み)";
    const auto& by_id = names(table).by_id;
    const auto found = by_id.find(id);
    return found == by_id.end() ? kGone : found->second;
}

void Masters::read_member_id_rule() {
    if (!has_mail_ids_) has_mail_ids_ = member_id_is_mail(tx_);
}

bool Masters::exists(const std::string& table, std::int64_t id) { return names(table).by_id.contains(id); }

std::optional<std::int64_t> Masters::find(const std::string& table, std::string_view name) {
    const auto& by_name = names(table).by_name;
    const auto found = by_name.find(std::string(name));
    return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

RecordReader::RecordReader(const Catalogue& catalogue, std::vector<const Field*> fields, const Actor& actor,
                           Day today)
    : fields_(std::move(fields)), today_(today) {
    for (const Field* field : fields_)
        sources_.push_back({field, positions_of(catalogue, *field), is_masked(*field, actor)});
    for (const auto& column : selected_) columns_ += (columns_.empty() ? "c." : ", c.") + column;
}

int RecordReader::position_of(const std::string& column) {
    const auto found = std::find(selected_.begin(), selected_.end(), column);
    if (found != selected_.end()) return static_cast<int>(found - selected_.begin());
    selected_.push_back(column);
    return static_cast<int>(selected_.size()) - 1;
}

std::vector<int> RecordReader::positions_of(const Catalogue& catalogue, const Field& field) {
    if (field.key == kMemberId) return {position_of(field.column), position_of(catalogue.get(kMail).column)};
    if (!field.column.empty()) return {position_of(field.column)};
    if (!field.computed_from.empty()) return {position_of(catalogue.get(field.computed_from).column)};
    std::vector<int> positions;
    for (const auto& part : field.parts) positions.push_back(position_of(catalogue.get(part).column));
    return positions;
}

// Names are joined by one space; an address runs together and only the building stands apart.
std::string RecordReader::joined(const storage::Row& row, const Source& source) const {
    std::string text;
    const auto& parts = source.field->parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const int column = source.positions[i];
        const bool is_prefecture = parts[i] == "prefecture";
        const auto part = is_prefecture ? prefecture_name(static_cast<int>(row.integer(column)))
                                        : std::string(row.text(column));
        if (part.empty()) continue;
        const bool apart = source.field->shadow != text::ShadowKind::address || parts[i] == "building";
        if (apart && !text.empty()) text += ' ';
        text += part;
    }
    return text;
}

const value* RecordReader::answer(const storage::Row& row, const Source& source) const {
    const auto text = row.text(source.positions.front());
    if (text != answered_) {
        answered_ = text;
        answers_ = answers::parse(text);
    }
    return answers_.if_contains(source.field->answer);
}

value RecordReader::value(const storage::Row& row, const Source& source, const Masters& masters) const {
    const auto& field = *source.field;
    if (field.is_own()) {
        const auto* given = answer(row, source);
        return source.masked && given ? boost::json::value(kMask) : answers::shown(field, given);
    }
    if (field.key == "deleted") return row.is_null(source.positions.front()) ? "no" : "yes";
    if (!field.parts.empty()) {
        const auto text = joined(row, source);
        return source.masked ? masked(text) : text_or_null(text);
    }
    const int column = shown_column(field, source.positions, masters);
    if (row.is_null(column)) return nullptr;
    if (field.key == "age") return full_years(row, column, today_);
    switch (field.type) {
        case FieldType::text: {
            const bool hidden = source.masked && (field.key != kMemberId || shows_a_mail(row.text(column)));
            return hidden ? masked(row.text(column)) : text_or_null(row.text(column));
        }
        case FieldType::day:
            return text_or_null(row.text(column));
        case FieldType::choice:
            return field.integer_codes ? boost::json::value(code_of(field, row, column))
                                       : text_or_null(row.text(column));
        case FieldType::id:
        case FieldType::reference:
            return boost::json::string(std::to_string(row.integer(column)));
        case FieldType::set: {
            boost::json::array ids;
            for (const auto id : parse_set(row.text(column))) ids.emplace_back(std::to_string(id));
            return ids;
        }
        case FieldType::number:
        case FieldType::money:
            return row.integer(column);
        case FieldType::moment:
            return boost::json::string(format_moment({row.integer(column)}));
        case FieldType::boolean:
            return row.integer(column) != 0;
    }
    return nullptr;
}

boost::json::object RecordReader::read(const storage::Row& row, Masters& masters) const {
    boost::json::object result;
    for (const auto& source : sources_) {
        const auto& field = *source.field;
        result[field.key] = value(row, source, masters);
        const int column = source.positions.front();
        if (field.is_own()) {
            const auto* given = answer(row, source);
            if (field.type == FieldType::set)
                result[field.key + "_names"] = answers::names(field, given);
            else if (field.type == FieldType::choice)
                result[field.key + "_name"] = answers::names(field, given);
        } else if (field.integer_codes) {
            result[field.key + "_name"] = row.is_null(column)
                                              ? boost::json::value()
                                              : text_or_null(label_of(field, code_of(field, row, column)));
        } else if (field.type == FieldType::reference) {
            result[field.key + "_name"] = row.is_null(column)
                                              ? boost::json::value()
                                              : text_or_null(masters.name(field.master, row.integer(column)));
        } else if (field.type == FieldType::set) {
            boost::json::array names;
            for (const auto id : parse_set(row.text(column)))
                names.emplace_back(masters.name(field.master, id));
            result[field.key + "_names"] = std::move(names);
        }
    }
    return result;
}

void RecordReader::prepare(Masters& masters) const {
    for (const Field* field : fields_)
        if (!field->master.empty())
            masters.exists(field->master, 0);
        else if (field->key == kMemberId)
            masters.read_member_id_rule();
}

void RecordReader::append_cell(const storage::Row& row, std::size_t index, Masters& masters,
                               std::string& cell) const {
    const auto& source = sources_[index];
    const auto& field = *source.field;
    const int column = shown_column(field, source.positions, masters);
    if (field.is_own()) {
        const auto* given = answer(row, source);
        cell += source.masked && given ? std::string(kMask) : answers::cell(field, given);
        return;
    }
    if (field.parts.empty() && field.key != "deleted" && row.is_null(column)) return;
    const bool is_written_out = field.parts.empty() && !source.masked && field.key != "deleted";
    const bool is_number =
        field.type == FieldType::number || field.type == FieldType::money || field.type == FieldType::id;
    if (is_written_out && field.type == FieldType::text) {
        cell += row.text(column);
    } else if (is_written_out && field.type == FieldType::day) {
        cell += written_day(row.text(column));
    } else if (is_written_out && is_number && field.computed_from.empty()) {
        append_number(cell, row.integer(column));
    } else if (field.integer_codes) {
        cell += label_of(field, code_of(field, row, column));
    } else if (field.type == FieldType::reference) {
        cell += masters.name(field.master, row.integer(column));
    } else if (field.type == FieldType::set) {
        const char* separator = "";
        for (const auto id : parse_set(row.text(column))) {
            cell += separator + masters.name(field.master, id);
            separator = "|";
        }
    } else if (field.type == FieldType::moment) {
        cell += written_moment({row.integer(column)});
    } else if (field.type == FieldType::boolean) {
        cell += row.integer(column) != 0 ? '1' : '0';
    } else if (field.type == FieldType::choice && field.key != "deleted") {
        const auto code = row.text(column);
        const auto choice = std::find_if(field.choices.begin(), field.choices.end(),
                                         [&](const Choice& one) { return one.code == code; });
        cell += choice == field.choices.end() ? std::string(code) : choice->label.ja;
    } else {
        const auto shown = value(row, source, masters);
        if (const auto* text = shown.if_string())
            cell += std::string_view(*text);
        else if (const auto* number = shown.if_int64())
            cell += std::to_string(*number);
    }
}

}  // namespace otokui::core
