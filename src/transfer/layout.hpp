#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transfer/schema.hpp"

// Which column of a file is which field: by the formats we know (our own export, EC-CUBE's and Shopify's
// customer files), else guessed from the header, and in every case as the person says.
namespace otokui::transfer {

/// A field with the columns it is read from; the first cell that is not empty counts.
struct Source {
    const core::Field* field = nullptr;
    std::vector<std::size_t> columns;
};

struct Layout {
    std::string format;  // otokui eccube shopify mapped
    std::vector<std::string> header;
    std::vector<Source> sources;
    std::vector<std::string> ignored;  // headers of columns that are not taken
    bool is_guarded = false;  // written by Otokui: cells that look like formulas have a quote before them

    const Source* find(std::string_view key) const;
    /// The field of each column, in the order of the header; empty keys for those left out.
    std::vector<MappedColumn> columns() const;
    /// The text of a cell as the field understands it: guards of our own export taken away, words of other
    /// systems (本会員, M, JP-13) turned into ours.
    std::string cell(const core::Field& field, std::string_view raw) const;
};

/// Refused invalid import.mapping_invalid (a column that is not there, a field that cannot be taken, one
/// field twice), import.format_unknown (nothing recognised), import.duplicate_column. `remembered` is the
/// mapping kept for this header; used unless `options` say something else.
Layout recognise(const Schema& schema, std::span<const std::string> header, const ImportOptions& options,
                 const std::vector<MappedColumn>& remembered);

/// Stable for files with the same header.
std::string signature_of(std::span<const std::string> header);

/// "col=field,…", each percent-encoded; Refused invalid import.mapping_invalid.
std::vector<MappedColumn> parse_map(std::string_view text);

}  // namespace otokui::transfer
