#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/files.hpp"
#include "transfer/csv_reader.hpp"
#include "transfer/types.hpp"

// The uploaded file as rows: pieces are opened one after another, so that memory stays the same however long
// the file is.
namespace otokui::transfer {

struct FileForm {
    text::Encoding encoding = text::Encoding::utf8;
    bool is_sure = true;  // false: let the person confirm
    char delimiter = ',';
};

/// "utf-8", "utf-8-bom", "cp932".
std::string_view name_of(text::Encoding encoding);
text::Encoding encoding_of(std::string_view name);

/// Looks at the file until its encoding is sure. `asked`: "auto" or the name of an encoding.
FileForm find_form(core::FileStore& files, const core::StoredFile& file, std::string_view asked);

enum class Reading { go_on, stop };
/// Calls `each` for every row, the header first, until it says stop.
void read_rows(core::FileStore& files, const core::StoredFile& file, const FileForm& form,
               const std::function<Reading(const CsvRow&)>& each);

/// The upload a job works on. Refused conflict import.upload_gone when it has expired.
core::StoredFile get_upload(core::FileStore& files, const std::string& token);

/// The header's names. Refused invalid import.not_csv (no header, or one with faults).
std::vector<std::string> header_of(const CsvRow& row);

}  // namespace otokui::transfer
