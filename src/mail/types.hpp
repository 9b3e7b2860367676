#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/key_ring.hpp"
#include "base/text_pair.hpp"
#include "core/journal.hpp"

namespace otokui::mail {

using MailId = Id<struct MailTag>;

struct Party {
    std::string name, email;
};

/// What mails say of the shop; read in the transaction of the mail.
struct ShopFacts {
    std::string name;
    std::optional<Party> sender;  // of the general settings; the mail settings may name another
};

struct Context {
    core::Journal& journal;
    const crypto::KeyRing& keys;
    std::function<ShopFacts(storage::Transaction&)> shop;
};

/// bounced: came back later. suppressed: kept back on purpose, e.g. while no mail server is set.
enum class Status { queued, sent, failed, bounced, suppressed };
std::string_view name_of(Status status);
std::optional<Status> find_status(std::string_view name);

struct Recipient {
    std::string email;
    std::string name = {};     // display name, may be empty
    CustomerId customer = {};  // 0: staff and others
};

/// What the variables of a template stand for. A secret (a one-time link) is in the mail that is sent, and
/// nowhere else: the history shows a mark in its place.
struct Values {
    std::map<std::string, std::string, std::less<>> texts = {};
    std::map<std::string, std::string, std::less<>> secrets = {};
    using Row = std::map<std::string, std::string, std::less<>>;
    std::map<std::string, std::vector<Row>, std::less<>> lists = {};
};

struct Queued {
    MailId id;
    Status status;  // queued; suppressed while no mail server is set; failed for an address that is none
};

}  // namespace otokui::mail
