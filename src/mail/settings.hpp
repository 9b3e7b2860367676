#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "mail/smtp.hpp"
#include "mail/types.hpp"

namespace otokui::mail {

/// How mails leave the house: row "mail" of table setting. The password lies sealed in mail_peer.
struct Settings {
    std::string host;  // empty: not set up, nothing is sent
    std::int64_t port = 587;
    Tls tls = Tls::starttls;
    bool allow_plain = false;  // tls none to another machine is refused without it
    std::string user;          // empty: no authentication
    bool password_set = false;
    std::int64_t password_at = 0;  // when it was changed: the history says that, never what it is
    std::optional<Party> sender;   // nothing: the sender of the general settings
    std::string reply_to, admin_email;
    std::int64_t timeout_seconds = 30;
    std::string ca_certificate;  // PEM; empty: the system's
    std::int64_t version = 0;    // 0: never written
};

Settings read_settings(storage::Transaction& tx);
/// Whom mails come from; nothing when neither these settings nor the general ones name a sender.
std::optional<Party> sender_of(const Settings& settings, const ShopFacts& shop);
/// True when mails can be sent: a host and a sender.
bool is_set_up(const Settings& settings, const ShopFacts& shop);
/// What the client needs; opens the password. crypto::Unsealable when the key is another.
Peer peer_of(const Context& context, storage::Transaction& tx, const Settings& settings, const Party& sender);

/// Settings with the state of the queue: {…, state: {waiting, failed, down_since, retry_at, answer}}. Right:
/// settings.read.
json::Object get_settings(const Context& context, const core::Actor& actor);

struct ChangedSettings {
    json::Object settings;
    OperationId operation;
};
/// `body`: as get_settings answers, and `password`: absent keeps it, null or "" removes it. `version`: the
/// one seen; nothing: any. A change wakes a peer that was given up for now. Refused settings.invalid with
/// every field error, settings.stale. Right: settings.edit.
ChangedSettings put_settings(const Context& context, const core::Actor& actor,
                             std::optional<std::int64_t> version, const json::Value& body);

/// `body`: {to, queue?}. Sends one mail now and answers what the peer said: {delivered, stage, answer}; with
/// `queue` puts it into the outbox and answers {mail}. Refused mail.not_set_up. Right: settings.edit.
struct TestMail {
    json::Object answer;
    bool is_queued = false;
};
TestMail send_test(const Context& context, const core::Actor& actor, const json::Value& body,
                   Language language);

}  // namespace otokui::mail
