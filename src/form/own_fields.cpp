#include "form/own_fields.hpp"

#include "core/settings.hpp"
#include "form/rules.hpp"
#include "form/store.hpp"

namespace otokui::form {
namespace {

core::Catalogue::Features switched_off(storage::Transaction& tx, const core::Registry& registry) {
    const auto values = core::settings::read(tx, registry, core::kFeatures);
    core::Catalogue::Features off;
    for (const auto& feature : registry.settings(core::kFeatures).fields)
        if (!values.flag(feature.key)) off.insert(feature.key);
    return off;
}

}  // namespace

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
        auto off = switched_off(tx, registry_);
        const bool has_switched = off != off_;
        if (has_switched) catalogue_.set_off(off_ = std::move(off));
        auto print = store::fingerprint(tx);
        if (print == known_) return has_switched;
        std::vector<core::Field> fields;
        for (const auto& field : store::list(tx)) fields.push_back(catalogue_field(field));
        catalogue_.set_own(std::move(fields));
        known_ = std::move(print);
        return true;
    });
}

}  // namespace otokui::form
