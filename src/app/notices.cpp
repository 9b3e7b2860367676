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

}  // namespace otokui::app
