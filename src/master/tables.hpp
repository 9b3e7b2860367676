#pragma once

#include "core/journal.hpp"
#include "core/registry.hpp"

namespace otokui::master {

/// Registers the table of every master and the kinds of their operations.
void register_tables(core::Registry& registry);

/// A shop has exactly one default group (既定グループ): makes 「一般」 when there is none. May be called by
/// several servers at once.
void ensure_default_group(core::Journal& journal);

/// Where customers register (顧客タイプ): gives a shop LP, ショップページ, 受注作成, CSV and API, once. One
/// that ever had a customer type, its own or these, is left alone: what somebody has deleted does not come
/// back. May be called by several servers at once.
void ensure_customer_types(core::Journal& journal);

/// For `otokui verify`: exactly one default group, and no customer holds a row that is gone.
void register_verification(core::Registry& registry);

}  // namespace otokui::master
