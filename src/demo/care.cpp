#include "demo/care.hpp"

namespace otokui::demo {
namespace {

constexpr std::int64_t kThanksYen = 500, kThanksMinimum = 5'000;

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNotes{
    {{"電話の時間", "平日の午前は留守がち。午後2時以降に電話する。"},
     {"", "次回の定期便から数量を変更したいとのこと。変更の方法を案内した。"},
     {"贈り物", "お中元とお歳暮に毎年ご利用。のしは「御礼」で名入れあり。"},
     {"", "香料が苦手とのことで、無香料の商品をご案内した。"},
     {"配送", "宅配ボックスなし。不在のときは隣の事務所で受け取り。"},
     {"", "サンプルを送付済み。感想を次回うかがう。"},
     {"領収書", "会社名で領収書を希望。毎回同封する。"},
     {"", "高齢のお母様に代わって娘さんが注文される。お届け先の確認をていねいに。"},
     {"お詫び", "割れた容器が届いたとのこと。代わりの品とお詫びの品を発送した。"},
     {"", "ポイントの使い方の問い合わせ。次の注文で使う予定。"},
     {"返品", "開封後の返品の相談。期限を過ぎていたがお受けした。"},
     {"", "注文内容の確認は必ず電話で行う。"}}};

Moment between(Random& random, Moment first, Moment end) {
    const auto room = end.milliseconds - first.milliseconds;
    if (room <= 0) return first;
    return {first.milliseconds + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(room)))};
}

std::int64_t write(core::Writer& writer, Moment at, core::Assignments values) {
    const auto& table = writer.registry().get("coupon");
    if (const auto id =
            writer.tx().find_integer("SELECT id FROM coupon WHERE code = ?", {values.front().second}))
        return *id;
    values.emplace_back("enabled", std::int64_t{1});
    values.emplace_back("created_at", at.milliseconds);
    return writer.insert(table, values);
}

void derive_count(core::Writer& writer, std::int64_t coupon, std::string_view column,
                  const std::string& table, const std::string& ended) {
    const auto count =
        writer.tx()
            .find_integer("SELECT count(*) FROM " + table + " WHERE coupon_id = ? AND " + ended + " IS NULL",
                          {coupon})
            .value_or(0);
    writer.derive(writer.registry().get("coupon"), coupon, {{column, count}});
}

}  // namespace

Coupons write_coupons(core::Writer& writer, Moment at) {
    return {.thanks = write(writer, at,
                            {{"code", std::string("THANKS-500")},
                             {"name", std::string("5,000円以上で500円引き")},
                             {"discount", std::string("amount")},
                             {"value", kThanksYen},
                             {"minimum_amount", kThanksMinimum}}),
            .birthday = write(writer, at,
                              {{"code", std::string("BIRTHDAY-10")},
                               {"name", std::string("お誕生月の10%割引")},
                               {"discount", std::string("percent_total")},
                               {"value", std::int64_t{10}},
                               {"uses_per_customer", std::int64_t{1}},
                               {"customer_limited", std::int64_t{1}}}),
            .apology = write(writer, at,
                             {{"code", std::string("OWABI-1000")},
                              {"name", std::string("お詫びの1,000円引き")},
                              {"discount", std::string("amount")},
                              {"value", std::int64_t{1'000}},
                              {"uses_per_customer", std::int64_t{1}},
                              {"customer_limited", std::int64_t{1}}})};
}

void count_coupons(core::Writer& writer, const Coupons& coupons) {
    for (const auto coupon : {coupons.thanks, coupons.birthday, coupons.apology}) {
        derive_count(writer, coupon, "granted_count", "coupon_grant", "revoked_at");
        derive_count(writer, coupon, "used_count", "coupon_use", "cancelled_at");
    }
}

void Care::note(const Order& order) {
    if (order.discount != kThanksYen || order.status == "cancelled") return;
    used_in = order.number;
    used_at = order.ordered_at;
}

void Care::clear() {
    memo_count = grant_count = 0;
    used_in.clear();
}

void write_care(const Settings& settings, const Person& person, const Coupons& coupons, Care& care) {
    Random random(key_of(settings.seed, Stream::care, static_cast<std::uint64_t>(person.id)));
    const auto end = person.deleted_at.value_or(person.withdrawn_at.value_or(settings.end));
    if (random.permille(35))
        for (care.memo_count = random.permille(200) ? 2 : 1;
             const auto i : {std::size_t{0}, std::size_t{1}}) {
            const auto& [title, body] = kNotes[random.below(kNotes.size())];
            care.memos[i] = {title, body, between(random, person.registered_at, end), random.permille(150),
                             random.permille(60)};
        }
    if (person.status != "member" || person.deleted_at) return;
    const auto grant = [&](std::int64_t coupon, unsigned chance) {
        if (random.permille(chance))
            care.grants[care.grant_count++] = {coupon, between(random, person.registered_at, end)};
    };
    grant(coupons.birthday, 30);
    grant(coupons.apology, 4);
}

}  // namespace otokui::demo
