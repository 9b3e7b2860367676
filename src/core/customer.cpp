#include "core/customer.hpp"

#include <string>

#include "base/problem.hpp"

namespace otokui::core {
namespace {

// As strong as Writer::find, which many go on with: two who held it weakly would wait for each other there.
std::string held(storage::Transaction& tx, std::string_view sql) {
    return std::string(sql) + (tx.engine() == storage::Engine::postgres ? " FOR UPDATE" : "");
}

}  // namespace

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
    if (hold_living_customer(tx, customer)) return;
    require_customer(tx, customer);
    refuse_deleted_customer();
}

bool hold_living_customer(storage::Transaction& tx, CustomerId customer) {
    return tx
        .find_integer(held(tx, "SELECT 1 FROM customer WHERE id = ? AND deleted_at IS NULL"),
                      {customer.value})
        .has_value();
}

bool hold_unless_erased(storage::Transaction& tx, CustomerId customer) {
    return !tx.find_integer(held(tx, "SELECT erased_at FROM customer WHERE id = ?"), {customer.value});
}

}  // namespace otokui::core
