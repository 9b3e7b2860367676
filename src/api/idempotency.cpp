#include "api/idempotency.hpp"

#include <algorithm>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>
#include <set>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/record_json.hpp"
#include "http/problem.hpp"

namespace otokui::api {
namespace {

constexpr std::int64_t kKeepMilliseconds = 7LL * 24 * 60 * 60 * 1000;

std::string hex_digest(std::string_view text) { return crypto::base64url(crypto::digest(text)); }

// What was asked: the same key with anything else of it is a mistake.
std::string fingerprint_of(const http::Request& request) {
    auto asked = request.path;
    const char* separator = "?";
    for (const auto& [name, value] : request.query) {
        asked.append(separator).append(name).append("=").append(value);
        separator = "&";
    }
    return hex_digest(asked + "\n" + request.upload_digest + request.body);
}

std::string scope_of(const http::Request& request) {
    const auto who = request.caller ? request.caller->actor_id() : std::string("nobody");
    return who + " " + std::string(http::name_of(request.method)) + " " + request.route + " " +
           *request.idempotency_key;
}

// What a field is wrong by whatever the shop holds. A code that is not among them is kept: who sends the same
// again gets the same answer either way, and who sends another body needs another key.
bool is_of_the_body_alone(std::string_view code) {
    static const std::set<std::string_view> kCodes{
        "required",      "one_of_required",   "month_and_day_required",
        "unknown_field", "read_only",         "wrong_type",
        "too_long",      "too_short",         "too_many",
        "too_few",       "too_deep",          "out_of_range",
        "not_an_email",  "not_a_phone",       "lost_leading_zero",
        "not_kana",      "not_a_postal_code", "not_a_date",
        "no_such_day",   "outside_era",       "not_a_moment",
        "not_a_number",  "not_an_id",         "not_a_url",
        "not_a_color",   "not_together",      "not_before_today",
        "in_the_future", "in_future",         "before_the_first",
        "only_one",      "duplicate",         "nothing_to_search",
        "bad_character", "invalid_utf8",      "bad_cursor",
        "card_number",   "unknown_operator",  "empty_operand"};
    return kCodes.contains(code);
}

// A 422 for the body alone is not kept: who corrects it may use the key again. One that depends on what is
// stored (a coupon for somebody who is deleted) is, like a 409.
bool depends_on_what_is_stored(const http::Response& invalid) {
    const auto* text = std::get_if<std::string>(&invalid.body);
    const auto problem = text ? json::parse(*text) : json::Value();
    const auto* errors = problem.is_object() ? problem.as_object().if_contains("errors") : nullptr;
    return errors && !std::ranges::all_of(errors->as_array(), [](const json::Value& error) {
               return is_of_the_body_alone(error.at("code").as_string());
           });
}

bool is_kept(const http::Response& response) {
    const auto status = response.status;
    // A masked value that was shown is asked for anew, whatever came with it: to show it changed nothing.
    if (response.shown && response.shown->revealed) return false;
    if (status == 422) return depends_on_what_is_stored(response);
    return (status >= 200 && status < 300) || status == 404 || status == 409 || status == 412;
}

bool sees_contact(const http::Request& request) {
    return request.caller && request.caller->has(core::kUnmaskedRight);
}

json::Object to_json(const http::Shown& shown) {
    return {{"customers", boost::json::value_from(shown.customers)},
            {"count", shown.count},
            {"contact", shown.contact},
            {"asked", shown.asked},
            {"job", shown.job},
            {"digest", shown.digest}};
}

http::Shown shown_from(const json::Object& stored) {
    return {.customers = boost::json::value_to<std::vector<std::int64_t>>(stored.at("customers")),
            .count = stored.at("count").as_int64(),
            .contact = stored.at("contact").as_bool(),
            .asked = stored.at("asked").as_object(),
            .job = stored.at("job").as_int64(),
            .digest = std::string(stored.at("digest").as_string())};
}

json::Object to_json(const http::Request& request, const http::Response& response) {
    json::Object headers;
    for (const auto& [name, value] : response.headers) headers[name] = value;
    return {{"status", response.status},
            {"headers", std::move(headers)},
            {"body", std::get<std::string>(response.body)},
            {"shown", response.shown ? json::Value(to_json(*response.shown)) : json::Value()},
            {"unmasked", sees_contact(request)}};
}

std::string seal_context(const std::string& scope) { return "idempotency:" + scope; }

void refuse_erased(const json::Object& stored) {
    if (stored.contains("erased"))
        throw Refused(
            {ProblemKind::conflict,
             "idempotency.erased",
             {"この操作は済んでいます。応答は個人情報の抹消とともに削除されました。",
              "This has been done. What was answered then went with the personal data of somebody who was "
              "erased."}});
}

// Rights hold from the next request on, also over what was answered before.
void require_sight(const http::Request& request, const json::Object& stored) {
    const auto* unmasked = stored.if_contains("unmasked");
    if (!unmasked || !unmasked->as_bool() || sees_contact(request)) return;
    throw Refused(
        {ProblemKind::forbidden,
         "idempotency.rights_changed",
         {"この操作は済んでいます。権限が変わったため、そのときの応答は表示できません。",
          "This has been done. Your rights have changed since, and what was answered then is not shown "
          "to you any more."}});
}

http::Response from_json(const json::Value& stored) {
    http::Response response;
    response.status = static_cast<int>(stored.at("status").as_int64());
    for (const auto& [name, value] : stored.at("headers").as_object())
        response.headers.add(std::string(name), std::string(value.as_string()));
    response.body = std::string(stored.at("body").as_string());
    const auto* shown = stored.as_object().if_contains("shown");
    if (shown && shown->is_object())
        response.shown = std::make_shared<const http::Shown>(shown_from(shown->as_object()));
    return response;
}

}  // namespace

http::Response Idempotency::around(const http::Request& request, const http::Handler& next) {
    if (!request.idempotency_key || request.method != http::Method::post) return next(request);
    const auto scope = scope_of(request);
    const auto fingerprint = fingerprint_of(request);
    if (auto before = repeat(request, scope, fingerprint)) return *std::move(before);
    try {
        return journal_.together([&] {
            // First of all: a second request with the key waits here until this one has been decided.
            auto response = next(request);
            if (is_kept(response) && std::holds_alternative<std::string>(response.body))
                journal_.housekeeping(
                    [&](core::Writer& writer) { store(writer, request, scope, fingerprint, response); });
            return response;
        });
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on("idempotency", "scope")) throw;
        if (auto before = repeat(request, scope, fingerprint)) return *std::move(before);
        throw;
    } catch (const Refused& refused) {
        auto response = http::problem(refused.problem(), request.language, request.request_id);
        if (!is_kept(response)) throw;
        if (auto before = repeat(request, scope, fingerprint))
            return *std::move(before);  // refused because of its own twin
        journal_.housekeeping(
            [&](core::Writer& writer) { store(writer, request, scope, fingerprint, response); });
        return response;
    }
}

