#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "core/catalogue.hpp"
#include "core/registry.hpp"
#include "storage/database.hpp"

namespace otokui::form {

enum class Look { when_due, now };

/// Keeps the own fields of a catalogue, and the parts of the product it takes for switched off, those of the
/// database, whichever server or command has changed them. Looking is two reads of a row; "when due" is once
/// a second. Never called inside a transaction: it waits for a read connection. Thread-safe.
class OwnFields {
public:
    /// All must outlive it; the registry may be filled later, before the first look.
    OwnFields(storage::Database& database, core::Catalogue& catalogue, const core::Registry& registry)
        : database_(database), catalogue_(catalogue), registry_(registry) {}

    /// True when what it found was not what it knew.
    bool refresh(Look look);

private:
    using Clock = std::chrono::steady_clock;
    storage::Database& database_;
    core::Catalogue& catalogue_;
    const core::Registry& registry_;
    std::mutex mutex_;
    std::string known_ = "none";  // the print of the own fields
    core::Catalogue::Features off_ = {};
    std::atomic<Clock::rep> looked_{0};
};

}  // namespace otokui::form
