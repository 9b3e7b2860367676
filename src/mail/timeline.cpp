#include "mail/tables.hpp"
#include "mail/types.hpp"

// Mails to a customer in the stream of everything that happened to him.
namespace otokui::mail {
namespace {

Text status_label(std::string_view code) {
    switch (find_status(code).value_or(Status::queued)) {
        case Status::queued:
            return {"送信待ち", "queued"};
        case Status::sent:
            return {"送信済み", "sent"};
        case Status::failed:
            return {"送信失敗", "failed"};
        case Status::bounced:
            return {"不達", "bounced"};
        case Status::suppressed:
            return {"送信停止", "suppressed"};
    }
    return {};
}

std::vector<core::TimelineItem> list(storage::Transaction& tx, std::int64_t customer,
                                     const std::optional<core::TimelinePlace>& before, std::size_t most) {
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    const auto at = before ? before->at.milliseconds : kEnd;
    const auto id = before ? before->id : kEnd;
    std::vector<core::TimelineItem> items;
    tx.query(
        "SELECT id, created_at, subject, status FROM mail_message WHERE customer_id = ? AND (created_at < ? "
        "OR "
        "(created_at = ? AND id < ?)) ORDER BY created_at DESC, id DESC LIMIT ?",
        {customer, at, at, id, static_cast<std::int64_t>(most)}, [&](const storage::Row& row) {
            const auto status = status_label(row.text(3));
            items.push_back({.at = {row.integer(1)},
                             .id = row.integer(0),
                             .title = {"メール（" + status.ja + "）", "Mail (" + status.en + ")"},
                             .detail = std::string(row.text(2))});
        });
    return items;
}

}  // namespace

void register_timeline(core::Registry& registry) {
    registry.add_timeline({.kind = "mail",
                           .label = {"メール", "Mail"},
                           .right = "mail.read",
                           .list = [](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                                      std::optional<core::TimelinePlace> before,
                                      std::size_t most) { return list(tx, customer, before, most); }});
}

}  // namespace otokui::mail
