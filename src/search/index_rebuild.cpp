#include <algorithm>

#include "core/id_set.hpp"
#include "search/answer_index.hpp"
#include "search/tally.hpp"
#include "search/text_index.hpp"
#include "storage/bulk_fill.hpp"

namespace otokui::search {
namespace {

using storage::Engine;
using storage::Row;
using storage::Transaction;
using storage::Value;
using storage::Values;

/// Customers whose documents are in memory at once.
constexpr std::size_t kRowsPerStep = 10'000;
constexpr std::string_view kTables[] = {"customer_text_live", "customer_text_deleted"};
/// FTS5 writes a segment whenever this much has gathered; larger ones mean less to merge.
constexpr std::int64_t kBulkMemory = 64 << 20;
constexpr std::int64_t kUsualMemory = 1 << 20;
/// So many segments of one size are merged into one; as in migration 0015.
constexpr std::int64_t kUsualMerge = 8;

/// A command of FTS5: a row whose column of the table's own name has its name.
void command(Transaction& tx, std::string_view table, const std::string& name, Value value = {}) {
    const std::string_view columns[] = {table, "rank"};
    const Values row[] = {{name, std::move(value)}};
    tx.insert_many(table, columns, row);
}

/// Reads customers in the order of their ids, and what of them is indexed.
class Source {
public:
    explicit Source(const core::Catalogue& catalogue) : documents_(catalogue) {
        for (const auto& column : documents_.columns()) sql_ += ", CAST(" + column + " AS TEXT)";
        for (const auto& field : catalogue.fields())
            if (field.type == core::FieldType::set) {
                kinds_.push_back(field.master);
                sql_ += ", " + field.column;
            }
        (sql_ += ", ") += core::kAnswers;
        values_.resize(documents_.columns().size());
    }

    std::string select(std::string_view rest) const {
        return "SELECT id, CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END" + sql_ + " FROM customer " +
               std::string(rest);
    }
    std::int64_t id(const Row& row) const { return row.integer(0); }
    std::size_t table(const Row& row) const { return static_cast<std::size_t>(row.integer(1)); }
    std::string document(const Row& row, Engine engine) {
        for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = row.text(static_cast<int>(i) + 2);
        auto document = documents_.make(values_);
        if (engine == Engine::postgres && table(row) != 0) mark_deleted(document);
        return document;
    }
    /// Calls `each(kind, member)` for every member of the customer's sets.
    template <class Each>
    void sets(const Row& row, Each each) const {
        for (std::size_t i = 0; i < kinds_.size(); ++i)
            for (const auto member : core::parse_set(row.text(static_cast<int>(values_.size() + i) + 2)))
                each(kinds_[i], member);
    }

