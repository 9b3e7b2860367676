#pragma once

#include <sodium/crypto_generichash.h>

#include <string_view>

#include "base/crypto.hpp"

namespace otokui::crypto {

/// The digest (crypto::digest) of a text that comes piece by piece, however it is cut.
class Digester {
public:
    Digester();
    void add(std::string_view piece);
    /// Of all pieces; nothing may be added after it.
    Digest finish();

private:
    crypto_generichash_state state_;
};

}  // namespace otokui::crypto
