#include "core/journal_chain.hpp"

#include <sodium.h>

#include <array>
#include <optional>
#include <tuple>

namespace otokui::core {
namespace {

using storage::Blob;
using storage::Value;
using storage::Values;

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

// Length before each part, so that no two different lists of parts hash alike.
class Hash {
public:
    Hash() { crypto_generichash_init(&state_, nullptr, 0, kHashBytes); }
    Hash& add(std::string_view part) {
        add(static_cast<std::int64_t>(part.size()));
        return raw(part.data(), part.size());
    }
    Hash& add(const Blob& part) {
        return add(std::string_view(reinterpret_cast<const char*>(part.data()), part.size()));
    }
    Hash& add(std::int64_t number) {
        std::array<unsigned char, 8> bytes{};
        for (auto& byte : bytes) {
            byte = static_cast<unsigned char>(number & 0xff);
            number >>= 8;
        }
        return raw(bytes.data(), bytes.size());
    }
    Blob finish() {
        Blob result(kHashBytes);
        crypto_generichash_final(&state_, result.data(), result.size());
        return result;
    }

private:
    Hash& raw(const void* data, std::size_t size) {
        crypto_generichash_update(&state_, static_cast<const unsigned char*>(data), size);
        return *this;
    }
    crypto_generichash_state state_;
};

Blob digest_of(const Blob& salt, std::string_view before, std::string_view after) {
    return Hash().add(salt).add(before).add(after).finish();
}

// What the chain says of one operation.
void add_operation(Hash& hash, std::int64_t id, std::int64_t at, std::string_view kind, std::int64_t staff,
                   std::int64_t token, std::string_view actor, std::string_view ip, std::string_view screen,
                   std::int64_t undoes) {
    hash.add(id).add(at).add(kind).add(staff).add(token).add(actor).add(ip).add(screen).add(undoes);
}

void add_change(Hash& hash, std::string_view table, std::int64_t row, std::int64_t customer,
                std::string_view act, const Blob& digest) {
    hash.add(table).add(row).add(customer).add(act).add(digest);
}

Value or_null(std::int64_t id) { return id == 0 ? Value() : Value(id); }

struct Place {
    Blob previous;                  // the hash at the end of the chain
    std::vector<std::int64_t> ids;  // of the changes
};

// PostgreSQL: one question for the lock, the hash and the ids, which must be given in the order of the chain.
// Until the chain has an end whose row can be locked, nothing.
std::optional<Place> lock_end(storage::Transaction& tx, std::size_t changes) {
    std::optional<Place> place;
    tx.query(
        "WITH head AS MATERIALIZED (SELECT hash FROM journal_head WHERE id = 1 FOR UPDATE) SELECT hash, "
        "nextval(pg_get_serial_sequence('change', 'id')) FROM head, generate_series(1, ?::bigint)",
        {static_cast<std::int64_t>(changes)}, [&](const storage::Row& row) {
            if (!place) place.emplace(Place{row.bytes(0), {}});
            place->ids.push_back(row.integer(1));
        });
    return place;
}

// Locked until the transaction ends: two transactions cannot append after the same entry. SQLite has one
// writer anyway.
Place end_of_chain(storage::Transaction& tx, std::size_t changes) {
    constexpr std::int64_t kChainLock = 0x6f746f6b7569;  // any number nobody else uses: "otokui"
    if (tx.engine() == storage::Engine::postgres) {
        tx.share_sync();  // everybody waits for this lock
        if (auto place = lock_end(tx, changes)) return *std::move(place);
        tx.find_integer("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?::bigint)) AS locked", {kChainLock});
        if (auto place = lock_end(tx, changes)) return *std::move(place);
    }
    Place place;
    tx.query("SELECT hash FROM journal_head WHERE id = 1", {},
             [&](const storage::Row& row) { place.previous = row.bytes(0); });
    place.ids = tx.allocate_ids("change", changes);
    return place;
}

void move_end(storage::Transaction& tx, std::int64_t operation, Moment now, const Place& place,
              const Blob& end) {
    const auto count = static_cast<std::int64_t>(place.ids.size());
    const std::string entry =
        "INSERT INTO journal_entry (operation_id, at, first_change, last_change, hash) VALUES (?, ?, ?, ?, "
        "?)";
    // Counted here, so that lists of operations need not count a hundred thousand changes each.
    const std::string counted = "UPDATE operation SET change_count = change_count + ? WHERE id = ?";
    const std::string moved = "UPDATE journal_head SET hash = ? WHERE id = 1";
    const auto first = place.ids.front(), last = place.ids.back();
    if (tx.engine() == storage::Engine::postgres && !place.previous.empty()) {  // while others wait: at once
        tx.execute("WITH entry AS (" + entry + "), counted AS (" + counted + ") " + moved,
                   {operation, now.milliseconds, first, last, end, count, operation, end});
        return;
    }
    tx.execute(entry, {operation, now.milliseconds, first, last, end});
    tx.execute(counted, {count, operation});
    if (tx.execute(moved, {end}) == 0) tx.execute("INSERT INTO journal_head (id, hash) VALUES (1, ?)", {end});
}

std::int64_t operation_time(storage::Transaction& tx, std::int64_t operation) {
    return tx.find_integer("SELECT at FROM operation WHERE id = ?", {operation}).value_or(0);
}

}  // namespace

std::pair<Blob, Blob> sealed(std::string_view before, std::string_view after) {
    Blob salt(kSaltBytes);
    randombytes_buf(salt.data(), salt.size());
    auto digest = digest_of(salt, before, after);
    return {std::move(salt), std::move(digest)};
}

std::int64_t insert_operation(storage::Transaction& tx, const Operation& operation, Moment now) {
    const auto id = tx.allocate_ids("operation", 1).front();
    const auto& actor = operation.actor;
    tx.execute(
        "INSERT INTO operation (id, at, kind, staff_id, token_id, actor, ip, screen, reason, job_id, undoes, "
        "change_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        {id, now.milliseconds, operation.kind, or_null(actor.staff.value), or_null(actor.token), actor.name,
         actor.ip, actor.screen, operation.reason, or_null(operation.job.value),
         or_null(operation.undoes.value)});
    return id;
}

