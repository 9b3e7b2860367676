#include "transfer/header_names.hpp"

#include <array>
#include <unordered_map>
#include <utility>

#include "base/text/shadow.hpp"

namespace otokui::transfer {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Field, then the names other systems give it.
constexpr std::array kGuesses{
    Pair{"control", "コントロールカラム"},
    Pair{"number", "顧客番号"},
    Pair{"number", "会員番号"},
    Pair{"number", "顧客コード"},
    Pair{"number", "会員コード"},
    Pair{"number", "顧客ID"},
    Pair{"number", "ID"},
    Pair{"number", "customer number"},
    Pair{"number", "customer code"},
    Pair{"number", "customer id"},
    Pair{"number", "customer no"},
    Pair{"number", "member no"},
    Pair{"member_id", "会員ID"},
    Pair{"member_id", "ログインID"},
    Pair{"member_id", "login id"},
    Pair{"status", "account type"},
    Pair{"status", "会員種別"},
    Pair{"status", "会員区分"},
    Pair{"status", "会員ステータス"},
    Pair{"family_name", "姓"},
    Pair{"family_name", "氏"},
    Pair{"family_name", "名字"},
    Pair{"family_name", "苗字"},
    Pair{"family_name", "名前(姓)"},
    Pair{"family_name", "お名前(姓)"},
    Pair{"family_name", "氏名(姓)"},
    Pair{"family_name", "name sei"},
    Pair{"family_name", "sei"},
    Pair{"family_name", "last name"},
    Pair{"family_name", "family name"},
    Pair{"family_name", "surname"},
    Pair{"family_name", "name01"},
    Pair{"given_name", "名"},
    Pair{"given_name", "名前(名)"},
    Pair{"given_name", "お名前(名)"},
    Pair{"given_name", "氏名(名)"},
    Pair{"given_name", "name mei"},
    Pair{"given_name", "mei"},
    Pair{"given_name", "first name"},
    Pair{"given_name", "given name"},
    Pair{"given_name", "name02"},
    Pair{"family_kana", "セイ"},
    Pair{"family_kana", "姓カナ"},
    Pair{"family_kana", "姓(カナ)"},
    Pair{"family_kana", "姓フリガナ"},
    Pair{"family_kana", "フリガナ(姓)"},
    Pair{"family_kana", "カナ(姓)"},
    Pair{"family_kana", "お名前(セイ)"},
    Pair{"family_kana", "お名前(フリガナ・姓)"},
    Pair{"family_kana", "kana sei"},
    Pair{"family_kana", "sei kana"},
    Pair{"family_kana", "last name kana"},
    Pair{"family_kana", "family name kana"},
    Pair{"family_kana", "kana01"},
    Pair{"given_kana", "メイ"},
    Pair{"given_kana", "名カナ"},
    Pair{"given_kana", "名(カナ)"},
    Pair{"given_kana", "名フリガナ"},
    Pair{"given_kana", "フリガナ(名)"},
    Pair{"given_kana", "カナ(名)"},
    Pair{"given_kana", "お名前(メイ)"},
    Pair{"given_kana", "お名前(フリガナ・名)"},
    Pair{"given_kana", "kana mei"},
    Pair{"given_kana", "mei kana"},
    Pair{"given_kana", "first name kana"},
    Pair{"given_kana", "given name kana"},
    Pair{"given_kana", "kana02"},
    Pair{"name", "氏名"},
    Pair{"name", "名前"},
    Pair{"name", "お名前"},
    Pair{"name", "顧客名"},
    Pair{"name", "会員名"},
    Pair{"name", "name"},
    Pair{"name", "full name"},
    Pair{"name", "customer name"},
    Pair{"kana", "フリガナ"},
    Pair{"kana", "カナ"},
    Pair{"kana", "氏名カナ"},
    Pair{"kana", "氏名(フリガナ)"},
    Pair{"kana", "kana"},
    Pair{"kana", "name kana"},
    Pair{"email", "メール"},
    Pair{"email", "メールアドレス"},
    Pair{"email", "Eメール"},
    Pair{"email", "mail"},
    Pair{"email", "email"},
    Pair{"email", "mail address"},
    Pair{"email", "email address"},
    Pair{"email2", "携帯メール"},
    Pair{"email2", "携帯メールアドレス"},
    Pair{"email2", "mobile mail"},
    Pair{"phone", "電話"},
    Pair{"phone", "電話番号"},
    Pair{"phone", "TEL"},
    Pair{"phone", "telephone"},
    Pair{"phone", "phone number"},
    Pair{"phone", "携帯電話"},
    Pair{"phone", "携帯電話番号"},
    Pair{"phone", "mobile"},
    Pair{"fax", "FAX"},
    Pair{"fax", "FAX番号"},
    Pair{"postal_code", "郵便番号"},
    Pair{"postal_code", "〒"},
    Pair{"postal_code", "zip"},
    Pair{"postal_code", "zip code"},
    Pair{"postal_code", "postal"},
    Pair{"postal_code", "post code"},
    Pair{"prefecture", "都道府県"},
    Pair{"prefecture", "都道府県名"},
    Pair{"prefecture", "pref"},
    Pair{"prefecture", "province"},
    Pair{"prefecture", "state"},
    Pair{"city", "市区町村"},
    Pair{"city", "郡市区"},
    Pair{"city", "市郡区"},
    Pair{"city", "city"},
    Pair{"street", "住所"},
    Pair{"street", "住所1"},
    Pair{"street", "それ以降の住所"},
    Pair{"street", "番地"},
    Pair{"street", "町域"},
    Pair{"street", "address"},
    Pair{"street", "address1"},
    Pair{"street", "addr01"},
    Pair{"street", "street"},
    Pair{"building", "住所2"},
    Pair{"building", "建物名"},
    Pair{"building", "建物"},
    Pair{"building", "address2"},
    Pair{"building", "addr02"},
    Pair{"building", "building"},
    Pair{"company", "会社"},
    Pair{"company", "会社名"},
    Pair{"company", "法人名"},
    Pair{"company", "company"},
    Pair{"department", "部署"},
    Pair{"department", "部署名"},
    Pair{"department", "department"},
    Pair{"sex", "性別"},
    Pair{"sex", "gender"},
    Pair{"sex", "sex"},
    Pair{"birth_date", "生年月日"},
    Pair{"birth_date", "誕生日"},
    Pair{"birth_date", "birthday"},
    Pair{"birth_date", "birth"},
    Pair{"birth_date", "birth date"},
    Pair{"birth_date", "date of birth"},
    Pair{"number", "管理ID"},
    Pair{"level", "会員レベル"},
    Pair{"level", "会員ランク"},
    Pair{"level", "ランク"},
    Pair{"level", "member rank"},
    Pair{"groups", "顧客グループ"},
    Pair{"groups", "グループ"},
    Pair{"groups", "顧客分類"},
    Pair{"labels", "顧客ラベル"},
    Pair{"labels", "ラベル"},
    Pair{"labels", "タグ"},
    Pair{"labels", "tags"},
    Pair{"blocked", "ブロックリスト"},
    Pair{"blocked", "ブラックリスト"},
    Pair{"blocked", "blacklist"},
    Pair{"block_reasons", "ブロック理由"},
    Pair{"block_reasons", "ブラックリスト理由"},
    Pair{"block_reasons", "登録理由"},
    Pair{"cleaned", "クリーニング済"},
    Pair{"cleaned", "クリーニング済み"},
    Pair{"newsletter", "メルマガ"},
    Pair{"newsletter", "メールマガジン"},
    Pair{"newsletter", "メルマガ購読"},
    Pair{"newsletter", "newsletter"},
    Pair{"newsletter", "accepts email marketing"},
    Pair{"memo", "備考"},
    Pair{"memo", "メモ"},
    Pair{"memo", "ショップ用メモ欄"},
    Pair{"memo", "note"},
    Pair{"memo", "notes"},
    Pair{"memo", "memo"},
    Pair{"registered_at", "登録日"},
    Pair{"registered_at", "登録日時"},
    Pair{"registered_at", "会員登録日"},
    Pair{"registered_at", "入会日"},
    Pair{"registered_at", "作成日"},
    Pair{"registered_at", "created at"},
    Pair{"registered_at", "registered at"},
};

constexpr std::array kEccube{Pair{"会員ID", "number"},
                             Pair{"お名前(姓)", "family_name"},
                             Pair{"お名前(名)", "given_name"},
                             Pair{"お名前(セイ)", "family_kana"},
                             Pair{"お名前(メイ)", "given_kana"},
                             Pair{"会社名", "company"},
                             Pair{"郵便番号", "postal_code"},
                             Pair{"都道府県(ID)", "prefecture"},
                             Pair{"都道府県(名称)", "prefecture"},
                             Pair{"住所1", "city"},
                             Pair{"住所2", "street"},
                             Pair{"メールアドレス", "email"},
                             Pair{"TEL", "phone"},
                             Pair{"FAX", "fax"},
                             Pair{"性別(ID)", "sex"},
                             Pair{"性別(名称)", "sex"},
                             Pair{"職業(名称)", "job"},
                             Pair{"誕生日", "birth_date"},
                             Pair{"ショップ用メモ欄", "memo"},
                             Pair{"会員ステータス(ID)", "status"},
                             Pair{"会員ステータス(名称)", "status"},
                             Pair{"登録日", "registered_at"}};

// Newer exports say "Default Address City", older ones "City".
constexpr std::array kShopify{Pair{"Customer ID", "number"},
                              Pair{"First Name", "given_name"},
                              Pair{"Last Name", "family_name"},
                              Pair{"Email", "email"},
                              Pair{"Accepts Email Marketing", "newsletter"},
                              Pair{"Accepts Marketing", "newsletter"},
                              Pair{"Company", "company"},
                              Pair{"Default Address Company", "company"},
                              Pair{"Address1", "street"},
                              Pair{"Default Address Address1", "street"},
                              Pair{"Address2", "building"},
                              Pair{"Default Address Address2", "building"},
                              Pair{"City", "city"},
                              Pair{"Default Address City", "city"},
                              Pair{"Province", "prefecture"},
                              Pair{"Province Code", "prefecture"},
                              Pair{"Default Address Province Code", "prefecture"},
                              Pair{"Zip", "postal_code"},
                              Pair{"Default Address Zip", "postal_code"},
                              Pair{"Phone", "phone"},
                              Pair{"Default Address Phone", "phone"},
                              Pair{"Note", "memo"}};

struct Word {
    std::string_view key, theirs, ours;
};
constexpr std::array kWords{Word{"sex", "男", "male"},
                            Word{"sex", "M", "male"},
                            Word{"sex", "m", "male"},
                            Word{"sex", "1", "male"},
                            Word{"sex", "女", "female"},
                            Word{"sex", "F", "female"},
                            Word{"sex", "f", "female"},
                            Word{"sex", "2", "female"},
                            Word{"sex", "3", "other"},
                            Word{"sex", "4", "unanswered"},
                            Word{"sex", "不明", ""},
                            Word{"sex", "無回答", "unanswered"},
                            Word{"status", "1", "provisional"},
                            Word{"status", "2", "member"},
                            Word{"status", "3", "withdrawn"},
                            Word{"status", "本会員", "member"},
                            Word{"status", "一般会員", "member"},
                            Word{"status", "非会員", "guest"},
                            Word{"status", "仮登録", "provisional"},
                            Word{"status", "退会済", "withdrawn"},
                            Word{"status", "退会済み", "withdrawn"}};

std::string folded(std::string_view header) {
    std::string result;
    for (const char letter : text::shadow(text::ShadowKind::text, header))
        if ((letter & 0x80) != 0 || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z'))
            result += letter;
    return result;
}

template <class List>
std::string_view find(const List& list, std::string_view header) {
    for (const auto& [theirs, ours] : list)
        if (theirs == header) return ours;
    return {};
}

}  // namespace

std::string_view guess_customer_field(std::string_view header) {
    static const auto known = [] {
        std::unordered_map<std::string, std::string_view> map;
        for (const auto& [key, name] : kGuesses) {
            map.emplace(folded(name), key);
            map.emplace(folded(key), key);
        }
        return map;
    }();
    const auto found = known.find(folded(header));
    return found == known.end() ? std::string_view() : found->second;
}

std::string_view eccube_field(std::string_view header) { return find(kEccube, header); }
std::string_view shopify_field(std::string_view header) { return find(kShopify, header); }

std::string_view our_word(std::string_view key, std::string_view text) {
    for (const auto& word : kWords)
        if (word.key == key && word.theirs == text) return word.ours;
    return text;
}

}  // namespace otokui::transfer
