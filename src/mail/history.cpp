
#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"
#include "mail/outbox.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"

// メール配信履歴: what was sent, as people read it.
namespace otokui::mail {
namespace {

constexpr std::string_view kColumns =
    "m.id, COALESCE(m.customer_id, 0), m.template, m.to_address, m.to_name, m.subject, m.status, m.cause, "
    "m.answer, "
    "m.attempts, m.next_attempt, m.created_at, m.sent_at, m.actor, m.retried_by";

json::Value text_or_null(std::string_view text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}

/// Rows into JSON for one reader.
class Reader {
public:
    explicit Reader(const core::Actor& actor) : masked_(!actor.may(core::kUnmaskedRight)) {}

    json::Object summary(const storage::Row& row) const {
        const bool waiting = row.text(6) == name_of(Status::queued);
        return {{"id", std::to_string(row.integer(0))},
                {"customer", row.integer(1) == 0
                                 ? json::Value()
                                 : json::Value(boost::json::string(std::to_string(row.integer(1))))},
                {"template", text_or_null(row.text(2))},
                {"to", contact(row.text(3))},
                {"to_name", text_or_null(row.text(4))},
                {"subject", row.text(5)},
                {"status", row.text(6)},
                {"cause", text_or_null(row.text(7))},
                {"answer", contact(row.text(8))},
                {"attempts", row.integer(9)},
                {"next_attempt_at", waiting ? json::Value(format_moment({row.integer(10)})) : json::Value()},
                {"created_at", format_moment({row.integer(11)})},
                {"sent_at", row.is_null(12) ? json::Value() : json::Value(format_moment({row.integer(12)}))},
                {"actor", row.text(13)},
                {"retried_by", text_or_null(row.text(14))}};
    }
    json::Value contact(std::string_view text) const {
        if (text.empty()) return nullptr;
        return boost::json::string(masked_ ? std::string_view(core::kMask) : text);
    }

private:
    bool masked_;
};

Page read_page(storage::Transaction& tx, const core::Actor& actor, const std::string& where,
               const std::vector<storage::Value>& values, int limit) {
    const Reader reader(actor);
    Page page;
    int rows = 0;
    std::int64_t last = 0;
    tx.query("SELECT " + std::string(kColumns) + " FROM mail_message m WHERE " + where +
                 " ORDER BY m.id DESC LIMIT " + std::to_string(limit + 1),
             values, [&](const storage::Row& row) {
                 if (++rows > limit) return;
                 page.items.push_back(reader.summary(row));
                 last = row.integer(0);
             });
    if (rows > limit) page.next_cursor = std::to_string(last);
    return page;
}

json::Object read_mail(storage::Transaction& tx, const core::Actor& actor, MailId id) {
    const Reader reader(actor);
    std::optional<json::Object> found;
    bool of_customer = false;
    tx.query("SELECT " + std::string(kColumns) +
                 ", m.from_address, m.from_name, m.reply_to, m.message_id, m.language, m.body_text, "
                 "m.body_html FROM "
                 "mail_message m WHERE m.id = ?",
             {id.value}, [&](const storage::Row& row) {
                 of_customer = row.integer(1) != 0;
                 auto& json = found.emplace(reader.summary(row));
                 json["from"] = text_or_null(row.text(15));
                 json["from_name"] = text_or_null(row.text(16));
                 json["reply_to"] = text_or_null(row.text(17));
                 json["message_id"] = row.text(18);
                 json["language"] = text_or_null(row.text(19));
                 json["body_text"] = reader.contact(without_marks(std::string(row.text(20))));
                 json["body_html"] = reader.contact(without_marks(std::string(row.text(21))));
             });
    // Whoever may not see the mails of staff learns nothing of them either.
    if (!found || (!of_customer && !actor.may("mail.manage")))
        throw Refused(
            {ProblemKind::not_found, "mail.not_found", {"メールが見つかりません。", "No such mail."}});
    return *found;
}

[[noreturn]] void refuse(std::string code, Text detail) {
    throw Refused({ProblemKind::conflict, std::move(code), std::move(detail)});
}

void require_retriable(const Context& context, storage::Transaction& tx, MailId id) {
    std::string status;
    bool has_lost_secret = false;
    tx.query(
        "SELECT status, CASE WHEN secrets IS NULL THEN 1 ELSE 0 END, body_text, body_html FROM mail_message "
        "WHERE id = ?",
        {id.value}, [&](const storage::Row& row) {
            status = row.text(0);
            const auto is_marked = [](std::string_view body) {
                return without_marks(std::string(body)) != body;
            };
            has_lost_secret = row.integer(1) == 1 && (is_marked(row.text(2)) || is_marked(row.text(3)));
        });
    if (status == name_of(Status::sent) || status == name_of(Status::bounced))
        refuse("mail.already_sent", {"このメールは送信済みです。", "This mail has been sent."});
    if (has_lost_secret)
        refuse("mail.secret_gone", {"メール内のリンクは無効になりました。もう一度リンクを発行してください。",
                                    "The link in this mail no longer works. Make a new one."});
    if (is_cleaned(
            tx,
            {tx.find_integer("SELECT customer_id FROM mail_message WHERE id = ?", {id.value}).value_or(0)}))
        refuse("mail.recipient_cleaned", {"この顧客はクリーニング済のため、メールを送れません。",
                                          "The customer is marked クリーニング済 (never mailed)."});
    if (!is_set_up(read_settings(tx), context.shop(tx)))
        refuse("mail.not_set_up", {"メールサーバーと差出人を先に設定してください。",
                                   "Set the mail server and the sender first."});
}

}  // namespace

Page list_of_customer(const Context& context, const core::Actor& actor, CustomerId customer,
                      const std::string& cursor, int limit) {
    actor.require("mail.read");
    const auto below = core::id_below(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        return read_page(tx, actor, "m.customer_id = ? AND m.id < ?", {customer.value, below}, limit);
    });
}

