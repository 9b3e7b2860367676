// The way of a request from its head to its response. The order is the point: what costs the client least and
// tells it least comes first, and nothing of a body is read for somebody who may not send it.
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cmath>

#include "base/crypto.hpp"
#include "base/digester.hpp"
#include "http/connection.hpp"
#include "http/offload.hpp"
#include "http/origin.hpp"
#include "http/problem.hpp"
#include "http/target.hpp"

namespace otokui::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kUploadPiece = std::size_t{256} * 1024;

[[noreturn]] void refuse(ProblemKind kind, std::string code, Text detail) {
    throw Refused({kind, std::move(code), std::move(detail)});
}

[[noreturn]] void refuse_busy() {
    throw Refused({.kind = ProblemKind::unavailable,
                   .code = "server.busy",
                   .detail = {"混み合っています。少し待ってからもう一度お試しください。",
                              "The server is busy. Try again in a moment."},
                   .retry_after_seconds = 1});
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::string_view media_type(BodyRule::Kind kind) {
    switch (kind) {
        case BodyRule::Kind::none:
            return "";
        case BodyRule::Kind::json:
            return "application/json";
        case BodyRule::Kind::csv:
            return "text/csv";
        case BodyRule::Kind::text:
            return "text/plain";
        case BodyRule::Kind::form:
            return "application/x-www-form-urlencoded";
        case BodyRule::Kind::multipart:
            return "multipart/form-data";
        case BodyRule::Kind::report:
            return "application/reports+json";
    }
    return "";
}

/// Whether the Content-Type is what the route takes. JSON is UTF-8 by definition: another charset is a
/// misunderstanding.
bool has_type(std::string_view content_type, BodyRule::Kind kind) {
    std::string type = lower(content_type.substr(0, content_type.find(';')));
    while (type.ends_with(' ') || type.ends_with('\t')) type.pop_back();
    if (kind == BodyRule::Kind::report && type == "application/csp-report") return true;
    if (type != media_type(kind)) return false;
    const auto charset = lower(content_type).find("charset=");
    if (kind != BodyRule::Kind::json || charset == std::string::npos) return true;
    const std::string value = lower(content_type.substr(charset + 8));
    return value.starts_with("utf-8") || value.starts_with("\"utf-8\"");
}

std::optional<IfMatch> read_if_match(const Headers& headers) {
    const std::string* field = headers.find("if-match");
    if (field == nullptr) return std::nullopt;
    if (*field == "*") return IfMatch{.any = true};
    std::string_view digits = *field;
    if (digits.size() > 2 && digits.starts_with('"') && digits.ends_with('"'))
        digits = digits.substr(1, digits.size() - 2);
    IfMatch match;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), match.version);
    if (fault != std::errc() || end != digits.data() + digits.size() || match.version < 0)
        refuse(
            ProblemKind::malformed, "header.bad_if_match",
            {"If-Matchヘッダーは \"7\" のように指定してください。", "If-Match must look like \"7\" or *."});
    return match;
}

std::optional<std::string> read_idempotency_key(const Headers& headers) {
    const std::string* key = headers.find("idempotency-key");
    if (key == nullptr) return std::nullopt;
    const bool is_visible = std::ranges::all_of(*key, [](char c) { return c > 0x20 && c < 0x7f; });
    if (key->empty() || key->size() > 255 || !is_visible)
        refuse(ProblemKind::malformed, "header.bad_idempotency_key",
               {"Idempotency-Keyは1〜255文字の英数記号で指定してください。",
                "Idempotency-Key must be 1 to 255 visible ASCII characters."});
    return *key;
}

void check_right(const Right& right, const Request& request) {
    if (right.kind() == Right::Kind::open) return;
    if (right.kind() == Right::Kind::local_or_named && request.is_local) return;
    if (request.caller == nullptr)
        refuse(ProblemKind::unauthenticated, "session.required",
               {"ログインしてください。", "Sign in first."});
    if (right.kind() == Right::Kind::signed_in || request.caller->has(right.name())) return;
    refuse(ProblemKind::forbidden, "forbidden", {"この操作をする権限がありません。", "You may not do this."});
}

