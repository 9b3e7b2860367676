#pragma once

#include <string>
#include <string_view>

namespace otokui::text {

// The parts of shadow() that tests look at on their own.

/// ShadowKind::text through a table made once from fold_text_with_icu, falling back to it where a code point
/// cannot be judged without its neighbours. Both give the same result for every input.
std::string fold_text(std::string_view text);

/// ShadowKind::text by ICU on the whole text: the reference, some twenty times slower.
std::string fold_text_with_icu(std::string_view text);

/// ShadowKind::address.
std::string fold_address(std::string_view text);

/// True when some code point of NFKC text would compose with another one before it: taking away what stands
/// between the two would make the text another one.
bool may_compose(std::string_view text);

/// ShadowKind::mail.
std::string lower_nfkc(std::string_view text);

/// White space (Unicode) or U+FEFF.
bool is_space(char32_t code_point);

/// `text` without white space at both ends.
std::string_view without_outer_space(std::string_view text);

}  // namespace otokui::text
