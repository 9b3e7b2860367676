#pragma once

#include "base/ids.hpp"
#include "storage/database.hpp"

// What every feature that keeps something of a customer asks first.
namespace otokui::core {

/// Refused not_found customer.not_found.
[[noreturn]] void refuse_absent_customer();
/// Refused conflict customer.deleted: only a restore changes who is deleted.
[[noreturn]] void refuse_deleted_customer();

/// Throws as refuse_absent_customer. Deleted ones are there: they are shown, and come back.
void require_customer(storage::Transaction& tx, CustomerId customer);

// For writes. A record is closed before it is erased (privacy/erase_job.cpp): what has only looked may still
// write after it was closed, and come in behind what the erasure empties. So who looks here also holds the
// record as it is until the end of the transaction.

/// Throws as refuse_absent_customer and refuse_deleted_customer.
void require_living_customer(storage::Transaction& tx, CustomerId customer);
/// The same as an answer.
bool hold_living_customer(storage::Transaction& tx, CustomerId customer);
/// False once an erasure has begun. Who is deleted may come back, and who is absent is no concern of it.
bool hold_unless_erased(storage::Transaction& tx, CustomerId customer);

}  // namespace otokui::core
