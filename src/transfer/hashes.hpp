#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otokui::transfer {

/// 64 bits of a text under a key of the job, so that nobody can make two texts meet. Never 0.
std::int64_t keyed_hash(std::string_view key, std::string_view text);

/// A set of hashes in eight bytes of memory each (times two at most): a file of a million rows needs 16 MiB.
class HashSet {
public:
    /// False when it was in the set already.
    bool insert(std::int64_t hash);
    bool contains(std::int64_t hash) const;
    std::size_t size() const { return size_; }

private:
    std::size_t slot_of(std::int64_t hash) const;
    void grow();
    std::vector<std::int64_t> slots_ = std::vector<std::int64_t>(1024);
    std::size_t size_ = 0;
};

}  // namespace otokui::transfer