void append_to_chain(storage::Transaction& tx, const Operation& operation, std::int64_t operation_id,
                     Moment now, std::vector<PendingChange> changes) {
    static constexpr std::array<std::string_view, 10> kColumns{
        "id",  "operation_id", "table_name", "row_id",     "customer_id",
        "act", "digest",       "salt",       "old_values", "new_values"};
    // All that can be done before the end of the chain is locked.
    const auto begun = operation_time(tx, operation_id);
    for (auto& change : changes)
        if (change.digest.empty()) std::tie(change.salt, change.digest) = sealed(change.before, change.after);
    const auto& actor = operation.actor;
    const auto place = end_of_chain(tx, changes.size());
    Hash hash;
    hash.add(place.previous);
    add_operation(hash, operation_id, begun, operation.kind, actor.staff.value, actor.token, actor.name,
                  actor.ip, actor.screen, operation.undoes.value);
    std::vector<Values> rows;
    rows.reserve(changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto& change = changes[i];
        const std::string act(1, static_cast<char>(change.act));
        add_change(hash, change.table->name, change.row, change.customer, act, change.digest);
        auto& row = rows.emplace_back();
        row.reserve(kColumns.size());
        for (const auto number : {place.ids[i], operation_id}) row.emplace_back(number);
        row.emplace_back(change.table->name);
        row.emplace_back(change.row);
        row.push_back(or_null(change.customer));
        row.emplace_back(act);
        for (auto* bytes : {&change.digest, &change.salt}) row.emplace_back(std::move(*bytes));
        for (auto* values : {&change.before, &change.after}) row.emplace_back(std::move(*values));
    }
    tx.insert_many("change", kColumns, rows);
    move_end(tx, operation_id, now, place, hash.finish());
}

