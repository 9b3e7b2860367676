#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "core/journal.hpp"

// The shop's general settings: one row of table `setting` named "general", whose content is this in JSON.
namespace otokui::staff {

struct Sender {
    std::string name, email;  // whose name and address the shop's mails will carry
};

struct Shop {
    std::string name;
    std::string public_url;  // empty while the server is used on this machine only
    std::optional<Sender> sender;
    std::optional<Language> language = {};  // of the system's mails; nothing: as it was, at first ja
    std::string mail_unique = "login";      // login, status, off: DESIGN's rule of mail addresses
    std::int64_t access_log_days = 0;  // how long readings are kept: 365 to 3650; 0: as it was, at first 365
    std::int64_t version = 0;          // 0: never written
};

/// `mail_rule_changed` runs in the transaction in which the rule of mail addresses changes, whoever changes
/// it: it makes the customers' keys anew or refuses.
void register_shop_tables(core::Registry& registry, std::function<void(core::Writer&)> mail_rule_changed);

Shop read_shop(storage::Transaction& tx);
json::Object to_json(const Shop& shop);
/// Reads what a PUT sends; every field error at once, code settings.invalid.
Shop shop_of(const json::Value& body);
/// The optional member `sender` of a body; what is wrong with it is told by the reader.
std::optional<Sender> find_sender(json::ObjectReader& reader);

/// Inserts or replaces the row.
void put_shop(core::Writer& writer, const Shop& shop);
struct ChangedShop {
    Shop shop;
    OperationId operation;
};
/// `version`: the one seen; nothing: any. Refused settings.stale. Needs settings.edit.
ChangedShop change_shop(core::Journal& journal, const core::Actor& actor, std::optional<std::int64_t> version,
                        const Shop& shop);

}  // namespace otokui::staff
