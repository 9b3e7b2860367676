#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "embedded/file.hpp"
#include "http/router.hpp"

namespace otokui::http {

/// Additions to the page's Content-Security-Policy, e.g. {"frame-src", "https://pay.example"} for one page
/// only.
struct PagePolicy {
    std::string path_prefix;  // "/mail-frame"
    std::string directive;
    std::string source;
};

/// The Content-Security-Policy of our pages with the style nonce in it.
std::string page_policy(std::string_view nonce, std::string_view path, std::span<const PagePolicy> additions);

/// A route for GET of every path that no other route takes. Files below "assets/" bear a digest in their name
/// and are kept by browsers for ever; others are asked for again with their tag. A path outside /api and
/// without a dot in its last part is a page of the application: it gets index.html, and /api/docs gets
/// docs.html, with every "{{nonce}}" replaced by a fresh nonce, never stored. The best form that
/// Accept-Encoding takes is sent as it lies in the binary.
Route static_files(std::span<const embedded::File> files, std::vector<PagePolicy> additions = {});

/// The media type of a file name; application/octet-stream when unknown.
std::string_view content_type_of(std::string_view file_name);

}  // namespace otokui::http
