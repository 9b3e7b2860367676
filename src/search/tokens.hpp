#pragma once

#include <optional>
#include <string>
#include <string_view>

// Tokens of the text index. A value is indexed as START + shadow + END, one token per code point but END: the
// window that begins there. A window is two code points wide, or four when it begins with an ASCII character:
// kanji and kana are rare enough in pairs, digits and mail addresses are not ("four digits of a phone" is one
// look-up among a million). From an @ on a window is as long as a domain: many mails share theirs, and what
// joined the long lists of its fours is one look-up. Windows are cut at END.
//
//     田中-12  ->  ^田 田中 中- -12$ 12$ 2$          a@x.jp  ->  ^a a@x. @x.jp$ x.jp .jp$ jp$ p$
//
// Whatever stands directly after one another in a value is a phrase of its windows, the last one perhaps as a
// prefix: `contains 中` is the prefix 中, `contains 12` the prefix 12, `is 田中` the phrase ^田 田中 中$.
//
// Pairs everywhere were tried first: ten digits make only a hundred pairs, so every look-up of a phone or a
// mail address walked lists as long as the table.
//
// Every token begins with the letter of its index column, and code points that a tokenizer would tear apart
// are written in letters and digits (z and what follows).
namespace otokui::search {

enum class Anchor { none, start, end, both };

/// Tokens of one value, each after a space, appended to `document`. An empty shadow has none.
void append_tokens(std::string& document, char column, std::string_view shadow);

struct Phrase {
    std::string tokens;      // separated by single spaces, directly after one another in the value
    bool is_prefix = false;  // the last token stands for all that begin with it
    /// One token: a document that has it matches; with more, an index without positions has only candidates.
    bool is_single() const { return tokens.find(' ') == std::string::npos; }
};

/// The phrase for an operand that went through the same shadow() as the values; it must not be empty.
Phrase phrase(char column, std::string_view shadow, Anchor anchor);

/// The token of a code that a row either has or has not: status.
std::string code_token(char column, std::string_view code);

}  // namespace otokui::search
