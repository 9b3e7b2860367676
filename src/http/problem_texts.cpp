#include "http/problem_texts.hpp"

#include <map>

namespace otokui::http {
namespace {

using Texts = std::map<std::string_view, Text>;

const Texts& field_texts() {
    static const Texts texts{
        {"required", {"入力してください。", "This is required."}},
        {"unknown_field", {"この項目はありません。", "There is no such field."}},
        {"read_only", {"この項目は変更できません。", "This field cannot be changed."}},
        {"wrong_type", {"値の種類が正しくありません。", "The value has the wrong type."}},
        {"too_long", {"長すぎます。", "This is too long."}},
        {"too_short", {"短すぎます。", "This is too short."}},
        {"too_many", {"件数が多すぎます。", "There are too many."}},
        {"too_few", {"件数が足りません。", "There are too few."}},
        {"too_deep", {"入れ子が深すぎます。", "This is nested too deeply."}},
        {"out_of_range", {"範囲外の値です。", "The value is out of range."}},
        {"not_an_email", {"メールアドレスの形式が正しくありません。", "This is not a mail address."}},
        {"not_a_phone", {"電話番号の形式が正しくありません。", "This is not a phone number."}},
        {"lost_leading_zero", {"先頭の0が抜けています。", "The leading 0 is missing."}},
        {"not_a_postal_code", {"郵便番号の形式が正しくありません。", "This is not a postal code."}},
        {"not_kana", {"カタカナで入力してください。", "Use katakana."}},
        {"not_a_date", {"日付が正しくありません。", "This is not a date."}},
        {"no_such_day", {"存在しない日付です。", "There is no such day."}},
        {"outside_era", {"元号の期間に含まれない日付です。", "This day was not in that era."}},
        {"month_and_day_required", {"月と日も入力してください。", "Give the month and the day too."}},
        {"not_a_moment", {"日時が正しくありません。", "This is not a date and time."}},
        {"not_a_number", {"数値で入力してください。", "This is not a number."}},
        {"not_an_id", {"IDが正しくありません。", "This is not an id."}},
        {"not_a_url", {"URLが正しくありません。", "This is not a URL."}},
        {"not_before_today", {"今日より前の日付を入力してください。", "Give a day before today."}},
        {"in_the_future", {"未来の日付は指定できません。", "This lies in the future."}},
        {"before_the_first", {"開始日より前の日付です。", "This is before the first day."}},
        {"in_future", {"未来の日時は指定できません。", "This moment lies in the future."}},
        {"locks_out", {"いまの接続元が含まれていません。", "Your own address is not among them."}},
        {"not_a_color", {"色は #rrggbb の形で指定してください。", "A color looks like #rrggbb."}},
        {"not_together", {"同時には指定できません。", "These cannot be given together."}},
        {"unknown", {"その時点の値は残っていません。", "The value of that time is not known any more."}},
        {"wrong", {"正しくありません。", "This is wrong."}},
        {"deleted", {"削除されています。", "This is deleted."}},
        {"withdrawn", {"退会しています。", "This customer has withdrawn."}},
        {"in_use", {"使用中のため変更できません。", "This is in use and cannot be changed."}},
        {"nothing_to_search", {"検索できる文字がありません。", "There is nothing in it to search for."}},
        {"not_a_choice", {"選択肢にない値です。", "This is not one of the choices."}},
        {"not_found", {"指定されたものが見つかりません。", "This does not exist."}},
        {"taken", {"すでに使われています。", "This is already taken."}},
        {"duplicate", {"同じ値が2回あります。", "The same value stands twice."}},
        {"bad_character", {"使えない文字が含まれています。", "This has a character that is not allowed."}},
        {"invalid_utf8", {"文字コードが正しくありません。", "This is not valid UTF-8 text."}},
        {"bad_cursor", {"ページの位置が正しくありません。", "The cursor is not valid."}},
        {"unknown_operator", {"この条件の演算子はありません。", "There is no such operator."}},
        {"empty_operand", {"検索する語がありません。", "There is nothing to search for."}},
        {"only_one", {"1つだけ指定できます。", "Only one may be given."}},
        {"one_of_required", {"いずれかを入力してください。", "One of these is required."}},
        {"card_number", {"カード番号は保存できません。", "A card number cannot be stored."}},
        {"forbidden", {"この項目を扱う権限がありません。", "You may not use this field."}},
    };
    return texts;
}

const std::map<int, Text>& status_titles() {
    static const std::map<int, Text> titles{
        {400, {"リクエストが正しくありません", "Bad request"}},
        {401, {"ログインが必要です", "Sign in first"}},
        {403, {"権限がありません", "Not allowed"}},
        {404, {"見つかりません", "Not found"}},
        {405, {"このメソッドは使えません", "Method not allowed"}},
        {408, {"時間切れです", "The request took too long"}},
        {409, {"ほかの変更と衝突しました", "Conflict"}},
        {412, {"ほかの人が先に変更しました", "Changed by someone else"}},
        {413, {"大きすぎます", "Too large"}},
        {415, {"この形式は受け付けられません", "Unsupported media type"}},
        {417, {"Expectヘッダーに応じられません", "Expectation failed"}},
        {422, {"入力内容に誤りがあります", "Invalid input"}},
        {423, {"ほかの人が対応中です", "Locked by someone else"}},
        {428, {"バージョンの指定が必要です", "A version is required"}},
        {429, {"リクエストが多すぎます", "Too many requests"}},
        {431, {"ヘッダーが大きすぎます", "Header too large"}},
        {500, {"サーバーでエラーが起きました", "The server failed"}},
        {503, {"混み合っています", "Busy, try again soon"}},
        {505, {"このHTTPバージョンは使えません", "HTTP version not supported"}},
        {507, {"保存する場所がありません", "No room to store this"}},
    };
    return titles;
}

}  // namespace

const Text* find_field_text(std::string_view code) {
    const auto found = field_texts().find(code);
    return found == field_texts().end() ? nullptr : &found->second;
}

const Text& status_title(int status) {
    const auto found = status_titles().find(status);
    return found == status_titles().end() ? status_titles().at(status < 500 ? 400 : 500) : found->second;
}

}  // namespace otokui::http
