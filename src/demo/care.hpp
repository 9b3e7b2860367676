#pragma once

#include <array>

#include "core/journal.hpp"
#include "demo/generator.hpp"

// What staff noted about a person, and the coupons he was given and used.
namespace otokui::demo {

/// Ids of the coupons of a demo shop.
struct Coupons {
    std::int64_t thanks = 0;    // for anybody: 500 yen off orders of 5,000 and more
    std::int64_t birthday = 0;  // for who was granted it
    std::int64_t apology = 0;   // likewise
};

/// Written once, before the customers.
Coupons write_coupons(core::Writer& writer, Moment at);
/// Brings the counts of the coupons in step with what was loaded.
void count_coupons(core::Writer& writer, const Coupons& coupons);

struct Care {
    struct Memo {
        std::string_view title, body;
        Moment at;
        bool pinned = false, alert = false;
    };
    struct Grant {
        std::int64_t coupon = 0;
        Moment at;
    };
    std::array<Memo, 2> memos;
    std::size_t memo_count = 0;
    std::array<Grant, 2> grants;
    std::size_t grant_count = 0;
    std::string used_in;  // number of the newest order that took 500 yen off; empty: none
    Moment used_at;

    /// Told each order of the person in the order of time.
    void note(const Order& order);
    void clear();
};

/// Memos and grants of a person; what note() was told stays.
void write_care(const Settings& settings, const Person& person, const Coupons& coupons, Care& care);

}  // namespace otokui::demo
