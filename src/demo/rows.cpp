#include "demo/rows.hpp"

#include <algorithm>

#include "base/prefectures.hpp"
#include "core/id_set.hpp"
#include "demo/masters.hpp"

namespace otokui::demo {
namespace {

using storage::Value;

// Keeps the memory of the text that was there.
void set(Value& value, std::string_view text) {
    if (auto* before = std::get_if<std::string>(&value))
        before->assign(text);
    else
        value.emplace<std::string>(text);
}
void set(Value& value, std::int64_t number) { value = number; }
void set(Value& value, Moment moment) { value = moment.milliseconds; }
template <class T>
void set(Value& value, const std::optional<T>& content) {
    if (content)
        set(value, *content);
    else
        value = Value();
}

std::optional<Moment> some(Moment moment) {
    return moment == Moment{} ? std::nullopt : std::optional(moment);
}

// 0 is none.
std::optional<std::int64_t> id_of(const MasterIds& ids, int number) {
    if (number == 0) return std::nullopt;
    return ids.at(static_cast<std::size_t>(number - 1));
}

std::string set_of(const MasterIds& ids, const std::vector<int>& numbers) {
    std::vector<std::int64_t> members;
    for (const int number : numbers) members.push_back(ids.at(static_cast<std::size_t>(number - 1)));
    return core::format_set(std::move(members));
}

std::optional<std::int64_t> prefecture_of(const Address& address) {
    if (address.prefecture == 0) return std::nullopt;
    return address.prefecture;
}

std::string_view prefecture_text(int number) {
    static const auto kNames = [] {
        std::array<std::string, 48> names;
        for (int i = 1; i <= 47; ++i) names[static_cast<std::size_t>(i)] = prefecture_name(i);
        return names;
    }();
    return kNames.at(static_cast<std::size_t>(number));
}

std::int64_t last_change_of(const Person& person) {
    return std::max({person.registered_at, person.withdrawn_at.value_or(Moment{}),
                     person.deleted_at.value_or(Moment{})})
        .milliseconds;
}

bool has_account(const Person& person) {
    return person.status == "member" || person.status == "provisional" || person.status == "withdrawn";
}

const Address& delivery_of(const OrderRow& row) {
    return row.order.delivery < 0 ? row.person.home
                                  : row.person.addresses[static_cast<std::size_t>(row.order.delivery)];
}

// What customers and delivery addresses have in common.
template <class Row, const Address& (*address)(const Row&)>
constexpr std::array<ColumnOf<Row>, 13> kAddressColumns = {
    {{"family_name", [](Value& value, const Row& row) { set(value, address(row).family_name); }},
     {"given_name", [](Value& value, const Row& row) { set(value, address(row).given_name); }},
     {"family_kana", [](Value& value, const Row& row) { set(value, address(row).family_kana); }},
     {"given_kana", [](Value& value, const Row& row) { set(value, address(row).given_kana); }},
     {"company", [](Value& value, const Row& row) { set(value, address(row).company); }},
     {"department", [](Value& value, const Row& row) { set(value, address(row).department); }},
     {"postal_code", [](Value& value, const Row& row) { set(value, address(row).postal_code); }},
     {"prefecture", [](Value& value, const Row& row) { set(value, prefecture_of(address(row))); }},
     {"city", [](Value& value, const Row& row) { set(value, address(row).city); }},
     {"street", [](Value& value, const Row& row) { set(value, address(row).street); }},
     {"building", [](Value& value, const Row& row) { set(value, address(row).building); }},
     {"phone", [](Value& value, const Row& row) { set(value, address(row).phone); }},
     {"fax", [](Value& value, const Row& row) { set(value, address(row).fax); }}}};

template <class Row, std::size_t First, std::size_t Second>
constexpr auto joined(const std::array<ColumnOf<Row>, First>& first,
                      const std::array<ColumnOf<Row>, Second>& second) {
    std::array<ColumnOf<Row>, First + Second> all{};
    std::ranges::copy(first, all.begin());
    std::ranges::copy(second, all.begin() + First);
    return all;
}

const Address& home(const CustomerRow& row) { return row.person.home; }
const Address& delivery(const AddressRow& row) { return row.address; }

using Customer = ColumnOf<CustomerRow>;
constexpr auto kCustomer = joined(
    kAddressColumns<CustomerRow, home>,
    std::to_array<Customer>({
        {"number", [](Value& value, const CustomerRow& row) { set(value, row.person.number); }},
        {"member_id",
         [](Value& value, const CustomerRow& row) {
             set(value, has_account(row.person) ? std::string_view(row.person.email) : std::string_view());
         }},
        {"status", [](Value& value, const CustomerRow& row) { set(value, row.person.status); }},
        {"email", [](Value& value, const CustomerRow& row) { set(value, row.person.email); }},
        {"email2", [](Value& value, const CustomerRow& row) { set(value, row.person.email2); }},
        {"sex", [](Value& value, const CustomerRow& row) { set(value, row.person.sex); }},
        {"birth_date",
         [](Value& value, const CustomerRow& row) {
             const auto& day = row.person.birth_date;
             set(value, day ? std::optional(format_day(*day)) : std::nullopt);
         }},
        {"occupation_id",
         [](Value& value, const CustomerRow& row) {
             set(value, id_of(row.masters.occupations, row.person.occupation));
         }},
        {"customer_type_id",
         [](Value& value,
            const CustomerRow&
                row) { set(value, id_of(row.masters.customer_types, row.person.customer_type)); }},
        {"device", [](Value& value, const CustomerRow& row) { set(value, row.person.device); }},
        {"labels", [](Value& value,
                      const CustomerRow& row) { set(value, set_of(row.masters.labels, row.person.labels)); }},
        {"customer_groups",
         [](Value& value,
            const CustomerRow& row) { set(value, set_of(row.masters.groups, row.person.groups)); }},
        {"level_id", [](Value& value,
                        const CustomerRow& row) { set(value, id_of(row.masters.levels, row.person.level)); }},
        {"level_fixed", [](Value& value, const CustomerRow& row) { set(value, row.person.level_fixed); }},
        {"special_type_id",
         [](Value& value,
            const CustomerRow&
                row) { set(value, id_of(row.masters.special_types, row.person.special_type)); }},
        {"newsletter", [](Value& value, const CustomerRow& row) { set(value, row.person.newsletter); }},
        {"direct_mail", [](Value& value, const CustomerRow& row) { set(value, row.person.direct_mail); }},
        {"cleaned", [](Value& value, const CustomerRow& row) { set(value, row.person.cleaned); }},
        {"outbound_call", [](Value& value, const CustomerRow& row) { set(value, row.person.outbound_call); }},
        {"blocked", [](Value& value, const CustomerRow& row) { set(value, row.person.blocked); }},
        {"block_reasons",
         [](Value& value,
            const CustomerRow&
                row) { set(value, set_of(row.masters.block_reasons, row.person.block_reasons)); }},
        {"alert", [](Value& value, const CustomerRow& row) { set(value, row.person.alert); }},
        {"memo", [](Value& value, const CustomerRow& row) { set(value, row.person.memo); }},
        {"points", [](Value& value, const CustomerRow& row) { set(value, row.points.balance); }},
        {"points_expire_at",
         [](Value& value, const CustomerRow& row) { set(value, some(row.points.expires_at)); }},
        {"purchase_total", [](Value& value, const CustomerRow& row) { set(value, row.purchases.total); }},
        {"purchase_count", [](Value& value, const CustomerRow& row) { set(value, row.purchases.count); }},
        {"order_count",
         [](Value& value, const CustomerRow& row) { set(value, std::int64_t{row.person.order_count}); }},
        {"first_purchase_at", [](Value& value, const CustomerRow& row) { set(value, row.purchases.first); }},
        {"last_purchase_at", [](Value& value, const CustomerRow& row) { set(value, row.purchases.last); }},
        {"registered_at", [](Value& value, const CustomerRow& row) { set(value, row.person.registered_at); }},
        {"created_at", [](Value& value, const CustomerRow& row) { set(value, row.person.registered_at); }},
        {"updated_at", [](Value& value, const CustomerRow& row) { set(value, last_change_of(row.person)); }},
        {"withdrawn_at", [](Value& value, const CustomerRow& row) { set(value, row.person.withdrawn_at); }},
        {"deleted_at", [](Value& value, const CustomerRow& row) { set(value, row.person.deleted_at); }},
        {"delete_cause", [](Value& value, const CustomerRow& row) { set(value, row.person.delete_cause); }},
        {"last_login_at", [](Value& value, const CustomerRow& row) { set(value, row.person.last_login_at); }},
        {"login_count", [](Value& value, const CustomerRow& row) { set(value, row.person.login_count); }},
    }));

using Delivery = ColumnOf<AddressRow>;
constexpr auto kAddress = joined(
    kAddressColumns<AddressRow, delivery>,
    std::to_array<Delivery>({
        {"customer_id", [](Value& value, const AddressRow& row) { set(value, row.person.id); }},
        {"label", [](Value& value, const AddressRow& row) { set(value, row.address.label); }},
        {"created_at", [](Value& value, const AddressRow& row) { set(value, row.person.registered_at); }},
        {"updated_at", [](Value& value, const AddressRow& row) { set(value, row.person.registered_at); }},
    }));

constexpr auto kOrder = std::to_array<ColumnOf<OrderRow>>({
    {"number", [](Value& value, const OrderRow& row) { set(value, row.order.number); }},
    {"customer_id", [](Value& value, const OrderRow& row) { set(value, row.order.customer); }},
    {"ordered_at", [](Value& value, const OrderRow& row) { set(value, row.order.ordered_at); }},
    {"status", [](Value& value, const OrderRow& row) { set(value, row.order.status); }},
    {"payment_status", [](Value& value, const OrderRow& row) { set(value, row.order.payment_status); }},
    {"payment_method", [](Value& value, const OrderRow& row) { set(value, row.order.payment_method); }},
    {"channel", [](Value& value, const OrderRow& row) { set(value, row.order.channel); }},
    {"total", [](Value& value, const OrderRow& row) { set(value, row.order.total); }},
    {"tax", [](Value& value, const OrderRow& row) { set(value, row.order.tax); }},
    {"shipping_fee", [](Value& value, const OrderRow& row) { set(value, row.order.shipping_fee); }},
    {"discount", [](Value& value, const OrderRow& row) { set(value, row.order.discount); }},
    {"ship_name",
     [](Value& value, const OrderRow& row) {
         const auto& to = delivery_of(row);
         set(value, to.family_name);
         auto& name = std::get<std::string>(value);
         if (!name.empty() && !to.given_name.empty()) name += ' ';
         name += to.given_name;
     }},
    {"ship_postal_code", [](Value& value, const OrderRow& row) { set(value, delivery_of(row).postal_code); }},
    {"ship_prefecture",
     [](Value& value, const OrderRow& row) { set(value, prefecture_of(delivery_of(row))); }},
    {"ship_address",
     [](Value& value, const OrderRow& row) {
         const auto& to = delivery_of(row);
         set(value, prefecture_text(to.prefecture));
         auto& address = std::get<std::string>(value);
         address.append(to.city).append(to.street);
         if (!to.building.empty()) address.append(" ").append(to.building);
     }},
    {"ship_phone", [](Value& value, const OrderRow& row) { set(value, delivery_of(row).phone); }},
    {"tracking_number", [](Value& value, const OrderRow& row) { set(value, row.order.tracking_number); }},
    {"shipped_at", [](Value& value, const OrderRow& row) { set(value, row.order.shipped_at); }},
    {"note", [](Value& value, const OrderRow& row) { set(value, row.order.note); }},
    {"created_at", [](Value& value, const OrderRow& row) { set(value, row.order.ordered_at); }},
    {"updated_at",
     [](Value& value,
        const OrderRow& row) { set(value, row.order.shipped_at.value_or(row.order.ordered_at)); }},
});

const OrderLine& line_of(const LineRow& row) { return row.order.line_space[row.position]; }

constexpr auto kLine = std::to_array<ColumnOf<LineRow>>({
    {"order_id", [](Value& value, const LineRow& row) { set(value, row.order.id); }},
    {"customer_id", [](Value& value, const LineRow& row) { set(value, row.order.customer); }},
    {"position",
     [](Value& value, const LineRow& row) { set(value, static_cast<std::int64_t>(row.position) + 1); }},
    {"product_number", [](Value& value, const LineRow& row) { set(value, line_of(row).product->number); }},
    {"product_name", [](Value& value, const LineRow& row) { set(value, line_of(row).product->name); }},
    {"unit_price", [](Value& value, const LineRow& row) { set(value, line_of(row).product->unit_price); }},
    {"quantity", [](Value& value, const LineRow& row) { set(value, line_of(row).quantity); }},
    {"product_id",
     [](Value& value, const LineRow& row) {
         set(value, row.masters.products[static_cast<std::size_t>(line_of(row).product - products().data())]);
     }},
    {"ordered_at", [](Value& value, const LineRow& row) { set(value, row.order.ordered_at); }},
});

constexpr auto kPointEntry = std::to_array<ColumnOf<PointEntryRow>>({
    {"customer_id", [](Value& value, const PointEntryRow& row) { set(value, row.person.id); }},
    {"at", [](Value& value, const PointEntryRow& row) { set(value, row.entry.at); }},
    {"kind", [](Value& value, const PointEntryRow& row) { set(value, row.entry.kind); }},
    {"delta", [](Value& value, const PointEntryRow& row) { set(value, row.entry.delta); }},
    {"balance_after", [](Value& value, const PointEntryRow& row) { set(value, row.entry.balance_after); }},
    {"expires_at", [](Value& value, const PointEntryRow& row) { set(value, some(row.entry.expires_at)); }},
    {"order_number", [](Value& value, const PointEntryRow& row) { set(value, row.entry.order_number); }},
    {"reason", [](Value& value, const PointEntryRow& row) { set(value, row.entry.reason); }},
});

constexpr auto kPointLot = std::to_array<ColumnOf<PointLotRow>>({
    {"customer_id", [](Value& value, const PointLotRow& row) { set(value, row.person.id); }},
    {"entry_id",
     [](Value& value, const PointLotRow& row) {
         set(value, row.first + static_cast<std::int64_t>(row.lot.entry) + 1);
     }},
    {"granted", [](Value& value, const PointLotRow& row) { set(value, row.lot.granted); }},
    {"remaining", [](Value& value, const PointLotRow& row) { set(value, row.lot.remaining); }},
    {"expires_at", [](Value& value, const PointLotRow& row) { set(value, row.book.expires_at); }},
});

constexpr auto kPointUse = std::to_array<ColumnOf<PointUseRow>>({
    {"entry_id", [](Value& value, const PointUseRow& row) { set(value, row.entry); }},
    {"lot_id", [](Value& value, const PointUseRow& row) { set(value, row.lot); }},
    {"amount", [](Value& value, const PointUseRow& row) { set(value, row.amount); }},
});

constexpr auto kMemo = std::to_array<ColumnOf<MemoRow>>({
    {"customer_id", [](Value& value, const MemoRow& row) { set(value, row.person.id); }},
    {"title", [](Value& value, const MemoRow& row) { set(value, row.memo.title); }},
    {"body", [](Value& value, const MemoRow& row) { set(value, row.memo.body); }},
    {"pinned", [](Value& value, const MemoRow& row) { set(value, std::int64_t{row.memo.pinned}); }},
    {"alert", [](Value& value, const MemoRow& row) { set(value, std::int64_t{row.memo.alert}); }},
    {"created_at", [](Value& value, const MemoRow& row) { set(value, row.memo.at); }},
    {"updated_at", [](Value& value, const MemoRow& row) { set(value, row.memo.at); }},
});

constexpr auto kCouponGrant = std::to_array<ColumnOf<CouponGrantRow>>({
    {"coupon_id", [](Value& value, const CouponGrantRow& row) { set(value, row.grant.coupon); }},
    {"customer_id", [](Value& value, const CouponGrantRow& row) { set(value, row.person.id); }},
    {"granted_at", [](Value& value, const CouponGrantRow& row) { set(value, row.grant.at); }},
});

constexpr auto kCouponUse = std::to_array<ColumnOf<CouponUseRow>>({
    {"coupon_id", [](Value& value, const CouponUseRow& row) { set(value, row.coupon); }},
    {"customer_id", [](Value& value, const CouponUseRow& row) { set(value, row.person.id); }},
    {"order_number", [](Value& value, const CouponUseRow& row) { set(value, row.care.used_in); }},
    {"used_at", [](Value& value, const CouponUseRow& row) { set(value, row.care.used_at); }},
    {"amount", [](Value& value, const CouponUseRow&) { set(value, std::int64_t{500}); }},
});

}  // namespace

void Purchases::add(const Order& order) {
    if (order.payment_status != "captured") return;
    total += order.total;
    ++count;
    first = first ? std::min(*first, order.ordered_at) : order.ordered_at;
    last = last ? std::max(*last, order.ordered_at) : order.ordered_at;
}

std::span<const ColumnOf<CustomerRow>> customer_columns() { return kCustomer; }
std::span<const ColumnOf<AddressRow>> address_columns() { return kAddress; }
std::span<const ColumnOf<OrderRow>> order_columns() { return kOrder; }
std::span<const ColumnOf<LineRow>> line_columns() { return kLine; }
std::span<const ColumnOf<PointEntryRow>> point_entry_columns() { return kPointEntry; }
std::span<const ColumnOf<PointLotRow>> point_lot_columns() { return kPointLot; }
std::span<const ColumnOf<PointUseRow>> point_use_columns() { return kPointUse; }
std::span<const ColumnOf<MemoRow>> memo_columns() { return kMemo; }
std::span<const ColumnOf<CouponGrantRow>> coupon_grant_columns() { return kCouponGrant; }
std::span<const ColumnOf<CouponUseRow>> coupon_use_columns() { return kCouponUse; }

}  // namespace otokui::demo
