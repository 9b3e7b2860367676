#include "demo/generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "demo/masters.hpp"

namespace otokui::demo {
namespace {

constexpr std::int64_t kPeople = 200'000;

/// One shop for all tests that only look at it.
class DemoShop : public testing::Test {
protected:
    static void SetUpTestSuite() {
        generator_ = new Generator({.seed = 7, .customers = kPeople, .orders_per_customer = 3});
        people_ = new std::vector<Person>(kPeople);
        for (std::int64_t id = 1; id <= kPeople; ++id)
            generator_->make(id, (*people_)[static_cast<std::size_t>(id - 1)]);
    }
    static void TearDownTestSuite() {
        delete people_;
        delete generator_;
    }
    static const std::vector<Person>& people() { return *people_; }
    static const Person& person(std::int64_t id) { return (*people_)[static_cast<std::size_t>(id - 1)]; }
    static const Generator& generator() { return *generator_; }
    static double share(auto predicate) {
        return static_cast<double>(std::ranges::count_if(people(), predicate)) / static_cast<double>(kPeople);
    }
    /// Calls `look(person, order)` for every order of the first `count` people.
    static void each_order(std::int64_t count, auto look) {
        Order order;
        for (std::int64_t id = 1; id <= count; ++id) {
            for (int index = 0; index < person(id).order_count; ++index) {
                generator().make(person(id), index, order);
                look(person(id), order);
            }
        }
    }

private:
    static inline Generator* generator_ = nullptr;
    static inline std::vector<Person>* people_ = nullptr;
};

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// Katakana and the long-vowel sign, each three bytes: U+30A1..U+30F4, U+30FC.
bool is_full_width_katakana(std::string_view text) {
    if (text.size() % 3 != 0) return false;
    for (; !text.empty(); text.remove_prefix(3)) {
        const std::string_view letter = text.substr(0, 3);
        if (letter != "ー" && (letter < "ァ" || letter > "ヴ")) return false;
    }
    return true;
}

TEST_F(DemoShop, CountsPeopleByStatusAsAShopHasThem) {
    std::map<std::string_view, double> shares;
    for (const Person& one : people()) shares[one.status] += 1.0 / static_cast<double>(kPeople);
    EXPECT_EQ(shares.size(), 5U);
    EXPECT_NEAR(shares["member"], 0.62, 0.03);
    EXPECT_NEAR(shares["guest"], 0.19, 0.03);
    EXPECT_NEAR(shares["visitor"], 0.08, 0.02);
    EXPECT_NEAR(shares["withdrawn"], 0.065, 0.02);
    EXPECT_NEAR(shares["provisional"], 0.045, 0.02);
    EXPECT_NEAR(share([](const Person& one) { return one.deleted_at.has_value(); }), 0.01, 0.002);
}

TEST_F(DemoShop, GivesFamilyNamesTheirRealShares) {
    std::map<std::string_view, int> families;
    int named = 0;
    for (const Person& one : people()) {
        if (one.home.family_name.empty()) continue;
        ++families[one.home.family_name];
        ++named;
    }
    const auto share_of = [&](std::string_view name) { return static_cast<double>(families[name]) / named; };
    EXPECT_NEAR(share_of("佐藤"), 0.0146, 0.0015);
    EXPECT_NEAR(share_of("鈴木"), 0.0141, 0.0015);
    EXPECT_NEAR(share_of("田中"), 0.0105, 0.0015);
    for (const auto* variant : {"髙橋", "渡邊", "渡邉", "齋藤", "斉藤", "山﨑", "濱田", "嶋田"})
        EXPECT_GT(families[variant], 10) << variant;
    EXPECT_GT(families.size(), 2500U);
}

TEST_F(DemoShop, LivesInEveryPrefectureMostInTokyo) {
    std::map<int, int> prefectures;
    for (const Person& one : people())
        if (one.home.prefecture != 0) ++prefectures[one.home.prefecture];
    EXPECT_EQ(prefectures.size(), 47U);
    const auto most =
        std::ranges::max_element(prefectures, {}, [](const auto& entry) { return entry.second; });
    EXPECT_EQ(most->first, 13);
    EXPECT_NEAR(static_cast<double>(most->second) / static_cast<double>(kPeople), 0.10, 0.02);
    EXPECT_GT(
        std::ranges::min_element(prefectures, {}, [](const auto& entry) { return entry.second; })->second,
        400);
}

TEST_F(DemoShop, HasPlausibleAges) {
    std::map<int, int> decades;
    int dated = 0;
    for (const Person& one : people()) {
        if (!one.birth_date) continue;
        ASSERT_TRUE(one.birth_date->ok());
        const int age = 2026 - static_cast<int>(one.birth_date->year());
        ASSERT_GE(age, 18);
        ASSERT_LE(age, 102);
        ++decades[age / 10];
        ++dated;
    }
    EXPECT_GT(dated, kPeople * 6 / 10);
    EXPECT_EQ(std::ranges::max_element(decades, {}, [](const auto& entry) { return entry.second; })->first,
              5);
    EXPECT_GT(decades[8], dated / 100);
}

TEST_F(DemoShop, NeverRepeatsALoginMailOrANumber) {
    std::unordered_set<std::string> mails, numbers;
    for (const Person& one : people()) {
        EXPECT_EQ(one.number.size(), 8U);
        EXPECT_EQ(std::stoll(one.number), one.id);
        ASSERT_TRUE(numbers.insert(one.number).second);
        if (one.status != "member" && one.status != "provisional") continue;
        if (!one.email.empty()) ASSERT_TRUE(mails.insert(one.email).second) << one.email;
    }
    EXPECT_GT(mails.size(), 100'000U);
}

TEST_F(DemoShop, UsesOnlyMailDomainsReservedForExamples) {
    for (const Person& one : people()) {
        for (const std::string& mail : {one.email, one.email2}) {
            if (mail.empty()) continue;
            const std::string_view domain = std::string_view(mail).substr(mail.find('@') + 1);
            const auto example = domain.find("example.");
            ASSERT_NE(example, domain.npos) << mail;
            const std::string_view zone = domain.substr(example);
            ASSERT_TRUE(
                std::ranges::count(std::array<std::string_view, 7>{"example.jp", "example.com", "example.net",
                                                                   "example.ne.jp", "example.co.jp",
                                                                   "example.or.jp", "example.org"},
                                   zone) == 1)
                << mail;
            ASSERT_TRUE(example == 0 || domain[example - 1] == '.') << mail;
            ASSERT_EQ(mail.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@"), mail.npos) << mail;
        }
    }
}

TEST_F(DemoShop, WritesPostalCodesThatBelongToTheCity) {
    int checked = 0;
    for (std::int64_t id = 1; id <= kPeople; id += 7) {
        const Address& home = person(id).home;
        if (home.postal_code.empty()) continue;
        const auto places = postal::find(home.postal_code);
        const bool belongs = std::ranges::any_of(places, [&](const postal::Place& place) {
            return place.prefecture == home.prefecture && place.city == home.city &&
                   home.street.starts_with(place.town);
        });
        ASSERT_TRUE(belongs) << home.postal_code << home.city << home.street;
        ++checked;
    }
    EXPECT_GT(checked, 20'000);
}

TEST_F(DemoShop, WritesKanaInFullWidthKatakana) {
    for (const Person& one : people()) {
        ASSERT_TRUE(is_full_width_katakana(one.home.family_kana)) << one.home.family_kana;
        ASSERT_TRUE(is_full_width_katakana(one.home.given_kana)) << one.home.given_kana;
    }
}

TEST_F(DemoShop, WritesPhonesAsTenOrElevenDigitsOfAKnownKind) {
    int landlines = 0, phones = 0;
    for (const Person& one : people()) {
        const std::string& phone = one.home.phone;
        if (phone.empty()) continue;
        ++phones;
        ASSERT_TRUE(all_digits(phone)) << phone;
        const std::string head = phone.substr(0, 3);
        const bool mobile = head == "090" || head == "080" || head == "070" || head == "050";
        ASSERT_EQ(phone.size(), mobile ? 11U : 10U) << phone;
        ASSERT_EQ(phone[0], '0');
        ASSERT_NE(phone[1], '0') << phone;
        if (!mobile) ++landlines;
        if (!mobile && one.home.prefecture == 13 && one.home.city.ends_with("区"))
            ASSERT_TRUE(phone.starts_with("03")) << phone;
    }
    EXPECT_NEAR(static_cast<double>(landlines) / phones, 0.18, 0.08);
}

TEST_F(DemoShop, LetsHouseholdsShareAddressAndMostlyTheName) {
    std::unordered_map<std::int64_t, std::vector<const Person*>> households;
    for (const Person& one : people())
        if (one.home.prefecture != 0 && one.same_person_as == 0) households[one.household].push_back(&one);
    int shared = 0, same_name = 0;
    for (const auto& [household, members] : households) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            ASSERT_EQ(members[i]->home.street, members[0]->home.street);
            ASSERT_EQ(members[i]->home.postal_code, members[0]->home.postal_code);
            ++shared;
            same_name += members[i]->home.family_name == members[0]->home.family_name ? 1 : 0;
        }
    }
    EXPECT_GT(shared, 5000);
    EXPECT_GT(same_name, shared * 85 / 100);
    EXPECT_LT(same_name, shared);
}

TEST_F(DemoShop, ListsSomePeopleTwiceInAnotherWriting) {
    int twice = 0, differing = 0;
    for (const Person& one : people()) {
        if (one.same_person_as == 0) continue;
        const Person& other = person(one.same_person_as);
        ASSERT_EQ(other.same_person_as, one.id);
        ASSERT_TRUE(one.status == "guest" || other.status == "guest");
        ++twice;
        differing += one.home.street != other.home.street ? 1 : 0;
        if (one.birth_date && other.birth_date) ASSERT_EQ(*one.birth_date, *other.birth_date);
    }
    EXPECT_NEAR(static_cast<double>(twice) / static_cast<double>(kPeople), 0.02, 0.004);
    EXPECT_GT(differing, twice / 2);
}

TEST_F(DemoShop, RefersOnlyToEntriesOfTheMasterLists) {
    const auto within = [](int number, auto list) {
        return number >= 0 && number <= static_cast<int>(list.size());
    };
    for (const Person& one : people()) {
        ASSERT_TRUE(within(one.occupation, occupations()));
        ASSERT_TRUE(within(one.customer_type, customer_types()));
        ASSERT_TRUE(within(one.level, levels()));
        ASSERT_TRUE(within(one.special_type, special_types()));
        ASSERT_EQ(one.blocked, !one.block_reasons.empty());
        for (const int reason : one.block_reasons)
            ASSERT_TRUE(reason >= 1 && within(reason, block_reasons()));
        for (const int label : one.labels) ASSERT_TRUE(label >= 1 && within(label, labels()));
        for (const int group : one.groups) ASSERT_TRUE(group >= 1 && within(group, groups()));
        ASSERT_TRUE(std::ranges::is_sorted(one.labels));
        ASSERT_TRUE(std::ranges::is_sorted(one.groups));
        ASSERT_TRUE(std::ranges::is_sorted(one.block_reasons));
    }
    EXPECT_EQ(occupations().size(), 18U);
    EXPECT_NEAR(share([](const Person& one) { return one.blocked; }), 0.006, 0.002);
    EXPECT_NEAR(share([](const Person& one) { return !one.addresses.empty(); }), 0.135, 0.02);
}

TEST_F(DemoShop, KeepsTheOrderOfEvents) {
    const Moment end = generator().settings().end;
    for (const Person& one : people()) {
        ASSERT_LT(one.registered_at, end);
        ASSERT_EQ(one.status == "withdrawn", one.withdrawn_at.has_value());
        ASSERT_EQ(one.delete_cause.empty(), !one.deleted_at);
        for (const auto& later : {one.withdrawn_at, one.deleted_at, one.last_login_at}) {
            if (!later) continue;
            ASSERT_GE(*later, one.registered_at);
            ASSERT_LT(*later, end);
        }
        if (one.last_login_at && one.withdrawn_at) ASSERT_LE(*one.last_login_at, *one.withdrawn_at);
        ASSERT_EQ(one.last_login_at.has_value(), one.login_count > 0);
    }
    // The shop grows: more people came in the last two years than in the first four.
    const Moment recent{end.milliseconds - 2LL * 365 * 86'400'000};
    EXPECT_GT(share([&](const Person& one) { return one.registered_at > recent; }), 0.45);
}

TEST_F(DemoShop, GivesOutExactlyTheOrdersAskedFor) {
    std::int64_t orders = 0;
    std::vector<bool> used(static_cast<std::size_t>(generator().order_count()) + 1);
    for (const Person& one : people()) {
        for (int i = 0; i < one.order_count; ++i) {
            const auto id = static_cast<std::size_t>(one.first_order + i);
            ASSERT_TRUE(id >= 1 && id < used.size() && !used[id]) << id;
            used[id] = true;
        }
        orders += one.order_count;
        if (one.status == "visitor" || one.status == "provisional") ASSERT_EQ(one.order_count, 0);
        if (one.status == "guest") ASSERT_GE(one.order_count, 1);
    }
    EXPECT_EQ(orders, 3 * kPeople);
    EXPECT_GT(share([](const Person& one) { return one.order_count >= 10; }), 0.01);
}

TEST_F(DemoShop, OrdersAfterRegistrationAndInOrderOfTime) {
    Moment previous;
    each_order(50'000, [&](const Person& one, const Order& order) {
        ASSERT_EQ(order.customer, one.id);
        ASSERT_GE(order.ordered_at, one.registered_at);
        ASSERT_LT(order.ordered_at, generator().settings().end);
        if (one.withdrawn_at) ASSERT_LE(order.ordered_at, *one.withdrawn_at);
        if (one.deleted_at) ASSERT_LE(order.ordered_at, *one.deleted_at);
        if (order.id > one.first_order) ASSERT_GE(order.ordered_at, previous);
        if (order.shipped_at) ASSERT_GE(*order.shipped_at, order.ordered_at);
        ASSERT_EQ(order.shipped_at.has_value(), order.tracking_number.size() == 12);
        previous = order.ordered_at;
    });
}

TEST_F(DemoShop, AddsUpOrders) {
    each_order(50'000, [&](const Person& one, const Order& order) {
        ASSERT_GE(order.lines().size(), 1U);
        ASSERT_LE(order.lines().size(), 4U);
        std::int64_t sum = order.shipping_fee - order.discount;
        std::set<const Product*> different;
        for (const OrderLine& line : order.lines()) {
            ASSERT_GE(line.quantity, 1);
            sum += static_cast<std::int64_t>(line.product->unit_price) * line.quantity;
            different.insert(line.product);
        }
        ASSERT_EQ(sum, order.total);
        ASSERT_EQ(different.size(), order.lines().size());
        ASSERT_GT(order.tax, order.total * 6 / 100);
        ASSERT_LT(order.tax, order.total / 10 + 1);
        ASSERT_LT(order.delivery, static_cast<int>(one.addresses.size()));
        ASSERT_EQ(order.number.size(), 10U);
        ASSERT_EQ(std::stoll(order.number), 1'000'000'000 + order.id);
    });
}

TEST_F(DemoShop, ShowsEveryPaymentStatusButMostlyCaptured) {
    std::map<std::string_view, int> statuses;
    int orders = 0;
    each_order(kPeople / 2, [&](const Person& one, const Order& order) {
        ++statuses[order.payment_status];
        ++orders;
        if (!one.withdrawn_at && !one.deleted_at) return;
        ASSERT_TRUE(order.payment_status == "captured" || order.payment_status == "voided" ||
                    order.payment_status == "refunded");
    });
    std::set<std::string_view> seen;
    for (const auto& [status, count] : statuses) seen.insert(status);
    EXPECT_EQ(seen,
              (std::set<std::string_view>{"unpaid", "authorized", "authorize_failed", "reviewing",
                                          "review_refused", "capture_requested", "captured", "capture_failed",
                                          "void_requested", "voided", "void_failed", "refunded"}));
    EXPECT_NEAR(static_cast<double>(statuses["captured"]) / orders, 0.92, 0.02);
}

}  // namespace
}  // namespace otokui::demo
