#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"

namespace otokui::http {

/// Whose data the answer of a route shows. Whatever shows the data of a customer is written into the log of
/// readings (閲覧記録, src/access) before it is sent; `kind` is how that log calls it. A test compares every
/// route with the API document, so that none is forgotten.
class Reads {
public:
    enum class Whose { nobody, own_input, customer, told };
    static Reads nobody() { return Reads(Whose::nobody, {}); }
    /// Only what the caller has sent himself, here or before: a record he makes, a search he stored.
    static Reads own_input() { return Reads(Whose::own_input, {}); }
    /// The customer whom the path names as {customer}.
    static Reads customer(std::string kind) { return Reads(Whose::customer, std::move(kind)); }
    /// Whom the handler tells in Response::shown; an answer without it is a bug and is not sent.
    static Reads told(std::string kind) { return Reads(Whose::told, std::move(kind)); }

    Whose whose() const noexcept { return whose_; }
    const std::string& kind() const noexcept { return kind_; }

private:
    Reads(Whose whose, std::string kind) : whose_(whose), kind_(std::move(kind)) {}
    Whose whose_;
    std::string kind_;
};

/// What an answer shows of customers.
struct Shown {
    std::vector<std::int64_t> customers = {};  // their ids, as far as there is a page of them
    std::int64_t count = 0;                    // of customers, or of the rows of a file
    bool contact = true;      // contact data are among it; never counted for callers who see them masked
    bool revealed = false;    // contact data are among it all the same: asked for one by one
    json::Object asked = {};  // condition, text, columns; kept sealed, since it holds what was searched for
    std::int64_t job = 0;     // whose file it is
    std::string digest = {};  // SHA-256 of the file, hex
};

}  // namespace otokui::http
