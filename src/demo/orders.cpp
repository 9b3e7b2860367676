#include <algorithm>
#include <array>

#include "demo/generator.hpp"
#include "demo/masters.hpp"

namespace otokui::demo {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

/// What became of orders that are over, of 1000. Only captured counts as a purchase.
struct Outcome {
    unsigned share;
    std::string_view payment_status, status;
};
constexpr std::array<Outcome, 11> kOutcomes = {{
    {928, "captured", "shipped"},
    {26, "voided", "cancelled"},
    {14, "refunded", "returned"},
    {9, "authorize_failed", "cancelled"},
    {6, "review_refused", "cancelled"},
    {5, "unpaid", "shipped"},
    {4, "capture_failed", "shipped"},
    {3, "capture_requested", "shipped"},
    {2, "void_failed", "cancelled"},
    {2, "authorized", "processing"},
    {1, "void_requested", "cancelled"},
}};
/// And of those of the last days.
constexpr std::array<Outcome, 6> kRecent = {{
    {560, "authorized", "received"},
    {180, "captured", "processing"},
    {110, "reviewing", "received"},
    {90, "unpaid", "received"},
    {40, "capture_requested", "processing"},
    {20, "void_requested", "cancelled"},
}};
constexpr std::array<std::string_view, 5> kNotes = {"のし希望(内のし・御礼)", "ギフト包装希望",
                                                    "領収書の発行をお願いします", "置き配希望",
                                                    "平日は18時以降に配達をお願いします"};

template <std::size_t Count>
const Outcome& draw_outcome(Random& random, const std::array<Outcome, Count>& outcomes) {
    unsigned draw = static_cast<unsigned>(random.below(1000));
    for (const Outcome& outcome : outcomes) {
        if (draw < outcome.share) return outcome;
        draw -= outcome.share;
    }
    return outcomes.front();
}

bool is_settled(std::string_view payment_status) {
    return payment_status == "captured" || payment_status == "voided" || payment_status == "refunded";
}

std::int64_t shipping_fee(int prefecture, std::int64_t subtotal) {
    if (prefecture == 47) return 1320;
    if (subtotal >= 5500) return 0;
    return prefecture == 1 ? 880 : 550;
}

void write_digits(std::string& text, std::int64_t number, std::size_t width) {
    text.assign(width, '0');
    for (auto at = width; number > 0 && at > 0; number /= 10)
        text[--at] = static_cast<char>('0' + number % 10);
}

}  // namespace

// A group of four has exactly four times the average. Visitors and provisional members have none; every guest
// has one as far as there are enough, since only an order makes a guest; the others share by a weight that
// few have a lot of.
void Generator::share_orders(std::uint64_t place, Person& person) const {
    static constexpr std::array<std::uint64_t, 12> kAppetites = {1, 1, 1, 1, 2, 2, 3, 4, 6, 9, 14, 22};
    const std::uint64_t group = place - place % 4;
    const std::uint64_t size = std::min<std::uint64_t>(4, people() - group);
    const auto average = static_cast<std::uint64_t>(settings_.orders_per_customer);
    std::array<std::uint64_t, 4> weights = {}, counts = {};
    std::uint64_t rest = size * average, sum = 0;
    for (std::uint64_t slot = 0; slot < size; ++slot) {
        const std::string_view status = status_of(group + slot);
        if (status == "visitor" || status == "provisional") continue;
        const std::int64_t age = settings_.end.milliseconds - registration_of(id_at(group + slot));
        const std::uint64_t appetite =
            kAppetites[Random(key(Stream::order, ~(group + slot))).below(kAppetites.size())];
        weights[slot] = (status == "guest" ? std::min<std::uint64_t>(appetite, 3) : appetite) *
                        (30 + static_cast<std::uint64_t>(age / kDay));
        sum += weights[slot];
        if (status == "guest" && rest > 0) {
            counts[slot] = 1;
            --rest;
        }
    }
    std::uint64_t before = 0, first = group * average + 1;
    for (std::uint64_t slot = 0; slot < size; ++slot) {
        counts[slot] += rest * (before + weights[slot]) / sum - rest * before / sum;
        before += weights[slot];
        if (group + slot == place) break;
        first += counts[slot];
    }
    person.first_order = static_cast<std::int64_t>(first);
    person.order_count = static_cast<int>(counts[place - group]);
}

