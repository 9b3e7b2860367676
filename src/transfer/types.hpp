#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.hpp"
#include "core/files.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

namespace otokui::transfer {

/// What files of CSV hold. Each kind has its own fields (schema.hpp) and its own rules (importer.hpp).
enum class Kind { customers, addresses, orders, points };
/// control: a column with n, u or d says it per row.
enum class Mode { create, update, upsert, control };
enum class OnError { all_or_nothing, skip };
/// What becomes of a row whose mail address is taken.
enum class OnClash { refuse, no_login };
enum class Outcome { create, update, remove, unchanged, error };

std::string_view name_of(Kind kind);        // "customers"
std::string_view name_of(Outcome outcome);  // "create"; remove is "delete"
/// Refused not_found import.kind_unknown.
Kind kind_of(std::string_view name);
Outcome outcome_of(std::string_view name);

/// Which field a column of a file goes to; an empty field leaves the column out.
struct MappedColumn {
    std::string column, field;
    bool operator==(const MappedColumn&) const = default;
};

/// How a file is to be taken; as the command line and the API name it (DESIGN 4, 6).
struct ImportOptions {
    Kind kind = Kind::customers;
    std::string format = "auto";  // auto otokui eccube shopify mapped
    Mode mode = Mode::create;
    OnError on_error = OnError::all_or_nothing;
    OnClash on_clash = OnClash::refuse;
    std::string encoding = "auto";  // auto utf-8 utf-8-bom cp932
    std::vector<MappedColumn> map = {};
    bool dry_run = false;
    std::string file_name = {};
};

/// Sets the option called `name` ("mode", "on_error" …) from its text. Refused invalid import.option_invalid.
void set_option(ImportOptions& options, std::string_view name, std::string_view text);

boost::json::object to_json(const ImportOptions& options);
ImportOptions options_of(const boost::json::object& json);

/// What the services of this feature stand on; owned by the application.
struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::FileStore& files;
    core::Jobs& jobs;
};

}  // namespace otokui::transfer
