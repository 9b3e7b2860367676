#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/prefectures.hpp"
#include "base/text/shadow.hpp"
#include "search/text_index.hpp"
#include "search/tokens.hpp"

namespace otokui::search {
namespace {

constexpr std::pair<std::string_view, char> kLetters[] = {
    {"name", 'n'},      {"kana", 'k'},        {"email", 'e'},   {"email2", 'f'},  {"phone", 'p'},
    {"fax", 'q'},       {"number", 'u'},      {"address", 'a'}, {"company", 'c'}, {"department", 'd'},
    {"member_id", 'm'}, {"postal_code", 'o'}, {"memo", 'r'},    {"status", 's'},  {"prefecture", 't'},
};
constexpr int kPrefectures = 47;

}  // namespace

bool is_indexed_choice(std::string_view key) {
    return std::find(std::begin(kIndexedChoices), std::end(kIndexedChoices), key) !=
           std::end(kIndexedChoices);
}

char letter_of(std::string_view text_index) {
    for (const auto& [column, letter] : kLetters)
        if (column == text_index) return letter;
    throw std::logic_error("no letter for the index column " + std::string(text_index));
}

void mark_deleted(std::string& document) { (document += ' ') += kDeletedToken; }

Documents::Documents(const core::Catalogue& catalogue) {
    for (const auto& field : catalogue.fields()) {
        // Parts of a joined text have the index column of the whole and nothing of their own in it.
        if (field.key != field.text_index && !is_indexed_choice(field.key)) continue;
        Column column{letter_of(field.key), is_indexed_choice(field.key), {}};
        for (const auto& part : field.parts) {
            const auto& source = catalogue.get(part);
            column.parts.push_back(
                position_of(source.shadow_column.empty() ? source.column : source.shadow_column));
            if (source.integer_codes) prefecture_ = column.parts.back();
        }
        if (field.parts.empty())
            column.parts.push_back(
                position_of(field.shadow_column.empty() ? field.column : field.shadow_column));
        index_.push_back(std::move(column));
    }
    for (int number = 0; number <= kPrefectures; ++number)
        prefectures_.push_back(text::shadow(text::ShadowKind::address, prefecture_name(number)));
}

std::size_t Documents::position_of(const std::string& column) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i] == column) return i;
    columns_.push_back(column);
    return columns_.size() - 1;
}

std::string Documents::make(const std::vector<std::string_view>& values) const {
    std::string document, joined;
    for (const auto& column : index_) {
        if (column.is_code) {
            const auto code = values[column.parts.front()];
            if (code.empty()) continue;
            if (!document.empty()) document.push_back(' ');
            document += code_token(column.letter, code);
            continue;
        }
        joined.clear();
        for (const auto part : column.parts) {
            if (part != prefecture_)
                joined += values[part];
            else if (!values[part].empty())
                joined += prefectures_.at(static_cast<std::size_t>(std::stoi(std::string(values[part]))));
        }
        append_tokens(document, column.letter, joined);
    }
    return document;
}

}  // namespace otokui::search
