#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"

namespace otokui::http {

/// A request target, decoded once.
struct Target {
    std::vector<std::string>
        segments;  // between the slashes, each decoded by itself: "%2F" does not part two segments
    std::string path;
    Parameters query;
};

/// Reads the origin form ("/a/b?c=d") and the absolute form of http and https. nullopt when an escape is
/// broken or the decoded text is no valid UTF-8 or holds a control character in the path or NUL in the query.
/// "+" is a blank in the query only.
std::optional<Target> parse_target(std::string_view target);

/// "a=b; c=d". Cookies that are not of this form are left out: other software on the same host may have set
/// them.
Parameters parse_cookies(std::string_view field);

/// "a=b&c=d", also the body of a form. nullopt as in parse_target.
std::optional<Parameters> parse_form(std::string_view text);

/// The language of a request: cookie `lang` (ja or en), else the better of the two in Accept-Language, else
/// ja.
Language choose_language(std::string_view cookie, std::string_view accept_language);

}  // namespace otokui::http
