#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/problem.hpp"
#include "base/text_pair.hpp"
#include "core/setting_document.hpp"
#include "storage/database.hpp"

// What the product knows of each of its tables. A feature registers each table once; from that entry come the
// journal, undo, masking, erasure, disclosure, merge, copy and verify, so that none of them can forget a
// table. A table without an entry fails the build.
namespace otokui::core {

class Writer;
struct Actor;

/// Class of personal data of a column (SECURITY P1: every column has one; ASVS 14.1.1).
enum class Privacy {
    open,       // anyone may know it: names of masters, prefecture numbers
    internal,   // the shop's own: flags, totals, versions
    personal,   // about a person: names, birth dates (個人情報)
    contact,    // personal, and masked for roles without the right contact.read: mail, phone, street
    sensitive,  // 要配慮個人情報
    secret      // hashes, keys, tokens: never leaves the server, never enters the journal in clear
};

/// Where the value of a column comes from.
enum class Source {
    written,  // by a use case: journaled, undone, shown in the history
    derived   // from other values in the same transaction: never journaled, recomputed by undo, copy and
              // verify
};

enum class ColumnType { integer, text, bytes };

struct Column {
    std::string name;
    ColumnType type = ColumnType::text;
    Privacy privacy = Privacy::internal;
    Source source = Source::written;
    bool nullable = false;

    /// What an insert leaves out: NULL if nullable, else 0, "" or no bytes.
    storage::Value initial() const;
};

/// What happens to rows of a table when the person they belong to is erased (個人情報抹消) or merged
/// (顧客結合). In a table that belongs to no customer but may quote one (a stored search, a job's
/// figures) it is what happens to the rows that hold the person's name, mail, phone ….
enum class OnErase { not_personal, blank_personal, remove };
enum class OnMerge { not_of_customers, survivor, move, unite };
enum class Keep { journal, no_journal };

/// All column values of one row, in the order of Table::columns, without the id.
struct Record {
    std::int64_t id = 0;
    storage::Values values;
};

/// One row as it was and as it is within the running transaction; at least one side is there.
struct RowChange {
    std::int64_t id = 0;
    const Record* before = nullptr;
    const Record* after = nullptr;
    const std::string* text = nullptr;  // Hooks::text_of(*after), when it was made ahead
};

struct Table {
    std::string name;
    Text label;
    std::vector<Column> columns = {};  // all but id
    Keep keep = Keep::journal;
    std::string why_not_journaled = {};  // required with Keep::no_journal
    std::string customer_column =
        {};  // which column names the customer a row belongs to; "id" for the customer itself, "" for none
    std::string version_column = {};  // set when rows carry a version (the ETag): +1 on each real change
    std::string updated_column = {};  // set to the operation's time on each real change
    OnErase on_erase = OnErase::not_personal;
    OnMerge on_merge = OnMerge::not_of_customers;
    bool in_disclosure = false;  // part of what a person is told about himself (開示)
    bool in_timeline = false;
    bool is_private =
        false;  // operations show the values of its rows to whoever made the change, to others masked

