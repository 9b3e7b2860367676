#pragma once

#include "core/catalogue.hpp"
#include "core/registry.hpp"
#include "customer/types.hpp"

namespace otokui::customer {

/// The rule of the setting `mail_unique` as it stands in this transaction; MailRule::login unless set
/// otherwise.
MailRule mail_rule(storage::Transaction& tx);

/// What must be unique among all customers; NULL where the address need not be.
storage::Value mail_key(MailRule rule, std::string_view status, const std::string& email, bool no_login,
                        bool deleted);

/// What is kept beside a customer's written columns: shadows for searching, the sort key of the kana
/// (五十音順), and mail_key, whose unique index decides whether a mail address is free. The table is the one
/// of customer_table().
core::Derive derive_customer(const core::Catalogue& catalogue, const core::Table& table,
                             storage::Transaction& tx);
/// What that goes by besides the row.
std::string derives_by(storage::Transaction& tx);

}  // namespace otokui::customer
