#include "staff/factor_gate_routes.hpp"

#include <stdexcept>

#include "core/undo.hpp"
#include "staff/caller_routes.hpp"
#include "staff/rights.hpp"
#include "staff/security.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Request;

// Of an operation there is not, the handler speaks. An undo of an undo does anew what that took back.
bool asked_for_factor(core::Journal& journal, const Request& request) {
    const auto id = http::path_id(request, "operation");
    return journal.database().read([&](storage::Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM operation WHERE id = ?", {id}) &&
               asks_for_factor(core::kind_at_root(tx, journal.registry(), OperationId{id}).right);
    });
}

// Whether this request must show a factor.
using Asks = std::function<bool(const Request&)>;

Asks asks_of(core::Journal& journal, const GuardsExports& guards_exports, Factor factor) {
    if (factor == Factor::of_operation)
        return [&journal](const Request& request) { return asked_for_factor(journal, request); };
    if (factor == Factor::of_export)
        return [&journal, guards_exports](const Request&) { return journal.database().read(guards_exports); };
    return [](const Request&) { return true; };
}

// Besides a fresh factor a shop may want a second one. Of one's own factors nobody is kept away: there it is
// set up.
Asks takes_totp_of(core::Journal& journal, const http::Route& route) {
    if (route.factor == Factor::of_operation)
        return [&journal](const Request& request) { return asked_for_factor(journal, request); };
    return [named = route.right.kind() == http::Right::Kind::named](const Request&) { return named; };
}

void require_totp(core::Journal& journal, const Account& account) {
    if (!account.has_totp) require_totp_to_administer(journal.database().read(read_security), account);
}

void gate(core::Journal& journal, const GuardsExports& guards_exports, http::Route& route) {
    if (route.factor == Factor::any) return;
    auto* handler = std::get_if<http::Handler>(&route.action);
    if (!handler || route.right.kind() == http::Right::Kind::open ||
        route.right.kind() == http::Right::Kind::local_or_named)
        throw std::logic_error("route: nobody who could show a factor: " + route.pattern);
    route.action = http::Handler([&journal, asks = asks_of(journal, guards_exports, route.factor),
                                  takes_totp = takes_totp_of(journal, route),
                                  work = std::move(*handler)](const Request& request) {
        const auto& caller = caller_of(request);
        if (caller.session() && takes_totp(request)) require_totp(journal, caller.account());
        if (caller.session() && asks(request)) require_fresh(*caller.session(), journal.now());
        return work(request);
    });
}

}  // namespace

std::vector<http::Route> gated(core::Journal& journal, const GuardsExports& guards_exports,
                               std::vector<http::Route> routes) {
    for (auto& route : routes) gate(journal, guards_exports, route);
    return routes;
}

}  // namespace otokui::staff
