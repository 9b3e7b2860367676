#include "support/database.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "storage/migrations.hpp"
#include "support/postgres_server.hpp"

namespace otokui::test {
namespace {

std::filesystem::path make_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "otokui-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
    return pattern;
}

void command(const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> server(
        PQconnectdb((postgres_server() + " dbname=postgres").c_str()), &PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(server.get(), sql.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(server.get()));
}

storage::Url postgres_url(const std::string& name) {
    return {Backend::postgres, postgres_server() + " dbname=" + name};
}

std::string create_database(const std::string& from) {
    static int count = 0;
    const auto name = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    command("CREATE DATABASE " + name + " TEMPLATE " + from);
    return name;
}

// Changes with every migration, so that the worktrees of one machine can share the server.
std::string template_name() {
    std::uint64_t hash = 14'695'981'039'346'656'037U;  // FNV-1a
    for (const auto& step : storage::migrations())
        for (const auto part : {step.common, step.postgres_only})
            for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return "migrated_" + std::to_string(hash);
}

bool exists(const std::string& name) {
    const auto postgres = storage::Database::open(postgres_url("postgres"));
    return postgres->read([&](storage::Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM pg_database WHERE datname = ?", {name}).has_value();
    });
}

// Migrating takes longer than most tests: it is done once for all of them, copying what it made takes a
// moment.
const std::string& migrated_template() {
    static const std::string name = [] {
        auto wanted = template_name();
        if (exists(wanted)) return wanted;
        const auto fresh = create_database("template0");
        storage::migrate(*storage::Database::open(postgres_url(fresh)));
        try {
            command("ALTER DATABASE " + fresh + " RENAME TO " + wanted);
        } catch (const std::runtime_error&) {
            if (!exists(wanted)) throw;  // else another process was faster
            command("DROP DATABASE " + fresh);
        }
        return wanted;
    }();
    return name;
}

}  // namespace

std::vector<Backend> backends() { return {Backend::sqlite, Backend::postgres}; }

std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgres";
}

Database::Database(Backend backend, Schema schema, const storage::DatabaseOptions& options)
    : options_(options) {
    if (backend == Backend::postgres) {
        name_ = create_database(schema == Schema::migrated ? migrated_template() : "template0");
        url_ = postgres_url(name_);
        reopen();
        return;
    }
    folder_ = make_folder();
    url_ = {backend, (folder_ / "shop.db").string()};
    reopen();
    if (schema == Schema::migrated) storage::migrate(*database_);
}

Database::~Database() {
    database_.reset();
    if (name_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
        return;
    }
    try {
        command("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::runtime_error& error) {
        ADD_FAILURE() << error.what();
    }
}

std::string Database::url_text() const {
    return (url_.engine == Backend::sqlite ? "sqlite:" : "postgres:") + url_.target;
}

void Database::reopen() {
    while_closed([] {});
}

void Database::while_closed(const std::function<void()>& work) {
    database_.reset();
    work();
    database_ = storage::Database::open(url_, options_);
}

}  // namespace otokui::test
