#include "search/text_index.hpp"

#include <algorithm>
#include <optional>

#include "core/id_set.hpp"
#include "search/answer_index.hpp"
#include "search/tally.hpp"

namespace otokui::search {
namespace {

using core::Record;
using core::RowChange;
using core::Writer;
using storage::Engine;
using storage::Value;
using storage::Values;

constexpr std::string_view kLive = "customer_text_live";
constexpr std::string_view kDeleted = "customer_text_deleted";
constexpr std::string_view kPostgres = "customer_text_search";
constexpr std::string_view kSets = "customer_set";
constexpr std::string_view kPostgresColumns[] = {"customer_id", "tokens"};
constexpr std::string_view kSetColumns[] = {"kind", "member_id", "customer_id"};

/// A list of ids as one bound value, for "= ANY(?::bigint[])".
std::string array_of(const std::vector<std::int64_t>& ids) {
    std::string text = "{";
    for (const auto id : ids) text += (text.size() == 1 ? "" : ",") + std::to_string(id);
    return text + "}";
}

// The document of a row of table customer.
class RowDocument {
public:
    RowDocument(const core::Catalogue& catalogue, const core::Table& customers) : documents_(catalogue) {
        for (const auto& column : documents_.columns()) positions_.push_back(customers.column(column));
    }

    std::string operator()(const Record& record) const {
        std::vector<std::string> numbers;
        numbers.reserve(positions_.size());
        std::vector<std::string_view> values;
        values.reserve(positions_.size());
        for (const auto position : positions_) {
            const auto& value = record.values[position];
            if (const auto* text = std::get_if<std::string>(&value))
                values.emplace_back(*text);
            else if (const auto* number = std::get_if<std::int64_t>(&value))
                values.emplace_back(numbers.emplace_back(std::to_string(*number)));
            else
                values.emplace_back();
        }
        return documents_.make(values);
    }

private:
    Documents documents_;
    std::vector<std::size_t> positions_;  // in the table, of Documents::columns()
};

// The hook's own copy of what it needs of the catalogue: where each value stands in a row of the table.
class Hook {
public:
    Hook(const core::Catalogue& catalogue, const core::Table& customers)
        : document_(catalogue, customers),
          deleted_at_(customers.column("deleted_at")),
          answers_(customers.column(core::kAnswers)),
          tally_(customers) {
        for (const auto& field : catalogue.fields())
            if (field.type == core::FieldType::set)
                sets_.push_back({field.master, customers.column(field.column)});
    }

    void operator()(Writer& writer, const std::vector<RowChange>& changes) const {
        if (writer.tx().engine() == Engine::sqlite)
            index_sqlite(writer, changes);
        else
            index_postgres(writer, changes);
        index_sets(writer, changes);
        index_answers(writer, changes, answers_);
        tally_.note(writer, changes);
    }

private:
    struct Set {
        std::string kind;
        std::size_t position;
    };

    std::string document_after(const RowChange& change) const {
        if (change.text) return *change.text;
        return change.after ? document_(*change.after) : std::string();
    }
    std::string marked(std::string document, const Record& record) const {
        if (table_of(record) == kDeleted) mark_deleted(document);
        return document;
    }
    std::string_view table_of(const Record& record) const {
        return storage::is_null(record.values[deleted_at_]) ? kLive : kDeleted;
    }

