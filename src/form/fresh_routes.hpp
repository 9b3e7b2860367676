#pragma once

#include <vector>

#include "form/own_fields.hpp"
#include "http/router.hpp"

// How the catalogue of a server keeps up with fields that another server or a command has made.
namespace otokui::form {

/// Reading routes of the API look whether the own fields have changed, once a second. A writing one that is
/// refused for a field or choice nobody knows looks at once, and is run again when another server has made it
/// meanwhile.
std::vector<http::Route> fresh(OwnFields& own_fields, std::vector<http::Route> routes);

/// For http::Hooks::around, outside of everything else: looks when it is due before a write, and at once
/// after it, so that the next request of this server knows what this one did, by whatever way (an undo too).
http::Response around(OwnFields& own_fields, const http::Request& request, const http::Handler& next);

}  // namespace otokui::form