Response method_not_allowed(const Request& request, std::span<const Method> methods) {
    Response response = problem_of_status(405, "method_not_allowed", request.language, request.request_id);
    std::string allow;
    for (const Method method : methods) {
        allow += (allow.empty() ? "" : ", ") + std::string(name_of(method));
        if (method == Method::get) allow += ", HEAD";
    }
    response.headers.add("Allow", std::move(allow));
    return response;
}

std::string rounded(double number) { return std::to_string(static_cast<std::int64_t>(number)); }

}  // namespace

std::string Connection::client_address(const RequestHead& head) const {
    const auto& proxies = core_.options.trusted_proxies;
    const auto is_proxy = [&](const std::string& address) {
        return std::ranges::find(proxies, address) != proxies.end();
    };
    if (!is_proxy(peer_)) return peer_;
    // The last address was written by our own proxy, the one before by the next proxy we trust, and so on.
    std::string_view hops = head.headers.get("x-forwarded-for");
    while (!hops.empty()) {
        const auto comma = hops.rfind(',');
        std::string hop(comma == std::string_view::npos ? hops : hops.substr(comma + 1));
        hops = comma == std::string_view::npos ? std::string_view() : hops.substr(0, comma);
        std::erase(hop, ' ');
        boost::system::error_code error;
        const auto address = asio::ip::make_address(hop, error);
        if (error) return peer_;
        if (!is_proxy(address.to_string())) return address.to_string();
    }
    return peer_;
}

void Connection::read_request(Exchange& exchange) const {
    const auto& message = exchange.parser->get();
    Request& request = exchange.request;
    exchange.method_name = std::string(message.method_string());
    exchange.version = static_cast<int>(message.version());
    for (const auto& field : message)
        request.headers.add(lower(field.name_string()), std::string(field.value()));
    request.cookies = parse_cookies(request.headers.get("cookie"));
    request.language = choose_language(request.cookies.get("lang"), request.headers.get("accept-language"));
    request.remote_address = client_address(request);
    boost::system::error_code ignored;
    request.is_local = asio::ip::make_address(peer_, ignored).is_loopback() &&
                       !request.headers.has("x-forwarded-for") && !request.headers.has("forwarded") &&
                       !request.headers.has("via");
    exchange.has_body = exchange.parser->chunked() || exchange.parser->content_length().value_or(0) > 0;
}

asio::awaitable<Response> Connection::answer(Exchange& exchange) {
    const Request& request = exchange.request;
    try {
        co_return co_await handle(exchange);
    } catch (const Refused& refused) {
        co_return problem(refused.problem(), request.language, request.request_id);
    } catch (const BodyFailure& failure) {
        exchange.fault = failure.code;
        exchange.is_over = true;
        exchange.is_abandoned = failure.status == 0;
        co_return problem_of_status(failure.status, failure.code, request.language, request.request_id);
    } catch (const std::exception& exception) {
        if (const auto known = translate(exception))
            co_return problem(*known, request.language, request.request_id);
        co_return fail(exchange);
    } catch (...) {
        co_return fail(exchange);
    }
}

std::optional<Problem> Connection::translate(const std::exception& exception) const {
    return core_.hooks.translate ? core_.hooks.translate(exception) : std::nullopt;
}

Response Connection::fail(const Exchange& exchange) const {
    const Request& request = exchange.request;
    const Served served{.request_id = request.request_id,
                        .method = exchange.method_name,
                        .route = request.route,
                        .status = 500};
    if (core_.hooks.failed) core_.hooks.failed(served, std::current_exception());
    return problem_of_status(500, "internal", request.language, request.request_id);
}

