#include "core/customer.hpp"

#include "base/problem.hpp"

namespace otokui::core {

void refuse_absent_customer() {
    throw Refused(
        {ProblemKind::not_found, "customer.not_found", {"顧客が見つかりません。", "No such customer."}});
}

void refuse_deleted_customer() {
    throw Refused({ProblemKind::conflict,
                   "customer.deleted",
                   {"この顧客は削除されています。先に復元してください。",
                    "This customer is deleted. Restore it first."}});
}

void require_customer(storage::Transaction& tx, CustomerId customer) {
    if (!tx.find_integer("SELECT 1 FROM customer WHERE id = ?", {customer.value})) refuse_absent_customer();
}

void require_living_customer(storage::Transaction& tx, CustomerId customer) {
    require_customer(tx, customer);
    if (!tx.find_integer("SELECT 1 FROM customer WHERE id = ? AND deleted_at IS NULL", {customer.value}))
        refuse_deleted_customer();
}

}  // namespace otokui::core
