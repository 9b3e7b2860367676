#include "mail/outbox.hpp"

#include <stdexcept>

#include "base/json.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"

namespace otokui::mail {
namespace {

struct Entry {
    std::string template_name = {}, language = {};
    Recipient to;
    Contents contents;
    Values secrets = {};
};

storage::Value or_null(const std::optional<std::string>& text) {
    return text ? storage::Value(*text) : storage::Value();
}

storage::Value seal(const Context& context, const Values& values, const std::string& message_id) {
    if (values.secrets.empty()) return {};
    json::Object object;
    for (const auto& [name, value] : values.secrets) object[name] = value;
    return context.keys.seal(json::to_text(object), secrets_place(message_id));
}

Queued insert(const Context& context, core::Writer& writer, const Entry& entry) {
    const auto settings = read_settings(writer.tx());
    const auto shop = context.shop(writer.tx());
    const auto address = Address::parse(entry.to.email);
    auto status = Status::queued;
    auto why = cause::kNone;
    if (!address) {
        status = Status::failed;
        why = cause::kBadAddress;
    } else if (is_cleaned(writer.tx(), entry.to.customer)) {
        status = Status::suppressed;
        why = cause::kCleaned;
    } else if (!is_set_up(settings, shop)) {
        status = Status::suppressed;
        why = cause::kNotSetUp;
    }
    const auto sender = sender_of(settings, shop).value_or(Party{});
    const auto message_id = make_message_id(sender.email);
    const auto id = writer.tx().allocate_ids("mail_message", 1).front();
    const auto customer = entry.to.customer ? storage::Value(entry.to.customer.value) : storage::Value();
    // A name that no header takes is left out rather than the mail.
    const auto name = is_header_text(entry.to.name) ? entry.to.name : std::string();
    const auto now = writer.now().milliseconds;
    writer.execute_unjournaled(
        writer.registry().get("mail_message"),
        "INSERT INTO mail_message (id, customer_id, message_id, template, language, to_address, to_name, "
        "from_address, from_name, reply_to, subject, body_text, body_html, secrets, status, cause, answer, "
        "attempts, next_attempt, actor, retried_by, created_at, lease_owner, lease_until, fence) VALUES (?, "
        "?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?, '', ?, '', 0, 0)",
        {id, customer, message_id, entry.template_name, entry.language, entry.to.email, name, sender.email,
         sender.name, settings.reply_to, entry.contents.subject, entry.contents.body_text,
         or_null(entry.contents.body_html),
         status == Status::queued ? seal(context, entry.secrets, message_id) : storage::Value(),
         std::string(name_of(status)), std::string(why), now, writer.actor().name, now});
    return {{id}, status};
}

}  // namespace

bool is_cleaned(storage::Transaction& tx, CustomerId customer) {
    return customer.value != 0 &&
           tx.find_integer("SELECT 1 FROM customer WHERE id = ? AND cleaned = 1", {customer.value});
}

std::string_view name_of(Status status) {
    switch (status) {
        case Status::queued:
            return "queued";
        case Status::sent:
            return "sent";
        case Status::failed:
            return "failed";
        case Status::bounced:
            return "bounced";
        case Status::suppressed:
            return "suppressed";
    }
    return "";
}

std::optional<Status> find_status(std::string_view name) {
    for (const auto status :
         {Status::queued, Status::sent, Status::failed, Status::bounced, Status::suppressed})
        if (name_of(status) == name) return status;
    return std::nullopt;
}

CurrentTemplate current_template(storage::Transaction& tx, const ShippedTemplate& shipped) {
    CurrentTemplate current{.contents = shipped.contents};
    tx.query("SELECT subject, body_text, body_html, version, updated_at FROM mail_template WHERE id = ?",
             {shipped.id}, [&](const storage::Row& row) {
                 if (!row.text(0).empty()) current.contents.subject = row.text(0);
                 if (!row.text(1).empty()) current.contents.body_text = row.text(1);
                 if (!row.is_null(2)) current.contents.body_html = std::string(row.text(2));
                 current.version = row.integer(3);
                 current.updated_at = row.integer(4);
                 current.stored = true;
             });
    current.edited = current.contents != shipped.contents;
    return current;
}

Queued send_template(const Context& context, core::Writer& writer, std::string_view template_name,
                     Language language, const Recipient& to, Values values) {
    const auto& shipped = get_shipped(template_name, language);
    values.texts["shop_name"] = context.shop(writer.tx()).name;
    const auto source = current_template(writer.tx(), shipped).contents;
    Entry entry{.template_name = shipped.name,
                .language = language == Language::ja ? "ja" : "en",
                .to = to,
                .contents = render(source, shipped.variables, values),
                .secrets = {.secrets = values.secrets}};
    return insert(context, writer, entry);
}

Queued enqueue(const Context& context, core::Writer& writer, const Recipient& to, const Written& mail) {
    if (!is_header_text(mail.subject))
        throw std::invalid_argument("mail: a subject holds a control character");
    return insert(context, writer, {.to = to, .contents = {mail.subject, mail.body_text, mail.body_html}});
}

}  // namespace otokui::mail
