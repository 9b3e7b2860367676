#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/journal.hpp"
#include "demo/generator.hpp"

namespace otokui::demo {

/// Registers the kind of operation a loaded demo shop begins with. It cannot be undone: it is the beginning.
void register_kinds(core::Registry& registry);

/// How a load tells where it is: rows written so far, or what is being built ("orders_customer").
struct Progress {
    std::function<void(std::int64_t rows, std::int64_t expected_rows)> rows = {};
    std::function<void(std::string_view step)> building = {};
};

/// Makes an empty, migrated database a demo shop: customers 1..settings.customers with delivery addresses,
/// masters, orders and their lines. The same settings make the same rows on every machine and engine.
/// `build_index` builds what the search feature keeps (text index, sets) at the end of the same transaction.
/// Open the database with DatabaseOptions::filling for speed. Refused conflict core.not_empty. A load that is
/// killed leaves the database empty, so the next one begins anew.
/// Memory: some 300 MiB at any size.
void load(core::Journal& journal, const core::Actor& actor, const Settings& settings,
          const std::function<void(core::Writer&)>& build_index, const Progress& progress = {});

}  // namespace otokui::demo
