#include "mail/settings.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "mail/address.hpp"

namespace otokui::mail {
namespace {

const std::string kName = "mail";
constexpr std::string_view kPasswordPlace = "mail_peer.password:1";
constexpr std::int64_t kMostPort = 65'535, kLongestTimeout = 300;
constexpr std::size_t kLongestHost = 253, kLongestUser = 254, kLongestPassword = 1024, kLongestName = 100,
                      kLargestCertificate = 64 * 1024;

struct StoredRow {
    std::int64_t id = 0, version = 0;
    std::string content;
};

std::optional<StoredRow> find_row(storage::Transaction& tx) {
    std::optional<StoredRow> found;
    tx.query("SELECT id, version, content FROM setting WHERE name = ?", {kName},
             [&](const storage::Row& row) {
                 found = StoredRow{row.integer(0), row.integer(1), std::string(row.text(2))};
             });
    return found;
}

std::optional<storage::Blob> find_password(storage::Transaction& tx) {
    std::optional<storage::Blob> found;
    tx.query("SELECT password FROM mail_peer WHERE id = 1 AND password IS NOT NULL", {},
             [&](const storage::Row& row) { found = row.bytes(0); });
    return found;
}

json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}

json::Object content_of(const Settings& settings) {
    json::Object content{{"host", text_or_null(settings.host)},
                         {"port", settings.port},
                         {"tls", std::string(name_of(settings.tls))},
                         {"allow_plain", settings.allow_plain},
                         {"user", text_or_null(settings.user)},
                         {"password_at", settings.password_at},
                         {"sender", nullptr},
                         {"reply_to", text_or_null(settings.reply_to)},
                         {"admin_email", text_or_null(settings.admin_email)},
                         {"timeout_seconds", settings.timeout_seconds},
                         {"ca_certificate", text_or_null(settings.ca_certificate)}};
    if (settings.sender)
        content["sender"] = json::Object{{"name", settings.sender->name}, {"email", settings.sender->email}};
    return content;
}

json::Object to_json(const Settings& settings) {
    auto json = content_of(settings);
    json.erase("password_at");
    json["password_set"] = settings.password_set;
    json["version"] = std::max<std::int64_t>(settings.version, 1);
    return json;
}

std::optional<Tls> find_tls(std::string_view name) {
    for (const auto tls : {Tls::none, Tls::starttls, Tls::implicit})
        if (name_of(tls) == name) return tls;
    return std::nullopt;
}

std::string text_of(const json::Object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

// A name, an IPv4 or an IPv6 address; nothing that could end the part of a URL it goes into.
bool is_host(std::string_view host) {
    return host.size() <= kLongestHost && std::ranges::all_of(host, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-' || c == ':' || c == '_';
           });
}

/// Reads the body of a PUT and collects what is wrong.
class Form {
public:
    explicit Form(const json::Value& body) : reader_(body) {}

    Settings read() {
        Settings settings;
        settings.host = text::trimmed(reader_.find_text("host").value_or(""));
        settings.port = reader_.integer("port");
        const auto tls = reader_.text("tls");
        settings.allow_plain = reader_.find_boolean("allow_plain").value_or(false);
        settings.user = reader_.find_text("user").value_or("");
        settings.reply_to = email("reply_to");
        settings.admin_email = email("admin_email");
        settings.timeout_seconds = reader_.find_integer("timeout_seconds").value_or(settings.timeout_seconds);
        settings.ca_certificate = text::trimmed(reader_.find_text("ca_certificate").value_or(""));
        settings.sender = sender();
        read_password();
        for (const auto* shown : {"password_set", "version", "state"}) reader_.find(shown);
        if (!reader_.errors().empty() && tls.empty()) return settings;
        if (const auto found = find_tls(tls))
            settings.tls = *found;
        else
            reader_.add_error("tls", "not_a_choice");
        check(settings);
        return settings;
    }
    void finish() { reader_.finish("settings.invalid"); }

