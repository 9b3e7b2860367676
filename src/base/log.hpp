#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/json.hpp"

namespace otokui {

enum class LogLevel { debug, info, warning, error };

/// One named value of a log line. Ids and codes only: a Secret or Personal value does not compile.
struct LogField {
    LogField(std::string_view key, std::string_view text) : name(key), value(text) {}
    LogField(std::string_view key, const char* text) : name(key), value(text) {}
    LogField(std::string_view key, const std::string& text) : name(key), value(text) {}
    LogField(std::string_view key, bool truth) : name(key), value(truth) {}
    LogField(std::string_view key, std::integral auto number)
        : name(key), value(static_cast<std::int64_t>(number)) {}
    LogField(std::string_view key, double number) : name(key), value(number) {}
    template <class T, class Tag>
    LogField(std::string_view key, const Guarded<T, Tag>& value) = delete;

    std::string_view name;
    json::Value value;
};

/// The log of a process: JSON lines {time (UTC), level, event, …fields}. Writing does not wait for the disk:
/// a thread of its own does that, and when it falls behind by thousands of lines the oldest go; a full disk
/// must not stop a shop. Thread-safe.
class Log {
public:
    static Log to_stderr(LogLevel least = LogLevel::info);
    /// Appends. Made with rights 0640 at most. Throws std::runtime_error when it cannot be opened.
    static Log to_file(const std::filesystem::path& file, LogLevel least = LogLevel::info);
    /// Each line without its line end, one at a time, from the log's thread.
    static Log to(std::function<void(std::string_view)> sink, LogLevel least = LogLevel::info,
                  Clock clock = system_now);

    Log(Log&&) noexcept;
    Log& operator=(Log&&) = delete;
    /// Waits until all lines are written.
    ~Log();

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    /// A finished line of JSON, as http's request log makes them. Control characters in it are escaped.
    void line(LogLevel level, std::string_view json) const;

private:
    struct Parts;
    explicit Log(std::unique_ptr<Parts> parts);
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;
    std::unique_ptr<Parts> parts_;
};

/// "2026-11-22T03:04:05.678Z".
std::string format_utc(Moment moment);
/// Makes a text safe for a terminal and a line of JSON: DEL, C1 controls and the line separators U+2028/9 as
/// \u escapes, bytes that are not UTF-8 as U+FFFD. Those below U+0020 are JSON's own business. Cost: linear.
std::string escape_for_log(std::string_view json);

}  // namespace otokui
