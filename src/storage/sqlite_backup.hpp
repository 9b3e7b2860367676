#pragma once

#include <filesystem>

#include "storage/database.hpp"

namespace otokui::storage {

/// Writes one moment of a SQLite database to `file`, whole or not at all, readable by its owner alone, and on
/// the disk when this returns; an older file of that name is replaced. Others may read and write meanwhile.
/// Throws Error or std::system_error.
void back_up_sqlite(const Url& url, const std::filesystem::path& file);

}  // namespace otokui::storage
