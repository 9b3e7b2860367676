#include "search/testing/random_shop.hpp"

#include <boost/json/array.hpp>

#include "base/text/normalise.hpp"
#include "base/text/shadow.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"

namespace otokui::search::test {
namespace {

const char* const kStatuses[] = {"visitor", "guest", "provisional", "member", "withdrawn"};

constexpr const char* kCodes[] = {"a", "b", "c", "d"};

// To the fields of Shop::add_own_fields().
std::string random_answers(Dice& dice) {
    boost::json::object answers;
    if (const auto note = text::trimmed(dice.text(5)); !note.empty() && !dice.once_in(3))
        answers["note"] = note;
    if (dice.once_in(2)) answers["shoe"] = dice.roll(0, 4);
    if (dice.once_in(2))
        answers["met"] = format_day(add_days(shop_day(kNow), static_cast<int>(dice.day_offset())));
    if (dice.once_in(2)) answers["size"] = boost::json::array{dice.pick(kCodes)};
    boost::json::array likes;
    for (const auto* code : kCodes)
        if (dice.once_in(3)) likes.emplace_back(code);
    if (!likes.empty()) answers["likes"] = std::move(likes);
    if (dice.once_in(2)) answers["agreed"] = true;
    answers["forgotten"] = "nobody knows this field";
    return core::answers::format(answers);
}

constexpr const char* kPaymentStatuses[] = {"unpaid", "captured", "captured", "refunded"};

}  // namespace

core::Assignments random_customer(Dice& dice, const core::Table& table, int index) {
    core::Assignments values;
    const auto set = [&](std::string_view column, storage::Value value) {
        values.emplace_back(column, std::move(value));
    };
    set("number", dice.digits(4) + "-" + std::to_string(index));
    set("status", std::string(dice.pick(kStatuses)));
    set("no_login", std::int64_t{1});  // equal mails do not clash
    for (const char* column : {"family_name", "given_name", "family_kana", "given_kana", "city", "street",
                               "building", "company", "department", "member_id", "alert", "memo"})
        if (!dice.once_in(3)) set(column, dice.text(5));
    for (const char* column : {"phone", "fax", "postal_code"})
        if (!dice.once_in(3)) set(column, dice.digits(7));
    for (const char* column : {"email", "email2"})
        if (!dice.once_in(3))
            set(column,
                text::shadow(text::ShadowKind::mail, "a" + dice.digits(3) + "@" + dice.text(3) + ".jp"));
    if (!dice.once_in(3)) set("prefecture", std::int64_t{dice.roll(12, 14)});
    if (!dice.once_in(2)) set("sex", std::string(dice.once_in(2) ? "male" : "other"));
    if (!dice.once_in(3))
        set("birth_date", format_day(add_days(add_months(shop_day(kNow), -12 * dice.roll(0, 4)),
                                              static_cast<int>(dice.day_offset()))));
    for (const char* column : {"occupation_id", "customer_type_id", "level_id", "special_type_id"})
        if (!dice.once_in(2)) set(column, std::int64_t{dice.roll(1, 3)});
    if (!dice.once_in(2)) set("device", std::string("pc"));
    for (const char* column : {"labels", "customer_groups", "block_reasons"}) {
        std::vector<std::int64_t> members;
        for (int i = dice.roll(0, 3); i > 0; --i) members.push_back(dice.roll(1, 4));
        set(column, core::format_set(members));
    }
    for (const char* column :
         {"level_fixed", "newsletter", "direct_mail", "cleaned", "outbound_call", "blocked"})
        set(column, std::int64_t{dice.roll(0, 1)});
    for (const char* column : {"points", "purchase_total", "purchase_count", "login_count"})
        set(column, std::int64_t{dice.roll(0, 4)});
    for (const char* column : {"first_purchase_at", "last_purchase_at", "points_expire_at", "registered_at",
                               "withdrawn_at", "last_login_at"})
        if (!dice.once_in(2)) set(column, kNow.milliseconds + dice.day_offset() * 21'600'000);
    if (!dice.once_in(4)) set("answers", random_answers(dice));
    if (dice.once_in(4)) set("deleted_at", kNow.milliseconds + dice.day_offset() * 21'600'000);
    if (dice.once_in(8)) set("merged_into", std::int64_t{dice.roll(1, 9)});
    for (const auto& [column, value] : values) table.column(column);
    return values;
}

Orders::Row random_order(Dice& dice, int index, int customers) {
    Orders::Row order;
    if (!dice.once_in(10)) order.customer = dice.roll(1, customers);
    auto& values = order.values;
    values["id"] = std::int64_t{index + 1};
    values["number"] = std::to_string(100000 + dice.roll(0, 99)) + "-" + std::to_string(index);
    values["ordered_at"] = kNow.milliseconds + dice.day_offset() * 21'600'000;
    values["status"] = dice.once_in(4) ? "" : dice.text(2);
    values["payment_status"] = std::string(dice.pick(kPaymentStatuses));
    values["payment_method"] = dice.once_in(4) ? "" : dice.text(2);
    values["tracking_number"] = dice.once_in(4) ? "" : dice.digits(3);
    values["subscription_number"] = dice.once_in(2) ? "" : dice.text(2);
    values["channel"] = dice.once_in(4) ? "" : dice.text(2);
    values["total"] = std::int64_t{dice.roll(0, 4)};
    if (dice.once_in(2)) values["shipped_at"] = kNow.milliseconds + dice.day_offset() * 21'600'000;
    for (int i = dice.roll(0, 3); i > 0; --i) {
        auto& line = order.lines.emplace_back();
        line["product_number"] = dice.digits(2);
        line["product_name"] = dice.once_in(4) ? "" : dice.text(3);
        line["quantity"] = std::int64_t{dice.roll(0, 3)};
    }
    return order;
}

void insert_order(core::Writer& writer, const Orders::Row& order) {
    core::Assignments values;
    for (const auto& [key, value] : order.values) values.emplace_back(key, value);
    if (order.customer != 0) values.emplace_back("customer_id", order.customer);
    const auto id = writer.insert(writer.registry().get("orders"), values);
    std::int64_t position = 0;
    for (const auto& line : order.lines) {
        core::Assignments of_line{{"order_id", id}, {"position", ++position}};
        if (order.customer != 0) of_line.emplace_back("customer_id", order.customer);
        for (const auto& [key, value] : line) of_line.emplace_back(key, value);
        writer.insert(writer.registry().get("order_line"), of_line);
    }
}

}  // namespace otokui::search::test
