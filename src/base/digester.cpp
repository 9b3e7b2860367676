#include "base/digester.hpp"

#include <stdexcept>

namespace otokui::crypto {

Digester::Digester() {
    if (crypto_generichash_init(&state_, nullptr, 0, Digest().size()) != 0)
        throw std::runtime_error("crypto: a digest cannot be begun");
}

void Digester::add(std::string_view piece) {
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
}

Digest Digester::finish() {
    Digest result;
    crypto_generichash_final(&state_, result.data(), result.size());
    return result;
}

}  // namespace otokui::crypto
