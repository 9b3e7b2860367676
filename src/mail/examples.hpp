#pragma once

#include "mail/types.hpp"

namespace otokui::mail {

/// Writes mails as if they had been sent to some of the first customers with an address, for a shop to be
/// shown: the same ones for the same customers. Nothing of it leaves.
void write_examples(const Context& context, core::Writer& writer);

}  // namespace otokui::mail