asio::awaitable<Response> Connection::handle(Exchange& exchange) {
    read_request(exchange);
    Request& request = exchange.request;
    auto target = parse_target(std::string_view(exchange.parser->get().target()));
    if (!target)
        refuse(ProblemKind::malformed, "http.bad_target",
               {"URLが正しくありません。", "The URL is not valid."});
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    const auto method = find_method(exchange.method_name);
    if (!method) co_return method_not_allowed(request, core_.router.methods_of(target->segments));
    request.method = *method;
    auto match = core_.router.match(*method, target->segments);
    if (match.route == nullptr && !match.allow.empty()) co_return method_not_allowed(request, match.allow);
    if (match.route == nullptr)
        refuse(ProblemKind::not_found, "not_found", {"見つかりません。", "Not found."});
    const Route& route = *match.route;
    exchange.route = &route;
    request.route = route.pattern;
    request.path_parameters = std::move(match.path_parameters);
    if (route.runs == Runs::event_loop) co_return std::get<Handler>(route.action)(request);

    co_await authenticate(exchange);
    check_right(route.right, request);
    if (auto forgery = find_forgery(request, request.caller.get(), route, core_.options.public_url))
        throw Refused(std::move(*forgery));
    request.idempotency_key = read_idempotency_key(request.headers);
    request.if_match = read_if_match(request.headers);
    co_await ask_for_body(exchange);
    if (const auto* open = std::get_if<UploadHandler>(&route.action))
        co_return co_await run_upload(exchange, *open);
    BodyReader body(channel_, *exchange.parser, core_.options.limits, route.body.limit);
    while (!co_await body.read(request.body, request.body.size() + kUploadPiece)) continue;
    co_return co_await run_handler(exchange, std::get<Handler>(route.action));
}

asio::awaitable<void> Connection::authenticate(Exchange& exchange) {
    Request& request = exchange.request;
    const bool has_credentials = request.headers.has("authorization") || !request.cookies.empty();
    std::exception_ptr refusal;
    if (has_credentials && core_.hooks.authenticate) {
        const std::function<std::shared_ptr<const Caller>()> work = [&] {
            return core_.hooks.authenticate(request);
        };
        try {
            auto caller = co_await offload(core_.interactive, work);
            if (!caller) {
                core_.metrics.full_queues().Increment();
                refuse_busy();
            }
            request.caller = std::move(*caller);
        } catch (const Refused&) {
            refusal = std::current_exception();
        }
    }
    check_rate(exchange);  // also after a refusal: guessing tokens is what the limit is for
    if (refusal) std::rethrow_exception(refusal);
}

void Connection::check_rate(Exchange& exchange) {
    const Request& request = exchange.request;
    const RateClass rate_class = exchange.route->rate;
    const bool is_by_address = request.caller == nullptr || rate_class == RateClass::sign_in;
    exchange.rate_key = is_by_address ? "a " + request.remote_address : "c " + request.caller->rate_key();
    const auto verdict = core_.rate_limiter.take(rate_class, exchange.rate_key, exchange.started);
    const Rate& rate = core_.options.rates.of(rate_class);
    const std::string name = '"' + std::string(name_of(rate_class)) + '"';
    exchange.rate_headers.add("RateLimit-Policy", name + ";q=" + rounded(rate.burst) + ";w=" +
                                                      rounded(std::ceil(rate.burst / rate.per_second)));
    exchange.rate_headers.add("RateLimit", name + ";r=" + rounded(verdict.remaining) + ";t=" +
                                               std::to_string(std::max(1, verdict.retry_after_seconds)));
    if (verdict.is_allowed) return;
    throw Refused({.kind = ProblemKind::too_many,
                   .code = "rate.limited",
                   .detail = {"短い間に多くのリクエストがありました。少し待ってください。",
                              "Too many requests in a short time. Wait a moment."},
                   .retry_after_seconds = verdict.retry_after_seconds});
}