Page list_all(const Context& context, const core::Actor& actor, const std::string& status,
              const std::string& cursor, int limit) {
    actor.require("mail.manage");
    const auto below = core::id_below(cursor);
    if (!status.empty() && !find_status(status))
        throw Refused({ProblemKind::invalid,
                       "query.invalid",
                       {"絞り込みの値が正しくありません。", "A value of the filter is not known."},
                       {{"/status", "not_a_choice"}}});
    return context.journal.database().read([&](storage::Transaction& tx) {
        if (status.empty()) return read_page(tx, actor, "m.id < ?", {below}, limit);
        return read_page(tx, actor, "m.status = ? AND m.id < ?", {status, below}, limit);
    });
}

json::Object get_mail(const Context& context, const core::Actor& actor, MailId id) {
    actor.require("mail.read");
    return context.journal.database().read(
        [&](storage::Transaction& tx) { return read_mail(tx, actor, id); });
}

json::Object retry(const Context& context, const core::Actor& actor, MailId id) {
    actor.require("mail.manage");
    return context.journal.housekeeping([&](core::Writer& writer) {
        const auto& table = writer.registry().get("mail_message");
        if (!writer.find(table, id.value)) read_mail(writer.tx(), actor, id);  // locks it, or refuses
        require_retriable(context, writer.tx(), id);
        const auto settings = read_settings(writer.tx());
        const auto sender = sender_of(settings, context.shop(writer.tx())).value();
        const auto now = writer.now().milliseconds;
        // A running attempt keeps its lease, and decides.
        writer.execute_unjournaled(
            table,
            "UPDATE mail_message SET status = 'queued', cause = '', attempts = CASE WHEN lease_until > ? "
            "THEN "
            "attempts ELSE 0 END, next_attempt = ?, from_address = ?, from_name = ?, reply_to = ?, "
            "retried_by = ? "
            "WHERE id = ?",
            {now, now, sender.email, sender.name, settings.reply_to, actor.name, id.value});
        writer.execute_unjournaled(writer.registry().get("mail_peer"),
                                   "UPDATE mail_peer SET retry_at = 0 WHERE id = 1", {});
        return read_mail(writer.tx(), actor, id);
    });
}

}  // namespace otokui::mail
