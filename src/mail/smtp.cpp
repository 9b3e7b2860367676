#include "mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "base/text/utf8.hpp"

namespace otokui::mail {
namespace {

constexpr std::size_t kLongestAnswer = 500;  // bytes

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// What a peer says goes to people and into the database.
std::string readable(std::string_view text) {
    std::string result;
    for (const char32_t c : text::CodePoints(text)) {
        const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        if (!control || (c == '\n' && !result.empty())) text::append_utf8(result, control ? U' ' : c);
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return std::string(text::first_bytes(result, kLongestAnswer));
}

/// Listens to the conversation: which command was the last, and what the peer said to it.
class Conversation {
public:
    void said_by_us(std::string_view line) {
        if (over_) return;
        // The answer to a credential's line belongs to AUTH: the line itself is never looked at further.
        for (const auto& [verb, stage] : kStages)
            if (line.starts_with(verb)) stage_ = stage;
        if (line.starts_with("QUIT")) {
            over_ = true;
            return;
        }
        waiting_ = true;
        answer_.clear();
    }
    void said_by_peer(std::string_view line) {
        if (over_) return;
        if (waiting_ && !answer_.empty() && complete_) answer_.clear();
        answer_.append(line);
        complete_ = line.size() < 4 || line[3] != '-';
        if (complete_) waiting_ = false;
    }
    void content_begins() {
        if (over_) return;
        stage_ = "content";
        waiting_ = true;
        complete_ = true;
    }

    const std::string& stage() const { return stage_; }
    std::string answer() const { return readable(answer_); }
    /// The code of the answer to the last thing we said; 0 while it has not come.
    int code() const {
        if (waiting_ || answer_.size() < 3) return 0;
        int code = 0;
        for (int i = 0; i < 3; ++i) {
            const char digit = answer_[static_cast<std::size_t>(i)];
            if (digit < '0' || digit > '9') return 0;
            code = code * 10 + (digit - '0');
        }
        return code;
    }

private:
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kStages{
        {{"EHLO", "hello"},
         {"HELO", "hello"},
         {"STARTTLS", "tls"},
         {"AUTH", "auth"},
         {"MAIL", "sender"},
         {"RCPT", "recipient"},
         {"DATA", "content"}}};
    std::string stage_ = "connect", answer_;
    bool waiting_ = true, complete_ = true, over_ = false;
};

struct Sent {
    std::string_view left;
    Conversation conversation;
    const std::function<bool()>* should_stop = nullptr;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* user) {
    auto& sent = *static_cast<Sent*>(user);
    sent.conversation.content_begins();
    const auto piece = sent.left.substr(0, size * count);
    std::copy(piece.begin(), piece.end(), to);
    sent.left.remove_prefix(piece.size());
    return piece.size();
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
    auto& conversation = static_cast<Sent*>(user)->conversation;
    if (type == CURLINFO_HEADER_OUT) conversation.said_by_us({data, size});
    if (type == CURLINFO_HEADER_IN) conversation.said_by_peer({data, size});
    return 0;
}

int look(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* should_stop = static_cast<Sent*>(user)->should_stop;
    return should_stop != nullptr && *should_stop && (*should_stop)() ? 1 : 0;
}

Outcome outcome_of(CURLcode result, const Conversation& conversation) {
    if (result == CURLE_OK) return Outcome::sent;
    if (result == CURLE_ABORTED_BY_CALLBACK) return Outcome::stopped;
    const auto& stage = conversation.stage();
    const auto code = conversation.code();
    const bool begun = stage == "sender" || stage == "recipient" || stage == "content";
    // 421: it closes down; 530: it wants a sign-in first; a refused sender is refused for every mail.
    if (!begun || code == 421 || code == 530 || (stage == "sender" && code >= 500)) return Outcome::peer_down;
    return code >= 500 && code < 600 ? Outcome::refused : Outcome::later;
}

}  // namespace

std::string_view name_of(Tls tls) {
    switch (tls) {
        case Tls::none:
            return "none";
        case Tls::starttls:
            return "starttls";
        case Tls::implicit:
            return "implicit";
    }
    return "";
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

struct SmtpClient::Parts {
    CURL* curl = nullptr;
    std::optional<Peer> peer;
    std::array<char, CURL_ERROR_SIZE> error{};

    void set_up(const Peer& wanted) {
        // Another peer, another connection: nothing of the old one may be used for it.
        if (curl != nullptr && peer != wanted) {
            curl_easy_cleanup(curl);
            curl = nullptr;
        }
        if (curl == nullptr) curl = curl_easy_init();
        if (curl == nullptr) throw std::bad_alloc();
        peer = wanted;
        curl_easy_reset(curl);
    }
    template <class Value>
    void set(CURLoption option, Value value) {
        if (const auto result = curl_easy_setopt(curl, option, value); result != CURLE_OK)
            throw std::runtime_error(std::string("mail: ") + curl_easy_strerror(result));
    }
    void set_peer(const Peer& to) {
        const auto host =
            to.host.find(':') != std::string::npos && to.host.front() != '[' ? "[" + to.host + "]" : to.host;
        const std::string url = (to.tls == Tls::implicit ? "smtps://" : "smtp://") + host + ":" +
                                std::to_string(to.port) + "/" + to.hello;
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_PROXY, "");  // no proxy of the environment
        set(CURLOPT_USE_SSL, static_cast<long>(to.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!to.ca_certificate.empty()) {
            curl_blob blob{const_cast<char*>(to.ca_certificate.data()), to.ca_certificate.size(),
                           CURL_BLOB_COPY};
            set(CURLOPT_CAINFO_BLOB, &blob);
        }
        if (!to.user.empty()) {
            set(CURLOPT_USERNAME, to.user.c_str());
            set(CURLOPT_PASSWORD, to.password.c_str());
        }
        set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(to.timeout.count()));
        set(CURLOPT_TIMEOUT, static_cast<long>(2 * to.timeout.count()));
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(to.timeout.count()));
        set(CURLOPT_NOSIGNAL, 1L);
    }
};

SmtpClient::SmtpClient() : parts_(std::make_unique<Parts>()) { start_curl(); }
SmtpClient::~SmtpClient() {
    if (parts_->curl != nullptr) curl_easy_cleanup(parts_->curl);
}

Sending SmtpClient::send(const Peer& peer, const Envelope& envelope, std::string_view message,
                         const std::function<bool()>& should_stop) {
    auto& parts = *parts_;
    parts.set_up(peer);
    parts.set_peer(peer);
    Sent sent{.left = message, .conversation = {}, .should_stop = &should_stop};
    const std::string from = "<" + envelope.from + ">", to = "<" + envelope.to + ">";
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
        curl_slist_append(nullptr, to.c_str()), curl_slist_free_all);
    parts.set(CURLOPT_MAIL_FROM, from.c_str());
    parts.set(CURLOPT_MAIL_RCPT, recipients.get());
    parts.set(CURLOPT_UPLOAD, 1L);
    parts.set(CURLOPT_READFUNCTION, give);
    parts.set(CURLOPT_READDATA, &sent);
    parts.set(CURLOPT_WRITEFUNCTION, ignore);
    parts.set(CURLOPT_DEBUGFUNCTION, listen);
    parts.set(CURLOPT_DEBUGDATA, &sent);
    parts.set(CURLOPT_VERBOSE, 1L);
    parts.set(CURLOPT_XFERINFOFUNCTION, look);
    parts.set(CURLOPT_XFERINFODATA, &sent);
    parts.set(CURLOPT_NOPROGRESS, 0L);
    parts.error[0] = '\0';
    parts.set(CURLOPT_ERRORBUFFER, parts.error.data());

    const auto result = curl_easy_perform(parts.curl);
    const auto& conversation = sent.conversation;
    Sending answer{outcome_of(result, conversation), conversation.stage(), conversation.answer()};
    if (result != CURLE_OK && conversation.code() < 400)
        answer.answer = readable(parts.error[0] != '\0' ? parts.error.data() : curl_easy_strerror(result));
    // A connection on which something went wrong is not used again.
    if (result != CURLE_OK) {
        curl_easy_cleanup(parts.curl);
        parts.curl = nullptr;
    }
    return answer;
}

}  // namespace otokui::mail
