#pragma once

#include <span>
#include <string_view>

namespace otokui::embedded {

/// A file inside the binary. Everything lives as long as the process.
struct File {
    std::string_view path;   // relative to the folder that was embedded, '/' between the parts
    std::string_view bytes;  // as on disk
    std::string_view
        gzip;  // the same compressed; empty where that does not make it smaller, or was not asked for
    std::string_view brotli;  // likewise
    std::string_view etag;    // 32 hexadecimal digits, a digest of `bytes`; no quotes
};

/// The file of exactly this path, or nullptr. `files` are sorted by path, as every embedded list is.
const File* find(std::span<const File> files, std::string_view path);

}  // namespace otokui::embedded
