#include <algorithm>
#include <array>
#include <cmath>

#include "demo/generator.hpp"

namespace otokui::demo {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::int64_t kShopAge = 2192 * kDay;  // six years

constexpr std::array<std::string_view, 8> kAlerts = {"再配達が多いため、時間指定を必ず確認",
                                                     "お電話は午前中のみ希望",
                                                     "領収書は毎回同封",
                                                     "過剰包装を避けてほしいとのこと",
                                                     "アレルギー(そば)あり。新商品の案内時に確認",
                                                     "ご家族が注文されることあり。本人確認をする",
                                                     "宅配ボックス不可",
                                                     "のしの要望が多い"};
constexpr std::array<std::string_view, 12> kMemos = {"お電話がつながりにくい。夕方以降にかけ直す。",
                                                     "敏感肌とのこと。サンプルを同封した。",
                                                     "お母様へのギフトでよく利用される。",
                                                     "住所変更の連絡あり。次回注文時に確認。",
                                                     "定期コースのご案内済み。検討中。",
                                                     "配達は土日希望。",
                                                     "深蒸し茶がお気に入り。新茶の時期に案内する。",
                                                     "返品の相談あり。今回は交換で対応した。",
                                                     "化粧水の使い方をご説明した。",
                                                     "口コミを投稿してくださった。お礼のメール送付済み。",
                                                     "請求書の宛名は会社名で。",
                                                     "置き配希望(玄関前)。"};

/// How much of a day's orders come in each hour, of 1000 in all.
constexpr std::array<std::int64_t, 24> kHours = {22, 12, 8,  6,  6,  10, 22, 34, 42, 48, 54, 56,
                                                 60, 54, 48, 46, 46, 50, 56, 64, 74, 78, 64, 40};

int end_year(const Settings& settings) { return static_cast<int>(shop_day(settings.end).year()); }

}  // namespace

// The shop grows: four times as many registrations a day at the end as at the beginning. With t from 0 to 1,
// the share of people registered until t is (t + 1.5 t^2) / 2.5; solved for t. One correctly rounded square
// root, all else in whole numbers: the same on every machine.
std::int64_t Generator::registration_of(std::int64_t id) const {
    Random random(key(Stream::account, static_cast<std::uint64_t>(id) + (std::uint64_t{1} << 41)));
    const std::uint64_t index = static_cast<std::uint64_t>(id - 1) << 20 | random.below(1 << 20);
    const std::uint64_t share = index * 1024 / people();  // of 2^30
    const auto root = static_cast<std::uint64_t>(
        std::sqrt(static_cast<double>((std::uint64_t{1} << 52) + 15 * (share << 22))));  // 2^26 .. 2^28
    const std::uint64_t t = (root - (std::uint64_t{1} << 26)) / 3;                       // of 2^26
    const auto since = static_cast<std::int64_t>(t * static_cast<std::uint64_t>(kShopAge / 1024) >> 16);
    const std::int64_t exact =
        settings_.end.milliseconds - kShopAge + since + static_cast<std::int64_t>(random.below(2800));
    return std::min(exact, settings_.end.milliseconds - 2 * kHour);
}

// Moves a moment within its day to when people are awake. The order of moments stays.
Moment Generator::in_shop_hours(std::int64_t milliseconds) const {
    const std::int64_t offset = std::chrono::milliseconds(kShopOffset).count();
    const std::int64_t local = milliseconds + offset;
    const std::int64_t day = local / kDay * kDay;
    std::int64_t rest = (local - day) / (kDay / 1000) * 1000;  // in thousandths of a thousandth of the day
    rest += (local - day) % (kDay / 1000) * 1000 / (kDay / 1000);
    std::int64_t hour = 0;
    while (hour < 23 && rest >= kHours[static_cast<std::size_t>(hour)] * 1000)
        rest -= kHours[static_cast<std::size_t>(hour++)] * 1000;
    return {day + hour * kHour + rest * kHour / (kHours[static_cast<std::size_t>(hour)] * 1000) - offset};
}

Moment Generator::some_time_between(Random& random, Moment from, Moment to) const {
    const std::int64_t span = std::max<std::int64_t>(1, to.milliseconds - from.milliseconds);
    const std::int64_t when =
        from.milliseconds + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(span)));
    return std::clamp(in_shop_hours(when), from, to);
}