    // A contentless table forgets a row only when it is told exactly what it was made of.
    void index_sqlite(Writer& writer, const std::vector<RowChange>& changes) const {
        struct Pending {
            std::vector<Values> removed, added;
        };
        Pending live, deleted;
        for (const auto& change : changes) {
            auto old_document = change.before ? document_(*change.before) : std::string();
            auto new_document = document_after(change);
            if (change.before && change.after && old_document == new_document &&
                table_of(*change.before) == table_of(*change.after))
                continue;
            if (change.before)
                (table_of(*change.before) == kLive ? live : deleted)
                    .removed.push_back({std::string("delete"), change.id, std::move(old_document)});
            if (change.after)
                (table_of(*change.after) == kLive ? live : deleted)
                    .added.push_back({change.id, std::move(new_document)});
        }
        for (const auto& [table, pending] : {std::pair(kLive, &live), std::pair(kDeleted, &deleted)}) {
            const std::string_view removing[] = {table, "rowid", "tokens"};
            const std::string_view adding[] = {"rowid", "tokens"};
            if (!pending->removed.empty()) writer.index_insert_many(table, removing, pending->removed);
            if (!pending->added.empty()) writer.index_insert_many(table, adding, pending->added);
        }
    }

    void index_postgres(Writer& writer, const std::vector<RowChange>& changes) const {
        std::vector<std::int64_t> removed;
        std::vector<Values> added;
        for (const auto& change : changes) {
            auto new_document = change.after ? marked(document_after(change), *change.after) : std::string();
            const bool is_same = change.before && change.after &&
                                 marked(document_(*change.before), *change.before) == new_document;
            if (is_same) continue;
            if (change.before) removed.push_back(change.id);
            if (change.after) added.push_back({change.id, std::move(new_document)});
        }
        if (!removed.empty())
            writer.index_execute("DELETE FROM customer_text_search WHERE customer_id = ANY(?::bigint[])",
                                 {array_of(removed)});
        if (added.size() > kFewDocuments) return writer.index_insert_many(kPostgres, kPostgresColumns, added);
        for (const auto& row : added) writer.index_execute(kInsertDocument, {row[0], row[1]});
    }

    void index_sets(Writer& writer, const std::vector<RowChange>& changes) const {
        std::vector<Values> added;
        for (const auto& change : changes)
            for (const auto& set : sets_) {
                const auto text = [&](const Record* record) -> std::string_view {
                    return record ? std::string_view(std::get<std::string>(record->values[set.position]))
                                  : std::string_view();
                };
                const auto old_set = text(change.before), new_set = text(change.after);
                if (old_set == new_set) continue;
                if (!old_set.empty())
                    writer.index_execute("DELETE FROM customer_set WHERE customer_id = ? AND kind = ?",
                                         {change.id, set.kind});
                for (const auto member : core::parse_set(new_set))
                    added.push_back({set.kind, member, change.id});
            }
        if (!added.empty()) writer.index_insert_many(kSets, kSetColumns, added);
    }

    RowDocument document_;
    std::size_t deleted_at_, answers_;
    Tally tally_;
    std::vector<Set> sets_;
};

std::int64_t total_changes(Writer& writer) {
    return writer.tx().find_integer("SELECT total_changes()").value_or(0);
}

}  // namespace

const std::string_view kInsertDocument =
    "INSERT INTO customer_text_search (customer_id, tokens) VALUES (?, ?::tsvector)";

bool merge_index(Writer& writer) {
    if (writer.tx().engine() != Engine::sqlite) return false;
    // FTS5: a negative number begins to merge all into one, a positive one goes on; nothing written, nothing
    // left.
    constexpr std::int64_t kPages = 64;
    bool has_more = false;
    for (const auto table : {kLive, kDeleted}) {
        const std::string sql =
            "INSERT INTO " + std::string(table) + "(" + std::string(table) + ", rank) VALUES ('merge', ?)";
        const auto before = total_changes(writer);
        writer.index_execute(sql, {-kPages});
        has_more = has_more || total_changes(writer) - before >= 2;
    }
    return has_more;
}

std::function<void(Writer&, const std::vector<RowChange>&)> index_hook(const core::Catalogue& catalogue,
                                                                       const core::Table& customers) {
    return Hook(catalogue, customers);
}

std::function<std::string(const Record&)> index_text(const core::Catalogue& catalogue,
                                                     const core::Table& customers) {
    return RowDocument(catalogue, customers);
}

}  // namespace otokui::search