    std::vector<AnswerRow> answers(const Row& row) const {
        return answer_rows(row.text(static_cast<int>(values_.size() + kinds_.size()) + 2));
    }

private:
    Documents documents_;
    std::vector<std::string> kinds_;
    std::string sql_;
    std::vector<std::string_view> values_;
};

void clear(Transaction& tx) {
    tx.execute("DELETE FROM customer_set");
    tx.execute("DELETE FROM customer_answer");
    if (tx.engine() == Engine::postgres) {
        tx.execute("DELETE FROM customer_text_search");
        return;
    }
    for (const auto table : kTables) {
        command(tx, table, "delete-all");
        command(tx, table, "hashsize", kBulkMemory);
        command(tx, table, "automerge", std::int64_t{0});
    }
}

void count_anew(Transaction& tx) {
    std::string columns = "slot, deleted";
    for (const auto tick : kTicks) (columns += ", ") += tick;
    tx.execute("DELETE FROM customer_tally");
    tx.execute("INSERT INTO customer_tally (" + columns + ", customers) SELECT 0, kinds.* FROM (" +
               counted_kinds() + ") AS kinds");
}

// One segment of each: the shortest lists, the fastest searches.
void finish(Transaction& tx) {
    count_anew(tx);
    tx.execute("DELETE FROM customer_text_stale");
    if (tx.engine() == Engine::postgres) return;
    for (const auto table : kTables) {
        command(tx, table, "optimize");
        command(tx, table, "hashsize", kUsualMemory);
        command(tx, table, "automerge", kUsualMerge);
    }
}

// Of PostgreSQL.
void insert_documents(Transaction& tx, const std::vector<Values>& documents) {
    constexpr std::string_view kColumns[] = {"customer_id", "tokens"};
    if (documents.size() > kFewDocuments) return tx.insert_many("customer_text_search", kColumns, documents);
    for (const auto& document : documents) tx.execute(kInsertDocument, document);
}

// Indexes the customers behind `last`; the id of the last one, nothing when there are no more.
std::optional<std::int64_t> step(Transaction& tx, Source& source, std::int64_t last) {
    std::vector<Values> documents[2], sets, answers;
    std::int64_t end = last;
    tx.query(source.select("WHERE id > ? ORDER BY id LIMIT ?"), {last, std::int64_t{kRowsPerStep}},
             [&](const Row& row) {
                 end = source.id(row);
                 documents[source.table(row)].push_back({end, source.document(row, tx.engine())});
                 source.sets(row, [&](const std::string& kind, std::int64_t member) {
                     sets.push_back({kind, member, end});
                 });
                 for (auto& answer : source.answers(row))
                     answers.push_back(values_of(std::move(answer), end));
             });
    constexpr std::string_view kSqlite[] = {"rowid", "tokens"};
    constexpr std::string_view kSet[] = {"kind", "member_id", "customer_id"};
    for (std::size_t side = 0; side < 2; ++side)
        if (!documents[side].empty()) {
            if (tx.engine() == Engine::sqlite)
                tx.insert_many(kTables[side], kSqlite, documents[side]);
            else
                insert_documents(tx, documents[side]);
        }
    if (!sets.empty()) tx.insert_many("customer_set", kSet, sets);
    if (!answers.empty()) tx.insert_many(kAnswerTable, kAnswerColumns, answers);
    return end == last ? std::nullopt : std::optional(end);
}

// A sum over things in any order: two indexes with equal sums hold the same (but for one chance in 2^64).
class Digest {
public:
    void add(std::string_view text, std::int64_t id, std::uint64_t place) {
        std::uint64_t hash = 0xcbf29ce484222325;
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        sum_ += mixed(mixed(hash ^ static_cast<std::uint64_t>(id)) ^ place);
        ++count_;
    }
    bool operator==(const Digest&) const = default;

private:
    static std::uint64_t mixed(std::uint64_t value) {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
    std::uint64_t sum_ = 0, count_ = 0;
};

// SQLite knows the places of tokens, PostgreSQL which there are.
void add_tokens(Digest& digest, std::string_view document, std::int64_t id, Engine engine) {
    std::vector<std::string_view> tokens;
    while (!document.empty()) {
        const auto end = std::min(document.find(' '), document.size());
        tokens.push_back(document.substr(0, end));
        document.remove_prefix(std::min(end + 1, document.size()));
    }
    const bool has_places = engine == Engine::sqlite;
    if (!has_places) {
        std::ranges::sort(tokens);
        tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    }
    for (std::size_t place = 0; place < tokens.size(); ++place)
        digest.add(tokens[place], id, has_places ? place : 0);
}

}  // namespace

void rebuild_index(Transaction& tx, const core::Catalogue& catalogue) {
    Source source(catalogue);
    clear(tx);
    std::vector<std::string> tables{"customer_set", std::string(kAnswerTable)};
    if (tx.engine() == Engine::postgres) tables.emplace_back("customer_text_search");
    storage::BulkFill filling(tx, tables);
    for (std::optional<std::int64_t> last = 0; last;) last = step(tx, source, *last);
    filling.finish();
    finish(tx);
}

void renew_index(core::Journal& journal, const core::Catalogue& catalogue) {
    const auto is_stale = [](Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM customer_text_stale LIMIT 1").has_value();
    };
    if (!journal.database().read(is_stale)) return;
    const auto renew = [&](core::Writer& writer) {
        if (is_stale(writer.tx())) rebuild_index(writer.tx(), catalogue);
    };
    journal.housekeeping(renew, storage::Priority::background);
}

std::vector<std::string> verify_index(Transaction& tx, const core::Catalogue& catalogue) {
    Source source(catalogue);
    Digest wanted[2], found[2], wanted_sets, found_sets, wanted_answers, found_answers;
    const auto add_answer = [](Digest& digest, const AnswerRow& row, std::int64_t customer) {
        const auto* number = std::get_if<std::int64_t>(&row.number);
        digest.add(row.field + '\0' + row.code + '\0' + row.shadow + (number ? std::to_string(*number) : ""),
                   customer, 0);
    };
    const bool sqlite = tx.engine() == Engine::sqlite;
    tx.query(source.select(""), {}, [&](const Row& row) {
        const auto id = source.id(row);
        const auto document = source.document(row, tx.engine());
        add_tokens(wanted[sqlite ? source.table(row) : 0], document, id, tx.engine());
        source.sets(row, [&](const std::string& kind, std::int64_t member) {
            wanted_sets.add(kind, id, static_cast<std::uint64_t>(member));
        });
        for (const auto& answer : source.answers(row)) add_answer(wanted_answers, answer, id);
    });
    if (sqlite) {
        for (std::size_t side = 0; side < 2; ++side)
            tx.query("SELECT term, doc, \"offset\" FROM " + std::string(kTables[side]) + "_terms", {},
                     [&](const Row& row) {
                         found[side].add(row.text(0), row.integer(1),
                                         static_cast<std::uint64_t>(row.integer(2)));
                     });
    } else {
        tx.query(
            "SELECT array_to_string(tsvector_to_array(tokens), ' '), customer_id FROM customer_text_search",
            {}, [&](const Row& row) { add_tokens(found[0], row.text(0), row.integer(1), Engine::postgres); });
    }
    tx.query("SELECT kind, customer_id, member_id FROM customer_set", {}, [&](const Row& row) {
        found_sets.add(row.text(0), row.integer(1), static_cast<std::uint64_t>(row.integer(2)));
    });
    tx.query("SELECT field, code, shadow, number, customer_id FROM customer_answer", {}, [&](const Row& row) {
        add_answer(
            found_answers,
            {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.value(3)},
            row.integer(4));
    });

    std::vector<std::string> faults;
    if (!tally_is_right(tx)) faults.emplace_back("the number of customers kept is not theirs");
    if (!(wanted[0] == found[0])) faults.emplace_back("the text index differs from the customers");
    if (!(wanted[1] == found[1])) faults.emplace_back("the text index differs from the deleted customers");
    if (!(wanted_sets == found_sets))
        faults.emplace_back(
            "customer_set differs from the labels, groups and block reasons of the customers");
    if (!(wanted_answers == found_answers))
        faults.emplace_back("customer_answer differs from what the customers answered");
    return faults;
}

}  // namespace otokui::search