std::int64_t erase_history(storage::Transaction& tx, std::int64_t customer, std::int64_t most) {
    std::vector<std::int64_t> changes;
    tx.query("SELECT id FROM change WHERE customer_id = ? AND salt IS NOT NULL ORDER BY id LIMIT ?",
             {customer, most}, [&](const storage::Row& row) { changes.push_back(row.integer(0)); });
    for (const auto id : changes)
        tx.execute("UPDATE change SET old_values = NULL, new_values = NULL, salt = NULL WHERE id = ?", {id});
    for (const auto id : changes)
        tx.execute(
            "UPDATE operation SET reason = '' WHERE id = (SELECT operation_id FROM change WHERE id = ?) AND "
            "reason <> ''"
            " AND NOT EXISTS (SELECT 1 FROM change other WHERE other.operation_id = operation.id AND"
            " COALESCE(other.customer_id, 0) <> ?)",
            {id, customer});
    return static_cast<std::int64_t>(changes.size());
}

namespace {

struct Entry {
    std::int64_t id, operation, first_change, last_change;
    Blob hash;
};

// The entry's hash from the stored rows; also checks each digest whose salt has not been erased.
Blob recompute(storage::Transaction& tx, const Entry& entry, const Blob& previous,
               std::vector<std::string>& findings) {
    Hash hash;
    hash.add(previous);
    tx.query(
        "SELECT id, at, kind, COALESCE(staff_id, 0), COALESCE(token_id, 0), actor, ip, screen, "
        "COALESCE(undoes, 0) FROM operation"
        " WHERE id = ?",
        {entry.operation}, [&](const storage::Row& row) {
            add_operation(hash, row.integer(0), row.integer(1), row.text(2), row.integer(3), row.integer(4),
                          row.text(5), row.text(6), row.text(7), row.integer(8));
        });
    tx.query(
        "SELECT id, table_name, row_id, COALESCE(customer_id, 0), act, digest, salt, old_values, new_values "
        "FROM change"
        " WHERE id BETWEEN ? AND ? AND operation_id = ? ORDER BY id",
        {entry.first_change, entry.last_change, entry.operation}, [&](const storage::Row& row) {
            const auto digest = row.bytes(5);
            if (!row.is_null(6) && digest_of(row.bytes(6), row.text(7), row.text(8)) != digest)
                findings.push_back("change " + std::to_string(row.integer(0)) +
                                   ": its values do not match its digest");
            add_change(hash, row.text(1), row.integer(2), row.integer(3), row.text(4), digest);
        });
    return hash.finish();
}

}  // namespace

std::vector<std::string> verify_chain(storage::Transaction& tx) {
    constexpr std::size_t kMostFindings = 20;
    std::vector<std::string> findings;
    Blob previous;
    std::int64_t last = 0;
    for (;;) {
        std::vector<Entry> entries;
        tx.query(
            "SELECT id, operation_id, first_change, last_change, hash FROM journal_entry WHERE id > ? ORDER "
            "BY id LIMIT 1000",
            {last}, [&](const storage::Row& row) {
                entries.push_back(
                    {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.bytes(4)});
            });
        if (entries.empty()) break;
        for (const auto& entry : entries) {
            if (recompute(tx, entry, previous, findings) != entry.hash)
                findings.push_back("journal entry " + std::to_string(entry.id) +
                                   ": the chain is broken here");
            if (findings.size() >= kMostFindings) return findings;
            previous = entry.hash;
            last = entry.id;
        }
    }
    tx.query(
        "SELECT o.id FROM operation o LEFT JOIN (SELECT operation_id, count(*) AS changes FROM change GROUP "
        "BY operation_id) c"
        " ON c.operation_id = o.id WHERE o.change_count <> COALESCE(c.changes, 0) ORDER BY o.id LIMIT 20",
        {}, [&](const storage::Row& row) {
            findings.push_back("operation " + std::to_string(row.integer(0)) +
                               ": its count of changes is wrong");
        });
    Blob head;
    tx.query("SELECT hash FROM journal_head WHERE id = 1", {},
             [&](const storage::Row& row) { head = row.bytes(0); });
    if (head != previous) findings.push_back("the end of the journal's chain has been cut off");
    return findings;
}

}  // namespace otokui::core