    std::optional<std::size_t> find_column(std::string_view column) const;
    /// Throws std::logic_error when the table has no such column: a bug, not input.
    std::size_t column(std::string_view column) const;
};

/// A column of a row that names a row of another table which is not there.
struct GoneReference {
    std::int64_t row = 0;
    std::string column;
};

/// What keeps an undo from making a row what it was: a column that got its value since and would have no
/// place there any more, or a rule that says so in words of its own.
struct InTheWay {
    std::string column;
    std::optional<Problem> problem = {};
};

/// Fills the derived columns of a row from its written ones; pure.
using Derive = std::function<void(Record&)>;

/// What a feature does when rows of a table change, whoever changes them: a form, an import, an undo.
struct Hooks {
    /// Called once per transaction that writes the table; what it returns is called per row before the row is
    /// written.
    std::function<Derive(storage::Transaction&)> derive = {};
    /// What `derive` goes by besides the row, to be compared: rows may be made ahead of their transaction
    /// (prepare.hpp), and are derived anew when it has changed meanwhile. Absent: it goes by the row alone.
    std::function<std::string(storage::Transaction&)> derives_by = {};
    /// Before rows are written: what is newly named in them and gone. What is there stays until the end of
    /// the transaction. Writing such a row is Busy, so that the work looks again; an undo leaves it alone.
    std::function<std::vector<GoneReference>(storage::Transaction&, const std::vector<RowChange>&)>
        find_gone = {};
    /// The column of a row that `actor` may not change so, though the operation as a whole is his to do: a
    /// right of its own stands before it. Empty: none. Asked where no form was filled in that could ask, by
    /// undo. `before`: null for a row that comes back.
    std::function<std::string(const Actor&, const Record* before, const Record& after)> find_forbidden = {};
    /// What stands in the way of `after` where an undo would bring it about, which asks no form's rules.
    std::function<std::vector<InTheWay>(Writer&, const Record& before, const Record& after)> find_in_the_way =
        {};
    /// At the end of an undo, for each row of which it has put back values: what follows from that as it
    /// would from the act itself.
    std::function<void(Writer&, const Record& before, const Record& after)> after_undo = {};
    /// After rows have been written: keeps indexes of other tables (search text, sets) in step. Gets many
    /// rows at once from bulk writes.
    std::function<void(Writer&, const std::vector<RowChange>&)> after = {};
    /// What `after` makes of a row alone and may find in RowChange::text; pure.
    std::function<std::string(const Record&)> text_of = {};
    /// Once at the end of the transaction, with the distinct ids of the customers whose rows of this table
    /// changed: totals.
    std::function<void(Writer&, const std::vector<std::int64_t>& customers)> settle = {};
    /// For rows that are never taken away (a ledger): undoes their insert by adding what counters it. False
    /// when what came later stands in the way. Absent: the row goes.
    std::function<bool(Writer&, const Record& row)> undo_insert = {};
    /// The row comes with the first change of what the product ships, its columns empty where nothing was
    /// changed. Undoing its insert takes back that change value by value, and what others set since stays.
    bool comes_with_first_change = false;
};

/// What an operation can be: its stable name, how histories call it, and the right it takes to do and so to
/// undo it.
struct OperationKind {
    std::string name;  // "customer.update"
    Text label;        // 「顧客の変更」
    std::string right;
    bool undoable = true;  // false for what left the database: sign-ins, downloads, mails
};

/// One thing that `otokui verify` recomputes from the ground. Returns one sentence per disagreement; empty
/// when the books agree.
struct Verification {
    std::string name;
    std::function<std::vector<std::string>(storage::Transaction&)> run;
};

/// Something unfinished that keeps a customer from being withdrawn or deleted: an order that is not settled,
/// a subscription that runs (DOMAIN 1.2).
struct Tie {
    std::string kind;  // "order"
    Text label;        // 「未決済の受注」
    std::int64_t id = 0;
    std::string number;
};
struct Ties {
    std::vector<Tie> first;
    std::int64_t count = 0;  // also of those that are not among the first
    bool empty() const { return count == 0; }
};
/// The ties of a customer, at most `most` of them by name.
using FindTies = std::function<Ties(storage::Transaction&, std::int64_t customer, std::size_t most)>;
/// What a feature does in the transaction in which a customer leaves (退会).
using OnWithdraw = std::function<void(Writer&, std::int64_t customer)>;
/// The same where he is deleted (削除), and where that is taken back by a restore: `deleted_at` tells what
/// ended with the deletion from what had ended before.
using OnDelete = std::function<void(Writer&, std::int64_t customer)>;
using OnRestore = std::function<void(Writer&, std::int64_t customer, Moment deleted_at)>;

/// One thing that happened to a customer, in the one stream of everything (タイムライン).
struct TimelineItem {
    Moment at;
    std::int64_t id = 0;         // of the row; with `at` the place in the stream
    Text title;                  // 「ポイント +100」
    std::string detail = {};     // one line, may be empty; masked already when the actor may not see it
    std::string number = {};     // of the order, mail …: what the title links to
    OperationId operation = {};  // that did it, 0 when it is not known
};
struct TimelinePlace {
    Moment at;
    std::int64_t id = 0;
};
/// Newest first, strictly before `before` (nothing: from the newest), at most `most`; one indexed query.
using ListTimeline =
    std::function<std::vector<TimelineItem>(storage::Transaction&, const Actor&, std::int64_t customer,
                                            std::optional<TimelinePlace> before, std::size_t most)>;
/// Where a kind of things in the timeline comes from.
struct TimelineSource {
    std::string kind;  // "order"; stable
    Text label;
    std::string right;         // who lacks it does not see them
    std::string feature = {};  // a part that can be switched off; empty: always there
    ListTimeline list;
};

class Registry {
public:
    /// Refuses a second entry of the same name and entries that contradict themselves (std::logic_error).
    const Table& add(Table table, Hooks hooks = {});
    void add_verification(Verification verification);
    void add_kind(OperationKind kind);
    void add_ties(FindTies find) { ties_.push_back(std::move(find)); }
    void on_withdraw(OnWithdraw act) { withdrawals_.push_back(std::move(act)); }
    void on_delete(OnDelete act) { deletions_.push_back(std::move(act)); }
    void on_restore(OnRestore act) { restorations_.push_back(std::move(act)); }
    void add_timeline(TimelineSource source) { timeline_.push_back(std::move(source)); }
    /// /settings/{name}. Refuses (std::logic_error) a second document of the name.
    void add_settings(SettingDocument document);
    /// A part of the product that a shop can switch off: a boolean of the document "features".
    void add_feature(SettingField feature);
    /// std::logic_error when unknown: every operation's kind is registered by the feature that writes it.
    const OperationKind& kind(std::string_view name) const;
    const OperationKind* find_kind(std::string_view name) const;

