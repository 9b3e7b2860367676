#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otokui::app {

/// What a server may be told in a file (TOML); docs/operations.md lists the keys. Unknown keys are refused,
/// so that a typing error shows.
struct Config {
    std::string listen = "127.0.0.1:8080";
    std::string public_url = {};  // empty: the shop's setting
    std::vector<std::string> trusted_proxies = {};
    int interactive_threads = 8;
    int database_readers = 4;
};

/// Refused config.invalid with the key; an empty path gives the defaults.
Config read_config(const std::string& file);

/// "127.0.0.1:8080" or "[::1]:8080". Refused config.listen_invalid.
struct Listen {
    std::string address;
    unsigned short port;
};
Listen parse_listen(const std::string& text);

/// Passwords and personal data must not go over a network in the clear. Refused config.plain_http unless
/// `listen` is this machine alone or `public_url` says that a TLS proxy stands in front (https://…).
void require_tls_outside(const Listen& listen, std::string_view public_url);

}  // namespace otokui::app
