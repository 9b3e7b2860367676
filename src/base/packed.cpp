#include "base/packed.hpp"

#include <zstd.h>

#include <stdexcept>

namespace otokui {
namespace {

constexpr int kQuickest = 1;

void require(bool holds) {
    if (!holds) throw std::runtime_error("packed bytes are damaged");
}

}  // namespace

std::string pack(std::string_view plain) {
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    const auto size = ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), kQuickest);
    require(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

std::string unpack(std::string_view packed, std::size_t longest) {
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    require(size <= longest);  // the two values that mean "unknown" are larger than any length
    std::string plain(size, '\0');
    require(ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size()) == size);
    return plain;
}

}  // namespace otokui
