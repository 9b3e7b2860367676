#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "transfer/hashes.hpp"
#include "transfer/layout.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {

/// A row as it stands in the file.
struct RawRow {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    std::vector<RowError> problems;  // of the CSV itself
};

/// Something the person should know although the row is taken: code, then how often and where first.
struct Warning {
    std::int64_t count = 0;
    std::vector<std::int64_t> lines;  // the first of them
    static constexpr std::size_t kMostLines = 20;
};
using Warnings = std::map<std::string, Warning>;

/// What the rows of a file know of each other; lives as long as the checking of a file.
struct FileMemory {
    std::string hash_key;
    HashSet seen_keys;      // filled by the first look through the file
    HashSet repeated_keys;  // ids and numbers that stand in several rows: an error in each of them
    HashSet taken_mails;    // mail addresses that an earlier row has taken
    HashSet freed_mails;    // those that an earlier row has taken from who had them
    HashSet made_names;     // what finds a customer that an earlier row makes (KnownCustomers)
    HashSet taken_records;  // ids of the records that an earlier row speaks of, however it names them
    std::int64_t new_records = 0;

    /// What later rows must know of a row without error.
    void take(const StagedRow& row) {
        if (row.record != 0) taken_records.insert(row.record);
        if (row.mail_hash) taken_mails.insert(*row.mail_hash);
        if (row.freed_hash) freed_mails.insert(*row.freed_hash);
        if (row.name_hash) made_names.insert(*row.name_hash);
    }
};

/// What an import job works with, whatever the kind.
struct ImportCase {
    const Context& context;
    const core::Actor& actor;
    const ImportOptions& options;
    const Schema& schema;
    const Layout& layout;
};

/// The rules of one kind of file.
class Importer {
public:
    virtual ~Importer() = default;
    /// Whether rows of this file have keys at all.
    virtual bool has_keys() const { return true; }
    /// What names the record of a row and must not stand in two rows; empty texts count for nothing.
    virtual std::vector<std::string> keys(const RawRow& row) const = 0;
    /// Rows one after another with the same text (not empty) belong together and are checked together: the
    /// lines of an order.
    virtual std::string group(const RawRow&) const { return {}; }
    /// Decides what is to become of each row, in order; nothing is written.
    virtual std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                         FileMemory& memory, Warnings& warnings) = 0;
};

/// Whether new records are looked up before they are written. Those of a file that was checked a moment ago
/// are nearly always free, and the unique index knows: storage::UniqueViolation, and the next try looks.
enum class Look { no, first };

/// Does what was decided. Rows whose records have changed since the check, whose mail address or number
/// somebody else has taken, or whose label or level is gone, are left alone and get their error; new records
/// get their ids.
using Apply = void (*)(core::Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                       Look look);

std::unique_ptr<Importer> make_customer_importer(const ImportCase& import);
std::unique_ptr<Importer> make_address_importer(const ImportCase& import);
std::unique_ptr<Importer> make_order_importer(const ImportCase& import);
std::unique_ptr<Importer> make_points_importer(const ImportCase& import);
void apply_customers(core::Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                     Look look);
void apply_addresses(core::Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                     Look look);
void apply_orders(core::Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                  Look look);
void apply_points(core::Writer& writer, const core::Catalogue& catalogue, std::vector<StagedRow>& rows,
                  Look look);

/// Refused not_found feature.off for a kind of file whose part of the product is switched off.
void require_in_use(const Context& context, Kind kind);

}  // namespace otokui::transfer
