#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/journal.hpp"
#include "transfer/types.hpp"

// Table import_row: what an import will do with each row, decided before anything is done.
namespace otokui::transfer {

struct RowError {
    std::string column;  // as named in the file; empty: the row as a whole
    std::string code;
};

struct NewCustomer;

struct StagedRow {
    std::int64_t line = 0;  // of the file, the header being line 1
    Outcome outcome = Outcome::error;
    std::int64_t record = 0;                      // of the customer, address or order; 0: not there yet
    std::int64_t version = 0;                     // of the record as the check saw it
    std::int64_t sequence = 0;                    // which of the job's new records it is, from 0
    std::optional<std::int64_t> mail_hash = {};   // of the mail address that this row takes
    std::optional<std::int64_t> freed_hash = {};  // of the one that it takes from its customer
    std::optional<std::int64_t> name_hash = {};   // of what finds the customer it makes (KnownCustomers)
    std::string label = {};                       // name or number to recognise the row by
    boost::json::object payload = {};             // "set": values by column; "was": those before
    std::vector<RowError> errors = {};
    std::shared_ptr<NewCustomer> ahead = {};  // instead of the payload (customers_ahead.hpp)
};

void register_staging_table(core::Registry& registry);

void stage(core::Writer& writer, JobId job, const std::vector<StagedRow>& rows);

/// Up to `most` rows behind line `above` in the order of the file; of one outcome only if one is given.
std::vector<StagedRow> read_staged(storage::Transaction& tx, JobId job, std::int64_t above, std::int64_t most,
                                   std::optional<Outcome> outcome = {});
/// Up to `most` rows behind `above` that change something.
std::vector<StagedRow> read_effective(storage::Transaction& tx, JobId job, std::int64_t above,
                                      std::int64_t most);

/// Notes the ids that new records of these rows (one stretch of the file) got: `first` for sequence 0 and so
/// on upwards.
void note_records(core::Writer& writer, JobId job, std::int64_t first_line, std::int64_t last_line,
                  std::int64_t first);
void note_record(core::Writer& writer, JobId job, std::int64_t line, std::int64_t record);
/// A row that could no longer be applied.
void note_error(core::Writer& writer, JobId job, const StagedRow& row);

/// The rows without error as far as later rows must know of them: their records, if they were there already,
/// and hashes.
void each_taking(storage::Transaction& tx, JobId job, const std::function<void(const StagedRow&)>& each);

/// Deletes the rows of jobs that ended before `before`, some thousand at a time; returns how many went.
std::int64_t remove_staged_before(core::Journal& journal, Moment before);

}  // namespace otokui::transfer
