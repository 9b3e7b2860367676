#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/problem.hpp"

// What storage throws. No message holds a bound value: engines repeat personal data in theirs, so those stay
// inside storage/.
namespace otokui::storage {

/// A broken database, lost connection or faulty statement. what() names the engine's code and the statement's
/// shape only.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Another writer was in the way (SQLITE_BUSY, 40001, 40P01, 55P03). Database::write tries again by itself,
/// unless all of DatabaseOptions::busy went by before the transaction could begin.
class Busy : public Error {
public:
    using Error::Error;
};

/// The statement ran past its time limit or its stop token was set; the engine really stopped working on it.
class Cancelled : public Error {
public:
    using Error::Error;
};

/// A unique index refused the row. `constraint` is "table.column, table.column" on both engines, for an index
/// over an expression its name.
class UniqueViolation : public Error {
public:
    explicit UniqueViolation(std::string constraint)
        : Error("unique violation: " + constraint), constraint_(std::move(constraint)) {}
    /// True when the violated index covers exactly or first `column` of `table`, or is named
    /// <table>_<column>_unique.
    bool on(std::string_view table, std::string_view column) const;
    const std::string& constraint() const noexcept { return constraint_; }

private:
    std::string constraint_;
};

/// Database::stop_writes was called. Refused unavailable database.damaged, as the answer to whoever wanted to
/// write; nothing that a job or a row of a file has done wrong.
class WritesStopped : public Refused {
public:
    WritesStopped();
};

/// A foreign key refused the change: the row is still referred to, or refers to nothing.
class ForeignKeyViolation : public Error {
public:
    using Error::Error;
};

}  // namespace otokui::storage
