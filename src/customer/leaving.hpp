#pragma once

#include <vector>

#include "base/ids.hpp"
#include "core/journal.hpp"

// Who may leave (退会, 削除) and come back, by whatever door: DOMAIN 1.2.
namespace otokui::customer {

bool is_deleted(const core::Table& table, const core::Record& record);

/// Refused conflict customer.has_ties while something unfinished holds the customer (DOMAIN 1.2); extra.ties
/// names the first five of each kind: [{kind, labels, id, number}], extra.tie_count says how many there are.
void refuse_ties(const core::Registry& registry, storage::Transaction& tx, CustomerId id);

/// Refused conflict customer.deleted, customer.already_withdrawn, customer.not_a_member.
void refuse_unable_to_withdraw(const core::Table& table, const core::Record& record);

/// Refused conflict customer.not_deleted, customer.erased, customer.restore_expired.
void refuse_unrestorable(core::Writer& writer, const core::Table& table, const core::Record& record);

/// What keeps an undo from making `before` to `after`: level, special type and points that came since and
/// that only members have; whatever keeps a customer from leaving or from being restored by hand.
std::vector<core::InTheWay> find_in_the_way(core::Writer& writer, const core::Table& table,
                                            const core::Record& before, const core::Record& after);

/// Whoever has left by an undo has left like anybody: points are voided, open grants of coupons end.
void leave_after_undo(core::Writer& writer, const core::Table& table, const core::Record& before,
                      const core::Record& after);

}  // namespace otokui::customer
