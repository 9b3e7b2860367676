#include "privacy/service.hpp"

#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/customer.hpp"
#include "customer/leaving.hpp"
#include "customer/service.hpp"
#include "privacy/tables.hpp"

namespace otokui::privacy {
namespace {

// The number as it stands; an absent or erased customer is refused.
std::string number_of_living(storage::Transaction& tx, CustomerId customer) {
    std::optional<std::string> number;
    bool is_erased = false;
    tx.query("SELECT number, erased_at FROM customer WHERE id = ?", {customer.value},
             [&](const storage::Row& row) {
                 number = row.text(0);
                 is_erased = !row.is_null(1);
             });
    if (!number) core::refuse_absent_customer();
    if (is_erased)
        throw Refused({ProblemKind::conflict,
                       "customer.erased",
                       {"この顧客の個人情報はすでに抹消されています。",
                        "The personal data of this customer has been erased already."}});
    return *number;
}

}  // namespace

JobId erase(const Context& context, const core::Actor& actor, CustomerId customer,
            const boost::json::value& body) {
    actor.require("customer.erase");
    json::ObjectReader reader(body);
    const auto typed = reader.text("number");
    const auto reason = reader.find_text("reason").value_or("");
    constexpr std::size_t kMaxReason = 3000;  // bytes
    if (reason.size() > kMaxReason) reader.add_error("reason", "too_long");
    const auto number = context.journal.database().read(
        [&](storage::Transaction& tx) { return number_of_living(tx, customer); });
    if (!typed.empty() && typed != number)
        reader.add_error(
            "number", "number_differs",
            {"抹消する顧客の顧客番号を入力してください。", "Type the number of the customer to erase."});
    reader.finish("erase.invalid");
    context.journal.database().read(
        [&](storage::Transaction& tx) { customer::refuse_ties(context.journal.registry(), tx, customer); });
    return context.jobs.submit(actor, {.kind = std::string(kEraseJob),
                                       .parameters = {{"customer", customer.value}, {"reason", reason}},
                                       .total = 1});
}

}  // namespace otokui::privacy