void Generator::write_life(Random& random, Person& person) const {
    const Moment last{settings_.end.milliseconds - kMinute};
    person.registered_at = in_shop_hours(registration_of(person.id));
    person.withdrawn_at.reset();
    person.deleted_at.reset();
    person.last_login_at.reset();
    person.delete_cause = "";
    person.login_count = 0;
    Moment until = last;
    if (person.status == "withdrawn")
        until = *(person.withdrawn_at = some_time_between(random, person.registered_at, last));
    if (random.permille(10)) {
        person.deleted_at = some_time_between(random, until < last ? until : person.registered_at, last);
        person.delete_cause = random.permille(700) ? "staff" : "self";
        until = std::min(until, *person.deleted_at);
    }
    if (person.status != "member" && person.status != "withdrawn") return;
    if (person.email.empty()) return;
    person.login_count = 1 + static_cast<int>(random.below(1 + random.below(90)));
    // The later of two draws: most people were here not long ago.
    person.last_login_at = std::max(some_time_between(random, person.registered_at, until),
                                    some_time_between(random, person.registered_at, until));
}

// 顧客タイプ and 登録経路 agree: who was entered by staff has no browser.
void Generator::write_origin(Random& random, Person& person) const {
    const auto draw = random.below(100);
    person.customer_type = draw < 44 ? 1 : draw < 80 ? 2 : draw < 89 ? 3 : draw < 98 ? 4 : 5;
    if (person.status == "visitor") person.customer_type = draw < 60 ? 1 : 2;
    if (person.email.empty()) person.customer_type = 3;
    const auto device = random.below(100);
    if (person.customer_type == 3) person.device = device < 60 ? "phone" : "staff";
    if (person.customer_type == 4) person.device = "csv";
    if (person.customer_type == 5) person.device = "api";
    if (person.customer_type <= 2)
        person.device = device < 70   ? "smartphone"
                        : device < 93 ? "pc"
                        : device < 98 ? "tablet"
                                      : "feature_phone";
}

void Generator::write_membership(Random& random, Person& person) const {
    person.occupation = 0;
    person.level = 0;
    person.level_fixed = false;
    person.special_type = 0;
    person.labels.clear();
    person.groups.clear();
    const bool member = person.status == "member";
    if (person.birth_date && random.permille(650)) {
        const int age = end_year(settings_) - static_cast<int>(person.birth_date->year());
        const auto draw = random.below(100);
        if (age < 24)
            person.occupation = draw < 70 ? 16 : 9;
        else if (age >= 68)
            person.occupation = draw < 45 ? 18 : draw < 85 ? 17 : 14;
        else if (person.sex == "female" && draw < 38)
            person.occupation = 17;
        else
            person.occupation = random.between(1, 18);
    }
    if (member) {
        const int orders = person.order_count;
        person.level = orders >= 20 ? 4 : orders >= 10 ? 3 : orders >= 4 ? 2 : 1;
        person.level_fixed = random.permille(12);
        if (random.permille(6)) person.special_type = random.between(1, 3);
        if (random.permille(600)) person.groups.push_back(1);
        if (random.permille(110)) person.groups.push_back(2);
    }
    if (!person.home.company.empty() && random.permille(350)) person.groups.push_back(3);
    if (member && random.permille(5)) person.groups.push_back(random.between(4, 5));

    if (person.order_count >= 6 && random.permille(500)) person.labels.push_back(1);
    if (person.order_count >= 15) person.labels.push_back(2);
    for (int label = 3; label <= 12; ++label)
        if (random.permille(label == 6 ? 60 : 18)) person.labels.push_back(label);

    person.newsletter = !person.email.empty() && random.permille(560);
    person.direct_mail = person.home.prefecture != 0 && random.permille(700);
    person.cleaned = !person.email.empty() && random.permille(18);
    person.outbound_call = !person.home.phone.empty() && random.permille(780);
}

void Generator::write_remarks(Random& random, Person& person) const {
    person.block_reasons.clear();
    person.blocked = person.status != "visitor" && random.permille(6);
    if (person.blocked) {
        const int first = random.between(1, 7);
        person.block_reasons.push_back(first);
        if (first < 7 && random.permille(200)) person.block_reasons.push_back(random.between(first + 1, 7));
    }
    person.alert = random.permille(12) ? kAlerts[random.below(kAlerts.size())] : "";
    person.memo = random.permille(60) ? kMemos[random.below(kMemos.size())] : "";
}

}  // namespace otokui::demo
