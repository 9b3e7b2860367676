#include "http/head_check.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace otokui::http {
namespace {

struct HeadCase {
    const char* name;
    std::string head;  // without the empty last line
    int status;        // 0: accepted
};

int status_of_head(const std::string& head) {
    HeadScanner scanner;
    scanner.scan(head);
    if (scanner.fault()) return scanner.fault()->status;
    if (scanner.size() != head.size()) return -1;
    const auto fault = find_head_fault(head);
    return fault ? fault->status : 0;
}

class Head : public ::testing::TestWithParam<HeadCase> {};
TEST_P(Head, IsReadInOneWayOrRefused) {
    EXPECT_EQ(status_of_head(GetParam().head + "\r\n"), GetParam().status);
}

const std::string kGet = "GET / HTTP/1.1\r\n";
const std::string kPost = "POST /a HTTP/1.1\r\nHost: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    RequestLines, Head,
    ::testing::Values(HeadCase{"Plain", kGet + "Host: a\r\n", 0},
                      HeadCase{"OldVersion", "GET / HTTP/1.0\r\n", 0},
                      HeadCase{"AbsoluteForm", "GET http://a/b HTTP/1.1\r\nHost: a\r\n", 0},
                      HeadCase{"NoVersion", "GET /\r\n", 400},
                      HeadCase{"Version09", "GET / HTTP/0.9\r\n", 505},
                      HeadCase{"Version2", "PRI * HTTP/2.0\r\n", 505},
                      HeadCase{"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"TwoBlanks", "GET  / HTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"BlankInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"BlankAtTheEnd", "GET / HTTP/1.1 \r\nHost: a\r\n", 400},
                      HeadCase{"TabBetween", "GET\t/\tHTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"NoMethod", " / HTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"BadMethod", "GE(T / HTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"RawUtf8InTarget", "GET /\xe5 HTTP/1.1\r\nHost: a\r\n", 400},
                      HeadCase{"NulInTarget", std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n", 25), 400},
                      HeadCase{"BareLineFeed", "GET / HTTP/1.1\nHost: a\r\n", 400},
                      HeadCase{"BareReturn", "GET / HTTP/1.1\rHost: a\r\n", 400}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Fields, Head,
    ::testing::Values(HeadCase{"BlankBeforeColon", kGet + "Host: a\r\nX : b\r\n", 400},
                      HeadCase{"Folded", kGet + "Host: a\r\nX: b\r\n c\r\n", 400},
                      HeadCase{"FoldedByTab", kGet + "Host: a\r\nX: b\r\n\tc\r\n", 400},
                      HeadCase{"FoldedFirst", kGet + " X: b\r\nHost: a\r\n", 400},
                      HeadCase{"NoColon", kGet + "Host: a\r\nX\r\n", 400},
                      HeadCase{"NoName", kGet + "Host: a\r\n: b\r\n", 400},
                      HeadCase{"NameWithBrackets", kGet + "Host: a\r\nX[]: b\r\n", 400},
                      HeadCase{"NameWithControl", kGet + "Host: a\r\n\x01X: b\r\n", 400},
                      HeadCase{"ValueWithControl", kGet + "Host: a\r\nX: \x01\r\n", 400},
                      HeadCase{"ValueWithDelete", kGet + "Host: a\r\nX: \x7f\r\n", 400},
                      HeadCase{"ValueWithBareReturn", kGet + "Host: a\r\nX: b\rc\r\n", 400},
                      HeadCase{"ValueWithBareLineFeed", kGet + "Host: a\r\nX: b\nY: c\r\n", 400},
                      HeadCase{"ValueWithTabAndLatin", kGet + "Host: a\r\nX: \tb \xe9\t\r\n", 0},
                      HeadCase{"EmptyValue", kGet + "Host: a\r\nX:\r\n", 0}, HeadCase{"NoHost", kGet, 400},
                      HeadCase{"TwoHosts", kGet + "Host: a\r\nHost: a\r\n", 400},
                      HeadCase{"EmptyHost", kGet + "Host:\r\n", 400},
                      HeadCase{"HostWithPath", kGet + "Host: a/b\r\n", 400},
                      HeadCase{"HostWithUser", kGet + "Host: a@b\r\n", 400},
                      HeadCase{"HostOfVersion6", kGet + "Host: [::1]:80\r\n", 0},
                      HeadCase{"TwoAuthorizations",
                               kGet + "Host: a\r\nAuthorization: a\r\nauthorization: a\r\n", 400}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Framing, Head,
    ::testing::Values(
        HeadCase{"Length", kPost + "Content-Length: 5\r\n", 0},
        HeadCase{"Chunked", kPost + "Transfer-Encoding: Chunked\r\n", 0},
        HeadCase{"LengthAndChunked", kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400},
        HeadCase{"ChunkedAndLength", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400},
        HeadCase{"DifferingLengths", kPost + "Content-Length: 5\r\nContent-Length: 6\r\n", 400},
        HeadCase{"EqualLengths", kPost + "Content-Length: 5\r\nContent-Length: 5\r\n", 400},
        HeadCase{"LengthList", kPost + "Content-Length: 5, 5\r\n", 400},
        HeadCase{"SignedLength", kPost + "Content-Length: +5\r\n", 400},
        HeadCase{"NegativeLength", kPost + "Content-Length: -1\r\n", 400},
        HeadCase{"HexLength", kPost + "Content-Length: 0x5\r\n", 400},
        HeadCase{"EmptyLength", kPost + "Content-Length: \r\n", 400},
        HeadCase{"LengthWithBlank", kPost + "Content-Length: 1 0\r\n", 400},
        HeadCase{"HugeLength", kPost + "Content-Length: 99999999999999999999\r\n", 400},
        HeadCase{"OtherCoding", kPost + "Transfer-Encoding: gzip\r\n", 400},
        HeadCase{"TwoCodings", kPost + "Transfer-Encoding: gzip, chunked\r\n", 400},
        HeadCase{"ChunkedTwice", kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
        HeadCase{"HiddenChunked",
                 kPost + "Transfer-Encoding: \x0b"
                         "chunked\r\n",
                 400},
        HeadCase{"QuotedChunked", kPost + "Transfer-Encoding: \"chunked\"\r\n", 400},
        HeadCase{"ChunkedWithParameter", kPost + "Transfer-Encoding: chunked;a=b\r\n", 400},
        HeadCase{"IdentityCoding", kPost + "Transfer-Encoding: identity\r\n", 400},
        HeadCase{"ChunkedInOldVersion", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", 400}),
    [](const auto& test) { return test.param.name; });

TEST(HeadLimits, AreSixteenKibibytesAndAHundredFields) {
    const auto with_fields = [](std::size_t count) {
        std::string head = kGet + "Host: a\r\n";
        for (std::size_t i = 1; i < count; ++i) head += "X: b\r\n";
        return head + "\r\n";
    };
    EXPECT_EQ(status_of_head(with_fields(100)), 0);
    EXPECT_EQ(status_of_head(with_fields(101)), 431);
    const auto with_size = [](std::size_t size) {
        std::string head = kGet + "Host: a\r\nX: ";
        return head + std::string(size - head.size() - 4, 'b') + "\r\n\r\n";
    };
    EXPECT_EQ(status_of_head(with_size(kMaxHeadSize)), 0);
    EXPECT_EQ(status_of_head(with_size(kMaxHeadSize + 1)), 431);
}

TEST(HeadScanner, RefusesATlsGreetingAtItsFirstByte) {
    HeadScanner scanner;
    scanner.scan("\x16\x03\x01");
    ASSERT_TRUE(scanner.fault());
    EXPECT_EQ(scanner.fault()->status, 400);
}

RC_GTEST_PROP(HeadScanner, FindsTheSameEndHoweverTheBytesArrive, ()) {
    const std::string head = kGet + "Host: a\r\nX: b\r\n\r\n";
    const std::string bytes = head + "GET /next";
    HeadScanner scanner;
    for (std::size_t end = 0; end < bytes.size();) {
        end += *rc::gen::inRange<std::size_t>(1, 10);
        scanner.scan(std::string_view(bytes).substr(0, end));
    }
    RC_ASSERT(!scanner.fault());
    RC_ASSERT(scanner.size() == head.size());
}

}  // namespace
}  // namespace otokui::http