    const Table& get(std::string_view name) const;  // std::logic_error when unknown
    const Table* find(std::string_view name) const;
    const Hooks& hooks(const Table& table) const;
    const std::deque<Table>& tables() const { return tables_; }
    const std::vector<Verification>& verifications() const { return verifications_; }
    const std::vector<TimelineSource>& timeline() const { return timeline_; }
    const std::deque<SettingDocument>& settings() const { return settings_; }
    const SettingDocument& settings(std::string_view name) const;  // std::logic_error when unknown
    const SettingDocument* find_settings(std::string_view name) const;
    /// Of every feature, at most `most` of each by name.
    Ties find_ties(storage::Transaction& tx, std::int64_t customer, std::size_t most) const;
    void withdraw(Writer& writer, std::int64_t customer) const;
    void remove(Writer& writer, std::int64_t customer) const;
    void restore(Writer& writer, std::int64_t customer, Moment deleted_at) const;

private:
    static SettingDocument features_document();
    std::deque<Table> tables_;  // a deque: references stay valid
    std::unordered_map<std::string, std::size_t> positions_;
    std::deque<Hooks> hooks_;
    std::vector<Verification> verifications_;
    std::map<std::string, OperationKind, std::less<>> kinds_;
    std::vector<FindTies> ties_;
    std::vector<OnWithdraw> withdrawals_;
    std::vector<OnDelete> deletions_;
    std::vector<OnRestore> restorations_;
    std::vector<TimelineSource> timeline_;
    std::deque<SettingDocument> settings_ = {features_document()};
};

/// Compares the registry with a migrated database: tables and columns missing on either side, a sentence
/// each.
std::vector<std::string> schema_differences(const Registry& registry, storage::Database& database);

}  // namespace otokui::core
