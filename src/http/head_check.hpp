#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace otokui::http {

inline constexpr std::size_t kMaxHeadSize = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxHeadFields = 100;

/// Why a request head is refused: the status of the answer, after which the connection is closed.
struct HeadFault {
    int status;
    std::string_view code;
    bool operator==(const HeadFault&) const = default;
};

/// Finds the end of a request head in bytes that arrive piece by piece, and refuses at once what can never
/// become one (so that a TLS greeting or a head with bare line feeds does not wait for its deadline).
class HeadScanner {
public:
    /// `bytes` is everything received since the head began. Looks only at what is new since the last call.
    void scan(std::string_view bytes);
    /// The size of the head, its empty last line included, once it is complete.
    std::optional<std::size_t> size() const { return size_; }
    const std::optional<HeadFault>& fault() const { return fault_; }

private:
    std::size_t seen_ = 0;
    std::size_t line_start_ = 0;
    std::optional<std::size_t> size_;
    std::optional<HeadFault> fault_;
};

/// Checks a complete head (as sized by the scanner) against RFC 9112 without its tolerances: anything that
/// two servers could read in two ways is a fault. nullopt: it may be handed to the parser. Cost: linear.
std::optional<HeadFault> find_head_fault(std::string_view head);

}  // namespace otokui::http
