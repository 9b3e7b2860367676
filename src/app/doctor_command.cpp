#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "storage/migrations.hpp"
#include "storage/server_lock.hpp"

// Looks at what a server stands on, and changes nothing. What the rows say is `verify`'s.
namespace otokui::app {
namespace {

constexpr std::uintmax_t kMebibyte = std::uintmax_t{1} << 20;
constexpr std::uintmax_t kLeastFree = 256 * kMebibyte;
constexpr std::chrono::seconds kClockSlack{60};
constexpr std::int64_t kEarliest = 1'735'657'200'000;  // 2025-01-01 in Japan: older than this program

/// One line for each thing looked at, and whether all are well.
class Findings {
public:
    void good(std::string_view what, const std::string& detail) { print("ok    ", what, detail); }
    void unknown(std::string_view what, const std::string& why) { print("--    ", what, why); }
    void wrong(std::string_view what, const std::string& detail) {
        print("WRONG ", what, detail);
        ++wrong_;
    }
    /// Runs `look`; what it throws is wrong.
    template <class Look>
    void about(std::string_view what, Look look) {
        try {
            look();
        } catch (const Refused& refused) {
            wrong(what, refused.problem().detail.en);
        } catch (const std::exception& error) {
            wrong(what, error.what());
        }
    }
    int status() const { return wrong_ == 0 ? 0 : 1; }

private:
    static void print(std::string_view verdict, std::string_view what, const std::string& detail) {
        std::cout << verdict << what << ": " << detail << std::endl;
    }
    int wrong_ = 0;
};

std::string mebibytes(std::uintmax_t bytes) { return std::to_string(bytes / kMebibyte) + " MiB"; }

bool is_ours(Findings& findings, storage::Database& database) {
    const auto number = storage::schema_number(database), known = storage::migrations().back().number;
    const auto text = std::to_string(number);
    if (number == known)
        findings.good("schema", text);
    else if (number < known)
        findings.wrong("schema", text + ", this program has " + std::to_string(known) +
                                     ": run otokui migrate, or start the server");
    else
        findings.wrong("schema", text + ", newer than this program: use the newer one");
    return number == known;
}

void look_at_pages(Findings& findings, storage::Database& database) {
    if (database.engine() == storage::Engine::postgres) {
        const auto checksums = database.read([](storage::Transaction& tx) {
            return tx.find_text("SELECT current_setting('data_checksums')");
        });
        return findings.unknown(
            "integrity", "PostgreSQL's own concern; data_checksums is " + checksums.value_or("unknown"));
    }
    const auto found = storage::quick_check(database);
    for (const auto& one : found) findings.wrong("integrity", one);
    if (found.empty()) findings.good("integrity", "quick_check finds nothing");
}

void look_at_key(Findings& findings, const storage::Url& url, storage::Database* database) {
    const auto file = key_file_of(url);
    const auto sealed = database ? some_sealed(*database) : std::vector<storage::Blob>();
    std::error_code absent;
    if (database && sealed.empty() && !std::filesystem::exists(file, absent))
        return findings.good("key", "none yet, and nothing is sealed; it will be made at " + file.string());
    const auto keys = crypto::KeyRing::load(file);
    for (const auto& one : sealed)
        if (!keys.has_key_of(one))
            return findings.wrong("key", file.string() + " is not the key this database was sealed with");
    findings.good("key", file.string());
}

void look_at_folder(Findings& findings, const storage::Url& url) {
    if (url.engine == storage::Engine::postgres) return findings.unknown("disk", "PostgreSQL's own concern");
    const std::filesystem::path file(url.target);
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    for (const auto& [path, how] : {std::pair(folder, W_OK | X_OK), std::pair(file, R_OK | W_OK)}) {
        if (::access(path.c_str(), how) == 0) continue;
        findings.wrong("writable", path.string() + ": not by the user who asks");
        return;
    }
    findings.good("writable", folder.string() + " (by the user who asks)");
    const auto free = std::filesystem::space(folder).available;
    const auto text = mebibytes(free) + " free";
    if (free < kLeastFree)
        findings.wrong("disk", text + ", less than " + mebibytes(kLeastFree));
    else
        findings.good("disk", text + "; a new version copies the database first, " +
                                  mebibytes(std::filesystem::file_size(file)));
}

std::string seconds(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

void look_at_clock(Findings& findings, storage::Database& database) {
    const auto now = system_now();
    const auto [newest, theirs] = database.read([&](storage::Transaction& tx) {
        const auto last = tx.find_integer("SELECT at FROM operation ORDER BY id DESC LIMIT 1").value_or(0);
        if (tx.engine() == storage::Engine::sqlite) return std::pair(last, now.milliseconds);
        return std::pair(
            last,
            tx.find_integer("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)").value());
    });
    const auto apart = std::chrono::abs(now - Moment{theirs});
    if (now.milliseconds < kEarliest)
        findings.wrong("clock", format_moment(now) + ": that is past");
    else if (Moment{newest} - now > kClockSlack)
        findings.wrong("clock", format_moment(now) + ": " + seconds(Moment{newest} - now) +
                                    " before the newest operation of this shop");
    else if (apart > kClockSlack)
        findings.wrong("clock", format_moment(now) + ": " + seconds(apart) + " from that of PostgreSQL");
    else
        findings.good("clock", format_moment(now));
}

}  // namespace

int doctor(const std::string& database) {
    const auto url = storage::Url::parse(database);
    Findings findings;
    std::unique_ptr<storage::Database> opened;
    findings.about("database", [&] {
        opened = storage::Database::open(url, {.readers = 1, .must_exist = true});
        findings.good("database", "answers");
    });
    bool ours = false;
    if (opened) {
        findings.about("schema", [&] { ours = is_ours(findings, *opened); });
        findings.about("integrity", [&] { look_at_pages(findings, *opened); });
    }
    // What is sealed and when stands in tables of this program's schema.
    findings.about("key", [&] { look_at_key(findings, url, ours ? opened.get() : nullptr); });
    findings.about("disk", [&] { look_at_folder(findings, url); });
    if (ours) findings.about("clock", [&] { look_at_clock(findings, *opened); });
    return findings.status();
}

}  // namespace otokui::app