std::optional<http::Response> Idempotency::repeat(const http::Request& request, const std::string& scope,
                                                  const std::string& fingerprint) {
    auto before = find(request, scope, fingerprint);
    if (before) on_repeat_(request, *before);
    return before;
}

std::optional<http::Response> Idempotency::find(const http::Request& request, const std::string& scope,
                                                const std::string& fingerprint) {
    std::string stored_fingerprint;
    storage::Blob sealed;
    journal_.database().read([&](storage::Transaction& tx) {
        tx.query("SELECT fingerprint, answer FROM idempotency WHERE scope = ? AND created_at > ?",
                 {scope, journal_.now().milliseconds - kKeepMilliseconds}, [&](const storage::Row& row) {
                     stored_fingerprint = row.text(0);
                     sealed = row.bytes(1);
                 });
    });
    if (stored_fingerprint.empty()) return std::nullopt;
    if (stored_fingerprint != fingerprint)
        throw Refused({ProblemKind::invalid,
                       "idempotency.other_body",
                       {"同じ Idempotency-Key が別の内容で使われています。",
                        "This Idempotency-Key was used with another request."}});
    const auto stored = json::parse(keys_.open_text(sealed, seal_context(scope)));
    refuse_erased(stored.as_object());
    require_sight(request, stored.as_object());
    return from_json(stored);
}

void Idempotency::store(core::Writer& writer, const http::Request& request, const std::string& scope,
                        const std::string& fingerprint, const http::Response& response) {
    const auto& table = writer.registry().get("idempotency");
    const auto now = writer.now().milliseconds;
    writer.execute_unjournaled(table, "DELETE FROM idempotency WHERE scope = ? AND created_at <= ?",
                               {scope, now - kKeepMilliseconds});
    writer.execute_unjournaled(
        table, "INSERT INTO idempotency (scope, fingerprint, answer, created_at) VALUES (?, ?, ?, ?)",
        {scope, fingerprint, keys_.seal(json::to_text(to_json(request, response)), seal_context(scope)),
         now});
}

std::int64_t Idempotency::remove_expired() {
    return journal_.housekeeping([&](core::Writer& writer) {
        return writer.execute_unjournaled(writer.registry().get("idempotency"),
                                          "DELETE FROM idempotency WHERE created_at <= ?",
                                          {writer.now().milliseconds - kKeepMilliseconds});
    });
}

std::int64_t forget_answers(core::Journal& journal, const crypto::KeyRing& keys,
                            const std::function<bool(std::string_view)>& quotes) {
    std::vector<std::string> quoting;
    journal.database().read([&](storage::Transaction& tx) {
        quoting.clear();
        tx.query("SELECT scope, answer FROM idempotency", {}, [&](const storage::Row& row) {
            const std::string scope(row.text(0));
            const auto stored = json::parse(keys.open_text(row.bytes(1), seal_context(scope)));
            const auto* body = stored.as_object().if_contains("body");
            if (body && quotes(body->as_string())) quoting.push_back(scope);
        });
    });
    if (quoting.empty()) return 0;
    journal.housekeeping([&](core::Writer& writer) {
        for (const auto& scope : quoting)
            writer.execute_unjournaled(
                writer.registry().get("idempotency"), "UPDATE idempotency SET answer = ? WHERE scope = ?",
                {keys.seal(json::to_text(json::Object{{"erased", true}}), seal_context(scope)), scope});
    });
    return std::ssize(quoting);
}

void register_idempotency_table(core::Registry& registry) {
    registry.add({.name = "idempotency",
                  .label = {"応答の控え", "Answers kept for retries"},
                  .columns = {{"scope"},
                              {"fingerprint"},
                              {"answer", core::ColumnType::bytes, core::Privacy::personal},
                              {"created_at", core::ColumnType::integer}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "copies of answers, sealed, deleted after 7 days"});
}

}  // namespace otokui::api
