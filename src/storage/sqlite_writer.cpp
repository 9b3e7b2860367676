#include "storage/sqlite_writer.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>

namespace otokui::storage {
namespace {

// Nobody begins in the same transaction later than this after the first member was done: that one waits for
// the commit.
constexpr std::chrono::milliseconds kLongestWait{10};
constexpr int kMostMembers = 64;

}  // namespace

// One open transaction, of one member at a time.
class WriteGroup {
public:
    WriteGroup(Pool& pool, std::chrono::milliseconds wait, std::chrono::milliseconds statement_limit)
        : lease_(pool.lease(wait)), connection_(lease_->connection()) {
        connection_.begin_write(statement_limit);
    }

    // What the work has thrown. When nothing is left of the transaction, that ends the group: is_lost().
    std::exception_ptr run(const std::function<void(Transaction&)>& step,
                           std::chrono::milliseconds statement_limit) {
        const bool is_first = members_++ == 0;
        try {
            // A savepoint makes SQLite copy pages, so the first, which may be a bulk write, goes without one.
            if (!is_first) connection_.begin_part(statement_limit);
            Transaction transaction(connection_);
            step(transaction);
            if (!is_first) connection_.end_part();
            connection_.require_sound();
            return nullptr;
        } catch (...) {
            const auto thrown = std::current_exception();
            lost_ = is_first || !undo_part();
            return thrown;
        }
    }
    bool is_lost() const { return lost_; }
    bool may_grow() {
        const auto now = std::chrono::steady_clock::now();
        if (members_ == 1) first_done_ = now;
        return members_ < kMostMembers && now < first_done_ + kLongestWait;
    }

    // Commits, unless it is lost, and lets all members go.
    void end() {
        std::exception_ptr failure;
        try {
            if (lost_) throw Busy("the transaction was lost through another write in it");
            connection_.commit();
        } catch (...) {
            failure = std::current_exception();
            connection_.rollback();
        }
        lease_.reset();
        const std::lock_guard lock(mutex_);
        failure_ = failure;
        ended_ = true;
        changed_.notify_all();
    }

    // Waits for end(); throws what kept it from committing.
    void require_committed() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return ended_; });
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    bool undo_part() {
        try {
            connection_.undo_part();
            return true;
        } catch (const Error&) {
            return false;  // SQLite has rolled back all of it: a full disk, I/O
        }
    }

    std::chrono::steady_clock::time_point first_done_{};
    std::optional<Pool::Lease> lease_;
    Connection& connection_;
    int members_ = 0;
    bool lost_ = false;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool ended_ = false;
    std::exception_ptr failure_;
};

void SqliteWriter::write(Priority priority, const std::function<void(Transaction&)>& step) {
    const auto limit = options_.statement_limit(priority);
    auto turn = gate_.enter(priority, options_.turn);
    auto group = turn.take_group();
    if (group == nullptr) {
        try {
            group = std::make_shared<WriteGroup>(pool_, options_.turn, limit);
        } catch (const Busy& busy) {
            throw PatienceSpent(busy.what());  // SQLite has waited for the other process already
        }
    }
    const auto thrown = group->run(step, limit);
    const bool lost = group->is_lost();  // to be asked only while the turn is ours
    const bool handed_on = !lost && group->may_grow() && turn.hand_on(group);
    if (!handed_on) group->end();
    if (lost) std::rethrow_exception(thrown);
    group->require_committed();
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace otokui::storage
