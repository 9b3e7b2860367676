#include "app/config.hpp"

#include <toml++/toml.h>

#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "base/problem.hpp"

namespace otokui::app {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Refused(
        {ProblemKind::invalid, "config.invalid", {"設定ファイル: " + what, "Configuration: " + what}});
}

[[noreturn]] void refuse_listen() {
    throw Refused({ProblemKind::invalid,
                   "config.listen_invalid",
                   {"待ち受けアドレスは 127.0.0.1:8080 の形で指定してください。",
                    "The address to listen on looks like 127.0.0.1:8080."}});
}

template <class Value>
void take(const toml::node& node, std::string_view key, Value& into) {
    const auto value = node.value<Value>();
    if (!value) refuse("\"" + std::string(key) + "\" has a value of the wrong type");
    into = *value;
}

void take_list(const toml::node& node, std::string_view key, std::vector<std::string>& into) {
    const auto* list = node.as_array();
    if (!list) refuse("\"" + std::string(key) + "\" must be a list");
    for (const auto& one : *list) take(one, key, into.emplace_back());
}

}  // namespace

Config read_config(const std::string& file) {
    Config config;
    if (file.empty()) return config;
    try {
        const auto table = toml::parse_file(file);
        for (const auto& [name, node] : table) {
            const std::string key(name.str());
            if (key == "listen")
                take(node, key, config.listen);
            else if (key == "public_url")
                take(node, key, config.public_url);
            else if (key == "trusted_proxies")
                take_list(node, key, config.trusted_proxies);
            else if (key == "interactive_threads")
                take(node, key, config.interactive_threads);
            else if (key == "database_readers")
                take(node, key, config.database_readers);
            else
                refuse("unknown key \"" + key + "\"");
        }
    } catch (const toml::parse_error& error) {
        refuse(std::string(error.description()));
    }
    return config;
}

Listen parse_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    unsigned short port = 0;
    const char* const end = text.data() + text.size();
    if (colon != std::string::npos && colon > 0) {
        const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, port);
        auto address = text.substr(0, colon);
        if (address.size() > 2 && address.front() == '[' && address.back() == ']')
            address = address.substr(1, address.size() - 2);
        if (error == std::errc() && stop == end && colon + 1 < text.size()) return {address, port};
    }
    refuse_listen();
}

void require_tls_outside(const Listen& listen, std::string_view public_url) {
    boost::system::error_code not_an_address;
    auto address = boost::asio::ip::make_address(listen.address, not_an_address);
    if (not_an_address) refuse_listen();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
    if (address.is_loopback() || public_url.starts_with("https://")) return;
    throw Refused(
        {ProblemKind::invalid,
         "config.plain_http",
         {listen.address +
              " で待ち受けると、パスワードと個人情報が暗号化されずに流れます。127.0.0.1 で待ち受けるか、TLS "
              "の"
              "プロキシを前に置き、設定ファイルの public_url に https:// で始まる URL を指定してください。",
          "Listening on " + listen.address +
              " would send passwords and personal data unencrypted. Listen on 127.0.0.1, or put a TLS proxy "
              "in front and set public_url in the configuration file to the https:// address it serves."}});
}

}  // namespace otokui::app