asio::awaitable<void> Connection::ask_for_body(Exchange& exchange) {
    const BodyRule& rule = exchange.route->body;
    const Headers& headers = exchange.request.headers;
    if (!exchange.has_body) co_return;
    if (rule.kind == BodyRule::Kind::none)
        refuse(ProblemKind::unsupported_media, "body.not_expected",
               {"本文は送れません。", "No body is taken here."});
    if (!has_type(headers.get("content-type"), rule.kind))
        refuse(ProblemKind::unsupported_media, "body.wrong_type",
               {"Content-Typeは " + std::string(media_type(rule.kind)) + " にしてください。",
                "Send the body as " + std::string(media_type(rule.kind)) + "."});
    if (exchange.parser->content_length().value_or(0) > rule.limit)
        refuse(ProblemKind::too_large, "body.too_large",
               {"送られたデータが大きすぎます。", "The body is too large."});
    if (!headers.has("expect") || exchange.version < 11) co_return;
    if (lower(headers.get("expect")) != "100-continue") {
        exchange.is_over = true;
        throw BodyFailure{417, "http.bad_expectation"};
    }
    if (!channel_.received().empty()) co_return;  // it did not wait
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    if (co_await channel_.send(kContinue, {}, core_.options.limits.write))
        throw BodyFailure{0, "http.body_cut"};
}

asio::awaitable<Response> Connection::run_handler(Exchange& exchange, const Handler& handler) {
    const Request& request = exchange.request;
    // A refusal is an answer like any other to what wraps the handler: idempotency keys replay it.
    const Handler inner = [&](const Request& asked) {
        try {
            return handler(asked);
        } catch (const Refused& refused) {
            return problem(refused.problem(), asked.language, asked.request_id);
        }
    };
    const bool is_wrapped = core_.hooks.around && !is_safe(request.method);
    const std::function<Response()> work = [&] {
        return is_wrapped ? core_.hooks.around(request, inner) : inner(request);
    };
    WorkerPool& pool = exchange.route->runs == Runs::streaming ? core_.streaming : core_.interactive;
    auto response = co_await offload(pool, work);
    if (!response) {
        core_.metrics.full_queues().Increment();
        refuse_busy();
    }
    co_return std::move(*response);
}

asio::awaitable<void> Connection::run_step(const std::function<void()>& step) {
    const std::function<bool()> work = [&step] {
        step();
        return true;
    };
    const auto done = co_await offload(core_.streaming, work);
    if (done) co_return;
    core_.metrics.full_queues().Increment();
    refuse_busy();
}

asio::awaitable<Response> Connection::run_upload(Exchange& exchange, const UploadHandler& open) {
    Request& request = exchange.request;
    std::unique_ptr<Upload> upload;
    std::optional<Response> response;
    std::exception_ptr failure;
    try {
        std::function<void()> step = [&] { upload = open(request); };
        co_await run_step(step);
        BodyReader body(channel_, *exchange.parser, core_.options.limits, exchange.route->body.limit);
        std::string piece;
        bool is_last = false;
        crypto::Digester digester;
        while (!is_last) {
            is_last = co_await body.read(piece, kUploadPiece);
            step = [&] {
                upload->write(piece);
                if (request.idempotency_key) digester.add(piece);
            };
            if (!piece.empty()) co_await run_step(step);
            piece.clear();
        }
        if (request.idempotency_key) request.upload_digest = crypto::base64url(digester.finish());
        const Handler finish = [&](const Request&) { return upload->finish(); };
        step = [&] { response = core_.hooks.around ? core_.hooks.around(request, finish) : finish(request); };
        co_await run_step(step);
    } catch (...) {
        failure = std::current_exception();
    }
    // Undoing what was begun may block: not on the event loop, unless the queue is full.
    std::function<void()> end = [&] { upload.reset(); };
    try {
        co_await run_step(end);
    } catch (const Refused&) {
        upload.reset();
    }
    if (failure) std::rethrow_exception(failure);
    co_return std::move(*response);
}

}  // namespace otokui::http
