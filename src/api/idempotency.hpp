#pragma once

#include <functional>

#include "base/key_ring.hpp"
#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::api {

/// Makes a POST with an Idempotency-Key happen once (SECURITY D2): its answer is stored in the transaction of
/// its effect, sealed, and given again for 7 days. Scope: caller, route and key. The same key with another
/// request is Refused invalid idempotency.other_body. Refusals that depend on stored data (404, 409, 412, and
/// 422 unless every field of it is wrong by itself) are kept like successes; all others are not. The query
/// and the bytes of an upload belong to the request. Who has lost the right to see contact data since is
/// Refused forbidden idempotency.rights_changed.
class Idempotency {
public:
    /// Before an answer is given again: what it shows is read anew.
    using OnRepeat = std::function<void(const http::Request&, const http::Response&)>;
    Idempotency(core::Journal& journal, const crypto::KeyRing& keys, OnRepeat on_repeat)
        : journal_(journal), keys_(keys), on_repeat_(std::move(on_repeat)) {}

    /// Runs the handler, or answers as it was answered before.
    http::Response around(const http::Request& request, const http::Handler& next);
    /// Forgets answers older than 7 days; returns how many.
    std::int64_t remove_expired();

private:
    std::optional<http::Response> find(const http::Request& request, const std::string& scope,
                                       const std::string& fingerprint);
    std::optional<http::Response> repeat(const http::Request& request, const std::string& scope,
                                         const std::string& fingerprint);
    void store(core::Writer& writer, const http::Request& request, const std::string& scope,
               const std::string& fingerprint, const http::Response& response);
    core::Journal& journal_;
    const crypto::KeyRing& keys_;
    OnRepeat on_repeat_;
};

/// After a person was erased: kept answers of which `quotes` is true are emptied; returns how many. Their
/// keys stay taken: a retry is Refused conflict idempotency.erased instead of being done anew.
std::int64_t forget_answers(core::Journal& journal, const crypto::KeyRing& keys,
                            const std::function<bool(std::string_view)>& quotes);

void register_idempotency_table(core::Registry& registry);

}  // namespace otokui::api
