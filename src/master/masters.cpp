#include <algorithm>
#include <stdexcept>

#include "master/types.hpp"

namespace otokui::master {
namespace {

constexpr std::int64_t kMostYen = 1'000'000'000'000;

Field color() { return {.key = "color", .label = {"色", "Colour"}, .type = Field::Type::color}; }

Master labels() {
    return {.table = "label",
            .path = "labels",
            .code = "label",
            .field = "labels",
            .label = {"顧客ラベル", "Labels"},
            .held = Held::set,
            .column = "labels",
            .feature = "labels",
            .fields = {color(),
                       {.key = "visible",
                        .label = {"一覧に表示する", "Shown in lists"},
                        .type = Field::Type::boolean,
                        .initial = 1,
                        .maximum = 1}}};
}

// DOMAIN 2.4, manual 003.
Master groups() {
    return {.table = std::string(kGroups),
            .path = "groups",
            .code = "group",
            .field = "groups",
            .label = {"顧客グループ", "Customer groups"},
            .held = Held::set,
            .column = "customer_groups",
            .fields = {{.key = "point_rate",
                        .label = {"ポイント付与率", "Point rate"},
                        .type = Field::Type::integer,
                        .maximum = 10'000,
                        .hundredths = true,
                        .unit = {"%", "%"},
                        .help = {"0にすると、ショップの付与率を使います。", "0 uses the rate of the shop."}},
                       {.key = "is_default",
                        .label = {"既定", "Default"},
                        .type = Field::Type::boolean,
                        .editable = false,
                        .maximum = 1}}};
}

// DOMAIN 2.3: what a level asks for is judged over orders that are paid (売上完了).
Master levels() {
    return {
        .table = std::string(kLevels),
        .path = "levels",
        .code = "level",
        .field = "level",
        .label = {"会員レベル", "Member levels"},
        .held = Held::reference,
        .column = "level_id",
        .feature = "levels",
        .fields = {{.key = "minimum_total",
                    .label = {"購入金額の条件", "Bought for at least"},
                    .type = Field::Type::integer,
                    .nullable = true,
                    .maximum = kMostYen,
                    .unit = {"円以上", "yen"},
                    .help = {"空欄は条件なし。売上完了の受注を数えます。",
                             "Empty: nothing is asked. Counts orders that are paid."}},
                   {.key = "minimum_count",
                    .label = {"購入回数の条件", "Orders at least"},
                    .type = Field::Type::integer,
                    .nullable = true,
                    .maximum = 1'000'000,
                    .unit = {"回以上", "orders"}},
                   {.key = "match",
                    .label = {"条件の合わせ方", "Of the two conditions"},
                    .type = Field::Type::choice,
                    .choices = {{"all", {"両方を満たす", "both"}}, {"any", {"どちらかを満たす", "either"}}}},
                   {.key = "look_back_months",
                    .label = {"集計期間", "Counted over the last"},
                    .type = Field::Type::integer,
                    .nullable = true,
                    .minimum = 1,
                    .maximum = 120,
                    .unit = {"か月", "months"},
                    .help = {"空欄は全期間。", "Empty: all time."}},
                   {.key = "point_multiplier",
                    .label = {"ポイント倍率", "Points multiplied by"},
                    .type = Field::Type::integer,
                    .initial = 100,
                    .maximum = 10'000,
                    .hundredths = true,
                    .unit = {"倍", "×"}},
                   {.key = "discount",
                    .label = {"割引率", "Discount"},
                    .type = Field::Type::integer,
                    .maximum = 100,
                    .unit = {"%", "%"}},
                   color()}};
}

// DOMAIN 2.5.
Master special_types() {
    return {.table = std::string(kSpecialTypes),
            .path = "special-types",
            .code = "special_type",
            .field = "special_type",
            .label = {"特殊会員種別", "Special member types"},
            .held = Held::reference,
            .column = "special_type_id",
            .in_use = InUse::refuse,
            .feature = "special_types",
            .fields = {
                {.key = "code",
                 .label = {"コード", "Code"},
                 .required = true,
                 .maximum = 50,
                 .help = {"顧客が使い始めると変更できません。",
                          "Cannot be changed once a customer holds the type."},
                 .taken_code = "special_type.code_taken",
                 .used_code = "special_type.code_in_use"},
                {.key = "discount",
                 .label = {"割引率", "Discount"},
                 .type = Field::Type::integer,
                 .maximum = 100,
                 .unit = {"%", "%"},
                 .help = {"0以外にすると、商品の通常割引は適用されません。",
                          "Unless 0, it takes the place of the ordinary discount of products."}},
                {.key = "barred_payments",
                 .label = {"利用不可決済", "Barred payment methods"},
                 .type = Field::Type::texts,
                 .maximum = 50},
                {.key = "payment_exception",
                 .label = {"利用不可決済除外設定", "Exceptions from the bar"},
                 .type = Field::Type::boolean,
                 .maximum = 1,
                 .help = {"利用すると、除外商品だけの注文では利用不可決済も使えます。",
                          "Orders of excepted products alone may be paid by barred methods."}},
                {.key = "excepted_products",
                 .label = {"除外商品", "Excepted products"},
                 .type = Field::Type::texts,
                 .maximum = 200,
                 .longest = 200,
                 .help = {"商品番号。注文のすべての商品がここにあるときだけ除外されます。",
                          "Product numbers. Every product of the order must be among them."}},
                {.key = "category",
                 .label = {"分類", "Category"},
                 .maximum = 50,
                 .help = {"種別を見分けるための社内の分類です。", "To tell types apart, for staff only."}}}};
}

// DOMAIN 2.7: thirty reasons at most.
Master block_reasons() {
    return {.table = std::string(kBlockReasons),
            .path = "block-reasons",
            .code = "block_reason",
            .field = "block_reasons",
            .label = {"ブロック理由", "Block reasons"},
            .held = Held::set,
            .column = "block_reasons",
            .in_use = InUse::retire,
            .most_rows = 30,
            .feature = "block_list",
            .fields = {{.key = "action",
                        .label = {"注文があったとき", "When an order comes"},
                        .type = Field::Type::choice,
                        .choices = {{"alert", {"購入を許可し受注一覧にアラート", "Take it, with an alert"}},
                                    {"refuse", {"購入を拒否", "Refuse it"}}}},
                       {.key = "retired",
                        .label = {"使用終了", "Retired"},
                        .type = Field::Type::boolean,
                        .maximum = 1,
                        .help = {"新しく選べなくなります。すでに付いている顧客には残ります。",
                                 "Can be chosen no more; who has it keeps it."}}}};
}

}  // namespace

std::span<const Master> masters() {
    static const std::vector<Master> kMasters{labels(),
                                              groups(),
                                              levels(),
                                              special_types(),
                                              block_reasons(),
                                              {.table = "occupation",
                                               .path = "occupations",
                                               .code = "occupation",
                                               .field = "job",
                                               .label = {"職業", "Occupations"},
                                               .column = "occupation_id"},
                                              {.table = "customer_type",
                                               .path = "customer-types",
                                               .code = "customer_type",
                                               .field = "customer_type",
                                               .label = {"顧客タイプ", "Customer types"},
                                               .column = "customer_type_id"}};
    return kMasters;
}

const Master& master_of(std::string_view table) {
    const auto all = masters();
    const auto found = std::ranges::find(all, table, &Master::table);
    if (found == all.end()) throw std::logic_error("no master " + std::string(table));
    return *found;
}

}  // namespace otokui::master
