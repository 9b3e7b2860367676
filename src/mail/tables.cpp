#include "mail/tables.hpp"

#include "core/columns.hpp"

namespace otokui::mail {
namespace {

using core::Privacy;
using core::columns::number;
using core::columns::optional_bytes;
using core::columns::optional_number;
using core::columns::optional_text;
using core::columns::text;

}  // namespace

void register_tables(core::Registry& registry) {
    registry.add({.name = "mail_message",
                  .label = {"メール", "Mail"},
                  .columns = {optional_number("customer_id"),
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
                              optional_text("body_html", Privacy::contact),
                              optional_bytes("secrets", Privacy::secret),
                              text("status"),
                              text("cause"),
                              text("answer", Privacy::contact),
                              number("attempts"),
                              number("next_attempt"),
                              text("actor"),
                              text("retried_by"),
                              number("created_at"),
                              optional_number("sent_at"),
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
    registry.add({.name = "mail_peer",
                  .label = {"メールサーバー", "Mail server"},
                  .columns = {optional_bytes("password", Privacy::secret), number("failures"),
                              optional_number("down_since"), number("retry_at"), text("answer")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "a sealed secret, and how the mail server answers just now"});
    registry.add({.name = "mail_template",
                  .label = {"メールテンプレート", "Mail template"},
                  .columns = {text("subject"), text("body_text"), optional_text("body_html"),
                              number("updated_at"), number("version")},
                  .version_column = "version",
                  .updated_column = "updated_at"},
                 {.comes_with_first_change = true});
    register_timeline(registry);
    registry.add_kind({"settings.mail", {"メール設定の変更", "Mail settings changed"}, "settings.edit"});
    registry.add_kind({"settings.mail_password",
                       {"メール設定とパスワードの変更", "Mail settings and password changed"},
                       "settings.edit",
                       /*undoable=*/false});
    registry.add_kind(
        {"mail_template.update", {"メールテンプレートの変更", "Mail template changed"}, "settings.edit"});
}

}  // namespace otokui::mail
