#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"

namespace otokui::access {

/// What an entry can be: the kinds that routes and commands may name.
///   search     a page of found customers             open      one customer's record
///   reveal     one value that the reader sees masked elsewhere: which field stands in what was asked for
///   edit       the answer to a change of a record     history   what was changed of a customer
///   addresses, orders, points, mail, memo, consent, coupon, list …     lists below a customer
///   export     a file was asked for                   download  its bytes were sent
///   import     rows and rejects of an import          print     paper
///   log        an entry of this log with what was searched for
std::span<const std::string_view> kinds();
bool is_kind(std::string_view name);

/// Classes of fields, as bits.
inline constexpr int kPersonal = 1;  // names, birth dates, orders
inline constexpr int kContact = 2;   // mail, phone, street; never set for who sees them masked

/// A reading about to happen. Written before anything is shown.
struct Reading {
    core::Actor actor;         // with ip and screen
    std::string session = {};  // session or token: "session:12"; "shell" for commands
    std::string kind = {};
    int fields = kPersonal;
    CustomerId customer = {};             // of whom it is; 0: of several or of a file
    std::vector<std::int64_t> page = {};  // customers of a page of results
    std::int64_t count = 0;               // customers shown, rows of a file
    std::string asked = {};               // JSON of condition, text and columns; empty: nothing was asked
    std::int64_t job = 0;                 // whose file it is
    std::string digest = {};              // SHA-256 of the file, hex
};

struct Entry {
    std::int64_t id = 0;
    Moment at, last_at;
    std::int64_t times = 1;
    std::string kind;
    int fields = 0;
    std::int64_t count = 0;
    CustomerId customer;
    std::string customer_number;  // empty: several, or the row is gone
    core::Actor actor;
    std::int64_t search = 0, job = 0;
    std::string digest;
};

/// What of the log is asked for; everything that is set must hold.
struct Filter {
    std::optional<StaffId> staff = {};
    std::optional<CustomerId> customer = {};  // opened, or on a page of results
    std::string number = {};                  // the same by the customer's number
    std::string kind = {};
    std::string ip = {};  // for summaries only: nothing makes it quick
    std::optional<Moment> from = {}, before = {};
};

}  // namespace otokui::access
