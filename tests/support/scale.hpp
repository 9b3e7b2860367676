#pragma once

#include <algorithm>
#include <cstdlib>

namespace otokui::test {

/// `full` times OTOKUI_TEST_SCALE (0.01 unless set), but at least `least`.
inline int scaled(int full, int least) {
    const char* scale = std::getenv("OTOKUI_TEST_SCALE");
    return std::max(least, static_cast<int>(full * (scale ? std::atof(scale) : 0.01)));
}

}  // namespace otokui::test
