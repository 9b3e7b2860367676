#include "support/postgres_databases.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

#include "storage/migrations.hpp"
#include "support/postgres_server.hpp"

namespace otokui::test {
namespace {

bool exists(const std::string& name) {
    const auto postgres = storage::Database::open(PostgresDatabases::url_of("postgres"));
    return postgres->read([&](storage::Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM pg_database WHERE datname = ?", {name}).has_value();
    });
}

// Changes with every migration, so that the worktrees of one machine can share the server.
std::string template_name() {
    std::uint64_t hash = 14'695'981'039'346'656'037U;  // FNV-1a
    for (const auto& step : storage::migrations())
        for (const auto part : {step.common, step.postgres_only})
            for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return "migrated_" + std::to_string(hash);
}

// What a test may have made besides rows: such a database is not used again.
std::string tables_of(const std::string& name) {
    const auto database = storage::Database::open(PostgresDatabases::url_of(name));
    return database->read([](storage::Transaction& tx) {
        return tx
            .find_text(
                "SELECT string_agg(relname || ' ' || relnatts, ',' ORDER BY relname) FROM pg_class "
                "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 'S', 'v')")
            .value_or("");
    });
}

// Only tables with rows are truncated: that takes a millisecond each.
constexpr const char* kEmptyMigrated = R"(
DO $$
DECLARE
    name text;
    filled bool;
    wanted text := '';
BEGIN
    FOR name IN SELECT quote_ident(relname) FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_version' LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO filled;
        IF filled THEN wanted := wanted || ', ' || name; END IF;
    END LOOP;
    IF wanted <> '' THEN EXECUTE 'TRUNCATE ' || substr(wanted, 3) || ' CASCADE'; END IF;
    FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
    END LOOP;
END $$)";

}  // namespace

void postgres_command(const std::string& sql, const std::string& database) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> server(
        PQconnectdb(PostgresDatabases::url_of(database).target.c_str()), &PQfinish);
    PQsetNoticeProcessor(server.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(server.get(), sql.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(server.get()));
}

PostgresDatabases::PostgresDatabases() { postgres_server(); }  // outlives this object, being made first

PostgresDatabases::~PostgresDatabases() {
    for (const auto& name : made_) {
        try {
            postgres_command("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (const std::exception&) {
            return;  // the server is gone, and the database with it
        }
    }
}

storage::Url PostgresDatabases::url_of(const std::string& name) {
    return {storage::Engine::postgres, postgres_server() + " dbname=" + name};
}

std::string PostgresDatabases::take(Schema schema) {
    auto& free = schema == Schema::migrated ? free_migrated_ : free_empty_;
    if (free.empty()) {
        auto fresh = create(schema == Schema::migrated ? migrated_template() : "template0");
        // Asked of the copy: a template that somebody is connected to cannot be copied.
        if (schema == Schema::migrated && migrated_tables_.empty()) migrated_tables_ = tables_of(fresh);
        return fresh;
    }
    auto name = std::move(free.back());
    free.pop_back();
    return name;
}

void PostgresDatabases::give_back(Schema schema, const std::string& name) {
    if (schema == Schema::empty) {
        postgres_command("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name);
        free_empty_.push_back(name);
    } else if (tables_of(name) == migrated_tables_) {
        postgres_command(kEmptyMigrated, name);
        free_migrated_.push_back(name);
    }
}

std::string PostgresDatabases::create(const std::string& from) {
    auto name = "test_" + std::to_string(getpid()) + "_" + std::to_string(made_.size() + 1);
    postgres_command("CREATE DATABASE " + name + " TEMPLATE " + from);
    made_.push_back(name);
    return name;
}

const std::string& PostgresDatabases::migrated_template() {
    if (!migrated_template_.empty()) return migrated_template_;
    const auto wanted = template_name();
    if (!exists(wanted)) {
        const auto fresh = create("template0");
        storage::migrate(*storage::Database::open(url_of(fresh)));
        try {
            postgres_command("ALTER DATABASE " + fresh + " RENAME TO " + wanted);
        } catch (const std::runtime_error&) {
            if (!exists(wanted)) throw;  // else another process was faster
        }
    }
    return migrated_template_ = wanted;
}

}  // namespace otokui::test
