#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "storage/database.hpp"

namespace otokui::storage {

/// The pool of SOCI sessions to one database; the only place that includes SOCI. Statements run on the native
/// handle of the leased session (docs/adr/0002-statements-below-soci.md). Thread-safe, but one position
/// belongs to one thread while leased.
class Sessions {
public:
    Sessions(Url url, std::size_t count);
    ~Sessions();
    Sessions(const Sessions&) = delete;
    Sessions& operator=(const Sessions&) = delete;

    std::size_t count() const noexcept;
    /// A free position; nothing when none became free in time.
    std::optional<std::size_t> lease(std::chrono::milliseconds wait);
    void give_back(std::size_t position);

    /// Connects the session at `position` anew. The answer is its sqlite3* or PGconn* and lives until
    /// close(). Throws Error.
    void* open(std::size_t position);
    /// All statements of the handle must be gone by now.
    void close(std::size_t position) noexcept;

private:
    struct Pool;
    std::unique_ptr<Pool> pool_;
};

}  // namespace otokui::storage
