#include "http/testing/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace otokui::http::testing {
namespace {

using Clock = std::chrono::steady_clock;

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) throw std::runtime_error("answer: a line without its end");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

std::string take(std::string_view& rest, std::size_t size) {
    if (rest.size() < size) throw std::runtime_error("answer: cut");
    std::string part(rest.substr(0, size));
    rest.remove_prefix(size);
    return part;
}

std::string take_chunks(std::string_view& rest) {
    std::string body;
    while (true) {
        const std::size_t size = std::stoul(std::string(take_line(rest)), nullptr, 16);
        body += take(rest, size);
        if (!take_line(rest).empty()) throw std::runtime_error("answer: a chunk without its end");
        if (size == 0) return body;
    }
}

Answer take_answer(std::string_view& rest) {
    Answer answer;
    const std::string_view line = take_line(rest);
    if (!line.starts_with("HTTP/1.1 ") || line.size() < 12)
        throw std::runtime_error("answer: bad status line");
    answer.status = std::stoi(std::string(line.substr(9, 3)));
    for (std::string_view field = take_line(rest); !field.empty(); field = take_line(rest)) {
        const auto colon = field.find(": ");
        if (colon == std::string_view::npos) throw std::runtime_error("answer: bad field");
        answer.headers.add(std::string(field.substr(0, colon)), std::string(field.substr(colon + 2)));
    }
    if (answer.status < 200 || answer.status == 204 || answer.status == 304) return answer;
    if (answer.header("Transfer-Encoding") == "chunked") {
        answer.body = take_chunks(rest);
    } else if (answer.headers.has("Content-Length")) {
        answer.body = take(rest, std::stoul(answer.header("Content-Length")));
    } else {
        answer.body = take(rest, rest.size());
    }
    return answer;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("client: cannot connect");
    }
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::receive(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
        throw std::runtime_error("client: out of patience");
    std::array<char, 64 * 1024> space;
    const auto size = ::recv(socket_, space.data(), space.size(), 0);
    if (size <= 0) return false;
    unread_.append(space.data(), static_cast<std::size_t>(size));
    return true;
}

std::string RawClient::read_to_end(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (receive(deadline)) continue;
    return std::exchange(unread_, {});
}

std::string RawClient::read_until(std::string_view text, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (unread_.find(text) == std::string::npos)
        if (!receive(deadline)) throw std::runtime_error("client: closed before the text came: " + unread_);
    return std::exchange(unread_, {});
}

bool RawClient::is_closed_within(std::chrono::milliseconds patience) {
    try {
        read_to_end(patience);
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

std::vector<Answer> read_answers(std::string_view bytes) {
    std::vector<Answer> answers;
    while (!bytes.empty()) answers.push_back(take_answer(bytes));
    return answers;
}

Answer fetch(std::uint16_t port, std::string_view method, std::string_view target, std::string_view fields,
             std::string_view body) {
    RawClient client(port);
    std::string request;
    request.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    request.append(std::to_string(port)).append("\r\nConnection: close\r\n").append(fields);
    if (!body.empty()) request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    request.append("\r\n").append(body);
    client.send(request);
    std::string bytes = client.read_to_end();
    if (method == "HEAD") {
        // The Content-Length of an answer to HEAD tells of a body that is not there.
        const auto end = bytes.find("\r\n\r\n");
        Answer answer = read_answers("HTTP/1.1 204 \r\n" + bytes.substr(bytes.find("\r\n") + 2)).at(0);
        answer.status = std::stoi(bytes.substr(9, 3));
        answer.body = bytes.substr(end + 4);
        return answer;
    }
    const auto answers = read_answers(bytes);
    if (answers.empty()) throw std::runtime_error("client: no answer");
    return answers.back();
}

}  // namespace otokui::http::testing
