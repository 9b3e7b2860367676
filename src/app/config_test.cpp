#include "app/config.hpp"

#include <gtest/gtest.h>

#include "base/problem.hpp"

namespace otokui::app {
namespace {

struct ListenCase {
    const char* name;
    const char* listen;
    const char* public_url;
    const char* refused;  // code; empty: served
};

void PrintTo(const ListenCase& one, std::ostream* stream) { *stream << one.name; }

class Listening : public testing::TestWithParam<ListenCase> {};

TEST_P(Listening, OutsideThisMachineTakesATlsProxyInFront) {
    std::string code;
    try {
        require_tls_outside(parse_listen(GetParam().listen), GetParam().public_url);
    } catch (const Refused& refused) {
        code = refused.problem().code;
        EXPECT_NE(refused.problem().detail.ja, "");
    }
    EXPECT_EQ(code, GetParam().refused);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Listening,
    testing::Values(ListenCase{"Loopback", "127.0.0.1:8080", "", ""},
                    ListenCase{"AnotherLoopback", "127.3.2.1:8080", "http://desk.example.jp", ""},
                    ListenCase{"LoopbackOfSix", "[::1]:8080", "", ""},
                    ListenCase{"LoopbackMapped", "[::ffff:127.0.0.1]:8080", "", ""},
                    ListenCase{"Everywhere", "0.0.0.0:8080", "", "config.plain_http"},
                    ListenCase{"EverywhereOfSix", "[::]:8080", "", "config.plain_http"},
                    ListenCase{"AnAddress", "192.168.1.5:80", "", "config.plain_http"},
                    ListenCase{"PlainUrl", "0.0.0.0:8080", "http://desk.example.jp", "config.plain_http"},
                    ListenCase{"ProxyInFront", "0.0.0.0:8080", "https://desk.example.jp", ""},
                    ListenCase{"AName", "localhost:8080", "https://desk.example.jp", "config.listen_invalid"},
                    ListenCase{"NoPort", "127.0.0.1", "", "config.listen_invalid"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace otokui::app
