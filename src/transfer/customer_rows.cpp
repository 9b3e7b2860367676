#include "transfer/customer_rows.hpp"

#include "base/text/card_number.hpp"
#include "base/text/normalise.hpp"

namespace otokui::transfer {
namespace {

std::optional<std::int64_t> id_of(std::string_view cell) {
    const auto digits = text::trimmed(cell);
    if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoll(digits);
}

// An empty cell is no flag and an empty set.
bool can_be_emptied(const core::Field& field) {
    return field.nullable || field.type == core::FieldType::boolean || field.type == core::FieldType::set;
}

}  // namespace

void warn(Warnings& warnings, const std::string& code, std::int64_t line) {
    auto& warning = warnings[code];
    ++warning.count;
    if (warning.lines.size() < Warning::kMostLines) warning.lines.push_back(line);
}

CustomerRows::CustomerRows(const ImportCase& import) : import_(import) {
    for (const auto& source : import.layout.sources)
        readings_.push_back({source.field, source.columns, "/" + source.field->key});
}

std::string_view CustomerRows::raw_cell(const RawRow& row, const Reading& reading) const {
    for (const auto column : reading.columns)
        if (column < row.cells.size() && !row.cells[column].empty()) return row.cells[column];
    return {};
}

std::string CustomerRows::cell_of(const RawRow& row, std::string_view key) const {
    for (const auto& reading : readings_)
        if (reading.field->key == key)
            return text::trimmed(import_.layout.cell(*reading.field, raw_cell(row, reading)));
    return {};
}

bool CustomerRows::has_keys() const {
    return import_.layout.find("number") ||
           (import_.options.mode != Mode::create && import_.layout.find("id"));
}

std::vector<std::string> CustomerRows::keys(const RawRow& row) const {
    // As they are read: 7 and 007 are one id.
    std::vector<std::string> keys;
    if (import_.options.mode != Mode::create)
        if (const auto id = id_of(cell_of(row, "id"))) keys.push_back("id:" + std::to_string(*id));
    if (auto number = cell_of(row, "number"); !number.empty()) keys.push_back("number:" + std::move(number));
    return keys;
}

std::string CustomerRows::column_of(std::string_view pointer) const {
    const auto* source = import_.layout.find(pointer.substr(1));
    return source ? import_.layout.header[source->columns.front()] : std::string();
}

void CustomerRows::read_control(const RawRow& row, Candidate& candidate) const {
    candidate.mode = import_.options.mode;
    if (candidate.mode != Mode::control) return;
    const auto letter = cell_of(row, kControl);
    if (letter == "n" || letter == "N") {
        candidate.mode = Mode::create;
    } else if (letter == "u" || letter == "U") {
        candidate.mode = Mode::update;
    } else if (letter != "d" && letter != "D") {
        candidate.mode = Mode::upsert;
        candidate.errors.push_back({column_of("/control"), "not_a_control"});
    }
}

Candidate CustomerRows::read(const RawRow& row, customer::FieldInput& fields, Warnings& warnings) const {
    Candidate candidate;
    candidate.raw = &row;
    candidate.errors = row.problems;
    read_control(row, candidate);
    auto& input = candidate.input;
    for (const auto& reading : readings_) {
        const auto& field = *reading.field;
        if (field.key == kControl) continue;
        const auto cell = import_.layout.cell(field, raw_cell(row, reading));
        if (field.key == "id") {
            candidate.id = id_of(cell);
            if (!candidate.id && !text::trimmed(cell).empty() && import_.options.mode != Mode::create)
                input.errors.push_back({reading.pointer, "not_an_id"});
        } else if (field.key == "name") {
            candidate.name = text::trimmed(cell);
        } else if (field.key == "kana") {
            candidate.kana = text::kana(cell);
        } else if (!can_be_emptied(field) && text::trimmed(cell).empty()) {
            candidate.left_empty.push_back(&field);
        } else {
            const auto errors = input.errors.size();
            fields.read_cell(field, cell, reading.pointer, input);
            if ((field.key == "memo" || field.key == "alert") && !text::find_card_numbers(cell).empty())
                warn(warnings, "card_number_masked", row.line);
            const bool foreign_word =
                import_.layout.format != "otokui" && !field.master.empty() && input.errors.size() > errors;
            if (foreign_word) {
                input.errors.pop_back();
                warn(warnings, "unknown_word_left_out", row.line);
            }
        }
    }
    const auto text_at = [&](std::string_view column) {
        const auto* value = input.find(column);
        return value && std::holds_alternative<std::string>(*value) ? std::get<std::string>(*value)
                                                                    : std::string();
    };
    candidate.number = text_at("number");
    candidate.member_id = text_at("member_id");
    candidate.email = text_at("email");
    return candidate;
}

}  // namespace otokui::transfer
