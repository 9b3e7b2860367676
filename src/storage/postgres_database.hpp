#pragma once

#include <string>

namespace otokui::storage {

enum class Existence { exists, made, missing };
enum class WhenMissing { make, leave };

/// Looks through the server's maintenance database (`postgres`) whether the database named in `conninfo`
/// exists, and makes it if asked to: UTF-8, with text in the order of its bytes as on SQLite. Answers
/// `exists` when that cannot be found out, so that the failure to connect is told as it was.
Existence find_postgres_database(const std::string& conninfo, WhenMissing when_missing);

}  // namespace otokui::storage
