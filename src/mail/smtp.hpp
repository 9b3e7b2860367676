#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

// One mail over one connection, by libcurl.
namespace otokui::mail {

enum class Tls { none, starttls, implicit };
std::string_view name_of(Tls tls);

struct Peer {
    std::string host;
    int port = 587;
    Tls tls = Tls::starttls;
    std::string user, password;  // empty user: no authentication
    std::string ca_certificate;  // PEM; empty: the system's
    std::string hello;           // how we call ourselves in EHLO: a domain
    std::chrono::seconds timeout{30};
    bool operator==(const Peer&) const = default;
};

struct Envelope {
    std::string from, to;  // addresses as on the wire
};

enum class Outcome {
    sent,       // the peer took it: 250
    refused,    // the peer will never take it: 5xx to this recipient or this content
    later,      // 4xx, silence or a cut after the mail had begun; may have been taken all the same
    peer_down,  // no mail can go: no connection, no TLS, no sign-in, sender refused
    stopped     // we stop; nothing is known
};

struct Sending {
    Outcome outcome = Outcome::later;
    std::string stage;   // connect, hello, tls, auth, sender, recipient, content: how far it came
    std::string answer;  // the peer's own words ("550 5.1.1 no such user"), or what cut it short
};

/// True for names and addresses of this machine.
bool is_loopback(std::string_view host);

/// Keeps its connection from mail to mail while the peer stays the same. One thread at a time. Checks the
/// peer's certificate and name; starttls without TLS is a failure, never a fall-back.
class SmtpClient {
public:
    SmtpClient();
    ~SmtpClient();
    SmtpClient(const SmtpClient&) = delete;
    SmtpClient& operator=(const SmtpClient&) = delete;

    /// `message` has CRLF line ends. Ends within Peer::timeout for connecting and again for the rest.
    /// `should_stop` is asked about once a second.
    Sending send(const Peer& peer, const Envelope& envelope, std::string_view message,
                 const std::function<bool()>& should_stop = {});

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace otokui::mail