    /// Absent: the password stays.
    std::optional<std::string> password;

private:
    std::string email(std::string_view key) {
        auto text = text::trimmed(reader_.find_text(key).value_or(""));
        if (!text.empty() && !Address::parse(text)) reader_.add_error(key, "not_an_email");
        return text;
    }
    std::optional<Party> sender() {
        const auto* object = reader_.find_object("sender");
        if (object == nullptr) return std::nullopt;
        const json::Value value = *object;
        json::ObjectReader part(value, reader_.pointer_to("sender"));
        Party sender{text::trimmed(part.text("name")), text::trimmed(part.text("email"))};
        if (part.errors().empty()) {
            if (!is_header_text(sender.name)) part.add_error("name", "bad_character");
            if (sender.name.size() > 4 * kLongestName) part.add_error("name", "too_long");
            if (!Address::parse(sender.email)) part.add_error("email", "not_an_email");
        }
        reader_.add_errors(part.errors());
        return sender;
    }
    void read_password() {
        if (!reader_.has("password")) return;
        password = reader_.find_text("password").value_or("");
        if (password->size() > kLongestPassword) reader_.add_error("password", "too_long");
        if (text::line_problem(*password)) reader_.add_error("password", "bad_character");
    }
    void check(const Settings& settings) {
        if (!is_host(settings.host)) reader_.add_error("host", "bad_character");
        if (settings.port < 1 || settings.port > kMostPort) reader_.add_error("port", "out_of_range");
        if (settings.timeout_seconds < 1 || settings.timeout_seconds > kLongestTimeout)
            reader_.add_error("timeout_seconds", "out_of_range");
        if (settings.user.size() > kLongestUser) reader_.add_error("user", "too_long");
        if (text::line_problem(settings.user)) reader_.add_error("user", "bad_character");
        if (settings.ca_certificate.size() > kLargestCertificate)
            reader_.add_error("ca_certificate", "too_long");
        else if (!settings.ca_certificate.empty() &&
                 !settings.ca_certificate.starts_with("-----BEGIN CERTIFICATE-----"))
            reader_.add_error("ca_certificate", "not_a_certificate",
                              {"PEM形式の証明書ではありません。", "This is no certificate in PEM form."});
        if (settings.tls != Tls::none || settings.host.empty() || is_loopback(settings.host)) return;
        if (!settings.allow_plain)
            reader_.add_error("tls", "plain_not_allowed",
                              {"暗号化なしの接続は、同じコンピューター上のメールサーバーにだけ使えます。",
                               "A connection without TLS is for a mail server on this machine only."});
        else if (!settings.user.empty())
            reader_.add_error(
                "user", "password_in_clear",
                {"暗号化なしの接続では、認証情報を送れません。", "Credentials are not sent without TLS."});
    }

