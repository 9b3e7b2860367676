#pragma once

#include <span>
#include <string>
#include <string_view>

#include "storage/database.hpp"

namespace otokui::storage {

/// One step of the schema. Files are migrations/NNNN_name.sql, with NNNN_name.sqlite.sql / .postgres.sql
/// where the engines must differ (run after the common file of the same number). In the common files `@id@`
/// stands for the engine's auto-numbered primary key,
/// `@blob@` for its byte type. Statements end with `;` at a line's end.
struct Migration {
    int number;
    std::string_view name;
    std::string_view common, sqlite_only, postgres_only;  // any may be empty
};

/// The steps inside the binary, ascending; numbers may be left out.
std::span<const Migration> migrations();

/// Brings the schema up to date, each step in a transaction of its own with its row in schema_version.
/// Another process migrating at the same time is waited for. A schema newer than the binary is Refused
/// storage.newer_schema and nothing changes. On SQLite a schema that is not new is first backed up beside the
/// database (PATH.before-migration, replacing the one of the last time); without it nothing changes either
/// (Refused storage.no_backup).
void migrate(Database& database, std::span<const Migration> steps = migrations());

/// The number of the last step done; 0 on an empty database.
int schema_number(Database& database);

}  // namespace otokui::storage
