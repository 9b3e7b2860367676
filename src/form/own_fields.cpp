#include "form/own_fields.hpp"

#include "form/rules.hpp"
#include "form/store.hpp"

namespace otokui::form {

bool OwnFields::refresh(Look look) {
    constexpr std::chrono::seconds kPause{1};
    const auto now = Clock::now().time_since_epoch();
    if (look == Look::when_due && now - Clock::duration(looked_.load()) < kPause) return false;
    std::unique_lock lock(mutex_, std::defer_lock);
    if (look == Look::now)
        lock.lock();
    else if (!lock.try_lock())
        return false;  // somebody is looking
    looked_ = now.count();
    return database_.read([&](storage::Transaction& tx) {
        auto print = store::fingerprint(tx);
        if (print == known_) return false;
        std::vector<core::Field> fields;
        for (const auto& field : store::list(tx)) fields.push_back(catalogue_field(field));
        catalogue_.set_own(std::move(fields));
        known_ = std::move(print);
        return true;
    });
}

}  // namespace otokui::form