void Generator::make(const Person& person, int index, Order& order) const {
    order.id = person.first_order + index;
    order.customer = person.id;
    write_digits(order.number, 1'000'000'000 + order.id, 10);
    Random random(key(Stream::order, static_cast<std::uint64_t>(order.id)));

    // The time as a customer is cut into as many pieces as there are orders; the first is often why they
    // registered.
    Moment until{settings_.end.milliseconds - kMinute};
    if (person.withdrawn_at) until = std::min(until, *person.withdrawn_at);
    if (person.deleted_at) until = std::min(until, *person.deleted_at);
    const std::int64_t from = person.registered_at.milliseconds;
    const std::int64_t piece = std::max<std::int64_t>(1, (until.milliseconds - from) / person.order_count);
    const auto within = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(piece)));
    const std::int64_t soon = from + std::min(piece, 41 * kMinute);
    order.ordered_at = in_shop_hours(from + index * piece + within);
    if (index == 0 && random.permille(750)) order.ordered_at = {from + within % (soon - from)};
    if (index > 0) order.ordered_at = std::max(order.ordered_at, Moment{soon});
    order.ordered_at =
        std::clamp(order.ordered_at, person.registered_at, std::max(person.registered_at, until));

    order.line_count = random.permille(620) ? 1 : random.permille(600) ? 2 : random.permille(650) ? 3 : 4;
    std::int64_t subtotal = 0;
    order.tax = 0;
    const auto catalogue = products();
    std::uint64_t product = random.below(catalogue.size());
    for (std::size_t i = 0; i < order.line_count; ++i) {
        OrderLine& line = order.line_space[i];
        line.product = &catalogue[product];
        product = (product + 1 + random.below(9)) % catalogue.size();  // never the same twice
        const auto many = random.below(20);
        line.quantity = many < 15 ? 1 : many < 18 ? 2 : many < 19 ? 3 : random.between(4, 12);
        const std::int64_t amount = static_cast<std::int64_t>(line.product->unit_price) * line.quantity;
        subtotal += amount;
        order.tax += amount * line.product->tax_rate / (100 + line.product->tax_rate);
    }
    order.delivery = !person.addresses.empty() && random.permille(280)
                         ? static_cast<int>(random.below(person.addresses.size()))
                         : -1;
    const Address& to =
        order.delivery < 0 ? person.home : person.addresses[static_cast<std::size_t>(order.delivery)];
    order.discount = random.permille(90) ? (subtotal >= 5000 ? 500 : subtotal / 10) : 0;
    order.shipping_fee = shipping_fee(to.prefecture, subtotal);
    order.channel = person.customer_type == 1 && index == 0 ? "landing_page"
                    : person.customer_type == 3             ? "phone"
                                                            : "shop";
    order.note = random.permille(30) ? kNotes[random.below(kNotes.size())] : "";
    write_payment(random, person, order);
    order.total = subtotal + order.shipping_fee - order.discount;
    order.tax += order.shipping_fee * 10 / 110 - order.discount * 8 / 108;
}

void Generator::write_payment(Random& random, const Person& person, Order& order) const {
    const auto draw = random.below(100);
    order.payment_method = draw < 58   ? "クレジットカード"
                           : draw < 77 ? "後払い"
                           : draw < 86 ? "代金引換"
                           : draw < 95 ? "コンビニ払い"
                                       : "銀行振込";
    if (order.payment_method == "代金引換") order.shipping_fee += 330;

    const std::int64_t age = settings_.end.milliseconds - order.ordered_at.milliseconds;
    const Outcome* outcome =
        age < 2 * kDay ? &draw_outcome(random, kRecent) : &draw_outcome(random, kOutcomes);
    // Nobody can leave or be deleted with an order that is not settled.
    if ((person.withdrawn_at || person.deleted_at) && !is_settled(outcome->payment_status))
        outcome = kOutcomes.data();
    order.payment_status = outcome->payment_status;
    order.status = outcome->status;
    order.shipped_at.reset();
    order.tracking_number.clear();
    if (order.status != "shipped" && order.status != "returned") return;
    const Moment shipped =
        in_shop_hours(order.ordered_at.milliseconds + kDay + static_cast<std::int64_t>(random.below(kDay)));
    order.shipped_at = std::min(shipped, Moment{settings_.end.milliseconds - 1});
    write_digits(order.tracking_number,
                 400'000'000'000 + static_cast<std::int64_t>(random.below(99'999'999'999)), 12);
}

}  // namespace otokui::demo
