#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

// What the generator makes. Values are in the form the database stores: phones as digits, postal codes as
// seven digits, kana in full width, mails in lower case, yen as integers. Views point to constants or into
// the generator and live as long as it does.
namespace otokui::demo {

struct Address {
    std::string_view family_name, given_name, family_kana, given_kana;
    std::string_view label;  // "実家"; delivery addresses only
    std::string_view company;
    std::string_view department;
    std::string postal_code;
    int prefecture = 0;  // JIS 1..47; 0: no address known
    std::string_view city;
    std::string street;  // town and block: "銀座4-5-6"
    std::string building;
    std::string phone;
    std::string fax;
};

struct Person {
    std::int64_t id = 0;      // 1..Settings::customers
    std::string number;       // eight digits
    std::string_view status;  // visitor guest provisional member withdrawn
    Address home;             // names, company and own phone included
    std::string email;        // unique among members and provisional members; empty for some
    std::string email2;
    std::string_view sex;  // male female other unanswered; empty: not set
    std::optional<Day> birth_date;
    int occupation = 0;  // these and the sets below: numbers of the lists in masters.hpp, from 1; 0: none
    int customer_type = 0;
    std::string_view device;  // codes of DESIGN: pc smartphone tablet …
    std::vector<int> labels;  // ascending
    std::vector<int> groups;
    int level = 0;
    bool level_fixed = false;
    int special_type = 0;
    bool newsletter = false;
    bool direct_mail = false;
    bool cleaned = false;
    bool outbound_call = false;
    bool blocked = false;
    std::vector<int> block_reasons;  // not empty where blocked
    std::string_view alert;
    std::string_view memo;
    Moment registered_at;
    std::optional<Moment> withdrawn_at;  // status withdrawn
    std::optional<Moment> deleted_at;
    std::string_view delete_cause;  // staff or self where deleted_at is set
    std::optional<Moment> last_login_at;
    int login_count = 0;
    std::vector<Address> addresses;  // delivery addresses beside the own one

    std::int64_t same_person_as =
        0;  // the id of the other record of this very person, written differently; 0: none
    std::int64_t household = 0;  // equal for people of one address
    std::int64_t first_order =
        0;  // ids of this person's orders are first_order .. first_order + order_count - 1
    int order_count = 0;
};

struct Product {
    std::string_view number, name;
    int unit_price;  // yen with tax
    int tax_rate;    // percent: 8 for food, 10 else
};

struct OrderLine {
    const Product* product = nullptr;
    int quantity = 1;
};

struct Order {
    std::int64_t id = 0;  // 1..customers * orders_per_customer, every one once
    std::int64_t customer = 0;
    std::string number;  // ten digits, unique
    Moment ordered_at;
    std::string_view status;          // received processing shipped cancelled returned
    std::string_view payment_status;  // the codes of DESIGN
    std::string_view payment_method;  // as the shop calls it: "クレジットカード"
    std::string_view channel;         // landing_page shop phone
    std::int64_t shipping_fee = 0;    // with the fee of cash on delivery
    std::int64_t discount = 0;
    std::int64_t tax = 0;    // contained in `total`
    std::int64_t total = 0;  // sum of unit_price * quantity, plus shipping_fee, minus discount
    int delivery = -1;       // index into Person::addresses; -1: home
    std::optional<Moment> shipped_at;
    std::string tracking_number;  // twelve digits once shipped
    std::string_view note;
    std::array<OrderLine, 4> line_space;
    std::size_t line_count = 0;

    std::span<const OrderLine> lines() const { return {line_space.data(), line_count}; }
};

}  // namespace otokui::demo
