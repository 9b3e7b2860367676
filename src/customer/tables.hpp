#pragma once

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::customer {

/// What keeps indexes over customers in step: the search feature's, handed in by the composition root because
/// customers know no search.
using AfterCustomers = std::function<void(core::Writer&, const std::vector<core::RowChange>&)>;

/// Registers customers, their addresses, the masters they refer to, their kinds of operations and
/// verifications. `catalogue` must outlive the registry.
/// `text_of`: see core::Hooks.
void register_tables(core::Registry& registry, const core::Catalogue& catalogue, AfterCustomers after,
                     std::function<std::string(const core::Record&)> text_of = {});

/// Runs after the rule of mail addresses (setting mail_unique) has changed: makes every customer's mail_key
/// anew. Refused conflict customer.email_taken when addresses clash under the new rule.
void remake_mail_keys(core::Writer& writer);

}  // namespace otokui::customer
