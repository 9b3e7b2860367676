#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "core/catalogue.hpp"
#include "storage/database.hpp"

namespace otokui::form {

enum class Look { when_due, now };

/// Keeps the own fields of a catalogue those of the database, whichever server or command has changed them.
/// Looking is one read of a tiny table; "when due" is once a second. Never called inside a transaction: it
/// waits for a read connection. Thread-safe.
class OwnFields {
public:
    /// Both must outlive it.
    OwnFields(storage::Database& database, core::Catalogue& catalogue)
        : database_(database), catalogue_(catalogue) {}

    /// True when the fields were not the ones known.
    bool refresh(Look look);

private:
    using Clock = std::chrono::steady_clock;
    storage::Database& database_;
    core::Catalogue& catalogue_;
    std::mutex mutex_;
    std::string known_ = "none";
    std::atomic<Clock::rep> looked_{0};
};

}  // namespace otokui::form
