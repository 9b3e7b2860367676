#include "transfer/hashes.hpp"

#include <cstring>

#include "base/crypto.hpp"

namespace otokui::transfer {

std::int64_t keyed_hash(std::string_view key, std::string_view text) {
    const auto digest = crypto::keyed_digest(key, text);
    std::int64_t hash = 0;
    std::memcpy(&hash, digest.data(), sizeof hash);
    return hash == 0 ? 1 : hash;
}

std::size_t HashSet::slot_of(std::int64_t hash) const {
    const auto mask = slots_.size() - 1;
    auto slot = static_cast<std::size_t>(hash) & mask;
    while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & mask;
    return slot;
}

bool HashSet::contains(std::int64_t hash) const { return slots_[slot_of(hash)] != 0; }

bool HashSet::insert(std::int64_t hash) {
    const auto slot = slot_of(hash);
    if (slots_[slot] != 0) return false;
    slots_[slot] = hash;
    if (++size_ * 4 > slots_.size() * 3) grow();
    return true;
}

void HashSet::grow() {
    const auto old = std::move(slots_);
    slots_ = std::vector<std::int64_t>(old.size() * 2);
    for (const auto hash : old)
        if (hash != 0) slots_[slot_of(hash)] = hash;
}

}  // namespace otokui::transfer
