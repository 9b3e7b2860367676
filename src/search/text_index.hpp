#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "core/registry.hpp"
#include "storage/database.hpp"

// What makes customers findable by text, by sets and by their answers, kept in the transaction that changes
// them.
namespace otokui::search {

/// The letter under which tokens of an index column (Field::text_index) are stored. Letters are in every
/// stored token: a new column takes a new one. std::logic_error for an unknown column.
char letter_of(std::string_view text_index);
/// Choices whose codes stand in the text index too, so that ticks beside a text need no look at the rows.
inline constexpr std::string_view kIndexedChoices[] = {"status", "prefecture"};
bool is_indexed_choice(std::string_view key);

/// PostgreSQL keeps the documents of the living and the deleted in one table; those of the deleted end in
/// this token. Its letter is no column's.
inline constexpr std::string_view kDeletedToken = "xdeleted";
void mark_deleted(std::string& document);

/// What PostgreSQL's column of documents takes: texts that are copied, as more rows than so many always are,
/// or said to be documents.
inline constexpr std::size_t kFewDocuments = 16;
extern const std::string_view kInsertDocument;

/// The index document of one customer, made by the catalogue.
class Documents {
public:
    explicit Documents(const core::Catalogue& catalogue);

    /// Columns of table customer a document is made of, in the order make() takes their values.
    const std::vector<std::string>& columns() const { return columns_; }
    /// `values`: texts as they stand; a prefecture as its number.
    std::string make(const std::vector<std::string_view>& values) const;

private:
    struct Column {
        char letter;
        bool is_code;
        std::vector<std::size_t> parts;  // positions in columns_; their texts run together
    };
    std::size_t position_of(const std::string& column);

    std::vector<std::string> columns_;
    std::size_t prefecture_ = 0;  // position of the one part that is a number
    std::vector<Column> index_;
    std::vector<std::string> prefectures_;  // shadows of their names by number
};

/// For core::Hooks::after of table customer: brings the text index, customer_set, customer_answer and
/// customer_tally in step with the rows.
std::function<void(core::Writer&, const std::vector<core::RowChange>&)> index_hook(
    const core::Catalogue& catalogue, const core::Table& customers);

/// For core::Hooks::text_of: the index document of a customer's row.
std::function<std::string(const core::Record&)> index_text(const core::Catalogue& catalogue,
                                                           const core::Table& customers);

/// Does a piece of merging the text index into one, after which nothing is left of tokens that were taken
/// out; true while there is more to do. SQLite alone has such leftovers. Each piece is some 10 ms.
bool merge_index(core::Writer& writer);

/// Makes text index, customer_set, customer_answer and customer_tally anew from the customers: after bulk
/// loads that went past the hook, in their transaction. Cost: about two minutes for a million customers on
/// SQLite.
void rebuild_index(storage::Transaction& tx, const core::Catalogue& catalogue);
/// The same when a migration has said that the tokens of before are not those of now (table
/// customer_text_stale): before the first search of a new program.
void renew_index(core::Journal& journal, const core::Catalogue& catalogue);

/// Recomputes all from the customers; a sentence per disagreement.
std::vector<std::string> verify_index(storage::Transaction& tx, const core::Catalogue& catalogue);

}  // namespace otokui::search
