#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "storage/connection.hpp"
#include "storage/sessions.hpp"

namespace otokui::storage {

/// Connections of one role over one SOCI pool. Each is opened when it is first leased.
class Pool {
public:
    using Make = std::function<std::unique_ptr<Connection>(Sessions&, std::size_t position)>;
    Pool(const Url& url, std::size_t count, const Make& make);

    class Lease {
    public:
        Lease(Pool& pool, std::size_t position) : pool_(&pool), position_(position) {}
        Lease(Lease&& other) noexcept : pool_(other.pool_), position_(other.position_) {
            other.pool_ = nullptr;
        }
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (pool_ != nullptr) pool_->sessions_.give_back(position_);
        }
        /// Connected. Throws Error when the database cannot be reached.
        Connection& connection();

    private:
        Pool* pool_;
        std::size_t position_;
    };

    /// Waits until a connection is free. Throws Cancelled after `wait` or when `stop` is set.
    Lease lease(std::chrono::milliseconds wait, const std::stop_token& stop = {});
    /// Every connection is opened anew before its next use. Thread-safe.
    void distrust_all() noexcept { ++generation_; }

private:
    Sessions sessions_;
    struct Entry {
        std::unique_ptr<Connection> connection;
        unsigned generation = 0;
    };
    std::vector<Entry> entries_;
    std::atomic<unsigned> generation_ = 0;
};

}  // namespace otokui::storage
