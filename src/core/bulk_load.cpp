#include "core/bulk_load.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/problem.hpp"

namespace otokui::core {
namespace {

constexpr unsigned kMostThreads = 4;

// Which stretch is made and written next. A stretch is made into a place of a small ring; the ring keeps the
// makers from running ahead of the writer, and so the memory constant.
class Ring {
public:
    Ring(std::int64_t stretches, std::size_t places) : stretches_(stretches), states_(places) {}

    /// The next stretch to make, once its place is free; -1 when there is none left.
    std::int64_t take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopped_ || next_ >= stretches_ || state(next_) == State::free; });
        if (stopped_ || next_ >= stretches_) return -1;
        state(next_) = State::making;
        return next_++;
    }
    void made(std::int64_t stretch) { set(stretch, State::made); }
    void written(std::int64_t stretch) { set(stretch, State::free); }
    void wait_until_made(std::int64_t stretch) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopped_ || state(stretch) == State::made; });
        if (failure_) std::rethrow_exception(failure_);
    }
    void stop(std::exception_ptr failure = nullptr) {
        {
            const std::lock_guard lock(mutex_);
            if (!failure_) failure_ = std::move(failure);
            stopped_ = true;
        }
        changed_.notify_all();
    }
    std::size_t place(std::int64_t stretch) const {
        return static_cast<std::size_t>(stretch) % states_.size();
    }

private:
    enum class State { free, making, made };
    State& state(std::int64_t stretch) { return states_[place(stretch)]; }
    void set(std::int64_t stretch, State state_now) {
        {
            const std::lock_guard lock(mutex_);
            state(stretch) = state_now;
        }
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t stretches_, next_ = 0;
    std::vector<State> states_;
    bool stopped_ = false;
    std::exception_ptr failure_;
};

void require_no_history(storage::Transaction& tx, const std::vector<std::string>& tables) {
    for (const auto& table : tables) {
        if (!tx.find_integer("SELECT 1 FROM change WHERE table_name = ? LIMIT 1", {table})) continue;
        throw Refused({ProblemKind::conflict,
                       "core.not_empty",
                       {"データベースには変更履歴があります。新しいデータベースを指定してください。",
                        "The database has a history already. Name a new one."}});
    }
}

}  // namespace

storage::Values& LoadedRows::next() {
    if (size_ == rows_.size()) {
        auto& row = rows_.emplace_back();
        row.reserve(table_->columns.size() + 1);
        for (const auto& column : table_->columns) row.push_back(column.initial());
        row.emplace_back(std::int64_t{0});
    }
    return rows_[size_++];
}

BulkLoad::BulkLoad(Writer& writer, const std::vector<std::string>& tables)
    : writer_(writer), fill_((require_no_history(writer.tx(), tables), writer.tx()), tables) {
    for (const auto& name : tables) {
        const auto& table = writer.registry().get(name);
        const auto& derive = writer.registry().hooks(table).derive;
        auto& target = targets_.emplace_back(Target{&table, derive ? derive(writer.tx()) : Derive(), {}});
        for (const auto& column : table.columns) target.columns.emplace_back(column.name);
        target.columns.emplace_back("id");
    }
}

void BulkLoad::fill(const Stage& stage) {
    const auto threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
    std::vector<LoadedRows> empty;
    for (const auto& name : stage.tables) empty.emplace_back(writer_.registry().get(name));
    std::vector<std::vector<LoadedRows>> places(threads + 2, empty);
    Ring ring(stage.stretches, places.size());

    const auto make = [&] {
        try {
            for (auto stretch = ring.take(); stretch >= 0; stretch = ring.take()) {
                auto& rows = places[ring.place(stretch)];
                for (auto& table : rows) table.clear();
                stage.make(stretch, rows);
                for (auto& table : rows) complete(table);
                ring.made(stretch);
            }
        } catch (...) {
            ring.stop(std::current_exception());
        }
    };
    std::vector<std::jthread> makers;
    struct Stopping {
        Ring& ring;
        ~Stopping() { ring.stop(); }
    } const stopping{ring};  // goes before the makers, who wait at the ring
    for (unsigned i = 0; i < threads; ++i) makers.emplace_back(make);

    for (std::int64_t stretch = 0; stretch < stage.stretches; ++stretch) {
        ring.wait_until_made(stretch);
        auto& rows = places[ring.place(stretch)];
        if (stage.refer) {
            std::vector<std::int64_t> before;
            for (auto& table : rows)
                before.push_back(std::ranges::find(targets_, &table.table(), &Target::table)->last_id);
            stage.refer(before, rows);
        }
        for (auto& table : rows) write(table);
        ring.written(stretch);
        if (stage.progress) stage.progress(rows_);
    }
}

void BulkLoad::complete(LoadedRows& rows) const {
    const auto& table = rows.table();
    const auto target = std::ranges::find(targets_, &table, &Target::table);
    if (target == targets_.end()) throw std::logic_error("a load fills a table it does not hold");
    const auto version =
        table.version_column.empty() ? std::nullopt : table.find_column(table.version_column);
    Record record;
    for (auto& row : rows.rows()) {
        if (version) row[*version] = std::int64_t{1};
        if (!target->derive) continue;
        record.values.swap(row);
        target->derive(record);
        record.values.swap(row);
    }
}

void BulkLoad::write(LoadedRows& rows) {
    auto& target = *std::ranges::find(targets_, &rows.table(), &Target::table);
    for (auto& row : rows.rows()) row.back() = ++target.last_id;
    writer_.tx().insert_many(target.table->name, target.columns, rows.rows());
    rows_ += static_cast<std::int64_t>(rows.size());
}

}  // namespace otokui::core
