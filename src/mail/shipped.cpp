#include <algorithm>
#include <stdexcept>

#include "mail/template.hpp"

// The templates of mails that the system itself sends, as shipped. An edited one stands in table
// mail_template under the same id.
namespace otokui::mail {
namespace {

constexpr std::string_view kSignatureJa = "\n--\n{{shop_name}}\nこのメールは自動で送信しています。\n";
constexpr std::string_view kSignatureEn = "\n--\n{{shop_name}}\nThis mail was sent automatically.\n";

const Variable kShopName{"shop_name", {"ショップ名", "Name of the shop"}, VariableKind::text, "おとくい商店"};
const Variable kStaffName{
    "staff_name", {"メンバーの名前", "Name of the member of staff"}, VariableKind::text, "山田 花子"};
const Variable kCustomerName{
    "customer_name", {"顧客の名前", "Name of the customer"}, VariableKind::text, "鈴木 一郎"};
const Variable kAt{"at", {"日時", "Date and time"}, VariableKind::text, "2026/11/22 10:00"};
const Variable kIp{"ip", {"IPアドレス", "IP address"}, VariableKind::contact, "203.0.113.5"};

std::vector<Variable> reset_variables() {
    return {kShopName,
            kStaffName,
            {"link",
             {"再設定のリンク", "Link to set a new password"},
             VariableKind::secret,
             "https://shop.example/password#…"},
            {"minutes", {"リンクの有効時間（分）", "Minutes that the link works"}, VariableKind::text, "15"}};
}

std::vector<Variable> place_variables() {
    return {kShopName,
            kStaffName,
            kAt,
            kIp,
            {"device", {"ブラウザー", "Browser"}, VariableKind::text, "Chrome / Windows"}};
}

std::vector<Variable> factor_variables() {
    return {kShopName,
            kStaffName,
            kAt,
            kIp,
            {"changes",
             {"変更されたもの", "What was changed"},
             VariableKind::list,
             "",
             {{"what", {"名前", "Its name"}, VariableKind::text, "パスワード"}}}};
}

std::vector<Variable> confirmation_variables() {
    return {
        kShopName,
        kCustomerName,
        {"email", {"メールアドレス", "Mail address"}, VariableKind::contact, "ichiro@example.jp"},
        {"link", {"確認のリンク", "Link to confirm"}, VariableKind::secret, "https://shop.example/confirm#…"},
        {"hours", {"リンクの有効時間", "Hours that the link works"}, VariableKind::text, "24"}};
}

std::vector<Variable> export_variables() {
    return {kShopName,
            kStaffName,
            kAt,
            kIp,
            {"who", {"出力したメンバー", "Who exported"}, VariableKind::text, "森 太郎"},
            {"rows", {"その日に出力した件数", "Rows taken out that day"}, VariableKind::text, "12,000"},
            {"usual", {"通常の1日の件数", "Rows usual on a day"}, VariableKind::text, "400"},
            {"times", {"警告する倍数", "How many times as much raises an alert"}, VariableKind::text, "5"}};
}

std::vector<Variable> withdrawal_variables() { return {kShopName, kCustomerName, kAt}; }

ShippedTemplate japanese(std::int64_t id, std::string name, Text label, std::vector<Variable> variables,
                         std::string subject, std::string body) {
    return {id,
            std::move(name),
            Language::ja,
            std::move(label),
            std::move(variables),
            {std::move(subject), std::move(body) + std::string(kSignatureJa), std::nullopt}};
}

// The English twin of a Japanese template.
ShippedTemplate english(const ShippedTemplate& twin, std::string subject, std::string body) {
    return {twin.id + 1,    twin.name,
            Language::en,   twin.label,
            twin.variables, {std::move(subject), std::move(body) + std::string(kSignatureEn), std::nullopt}};
}

std::vector<ShippedTemplate> make() {
    std::vector<ShippedTemplate> all;
    const auto reset = japanese(
        1, "password_reset", {"パスワードの再設定", "Password reset"}, reset_variables(),
        "【{{shop_name}}】パスワードの再設定",
        "{{staff_name}} 様\n\n次のリンクから、{{minutes}}分以内に新しいパスワードを設定してください。\n"
        "リンクは1回だけ使えます。\n\n{{link}}\n\n"
        "お心当たりがない場合は、このメールを破棄してください。パスワードは変わりません。\n");
    all.push_back(reset);
    all.push_back(english(reset, "[{{shop_name}}] Set a new password",
                          "Dear {{staff_name}},\n\nset a new password with this link within {{minutes}} "
                          "minutes. It works once.\n\n{{link}}\n\n"
                          "If you did not ask for it, ignore this mail: your password stays as it is.\n"));
    const auto place = japanese(
        3, "new_place_sign_in", {"新しい場所からのログイン", "Sign-in from a new place"}, place_variables(),
        "【{{shop_name}}】新しい場所からのログインがありました",
        "{{staff_name}} 様\n\nこれまでと異なる場所から、あなたのアカウントにログインがありました。\n\n"
        "日時: {{at}}\nIPアドレス: {{ip}}\nブラウザー: {{device}}\n\n"
        "お心当たりがない場合は、すぐにパスワードを変更し、管理者にお知らせください。\n");
    all.push_back(place);
    all.push_back(english(place, "[{{shop_name}}] Sign-in from a new place",
                          "Dear {{staff_name}},\n\nsomebody signed in to your account from a new place.\n\n"
                          "Time: {{at}}\nIP address: {{ip}}\nBrowser: {{device}}\n\n"
                          "If it was not you, change your password now and tell your administrator.\n"));
    const auto factor =
        japanese(5, "factor_changed", {"ログイン方法の変更", "Change of how one signs in"},
                 factor_variables(), "【{{shop_name}}】ログイン方法が変更されました",
                 "{{staff_name}} 様\n\nあなたのアカウントで、次のものが変更されました。\n\n"
                 "{{#changes}}\n・{{what}}\n{{/changes}}\n\n日時: {{at}}\nIPアドレス: {{ip}}\n\n"
                 "お心当たりがない場合は、すぐに管理者にお知らせください。\n");
    all.push_back(factor);
    all.push_back(english(factor, "[{{shop_name}}] How you sign in was changed",
                          "Dear {{staff_name}},\n\nthis was changed on your account:\n\n"
                          "{{#changes}}\n- {{what}}\n{{/changes}}\n\nTime: {{at}}\nIP address: {{ip}}\n\n"
                          "If it was not you, tell your administrator now.\n"));
    const auto confirmation = japanese(
        7, "member_confirmation", {"会員登録の確認", "Confirmation of a membership"},
        confirmation_variables(), "【{{shop_name}}】会員登録の確認",
        "{{customer_name}} 様\n\n{{shop_name}}へのご登録ありがとうございます。\n"
        "次のリンクを{{hours}}時間以内に開いて、メールアドレス（{{email}}）の確認を済ませてください。\n\n"
        "{{link}}\n\nお心当たりがない場合は、このメールを破棄してください。\n");
    all.push_back(confirmation);
    all.push_back(
        english(confirmation, "[{{shop_name}}] Confirm your membership",
                "Dear {{customer_name}},\n\nthank you for registering with {{shop_name}}. Open this "
                "link within {{hours}} hours to confirm your mail address ({{email}}).\n\n"
                "{{link}}\n\nIf you did not register, ignore this mail.\n"));
    const auto withdrawal = japanese(9, "withdrawal", {"退会の完了", "End of a membership"},
                                     withdrawal_variables(), "【{{shop_name}}】退会の手続きが完了しました",
                                     "{{customer_name}} 様\n\n{{at}}に退会の手続きが完了しました。\n"
                                     "これまで{{shop_name}}をご利用いただき、ありがとうございました。\n");
    all.push_back(withdrawal);
    all.push_back(english(withdrawal, "[{{shop_name}}] Your membership has ended",
                          "Dear {{customer_name}},\n\nyour membership ended on {{at}}.\n"
                          "Thank you for shopping with {{shop_name}}.\n"));
    const auto unusual = japanese(
        11, "unusual_export", {"通常より多い出力", "Unusually large export"}, export_variables(),
        "【{{shop_name}}】通常より多い顧客データが出力されました",
        "{{staff_name}} 様\n\n{{who}} さんのアカウントで、1日の出力が通常の{{times}}倍以上になりました。\n\n"
        "本日の出力: {{rows}}件\n通常の1日: {{usual}}件\n日時: {{at}}\nIPアドレス: {{ip}}\n\n"
        "「閲覧記録」で出力した条件と項目を確認してください。心当たりのない出力であれば、"
        "「設定」の「メンバー」でこのメンバーを停止してください。すべてのセッションがその場で終了します。\n");
    all.push_back(unusual);
    all.push_back(
        english(unusual, "[{{shop_name}}] Unusually many customers exported",
                "Dear {{staff_name}},\n\nthe account of {{who}} has taken out at least {{times}} times as "
                "much on one "
                "day as usual.\n\n"
                "Today: {{rows}} rows\nA usual day: {{usual}} rows\nTime: {{at}}\nIP address: {{ip}}\n\n"
                "See the reading log for what was exported. If nobody knows of it, disable this member under "
                "Settings, "
                "Staff: all sessions end at once.\n"));
    return all;
}

}  // namespace

std::span<const ShippedTemplate> shipped_templates() {
    static const std::vector<ShippedTemplate> all = make();
    return all;
}

const ShippedTemplate* find_shipped(std::int64_t id) {
    const auto all = shipped_templates();
    const auto found = std::ranges::find_if(all, [&](const auto& shipped) { return shipped.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const ShippedTemplate& get_shipped(std::string_view name, Language language) {
    for (const auto& shipped : shipped_templates())
        if (shipped.name == name && shipped.language == language) return shipped;
    throw std::logic_error("mail: no template " + std::string(name));
}

}  // namespace otokui::mail
