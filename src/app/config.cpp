#include "app/config.hpp"

#include <toml++/toml.h>
#include <charconv>

#include "base/problem.hpp"

namespace otokui::app {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Refused(
        {ProblemKind::invalid, "config.invalid", {"設定ファイル: " + what, "Configuration: " + what}});
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
    throw Refused({ProblemKind::invalid,
                   "config.listen_invalid",
                   {"待ち受けアドレスは 127.0.0.1:8080 の形で指定してください。",
                    "The address to listen on looks like 127.0.0.1:8080."}});
}

}  // namespace otokui::app
