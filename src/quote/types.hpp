#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace otokui::quote {

inline constexpr std::int64_t kMostYen = 100'000'000;  // of one piece
inline constexpr std::int64_t kMostPieces = 100'000;   // of one line
inline constexpr std::size_t kMostLines = 200;

/// What is to be bought. Yen with tax; percent 0 to 100.
struct Line {
    std::string product_number, product_name;
    std::int64_t unit_price = 0;
    std::int64_t quantity = 1;
    std::int64_t discount_percent = 0;  // the ordinary discount of the product
};

enum class BlockAction { alert, refuse };

/// What the customer's masters say of a purchase. What he does not hold is as here.
struct Terms {
    std::int64_t special_discount = 0;              // percent, of the special member type
    std::int64_t level_discount = 0;                // percent
    std::int64_t point_rate = 0;                    // hundredths of a percent
    std::int64_t point_multiplier = 100;            // hundredths
    std::vector<std::string> barred_payments = {};  // of the special member type
    std::vector<std::string> excepted_products =
        {};  // numbers; of the special type, none while it excepts none
    std::vector<BlockAction> block_reasons = {};
};

enum class Discount { none, ordinary, special };

struct QuotedLine {
    Discount discount = Discount::none;
    std::int64_t discount_percent = 0;  // that was taken off
    std::int64_t unit_price = 0;        // with it
    std::int64_t amount = 0;
    bool is_excepted = false;  // no payment method is barred for its product
};

struct Quote {
    std::vector<QuotedLine> lines;
    std::int64_t subtotal = 0;        // of the lines
    std::int64_t level_discount = 0;  // yen off the subtotal
    std::int64_t total = 0;
    std::int64_t points = 0;  // that the purchase earns
    bool payment_refused = false;
    std::optional<BlockAction> block;
};

}  // namespace otokui::quote
