#pragma once

// Inside http only: features never see Asio.

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

#include "http/worker_pool.hpp"

namespace otokui::http {

/// Runs `work` on `pool`; the caller resumes on its own executor with the result or the exception, or with
/// nullopt when the pool's queue was full and `work` did not run.
template <class Result>
boost::asio::awaitable<std::optional<Result>> offload(WorkerPool& pool, std::function<Result()> work) {
    namespace asio = boost::asio;
    using Signature = void(std::exception_ptr, std::optional<Result>);
    auto initiate = [&pool, work = std::move(work)](auto handler) {
        // Shared, since a std::function must be copyable and an awaiting handler is not.
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = asio::get_associated_executor(*waiting);
        auto resume = [waiting, executor](std::exception_ptr error, std::optional<Result> result) {
            asio::post(executor, [waiting, error = std::move(error), result = std::move(result)]() mutable {
                (*waiting)(std::move(error), std::move(result));
            });
        };
        const bool is_queued = pool.try_post([work, resume, alive = asio::make_work_guard(executor)] {
            std::exception_ptr error;
            std::optional<Result> result;
            try {
                result = work();
            } catch (...) {
                error = std::current_exception();
            }
            resume(std::move(error), std::move(result));
        });
        if (!is_queued) resume(nullptr, std::nullopt);
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, Signature>(std::move(initiate),
                                                                                      asio::use_awaitable);
}

}  // namespace otokui::http
