#pragma once

#include <boost/json/object.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text_pair.hpp"

namespace otokui {

/// Why a request or job step ends; http/problem.cpp maps each kind to one status code.
enum class ProblemKind {
    malformed,              // 400: cannot be read at all
    unauthenticated,        // 401
    forbidden,              // 403
    not_found,              // 404
    conflict,               // 409
    stale,                  // 412: the record has changed since it was read
    too_large,              // 413
    unsupported_media,      // 415
    invalid,                // 422: readable, but breaks a rule
    locked,                 // 423
    precondition_required,  // 428
    too_many,               // 429
    unavailable,            // 503: try again later
    no_room                 // 507: the disk is full; nothing was written
};

/// One wrong field: `pointer` is RFC 6901 into the body ("/email"), `code` is stable ("required").
/// `message` may stay empty: generic codes have their texts in http/problem_texts.cpp.
struct FieldError {
    std::string pointer;
    std::string code;
    Text message = {};
    bool operator==(const FieldError&) const = default;
};

/// What a person and a program are told about a refusal (RFC 9457).
struct Problem {
    ProblemKind kind;
    std::string code;  // stable, for programs: "customer.email_taken"
    Text detail;       // for the person at the screen; never SQL, paths or another customer's data
    std::vector<FieldError> fields = {};
    boost::json::object extra = {};  // further members of the answer, e.g. both values of a stale write
    int retry_after_seconds = 0;     // > 0: sent as Retry-After
};

/// Ends this request or job step. Thrown once, where the rule lives. what() is the code: for the log.
class Refused : public std::runtime_error {
public:
    explicit Refused(Problem problem) : std::runtime_error(problem.code), problem_(std::move(problem)) {}
    const Problem& problem() const noexcept { return problem_; }

private:
    Problem problem_;
};

}  // namespace otokui
