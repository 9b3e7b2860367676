#include "list/entries.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/fold.hpp"
#include "base/text/normalise.hpp"
#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"

namespace otokui::list {
namespace {

/// "+81 (0)90 1234 5678" has four parts; more than this is no phone.
constexpr std::size_t kMostPhoneParts = 6;

bool is_hard_separator(char32_t c) {
    return c == U'\n' || c == U'\r' || c == U'\t' || c == U',' || c == U'，' || c == U'、' || c == U';' ||
           c == U'；';
}

std::string_view without_quotes(std::string_view entry) {
    while (entry.starts_with('"')) entry.remove_prefix(1);
    while (entry.ends_with('"')) entry.remove_suffix(1);
    return entry;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : " ") + part;
    return all;
}

// Excel drops the first 0 of a phone: a number that is only that short of a phone is one.
std::string phone_key(std::string_view written) {
    auto phone = text::phone(written);
    if (text::phone_problem(phone) == std::optional<std::string_view>("lost_leading_zero"))
        phone.insert(phone.begin(), '0');
    return phone;
}

std::int64_t id_of(std::string_view written) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::string folded;
    if (!std::all_of(written.begin(), written.end(), is_digit)) {
        folded = text::lower_nfkc(written);
        written = folded;
    }
    std::int64_t id = 0;
    const auto* const end = written.data() + written.size();
    if (written.empty() || !is_digit(written.front())) return 0;
    const auto [stop, error] = std::from_chars(written.data(), end, id);
    return error == std::errc() && stop == end ? id : 0;
}

}  // namespace

void EntryReader::push(std::string_view bytes) {
    decoded_.clear();
    decoder_.push(bytes, decoded_);
    take(decoded_);
}

void EntryReader::finish() {
    decoded_.clear();
    decoder_.finish(decoded_);
    take(decoded_);
    end_part(End::hard);
}

void EntryReader::take(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto start = at;
        const char32_t c = text::next_code_point(text, at);
        if (is_hard_separator(c)) {
            end_part(End::hard);
            // CR LF is one line end.
            if (c == U'\r' || (c == U'\n' && !after_return_)) ++line_;
        } else if (text::is_space(c)) {
            end_part(End::soft);
        } else if (c == text::kReplacement || c == 0) {
            fail("invalid_utf8");
        } else if (++part_length_ > kMaxEntryLength) {
            fail("too_long");
        } else {
            part_.append(text.substr(start, at - start));
        }
        after_return_ = c == U'\r';
    }
}

void EntryReader::end_part(End end) {
    const auto part = without_quotes(part_);
    if (kind_ == Kind::phone) {
        if (!part.empty()) parts_.emplace_back(part);
        join_phone(end);
    } else if (!part.empty()) {
        tell(part);
    }
    part_.clear();
    part_length_ = 0;
}

void EntryReader::join_phone(End end) {
    // Told: the parts as soon as they are a phone together, else the first of them alone.
    while (!parts_.empty()) {
        const auto together = joined(parts_);
        if (text::is_phone(text::phone(together))) {
            tell(together);
            parts_.clear();
        } else if (end == End::hard || parts_.size() > kMostPhoneParts) {
            auto rest = std::move(parts_);
            tell(rest.front());
            parts_.clear();
            for (std::size_t i = 1; i < rest.size(); ++i) {
                parts_.push_back(std::move(rest[i]));
                const auto again = joined(parts_);
                if (!text::is_phone(text::phone(again))) continue;
                tell(again);
                parts_.clear();
            }
        } else {
            return;
        }
    }
}

void EntryReader::tell(std::string_view entry) { each_(entry); }

void EntryReader::fail(std::string code) {
    if (failed_line_ == line_ || errors_.size() == kMaxErrors) return;
    failed_line_ = line_;
    const auto line = std::to_string(line_);
    const bool too_long = code == "too_long";
    errors_.push_back({"/lines/" + line,
                       std::move(code),
                       {line + (too_long ? "行目: 値が長すぎます。"
                                         : "行目: 文字コードが正しくありません。UTF-8で保存してください。"),
                        "Line " + line + (too_long ? ": a value is too long." : ": not valid UTF-8 text.")}});
}

Entry read_entry(Kind kind, std::string_view written) {
    Entry entry{.written = std::string(written)};
    switch (kind) {
        case Kind::id:
        case Kind::combined:
            entry.id = id_of(written);
            break;
        case Kind::number:
            entry.key = text::shadow(text::ShadowKind::text, written);
            break;
        case Kind::email:
            entry.key = text::mail(written);
            break;
        case Kind::phone:
            entry.key = phone_key(written);
            break;
    }
    return entry;
}

}  // namespace otokui::list
