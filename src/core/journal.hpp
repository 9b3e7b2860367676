#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/registry.hpp"
#include "storage/database.hpp"

// The one door for writes. Every change of anything runs inside an operation (who, when, from where, why) and
// leaves a change per touched row (before, after) in the same transaction; from these come history, undo and
// the state of a customer at any past moment.
namespace otokui::core {

struct Operation {
    Actor actor;
    std::string kind = {};    // "customer.update"; stable
    std::string reason = {};  // what the person gave as the ground, may be empty
    JobId job = {};           // the job this operation belongs to
    OperationId undoes = {};  // set only by undo
};

/// Column values to set, by column name.
using Assignments = std::vector<std::pair<std::string_view, storage::Value>>;

class Preparation;
struct PreparedRow;

enum class Act : char { insert = 'i', update = 'u', remove = 'd' };

/// Writes rows inside one transaction of one operation. Made by Journal only.
class Writer {
public:
    Writer(storage::Transaction& tx, const Registry& registry, Operation operation, OperationId id,
           Moment now);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// For reading only: SQL that changes anything belongs to the functions below (a test greps for it).
    storage::Transaction& tx();
    const Registry& registry() const;
    /// The operation; 0 before the first journaled change made it necessary, and always in housekeeping
    /// writes.
    OperationId operation() const;
    const Actor& actor() const;
    Moment now() const;

    /// The row with all its columns, locked against other writers until the end of the transaction; nothing
    /// when absent.
    std::optional<Record> find(const Table& table, std::int64_t id);

    /// Adds a row and returns its id. Columns not named get what the schema gives.
    std::int64_t insert(const Table& table, const Assignments& values);
    /// Adds many rows at once. Record::id 0 takes a fresh id and is filled in; values must cover all columns
    /// of the table.
    void insert_many(const Table& table, std::vector<Record>& records);
    /// The same with rows made ahead by `preparation` (prepare.hpp); they come back as they were, so that the
    /// work can run again. Made anew first when what they were made by has changed.
    void insert_prepared(const Preparation& preparation, const std::vector<PreparedRow*>& rows);
    /// Sets columns of one row. Only columns whose value really differs are written and journaled; false when
    /// none did. The row must exist (Refused not_found). Version and time of change follow by themselves.
    bool update(const Table& table, std::int64_t id, const Assignments& values);
    /// Removes the row for good; its values stay in the journal, so that undo can bring it back.
    void remove(const Table& table, std::int64_t id);

    /// Erases a person's data in one row (個人情報抹消): empties its personal, contact and sensitive columns,
    /// or with OnErase::remove takes the row away. The change stands in the journal without any value, so
    /// nothing can bring them back.
    void erase(const Table& table, std::int64_t id);
    /// Empties up to `most` changes of a customer in the journal: values and salts go, the chain still
    /// checks. Returns how many; 0 when none is left.
    std::int64_t erase_history(std::int64_t customer, std::int64_t most);

    /// Sets derived columns only: no journal entry, no new version.
    void derive(const Table& table, std::int64_t id, const Assignments& values);
    /// Rows of an index table that is derived as a whole (every column Source::derived, Keep::no_journal).
    void index_execute(std::string_view sql, std::initializer_list<storage::Value> values);
    void index_insert_many(std::string_view table, std::span<const std::string_view> columns,
                           std::span<const storage::Values> rows);
    /// Changes of tables kept outside the journal (sessions, jobs, uploads): `table` must be registered with
    /// Keep::no_journal.
    std::int64_t execute_unjournaled(const Table& table, std::string_view sql,
                                     std::initializer_list<storage::Value> values);

    /// Called by Journal after the work: runs the settle hooks, writes the changes and the chain entry.
    void finish();

private:
    friend class Undo;
    /// Whether the journal keeps the values of a change.
    enum class Noted { values, left_out };
    /// Writes what differs between the two; false when nothing does.
    bool replace(const Table& table, const Record& before, Record& after, Noted noted);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

class Journal {
public:
    Journal(storage::Database& database, const Registry& registry, Clock clock);

    /// Runs `work(Writer&)` in one transaction; commits when it returns, rolls back when it throws, runs it
    /// again after Busy. So `work` touches nothing outside the database. Writes that belong together are in
    /// one `write`.
    template <class Work>
    auto write(Operation operation, Work work, storage::Priority priority = storage::Priority::interactive) {
        return run(std::move(operation), OperationId{}, std::move(work), priority);
    }
    /// A further step of an operation that an earlier write began: jobs change 100,000 rows in many short
    /// transactions of one operation. With id 0 the step begins the operation, and `work` stores
    /// Writer::operation() in its resume point.
    template <class Work>
    auto step(Operation operation, OperationId id, Work work,
              storage::Priority priority = storage::Priority::background) {
        return run(std::move(operation), id, std::move(work), priority);
    }
    /// A write to tables kept outside the journal only; a journaled change in it is a bug (std::logic_error).
    template <class Work>
    auto housekeeping(Work work, storage::Priority priority = storage::Priority::interactive) {
        return run(Operation{system_actor("housekeeping"), ""}, OperationId{-1}, std::move(work), priority);
    }

    /// Runs `work()` with every write of this thread in one transaction, committed when it returns: how an
    /// answer is stored together with its effect (idempotency keys). A write that throws leaves nothing, as
    /// it would by itself, whoever catches it inside of `work`. Runs it again after Busy. Inside another one
    /// it only runs `work`.
    template <class Work>
    auto together(Work work) {
        if (is_together()) return work();
        return database_.write([&](storage::Transaction& tx) {
            const Joined joined(tx);
            return work();
        });
    }

    /// Whether this thread is inside together().
    static bool is_together() { return Joined::current() != nullptr; }

    storage::Database& database() { return database_; }
    const Registry& registry() const { return registry_; }
    Moment now() const { return clock_(); }
    const Clock& clock() const { return clock_; }

private:
    // The transaction that writes of this thread join while together() runs.
    class Joined {
    public:
        explicit Joined(storage::Transaction& tx) { current() = &tx; }
        ~Joined() { current() = nullptr; }
        Joined(const Joined&) = delete;
        Joined& operator=(const Joined&) = delete;
        static storage::Transaction*& current() {
            static thread_local storage::Transaction* transaction = nullptr;
            return transaction;
        }
    };

    template <class Work>
    auto run(Operation operation, OperationId id, Work work, storage::Priority priority) {
        const auto in_transaction = [&](storage::Transaction& tx) {
            Writer writer(tx, registry_, operation, id, clock_());
            if constexpr (std::is_void_v<std::invoke_result_t<Work&, Writer&>>) {
                work(writer);
                writer.finish();
            } else {
                auto result = work(writer);
                writer.finish();
                return result;
            }
        };
        if (auto* joined = Joined::current()) return joined->part([&] { return in_transaction(*joined); });
        return database_.write(in_transaction, priority);
    }

    storage::Database& database_;
    const Registry& registry_;
    Clock clock_;
};

/// Column values as they stand in the journal: {"email":"a@example.jp","prefecture":13}. Bytes as base64.
boost::json::object to_json(const Table& table, const Record& record, Source source = Source::written);
boost::json::value to_json(const storage::Value& value);
storage::Value from_json(const Column& column, const boost::json::value& value);

}  // namespace otokui::core
