#include "base/text/shadow.hpp"

#include "base/text/bigram.hpp"
#include "base/text/digits.hpp"
#include "base/text/fold.hpp"

namespace otokui::text {

std::string shadow(ShadowKind kind, std::string_view text) {
    switch (kind) {
        case ShadowKind::text:
            return fold_text(text);
        case ShadowKind::mail:
            return lower_nfkc(text);
        case ShadowKind::phone:
            return phone_digits(text);
        case ShadowKind::digits:
            return only_digits(text);
        case ShadowKind::address:
            return fold_address(text);
    }
    return {};
}

}  // namespace otokui::text
