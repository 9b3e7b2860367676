#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace otokui::list {

using ListId = Id<struct ListTag>;

/// What the entries of a list are; `combined` lists were made of others.
enum class Kind { id, number, email, phone, combined };
std::string_view name_of(Kind kind);
std::optional<Kind> find_kind(std::string_view name);
/// Mails and phones: who sees contact data only masked may neither upload nor read them back.
bool is_contact(Kind kind);

/// What became of the entries. `found`: distinct customers reached, the deleted and the survivors of merged
/// ones included; `deleted`, `merged`: how many of them. `not_found`: distinct entries that reached nobody.
/// `duplicates`: entries that repeat an earlier one in any writing.
struct Figures {
    std::int64_t found = 0, not_found = 0, duplicates = 0, deleted = 0, merged = 0;
    bool operator==(const Figures&) const = default;
};

/// The entries that a figure counts, kept as a text with one per line.
enum class Lines { not_found, duplicates, deleted, merged };
inline constexpr std::array kAllLines{Lines::not_found, Lines::duplicates, Lines::deleted, Lines::merged};
std::string_view name_of(Lines lines);
std::int64_t count_of(const Figures& figures, Lines lines);

enum class Combination { and_, or_, minus };
std::optional<Combination> find_combination(std::string_view name);

struct List {
    ListId id = {};
    std::string list = {};  // unguessable; how the API names it
    StaffId staff = {};
    std::string name = {};  // empty: goes when unused for kKeptUnused
    Kind kind = Kind::id;
    Figures figures = {};
    std::array<std::string, kAllLines.size()> files = {};  // tokens of core::StoredFile; empty: no lines
    Moment created_at = {}, used_at = {};
    std::int64_t version = 1;
};

inline constexpr std::chrono::hours kKeptUnused{24 * 90};
/// Lines go with their list, and at the latest after this: they may hold mails and phones of people the shop
/// does not know.
inline constexpr std::chrono::hours kLinesKept{24 * 90};
inline constexpr std::size_t kMaxEntries = 1'000'000;
inline constexpr std::size_t kMaxEntryLength = 255;  // characters
inline constexpr std::size_t kMaxNameLength = 100;   // characters
inline constexpr std::size_t kMaxCombined = 20;      // lists

}  // namespace otokui::list
