#include "core/journal.hpp"

namespace otokui::core {

Journal::Journal(storage::Database& database, const Registry& registry, Clock clock)
    : database_(database), registry_(registry), clock_(std::move(clock)) {}

}  // namespace otokui::core
