#include "embedded/file.hpp"

#include <algorithm>

namespace otokui::embedded {

const File* find(std::span<const File> files, std::string_view path) {
    const auto found = std::ranges::lower_bound(files, path, {}, &File::path);
    return found != files.end() && found->path == path ? &*found : nullptr;
}

}  // namespace otokui::embedded
