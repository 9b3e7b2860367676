#include "base/log.hpp"

#include <fcntl.h>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <stdexcept>

#include "base/text/utf8.hpp"

namespace otokui {
namespace {

constexpr std::size_t kMostWaiting = 8'192;

class FunctionSink : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FunctionSink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        function_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

private:
    std::function<void(std::string_view)> function_;
};

const char* name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::off;
}

}  // namespace

struct Log::Parts {
    Parts(spdlog::sink_ptr sink, LogLevel least_level, Clock now)
        : threads(std::make_shared<spdlog::details::thread_pool>(kMostWaiting, 1)),
          logger(std::make_shared<spdlog::async_logger>("otokui", std::move(sink), threads,
                                                        spdlog::async_overflow_policy::overrun_oldest)),
          least(least_level),
          clock(std::move(now)) {
        logger->set_pattern("%v");  // the line is whole already
        logger->set_level(spdlog_level(least));
        logger->flush_on(spdlog::level::warn);
        // spdlog would print to stderr and go on; a log that fails is found by its silence, never by stopping
        // the shop.
        logger->set_error_handler([](const std::string&) {});
    }

    std::shared_ptr<spdlog::details::thread_pool> threads;  // its destructor writes what waits
    std::shared_ptr<spdlog::async_logger> logger;
    LogLevel least;
    Clock clock;
};

Log::Log(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Log::Log(Log&&) noexcept = default;
Log::~Log() {
    if (parts_) parts_->logger->flush();
}

Log Log::to_stderr(LogLevel least) {
    return Log(std::make_unique<Parts>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), least, system_now));
}

Log Log::to_file(const std::filesystem::path& file, LogLevel least) {
    // spdlog would make it readable by everybody.
    const int made = ::open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0640);
    if (made < 0) throw std::runtime_error("cannot open the log file " + file.string());
    ::close(made);
    try {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
        return Log(std::make_unique<Parts>(std::move(sink), least, system_now));
    } catch (const spdlog::spdlog_ex&) {
        throw std::runtime_error("cannot open the log file " + file.string());
    }
}

Log Log::to(std::function<void(std::string_view)> sink, LogLevel least, Clock clock) {
    return Log(
        std::make_unique<Parts>(std::make_shared<FunctionSink>(std::move(sink)), least, std::move(clock)));
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const {
    if (level < parts_->least) return;
    json::Object object;
    object.reserve(fields.size() + 3);
    object["time"] = format_utc(parts_->clock());
    object["level"] = name_of(level);
    object["event"] = event;
    for (const auto& field : fields) object[field.name] = field.value;
    line(level, json::to_text(object));
}

void Log::line(LogLevel level, std::string_view json) const {
    parts_->logger->log(spdlog_level(level), spdlog::string_view_t(escape_for_log(json)));
}

void Log::debug(std::string_view event, std::initializer_list<LogField> fields) const {
    write(LogLevel::debug, event, fields);
}
void Log::info(std::string_view event, std::initializer_list<LogField> fields) const {
    write(LogLevel::info, event, fields);
}
void Log::warning(std::string_view event, std::initializer_list<LogField> fields) const {
    write(LogLevel::warning, event, fields);
}
void Log::error(std::string_view event, std::initializer_list<LogField> fields) const {
    write(LogLevel::error, event, fields);
}

std::string format_utc(Moment moment) {
    const std::chrono::sys_time<std::chrono::milliseconds> time{
        std::chrono::milliseconds(moment.milliseconds)};
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()),
                  int(clock.subseconds().count()));
    return text.data();
}

std::string escape_for_log(std::string_view json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char32_t c : text::CodePoints(json)) {
        const bool unsafe = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        if (!unsafe) {
            text::append_utf8(safe, c);
            continue;
        }
        std::array<char, 8> escape{};
        std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
        safe += escape.data();
    }
    return safe;
}

}  // namespace otokui
