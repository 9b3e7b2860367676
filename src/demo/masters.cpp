#include "demo/masters.hpp"

#include <array>

namespace otokui::demo {
namespace {

using namespace std::string_view_literals;

constexpr std::array kOccupations = {"公務員"sv,
                                     "コンサルタント"sv,
                                     "コンピューター関連技術職"sv,
                                     "コンピューター関連以外の技術職"sv,
                                     "金融関係"sv,
                                     "医師"sv,
                                     "弁護士"sv,
                                     "総務・人事・事務"sv,
                                     "営業・販売"sv,
                                     "研究・開発"sv,
                                     "広報・宣伝"sv,
                                     "企画・マーケティング"sv,
                                     "デザイン関係"sv,
                                     "会社経営・役員"sv,
                                     "出版・マスコミ関係"sv,
                                     "学生・フリーター"sv,
                                     "主婦"sv,
                                     "その他"sv};

constexpr std::array kCustomerTypes = {"LP"sv, "ショップページ"sv, "受注作成"sv, "CSV"sv, "API"sv};

constexpr std::array kLabels = {"定期購入中"sv,     "VIP"sv,        "電話注文希望"sv, "ギフト利用"sv,
                                "サンプル請求"sv,   "休眠"sv,       "モニター"sv,     "卸"sv,
                                "アレルギー確認"sv, "口コミ投稿"sv, "要電話確認"sv,   "不在がち"sv};

constexpr std::array kGroups = {"一般"sv, "友の会"sv, "法人"sv, "卸売"sv, "社員・家族"sv};

constexpr std::array kLevels = {"レギュラー"sv, "シルバー"sv, "ゴールド"sv, "プラチナ"sv};

constexpr std::array kSpecialTypes = {"社員販売"sv, "卸先"sv, "取材・メディア"sv};

constexpr std::array kBlockReasons = {"受取拒否"sv, "長期不在による返送"sv, "後払いの未払い"sv,
                                      "転売目的"sv, "不正利用の疑い"sv,     "虚偽の登録"sv,
                                      "迷惑行為"sv};

constexpr std::array kProducts = {
    Product{"TEA-001", "深蒸し煎茶 100g", 1080, 8},
    Product{"TEA-002", "深蒸し煎茶 ティーバッグ 50包", 1620, 8},
    Product{"TEA-003", "特上玉露 50g", 2160, 8},
    Product{"TEA-004", "有機ほうじ茶 200g", 972, 8},
    Product{"TEA-005", "国産ルイボスティー 30包", 1296, 8},
    Product{"TEA-006", "黒豆茶 40包", 1188, 8},
    Product{"TEA-007", "ごぼう茶 30包", 1382, 8},
    Product{"TEA-008", "抹茶 缶入り 40g", 1944, 8},
    Product{"TEA-009", "水出し緑茶 20包", 864, 8},
    Product{"TEA-010", "季節のお茶 詰め合わせ", 3240, 8},
    Product{"SUP-001", "国産青汁 30包", 3780, 8},
    Product{"SUP-002", "国産青汁 90包", 9720, 8},
    Product{"SUP-003", "黒酢もろみカプセル 62粒", 2916, 8},
    Product{"SUP-004", "グルコサミン プラス 180粒", 4104, 8},
    Product{"SUP-005", "ルテイン 60粒", 3240, 8},
    Product{"SUP-006", "DHA・EPA 120粒", 3456, 8},
    Product{"SUP-007", "乳酸菌 30包", 3024, 8},
    Product{"SUP-008", "コラーゲンペプチド 200g", 2700, 8},
    Product{"SUP-009", "高麗人参エキス 30包", 5940, 8},
    Product{"SUP-010", "にんにく卵黄 62粒", 2376, 8},
    Product{"SUP-011", "葉酸・鉄 60粒", 1836, 8},
    Product{"SUP-012", "大豆プロテイン 750g", 4320, 8},
    Product{"FOD-001", "国産はちみつ 500g", 3024, 8},
    Product{"FOD-002", "十六穀米 500g", 1296, 8},
    Product{"FOD-003", "梅干し 減塩 800g", 2808, 8},
    Product{"FOD-004", "一番だしパック 30袋", 1620, 8},
    Product{"FOD-005", "えごま油 170g", 1404, 8},
    Product{"FOD-006", "無添加みそ 750g", 1026, 8},
    Product{"COS-001", "薬用クレンジングバーム 90g", 3960, 10},
    Product{"COS-002", "泡洗顔 150ml", 2420, 10},
    Product{"COS-003", "しっとり化粧水 200ml", 3850, 10},
    Product{"COS-004", "さっぱり化粧水 200ml", 3850, 10},
    Product{"COS-005", "保湿美容液 30ml", 6600, 10},
    Product{"COS-006", "オールインワンジェル 100g", 4620, 10},
    Product{"COS-007", "日焼け止めミルク SPF50+ 50ml", 2750, 10},
    Product{"COS-008", "薬用育毛剤 120ml", 5500, 10},
    Product{"COS-009", "白髪用カラートリートメント 200g", 3300, 10},
    Product{"COS-010", "椿油シャンプー 400ml", 2860, 10},
    Product{"COS-011", "米ぬか石けん 100g", 1320, 10},
    Product{"COS-012", "ハンドクリーム ゆず 60g", 1650, 10},
    Product{"SET-001", "はじめてのスキンケア 7日間セット", 1980, 10},
    Product{"SET-002", "お試し青汁 7包", 500, 8},
};

constexpr std::array kLabelColors = {"#2f9e44"sv, "#e8590c"sv, "#1971c2"sv, "#c2255c"sv,
                                     "#0c8599"sv, "#868e96"sv, "#6741d9"sv, "#5c940d"sv,
                                     "#e03131"sv, "#f08c00"sv, "#9c36b5"sv, "#495057"sv};

// Rates and multipliers in hundredths.
constexpr std::array<std::int64_t, 5> kPointRates = {0, 300, 150, 0, 500};

// As write_membership gives them: by orders alone.
struct Level {
    std::int64_t minimum_count, point_multiplier, discount;
    std::string_view color;
};
constexpr std::array kLevelFacts = {Level{0, 100, 0, "#868e96"}, Level{4, 120, 0, "#4c6ef5"},
                                    Level{10, 150, 3, "#f08c00"}, Level{20, 200, 5, "#6741d9"}};

struct SpecialType {
    std::string_view code;
    std::int64_t discount;
    std::string_view barred_payments, excepted_products;  // one a line
    std::string_view category;
};
constexpr std::array kSpecialTypeFacts = {
    SpecialType{"STAFF", 20, "代金引換\n後払い", "SET-001\nSET-002", "社内"},
    SpecialType{"WHOLESALE", 35, "", "", "取引先"}, SpecialType{"PRESS", 0, "後払い", "", "取引先"}};

constexpr std::array kReasonActions = {"alert"sv,  "alert"sv,  "refuse"sv, "refuse"sv,
                                       "refuse"sv, "refuse"sv, "alert"sv};

}  // namespace

core::Assignments values_of(std::string_view table, std::size_t index) {
    const auto number = static_cast<std::int64_t>(index);
    if (table == "label")
        return {{"color", std::string(kLabelColors.at(index % kLabelColors.size()))},
                {"visible", std::int64_t{1}}};
    if (table == "customer_group") return {{"point_rate", kPointRates.at(index)}};
    if (table == "member_level") {
        const auto& level = kLevelFacts.at(index);
        return {{"minimum_count", number == 0 ? storage::Value() : storage::Value(level.minimum_count)},
                {"match", std::string("all")},
                {"point_multiplier", level.point_multiplier},
                {"discount", level.discount},
                {"color", std::string(level.color)}};
    }
    if (table == "special_type") {
        const auto& type = kSpecialTypeFacts.at(index);
        return {{"code", std::string(type.code)},
                {"discount", type.discount},
                {"barred_payments", std::string(type.barred_payments)},
                {"payment_exception", std::int64_t{type.excepted_products.empty() ? 0 : 1}},
                {"excepted_products", std::string(type.excepted_products)},
                {"category", std::string(type.category)}};
    }
    if (table == "block_reason") return {{"action", std::string(kReasonActions.at(index))}};
    return {};
}

std::span<const std::string_view> occupations() { return kOccupations; }
std::span<const std::string_view> customer_types() { return kCustomerTypes; }
std::span<const std::string_view> labels() { return kLabels; }
std::span<const std::string_view> groups() { return kGroups; }
std::span<const std::string_view> levels() { return kLevels; }
std::span<const std::string_view> special_types() { return kSpecialTypes; }
std::span<const std::string_view> block_reasons() { return kBlockReasons; }
std::span<const Product> products() { return kProducts; }

}  // namespace otokui::demo
