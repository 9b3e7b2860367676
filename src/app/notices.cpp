#include "app/notices.hpp"

#include <algorithm>

#include "base/clock.hpp"
#include "mail/service.hpp"
#include "staff/accounts.hpp"
#include "staff/shop.hpp"

namespace otokui::app {
namespace {

Language shops_language(storage::Transaction& tx) {
    return staff::read_shop(tx).language.value_or(Language::ja);
}

Language language_of(core::Writer& writer, const staff::Account& account) {
    return account.mail_language ? *account.mail_language : shops_language(writer.tx());
}

bool send(const mail::Context& mails, core::Writer& writer, const staff::Account& account,
          std::string_view template_name, mail::Values values) {
    if (account.email.empty()) return false;
    values.texts.emplace("staff_name", account.name);
    const auto queued =
        mail::send_template(mails, writer, template_name, language_of(writer, account),
                            {.email = account.email, .name = account.name}, std::move(values));
    return queued.status == mail::Status::queued;
}

std::string words_of(std::string_view factor, Language language) {
    const auto text = [&]() -> Text {
        if (factor == "password") return {"パスワードの変更", "The password"};
        if (factor == "totp_on") return {"二段階認証を有効にしました", "Two-step sign-in: turned on"};
        if (factor == "totp_off") return {"二段階認証を無効にしました", "Two-step sign-in: turned off"};
        return {"リカバリーコードの再発行", "The recovery codes: made anew"};
    };
    return text().in(language);
}

// "2026/11/22 10:00", as screens show it.
std::string shown(Moment moment) {
    constexpr std::size_t kDay = 10, kMinutes = 5;
    const auto text = format_moment(moment);  // "2026-11-22T10:00:00.000+09:00"
    auto day = text.substr(0, kDay);
    std::ranges::replace(day, '-', '/');
    return day + " " + text.substr(kDay + 1, kMinutes);
}

// "12,000"
std::string shown(std::int64_t number) {
    constexpr std::size_t kGroup = 3;
    auto text = std::to_string(number);
    for (auto at = text.size(); at > kGroup;) text.insert(at -= kGroup, ",");
    return text;
}

}  // namespace

staff::Notices staff_notices(const mail::Context& mails) {
    constexpr std::int64_t kMinute = 60'000;
    staff::Notices notices;
    notices.password_link = [&mails](core::Writer& writer, const staff::Account& account,
                                     const std::string& url, Moment expires_at) {
        const auto minutes = (expires_at.milliseconds - writer.now().milliseconds) / kMinute;
        return send(mails, writer, account, "password_reset",
                    {.texts = {{"minutes", std::to_string(minutes)}}, .secrets = {{"link", url}}});
    };
    notices.new_place = [&mails](core::Writer& writer, const staff::Account& account,
                                 const staff::Origin& from) {
        return send(mails, writer, account, "new_place_sign_in",
                    {.texts = {{"at", shown(writer.now())}, {"ip", from.ip}, {"device", from.user_agent}}});
    };
    notices.factor_changed = [&mails](core::Writer& writer, const staff::Account& account,
                                      std::string_view factor) {
        return send(mails, writer, account, "factor_changed",
                    {.texts = {{"at", shown(writer.now())}, {"ip", writer.actor().ip}},
                     .lists = {{"changes", {{{"what", words_of(factor, language_of(writer, account))}}}}}});
    };
    return notices;
}

access::OnUnusual unusual_notice(const mail::Context& mails) {
    return [&mails](core::Writer& writer, const access::Unusual& unusual) {
        for (const auto& account : staff::holders_of(writer.tx(), "access_log.read"))
            send(mails, writer, account, "unusual_export",
                 {.texts = {{"at", shown(unusual.at)},
                            {"ip", unusual.ip},
                            {"who", unusual.actor},
                            {"rows", shown(unusual.taken)},
                            {"usual", shown(unusual.usual)},
                            {"times", std::to_string(access::kUnusualTimes)}}});
    };
}

core::OnWithdraw withdrawal_notice(const mail::Context& mails) {
    return [&mails](core::Writer& writer, std::int64_t customer) {
        mail::Recipient to{.email = {}, .name = {}, .customer = {customer}};
        writer.tx().query("SELECT email, family_name, given_name FROM customer WHERE id = ?", {customer},
                          [&](const storage::Row& row) {
                              to.email = row.text(0);
                              to.name = row.text(1);
                              if (!to.name.empty() && !row.text(2).empty()) to.name += ' ';
                              to.name += row.text(2);
                          });
        if (to.email.empty()) return;
        mail::send_template(mails, writer, "withdrawal", shops_language(writer.tx()), to,
                            {.texts = {{"customer_name", to.name}, {"at", shown(writer.now())}}});
    };
}

}  // namespace otokui::app
