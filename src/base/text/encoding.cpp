#include "base/text/encoding.hpp"

#include <utility>

#include "base/text/cp932.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

// Bytes a UTF-8 sequence has by its first byte; 1 for what cannot begin one.
std::size_t sequence_length(unsigned char lead) {
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    return 1;
}

unsigned char byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

}  // namespace

void EncodingDetector::push(std::string_view bytes) {
    if (beginning_.size() < kUtf8Bom.size()) {
        beginning_ += bytes.substr(0, kUtf8Bom.size() - beginning_.size());
    }
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        if (byte < 0x80 && open_utf8_.empty() && open_lead_ == 0) {
            if (byte == 0) has_nul_ = true;
            continue;
        }
        if (is_utf8_) see_utf8(byte);
        if (is_cp932_) see_cp932(byte);
    }
}

void EncodingDetector::see_utf8(unsigned char byte) {
    open_utf8_.push_back(static_cast<char>(byte));
    const std::size_t length = sequence_length(byte_at(open_utf8_, 0));
    if (open_utf8_.size() < length) return;
    is_utf8_ = is_valid_utf8(open_utf8_);
    if (length > 1) ++utf8_sequences_;
    open_utf8_.clear();
}

void EncodingDetector::see_cp932(unsigned char byte) {
    if (open_lead_ != 0) {
        is_cp932_ = cp932::decode_pair(open_lead_, byte) != 0;
        ++cp932_pairs_;
        open_lead_ = 0;
    } else if (cp932::is_lead(byte)) {
        open_lead_ = byte;
    } else if (cp932::is_kana(byte)) {
        ++cp932_kana_;
    } else {
        is_cp932_ = byte < 0x80;
    }
}

DetectedEncoding EncodingDetector::result() const {
    if (beginning_ == kUtf8Bom) return {Encoding::utf8_bom, is_utf8_ && !has_nul_};
    if (is_utf8_) return {Encoding::utf8, utf8_sequences_ > 0 && !has_nul_};
    if (is_cp932_) return {Encoding::cp932, cp932_pairs_ > cp932_kana_ && !has_nul_};
    return {};
}

DetectedEncoding detect_encoding(std::string_view first_bytes) {
    EncodingDetector detector;
    detector.push(first_bytes);
    return detector.result();
}

void Decoder::push(std::string_view bytes, std::string& out) {
    std::string joined;
    if (!open_.empty()) {
        joined = std::exchange(open_, {}).append(bytes);
        bytes = joined;
    }
    open_ = bytes.substr(decode(bytes, out, End::no));
}

void Decoder::finish(std::string& out) { decode(std::exchange(open_, {}), out, End::yes); }

bool Decoder::may_go_on(std::string_view rest) const {
    const unsigned char first = byte_at(rest, 0);
    if (encoding_ == Encoding::cp932) return rest.size() == 1 && cp932::is_lead(first);
    return rest.size() < sequence_length(first);
}

std::size_t Decoder::decode(std::string_view bytes, std::string& out, End end) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (end == End::no && may_go_on(bytes.substr(at))) break;
        const std::size_t start = at;
        char32_t point = 0;
        bool fits = true;
        if (encoding_ == Encoding::cp932) {
            const cp932::Decoded decoded = cp932::decode(bytes, at);
            point = decoded.code_point;
            fits = decoded.is_valid;
            at += decoded.length;
        } else {
            point = next_code_point(bytes, at);
            fits = byte_at(bytes, start) < 0x80 || at - start > 1;
            if (decoded_ + start == 0 && point == 0xFEFF) continue;
        }
        if (!fits) {
            if (!first_invalid_) first_invalid_ = decoded_ + start;
            ++invalid_count_;
        }
        append_utf8(out, point);
    }
    decoded_ += at;
    return at;
}

}  // namespace otokui::text
