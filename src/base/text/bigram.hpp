#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otokui::text {

// Tokens of the text index. A shadow (shadow.hpp) is indexed as the overlapping pairs of its code points, so
// that "two characters anywhere in a name" is one look-up on either database. Each code point is written as
// four base-36 characters (0-9, a-z): a token is eight plain letters which no tokenizer tears apart or folds.
//
// A document is START + shadow + END, so a value of n >= 1 code points gives n + 1 tokens, every code point
// is the first half of exactly one token, and "starts with", "ends with" and "is" are phrases like
// "contains":
//
//     contains ab    ->  [ab]                 starts with ab  ->  [START a, ab]
//     contains abc   ->  [ab, bc]             is ab           ->  [START a, ab, b END]
//     contains a     ->  prefix a             ends with a     ->  [a END]
//
// A phrase means: these tokens directly after one another. Several values of one field are joined by
// appending their tokens; a phrase cannot reach over the joint, because END and START stand there.

/// Private code points around every document. shadow() drops them, so no text can forge them.
inline constexpr char32_t kDocumentStart = 0x10FFFC;
inline constexpr char32_t kDocumentEnd = 0x10FFFD;

enum class Anchor { none, start, end, both };

/// What to ask of the index: either `tokens`, in this order and adjacent, or (one code point, not anchored)
/// every token that begins with the four characters of `prefix`. Exactly one of the two is empty.
struct Phrase {
    std::vector<std::string> tokens;
    std::string prefix;
};

/// Tokens of one value, separated by single spaces. An empty shadow has none.
std::string document_tokens(std::string_view shadow);

/// Appends the tokens of one more value of the same field.
void append_document_tokens(std::string& tokens, std::string_view shadow);

/// The phrase for an operand that went through the same shadow() as the documents. The operand must not be
/// empty (an operand that normalises to nothing is refused before); an empty one gives the token [START END]
/// of no document.
Phrase phrase(std::string_view shadow_operand, Anchor anchor);

}  // namespace otokui::text
