#include "app/notices.hpp"

#include "base/clock.hpp"
#include "mail/service.hpp"

namespace otokui::app {
namespace {

bool send(const mail::Context& mails, core::Writer& writer, const staff::Account& account,
          std::string_view template_name, mail::Values values) {
    if (account.email.empty()) return false;
    values.texts.emplace("staff_name", account.name);
    const auto queued =
        mail::send_template(mails, writer, template_name, Language::ja,
                            {.email = account.email, .name = account.name}, std::move(values));
    return queued.status == mail::Status::queued;
}

std::string words_of(std::string_view factor) {
    if (factor == "password") return "パスワードの変更";
    if (factor == "totp_on") return "2段階認証を有効にしました";
    if (factor == "totp_off") return "2段階認証を無効にしました";
    return "リカバリーコードの再発行";
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
        return send(
            mails, writer, account, "new_place_sign_in",
            {.texts = {{"at", format_moment(writer.now())}, {"ip", from.ip}, {"device", from.user_agent}}});
    };
    notices.factor_changed = [&mails](core::Writer& writer, const staff::Account& account,
                                      std::string_view factor) {
        return send(mails, writer, account, "factor_changed",
                    {.texts = {{"at", format_moment(writer.now())}, {"ip", writer.actor().ip}},
                     .lists = {{"changes", {{{"what", words_of(factor)}}}}}});
    };
    return notices;
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
        const auto at = format_moment(writer.now());
        constexpr std::size_t kDay = 10, kMinutes = 5;  // "2026-11-22", "10:00"
        mail::send_template(mails, writer, "withdrawal", Language::ja, to,
                            {.texts = {{"customer_name", to.name},
                                       {"at", at.substr(0, kDay) + " " + at.substr(kDay + 1, kMinutes)}}});
    };
}

}  // namespace otokui::app
