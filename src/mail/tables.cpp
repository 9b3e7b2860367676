#include "mail/tables.hpp"

namespace otokui::mail {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using core::Source;

Column text(std::string name, Privacy privacy = Privacy::internal) {
    return {std::move(name), ColumnType::text, privacy};
}
Column number(std::string name) { return {std::move(name), ColumnType::integer}; }
Column nullable(std::string name, ColumnType type, Privacy privacy = Privacy::internal) {
    return {std::move(name), type, privacy, Source::written, true};
}

}  // namespace

void register_tables(core::Registry& registry) {
    registry.add({.name = "mail_message",
                  .label = {"メール", "Mail"},
                  .columns = {nullable("customer_id", ColumnType::integer),
                              text("message_id"),
                              text("template"),
                              text("language"),
                              text("to_address", Privacy::contact),
                              text("to_name", Privacy::personal),
                              text("from_address"),
                              text("from_name"),
                              text("reply_to"),
                              text("subject", Privacy::personal),
                              text("body_text", Privacy::contact),
                              nullable("body_html", ColumnType::text, Privacy::contact),
                              nullable("secrets", ColumnType::bytes, Privacy::secret),
                              text("status"),
                              text("cause"),
                              text("answer", Privacy::contact),
                              number("attempts"),
                              number("next_attempt"),
                              text("actor"),
                              text("retried_by"),
                              number("created_at"),
                              nullable("sent_at", ColumnType::integer),
                              text("lease_owner"),
                              number("lease_until"),
                              number("fence")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled =
                      "what has left cannot be taken back by an undo; the row is the record of "
                      "the mail, and every attempt moves it",
                  .customer_column = "customer_id",
                  .on_erase = core::OnErase::blank_personal,
                  .on_merge = core::OnMerge::move,
                  .in_disclosure = true,
                  .in_timeline = true});
    registry.add(
        {.name = "mail_peer",
         .label = {"メールサーバー", "Mail server"},
         .columns = {nullable("password", ColumnType::bytes, Privacy::secret), number("failures"),
                     nullable("down_since", ColumnType::integer), number("retry_at"), text("answer")},
         .keep = core::Keep::no_journal,
         .why_not_journaled = "a sealed secret, and how the mail server answers just now"});
    registry.add({.name = "mail_template",
                  .label = {"メールテンプレート", "Mail template"},
                  .columns = {text("subject"), text("body_text"), nullable("body_html", ColumnType::text),
                              number("updated_at"), number("version")},
                  .version_column = "version",
                  .updated_column = "updated_at"});
    register_timeline(registry);
    registry.add_kind(
        {"mail_template.update", {"メールテンプレートの変更", "Mail template changed"}, "settings.edit"});
}

}  // namespace otokui::mail
