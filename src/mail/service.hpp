#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "mail/types.hpp"

// What other features and the routes do with mails.
namespace otokui::mail {

/// Puts the mail of a system template ("password_reset", shipped.cpp has the names and their variables; the
/// variable shop_name fills itself) into the outbox, in the transaction of `writer`: it leaves if and only if
/// that commits. `values` name exactly the other variables of the template (std::logic_error). Never refuses
/// because of the address or the settings: Queued::status says how it stands.
Queued send_template(const Context& context, core::Writer& writer, std::string_view template_name,
                     Language language, const Recipient& to, Values values);

/// The same for a mail written elsewhere. Throws std::invalid_argument for a subject with control characters.
struct Written {
    std::string subject, body_text;
    std::optional<std::string> body_html = {};
};
Queued enqueue(const Context& context, core::Writer& writer, const Recipient& to, const Written& mail);

struct Page {
    json::Array items;
    std::string next_cursor;  // empty at the end
};

/// メール配信履歴 of a customer, newest first, without bodies. Address and answer are masked for who may not
/// see contact data. Refused not_found customer.not_found; invalid cursor.invalid. Right: mail.read.
Page list_of_customer(const Context& context, const core::Actor& actor, CustomerId customer,
                      const std::string& cursor, int limit);
/// All mails, newest first; `status` "" or one of name_of(Status). Refused query.invalid. Right: mail.manage.
Page list_all(const Context& context, const core::Actor& actor, const std::string& status,
              const std::string& cursor, int limit);
/// One mail with its bodies exactly as sent, but for secrets. Bodies are masked without contact.read. Mails
/// that went to no customer need mail.manage. Refused not_found mail.not_found. Right: mail.read.
json::Object get_mail(const Context& context, const core::Actor& actor, MailId id);
/// Queues a failed or suppressed mail again, or sends a waiting one now. Refused conflict mail.already_sent,
/// mail.secret_gone (its one-time link is no more), mail.recipient_cleaned, mail.not_set_up. Right:
/// mail.manage.
json::Object retry(const Context& context, const core::Actor& actor, MailId id);

/// Every system template in both languages. Right: settings.read.
json::Array list_templates(const Context& context, const core::Actor& actor);
/// Refused not_found template.not_found.
json::Object get_template(const Context& context, const core::Actor& actor, std::int64_t id);
struct ChangedTemplate {
    json::Object changed;
    OperationId operation;
};
/// `body`: {subject?, body_text?, body_html?}; null takes the shipped text back. Refused template.invalid
/// with the place of each error, template.stale. Right: settings.edit.
ChangedTemplate patch_template(const Context& context, const core::Actor& actor, std::int64_t id,
                               std::optional<std::int64_t> version, const json::Value& body);
/// {subject, body_text, body_html} with samples for the variables. `body` as of patch_template, nothing is
/// stored. Right: settings.read.
json::Object preview_template(const Context& context, const core::Actor& actor, std::int64_t id,
                              const json::Value& body);

}  // namespace otokui::mail
