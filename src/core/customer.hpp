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
/// Throws as refuse_absent_customer and refuse_deleted_customer.
void require_living_customer(storage::Transaction& tx, CustomerId customer);

}  // namespace otokui::core
