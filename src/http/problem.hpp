#pragma once

#include <string_view>

#include "base/problem.hpp"
#include "http/response.hpp"

namespace otokui::http {

int status_of(ProblemKind kind);

/// The RFC 9457 document of a refusal, in one language: type, title, status, detail, code, errors, request_id
/// and the problem's extra members. Field errors without a message take the text of their code
/// (problem_texts.hpp).
Response problem(const Problem& problem, Language language, std::string_view request_id);

/// For statuses that no ProblemKind has (405, 408, 431, 500 …): the generic text of the status.
Response problem_of_status(int status, std::string_view code, Language language, std::string_view request_id);

}  // namespace otokui::http