    json::ObjectReader reader_;
};

// Also a fresh start for a peer that was given up for now.
void write_peer(const Context& context, core::Writer& writer, const std::optional<std::string>& password) {
    const auto& table = writer.registry().get("mail_peer");
    writer.execute_unjournaled(table,
                               "INSERT INTO mail_peer (id, failures, retry_at, answer) VALUES (1, 0, 0, '') "
                               "ON CONFLICT (id) DO UPDATE "
                               "SET failures = 0, down_since = NULL, retry_at = 0, answer = ''",
                               {});
    if (!password) return;
    const auto sealed =
        password->empty() ? storage::Value() : storage::Value(context.keys.seal(*password, kPasswordPlace));
    writer.execute_unjournaled(table, "UPDATE mail_peer SET password = ? WHERE id = 1", {sealed});
}

[[noreturn]] void refuse_stale(const Settings& before, const Settings& sent) {
    Problem problem{ProblemKind::stale,
                    "settings.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = to_json(before);
    problem.extra["sent"] = content_of(sent);
    throw Refused(std::move(problem));
}

json::Object state_of(storage::Transaction& tx) {
    json::Object state{
        {"waiting", tx.find_integer("SELECT count(*) FROM mail_message WHERE status = 'queued'").value_or(0)},
        {"failed", tx.find_integer("SELECT count(*) FROM mail_message WHERE status = 'failed'").value_or(0)},
        {"down_since", nullptr},
        {"retry_at", nullptr},
        {"answer", nullptr}};
    tx.query("SELECT down_since, retry_at, answer FROM mail_peer WHERE id = 1 AND down_since IS NOT NULL", {},
             [&](const storage::Row& row) {
                 state["down_since"] = format_moment({row.integer(0)});
                 state["retry_at"] = format_moment({row.integer(1)});
                 state["answer"] = row.text(2);
             });
    return state;
}

json::Object shown(storage::Transaction& tx) {
    auto json = to_json(read_settings(tx));
    json["state"] = state_of(tx);
    return json;
}

}  // namespace

Settings read_settings(storage::Transaction& tx) {
    Settings settings;
    const auto row = find_row(tx);
    if (!row) return settings;
    const auto content = json::parse(row->content).as_object();
    settings.host = text_of(content, "host");
    settings.port = content.at("port").as_int64();
    settings.tls = find_tls(text_of(content, "tls")).value_or(Tls::starttls);
    settings.allow_plain = content.at("allow_plain").as_bool();
    settings.user = text_of(content, "user");
    settings.password_at = content.at("password_at").as_int64();
    settings.reply_to = text_of(content, "reply_to");
    settings.admin_email = text_of(content, "admin_email");
    settings.timeout_seconds = content.at("timeout_seconds").as_int64();
    settings.ca_certificate = text_of(content, "ca_certificate");
    if (const auto* sender = content.at("sender").if_object())
        settings.sender = Party{text_of(*sender, "name"), text_of(*sender, "email")};
    settings.password_set = find_password(tx).has_value();
    settings.version = row->version + 1;  // 1 is what nobody has saved yet
    return settings;
}

std::optional<Party> sender_of(const Settings& settings, const ShopFacts& shop) {
    const auto& sender = settings.sender ? settings.sender : shop.sender;
    // The general settings check less than a header needs.
    if (!sender || !Address::parse(sender->email) || !is_header_text(sender->name)) return std::nullopt;
    return sender;
}

bool is_set_up(const Settings& settings, const ShopFacts& shop) {
    return !settings.host.empty() && sender_of(settings, shop).has_value();
}

Peer peer_of(const Context& context, storage::Transaction& tx, const Settings& settings,
             const Party& sender) {
    Peer peer{.host = settings.host,
              .port = static_cast<int>(settings.port),
              .tls = settings.tls,
              .user = settings.user,
              .password = {},
              .ca_certificate = settings.ca_certificate,
              .hello = Address::parse(sender.email).value().domain,
              .timeout = std::chrono::seconds(settings.timeout_seconds)};
    if (const auto sealed = find_password(tx))
        peer.password = context.keys.open_text(*sealed, kPasswordPlace);
    return peer;
}

json::Object get_settings(const Context& context, const core::Actor& actor) {
    actor.require("settings.read");
    return context.journal.database().read(shown);
}

ChangedSettings put_settings(const Context& context, const core::Actor& actor,
                             std::optional<std::int64_t> version, const json::Value& body) {
    actor.require("settings.edit");
    Form form(body);
    auto settings = form.read();
    form.finish();
    // A password lies outside the journal: no undo could give the one from before.
    const auto* kind = form.password ? "settings.mail_password" : "settings.mail";
    return context.journal.write({.actor = actor, .kind = kind}, [&](core::Writer& writer) {
        const auto& table = writer.registry().get("setting");
        const auto row = find_row(writer.tx());
        if (row) writer.find(table, row->id);  // locks it before it is compared
        const auto before = read_settings(writer.tx());
        if (version && *version != std::max<std::int64_t>(before.version, 1)) refuse_stale(before, settings);
        settings.password_at = form.password ? writer.now().milliseconds : before.password_at;
        const auto content = json::to_text(content_of(settings));
        if (row)
            writer.update(table, row->id, {{"content", content}});
        else
            writer.insert(table, {{"name", kName}, {"content", content}});
        write_peer(context, writer, form.password);
        return ChangedSettings{shown(writer.tx()), writer.operation()};
    });
}

}  // namespace otokui::mail
