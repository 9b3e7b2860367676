#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otokui::text {

/// How files come in and go out. cp932 is what Windows and Excel call Shift_JIS (Windows-31J: with 髙 﨑 ① Ⅲ
/// ㈱).
enum class Encoding { utf8, utf8_bom, cp932 };

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

/// `is_sure` is false when the bytes seen speak for no encoding (ASCII alone; neither fits; NUL bytes as in
/// UTF-16; half-width kana outweigh kanji as in EUC-JP read as CP932): let the person confirm.
struct DetectedEncoding {
    Encoding encoding = Encoding::utf8;
    bool is_sure = false;
    bool operator==(const DetectedEncoding&) const = default;
};

/// Fed with the beginning of a stream or with all of it, in any chunks. The more it sees, the surer it is; a
/// character cut at the end speaks against nothing.
class EncodingDetector {
public:
    void push(std::string_view bytes);
    DetectedEncoding result() const;

private:
    void see_utf8(unsigned char byte);
    void see_cp932(unsigned char byte);

    std::string beginning_;  // the first three bytes
    bool has_nul_ = false;
    bool is_utf8_ = true, is_cp932_ = true;
    std::string open_utf8_;        // a sequence not complete yet
    unsigned char open_lead_ = 0;  // of CP932
    std::uint64_t utf8_sequences_ = 0, cp932_pairs_ = 0, cp932_kana_ = 0;
};

DetectedEncoding detect_encoding(std::string_view first_bytes);

/// Appends CP932 `bytes` as UTF-8. Each byte that is not CP932 becomes U+FFFD. Answers the offset of the
/// first such byte. The wave dash 0x8160 becomes U+FF5E, 0x817C U+FF0D, 0x8161 U+2225 and so on, as with
/// Excel; 0x5C and 0x7E stay backslash and tilde. Cost: about 3 ns a byte; the first call builds a table of
/// 256 KiB (a few ms); thread-safe.
std::optional<std::size_t> append_cp932_as_utf8(std::string_view bytes, std::string& out);

/// Appends UTF-8 `text` as CP932. A character CP932 lacks is written as 〓 and answered, in order, once for
/// each occurrence: never silently lost, and the caller decides whether the bytes may go out. The code points
/// by which other systems write the same JIS character are taken too: 〜 − ‖ — ¢ £ ¬ as ～ － ∥ ― ￠ ￡ ￢, ¥
/// as ￥.
std::vector<char32_t> append_utf8_as_cp932(std::string_view text, std::string& out);

/// Turns a stream of bytes into UTF-8, however it is cut into chunks. A byte order mark at the beginning of
/// UTF-8 is dropped whether announced or not. Bytes that do not fit become U+FFFD and are counted.
class Decoder {
public:
    explicit Decoder(Encoding encoding) : encoding_(encoding) {}

    void push(std::string_view bytes, std::string& out);
    /// The end of the stream: what is still open was cut.
    void finish(std::string& out);

    std::uint64_t invalid_count() const { return invalid_count_; }
    /// Offset in the stream of the first byte that did not fit.
    std::optional<std::uint64_t> first_invalid() const { return first_invalid_; }

private:
    enum class End { no, yes };
    bool may_go_on(std::string_view rest) const;
    std::size_t decode(std::string_view bytes, std::string& out, End end);  // answers how many bytes it took

    Encoding encoding_;
    std::string open_;           // bytes of a character that has not ended
    std::uint64_t decoded_ = 0;  // bytes before open_
    std::uint64_t invalid_count_ = 0;
    std::optional<std::uint64_t> first_invalid_;
};

}  // namespace otokui::text
