#include "transfer/reasons.hpp"

#include <map>

namespace otokui::transfer {

const Text& reason_of(std::string_view code) {
    static const std::map<std::string_view, Text> kReasons{
        // Of the CSV itself.
        {"unclosed_quote", {"引用符（\"）が閉じられていません。", "A quotation mark is not closed."}},
        {"bare_quote", {"引用符（\"）の位置が正しくありません。", "A quotation mark stands where none may."}},
        {"nul", {"NUL文字が含まれています。", "There is a NUL character."}},
        {"invalid_encoding", {"文字コードに合わないバイトがあります。", "A byte does not fit the encoding."}},
        {"wrong_column_count",
         {"列の数が見出しと違います。", "The row has not as many columns as the header."}},
        {"cell_too_long", {"1つの値が1 MiBを超えています。", "A cell is longer than 1 MiB."}},
        {"row_too_long", {"1行が4 MiBを超えています。", "The row is longer than 4 MiB."}},
        {"too_many_columns", {"列が500を超えています。", "There are more than 500 columns."}},
        {"too_many_rows", {"行が多すぎます。", "There are too many rows."}},
        // Of a value.
        {"required", {"空にできない項目です。", "This must not be empty."}},
        {"one_of_required",
         {"氏名・会社名・メールアドレス・電話番号のいずれかが必要です。",
          "A name, a company, an e-mail address or a phone number is needed."}},
        {"invalid_utf8", {"文字コードが正しくありません。", "This is not valid text."}},
        {"bad_character", {"使えない文字が含まれています。", "There is a character that is not allowed."}},
        {"too_long", {"長すぎます。", "This is too long."}},
        {"not_an_email", {"メールアドレスの形式が正しくありません。", "This is not an e-mail address."}},
        {"not_a_phone", {"電話番号の形式が正しくありません。", "This is not a phone number."}},
        {"lost_leading_zero",
         {"先頭の0が抜けています（表計算ソフトで数値として保存された可能性があります）。",
          "The leading 0 is missing; a spreadsheet has probably saved it as a number."}},
        {"not_a_postal_code", {"郵便番号の形式が正しくありません。", "This is not a postal code."}},
        {"not_kana", {"カタカナではありません。", "This is not kana."}},
        {"not_a_date", {"日付が正しくありません。", "This is not a date."}},
        {"no_such_day", {"存在しない日付です。", "There is no such day."}},
        {"outside_era", {"元号の期間に含まれない日付です。", "This day was not in that era."}},
        {"month_and_day_required", {"月と日がありません。", "Month and day are missing."}},
        {"in_the_future", {"未来の日付です。", "This lies in the future."}},
        {"out_of_range", {"範囲外の値です。", "The value is out of range."}},
        {"not_a_moment", {"日時が正しくありません。", "This is not a date and time."}},
        {"not_a_number", {"数値ではありません。", "This is not a whole number."}},
        {"not_a_choice", {"選択肢にない値です。", "This is not one of the choices."}},
        {"not_an_id", {"IDが正しくありません。", "This is not an id."}},
        {"not_a_control",
         {"コントロールカラムはn・u・dのいずれかです。", "The control column takes n, u or d."}},
        {"read_only", {"登録後は変更できない項目です。", "This cannot be changed any more."}},
        {"forbidden", {"この操作をする権限がありません。", "You do not have the right to do this."}},
        {"feature_off",
         {"この機能は設定で使用しないことになっています。", "This part is switched off in the settings."}},
        {"duplicate", {"同じ値が2回あります。", "The same value stands twice."}},
        {"too_many", {"件数が多すぎます。", "There are too many."}},
        // Of membership and block list.
        {"level.not_a_member",
         {"会員レベルを設定できるのはステータスが会員の顧客だけです。", "Only members have a level."}},
        {"special_type.not_a_member",
         {"特殊会員種別を設定できるのは会員だけです。", "Only members have a special type."}},
        {"block.reason_required",
         {"ブロックリストに登録する理由がありません。", "A reason for the block list is missing."}},
        {"block.reason_retired",
         {"使われなくなった理由は新しく選べません。", "A retired reason cannot be chosen any more."}},
        {"block.not_blocked",
         {"ブロックリストが「はい」のときだけ理由を選べます。",
          "There are reasons only for who is on the block list."}},
        {"has_ties",
         {"有効な定期受注または未決済の受注があるため退会できません。",
          "Running subscriptions or unsettled orders keep this customer from withdrawing."}},
        // Of the record.
        {"customer_not_found", {"該当する顧客がいません。", "There is no such customer."}},
        {"customer_deleted", {"この顧客は削除されています。", "This customer is deleted."}},
        {"ambiguous", {"該当する顧客が複数います。", "Several customers answer to this."}},
        {"number_taken", {"この番号はすでに登録されています。", "This number is taken."}},
        {"email_taken",
         {"このメールアドレスは別の会員（またはこのファイルの前の行）が使用しています。",
          "Another member, or an earlier row of this file, has this e-mail address."}},
        {"duplicate_in_file",
         {"同じ番号（またはID）の行がファイル内に複数あります。",
          "The same number or id stands in several rows of the file."}},
        {"changed_since_check",
         {"確認のあとに別の人が変更しました。", "Somebody has changed it since the check."}},
        {"address_not_found", {"該当するお届け先がありません。", "There is no such delivery address."}},
        {"order_not_found", {"該当する受注がありません。", "There is no such order."}},
        {"ordered_at_missing",
         {"新しい受注には受注日の列が必要です。", "New orders need the column of their date."}},
        {"order_has_errors", {"同じ受注の別の行に誤りがあります。", "Another row of this order is wrong."}},
        {"order_lines_differ",
         {"同じ受注番号の行で受注の内容が食い違っています。", "Rows of one order contradict each other."}},
        // To be known.
        {"card_number_masked",
         {"カード番号が含まれていたため、下4桁以外を伏せて登録します。",
          "A card number was found; all but its last four digits are masked."}},
        {"replacement_character",
         {"「〓」を含む値で更新します。Shift_JISで表せない文字が置き換えられた可能性があります。",
          "A value with 〓 replaces another one; it may stand for a character that Shift_JIS lacks."}},
        {"unknown_word_left_out",
         {"登録のない区分の値は取り込みません。",
          "Values that are not among the choices here are left out."}},
    };
    static const Text kOther{"取り込めない行です。", "The row cannot be taken."};
    const auto found = kReasons.find(code);
    return found == kReasons.end() ? kOther : found->second;
}

}  // namespace otokui::transfer
