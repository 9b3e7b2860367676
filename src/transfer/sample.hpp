#pragma once

#include <string>

#include "transfer/types.hpp"

// 見本のCSV: what a file of a kind looks like, to be filled in.
namespace otokui::transfer {

struct Sample {
    std::string name;  // of the file
    std::string text;  // UTF-8 with a byte order mark
};

/// The header that an import of this kind takes from this actor, and one row. Whoever registers the row of
/// the customers' sample finds that those of the other kinds speak of this customer. Right: import, and what
/// the kind takes besides. Refused not_found feature.off.
Sample make_sample(const Context& context, const core::Actor& actor, Kind kind);

}  // namespace otokui::transfer
