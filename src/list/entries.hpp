#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "base/text/encoding.hpp"
#include "list/types.hpp"

namespace otokui::list {

/// Cuts a pasted text into entries, piece by piece as it arrives: at line ends, commas, tabs, semicolons and
/// white space of any width. Phones are often written with spaces inside ("090 1234 5678"): there, parts with
/// nothing but spaces between them are one entry when together they make a phone. Quotes around an entry are
/// dropped. Constant memory.
class EntryReader {
public:
    using Each = std::function<void(std::string_view entry)>;
    EntryReader(Kind kind, Each each) : kind_(kind), each_(std::move(each)) {}

    void push(std::string_view bytes);
    void finish();

    /// Lines that cannot be read, "/lines/12" (from 1) with invalid_utf8 or too_long; at most kMaxErrors.
    /// Entries of such a line may have been told before. U+FFFD counts as unreadable: whoever wrote it had
    /// lost the character already.
    static constexpr std::size_t kMaxErrors = 200;
    const std::vector<FieldError>& errors() const { return errors_; }

private:
    enum class End { soft, hard };  // soft: a space, which may stand inside a phone
    void take(std::string_view text);
    void end_part(End end);
    void join_phone(End end);
    void tell(std::string_view entry);
    void fail(std::string code);

    Kind kind_;
    Each each_;
    text::Decoder decoder_{text::Encoding::utf8};
    std::string decoded_, part_;
    std::size_t part_length_ = 0;     // characters
    std::vector<std::string> parts_;  // of what may become a phone
    std::int64_t line_ = 1;
    std::int64_t failed_line_ = 0;
    bool after_return_ = false;
    std::vector<FieldError> errors_;
};

/// An entry as it is compared: ids as numbers, all else in the form in which customers' values are stored.
struct Entry {
    std::string written = {};
    std::string key = {};  // empty for ids
    std::int64_t id = 0;   // of kind id; 0: no number that could be one
};
Entry read_entry(Kind kind, std::string_view written);

}  // namespace otokui::list
