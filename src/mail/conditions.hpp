#pragma once

#include "core/catalogue.hpp"

namespace otokui::mail {

/// What conditions can ask of the mails to a customer: {"has":"mail",…}.
void declare_conditions(core::Catalogue& catalogue);

}  // namespace otokui::mail
