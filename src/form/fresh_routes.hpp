#pragma once

#include <vector>

#include "form/own_fields.hpp"
#include "http/router.hpp"

// How the catalogue of a server keeps up with fields that another server or a command has made.
namespace otokui::form {

/// Reading routes of the API look whether the own fields have changed, once a second. Others pass through
/// around().
std::vector<http::Route> fresh(OwnFields& own_fields, std::vector<http::Route> routes);

/// For http::Hooks::around, outside of everything else: looks when it is due; runs the request again when it
/// was refused for a field or choice that another server has made meanwhile; and looks after a write, so that
/// the next request of this server knows what this one did, by whatever way (an undo too).
http::Response around(OwnFields& own_fields, const http::Request& request, const http::Handler& next);

}  // namespace otokui::form
