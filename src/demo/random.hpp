#pragma once

#include <bit>
#include <cstdint>

/// Randomness that is a function of a key and nothing else, so that any person can be made without making
/// those before, on any number of threads, the same on every machine.
namespace otokui::demo {

/// The finalizer of SplitMix64: every bit of the result depends on every bit of `x`. A bijection.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// What a draw is for; equal indexes of different streams are unrelated.
enum class Stream : std::uint64_t {
    permutation = 1,
    group,
    home,
    identity,
    account,
    order,
    address,
    points,
    care
};

constexpr std::uint64_t key_of(std::uint64_t seed, Stream stream, std::uint64_t index) noexcept {
    return mix(mix(seed + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(stream)) +
               0x9e3779b97f4a7c15ULL * index);
}

/// SplitMix64 from a key. Cheap to make: one for each thing that is drawn.
class Random {
public:
    explicit constexpr Random(std::uint64_t key) noexcept : state_(key) {}

    constexpr std::uint64_t next() noexcept { return mix(state_ += 0x9e3779b97f4a7c15ULL); }

    /// 0 <= result < bound; bound > 0. The bias of at most bound / 2^64 does not matter here.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }
    /// first <= result <= last.
    constexpr int between(int first, int last) noexcept {
        return first + static_cast<int>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    /// True with the given chance in a thousand.
    constexpr bool permille(unsigned chance) noexcept { return below(1000) < chance; }

private:
    std::uint64_t state_;
};

/// A bijection of 0..size-1 that looks random, for scattering what belongs together over all ids.
/// A Feistel network over the next power of four, walked until it lands inside: under four rounds on average.
class Permutation {
public:
    Permutation(std::uint64_t seed, std::uint64_t size) noexcept
        : size_(size), half_(half_of(size)), mask_((std::uint64_t{1} << half_) - 1) {
        for (int i = 0; i < kRounds; ++i)
            keys_[i] = key_of(seed, Stream::permutation, static_cast<std::uint64_t>(i));
    }

    std::uint64_t forward(std::uint64_t index) const noexcept {
        do index = step(index);
        while (index >= size_);
        return index;
    }
    std::uint64_t backward(std::uint64_t place) const noexcept {
        do place = step_back(place);
        while (place >= size_);
        return place;
    }

private:
    static constexpr int kRounds = 4;

    static int half_of(std::uint64_t size) noexcept {
        const int bits = static_cast<int>(std::bit_width(size > 1 ? size - 1 : 1));
        return (bits + 1) / 2;
    }
    std::uint64_t step(std::uint64_t x) const noexcept {
        std::uint64_t left = x >> half_, right = x & mask_;
        for (const std::uint64_t key : keys_) {
            const std::uint64_t next = left ^ (mix(right + key) & mask_);
            left = right;
            right = next;
        }
        return left << half_ | right;
    }
    std::uint64_t step_back(std::uint64_t x) const noexcept {
        std::uint64_t left = x >> half_, right = x & mask_;
        for (int i = kRounds - 1; i >= 0; --i) {
            const std::uint64_t previous = right ^ (mix(left + keys_[i]) & mask_);
            right = left;
            left = previous;
        }
        return left << half_ | right;
    }

    std::uint64_t size_;
    int half_;
    std::uint64_t mask_;
    std::uint64_t keys_[kRounds] = {};
};

}  // namespace otokui::demo
