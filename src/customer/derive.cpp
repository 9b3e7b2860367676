#include "customer/derive.hpp"

#include "base/text/collation.hpp"
#include "base/text/shadow.hpp"
#include "core/settings.hpp"

namespace otokui::customer {
namespace {

using core::Record;
using storage::Value;
using text::ShadowKind;

const std::string& text_at(const Record& record, std::size_t column) {
    return std::get<std::string>(record.values[column]);
}

constexpr std::size_t kYearLength = 5;  // "1985-"

struct Shadowed {
    std::size_t from, to;
    ShadowKind kind;
};

// Which columns have a shadow, and of what kind, stands in the catalogue.
std::vector<Shadowed> shadowed_columns(const core::Catalogue& catalogue, const core::Table& table) {
    std::vector<Shadowed> result;
    for (const auto& field : catalogue.fields())
        if (!field.shadow_column.empty())
            result.push_back({table.column(field.column), table.column(field.shadow_column), field.shadow});
    return result;
}

}  // namespace

MailRule mail_rule(storage::Transaction& tx) {
    const auto general = core::settings::find(tx, "general");
    if (!general) return MailRule::login;
    const auto* rule = general->content.if_contains("mail_unique");
    if (!rule) return MailRule::login;
    if (*rule == "status") return MailRule::status;
    return *rule == "off" ? MailRule::off : MailRule::login;
}

storage::Value mail_key(MailRule rule, std::string_view status, const std::string& email, bool no_login,
                        bool deleted) {
    if (rule == MailRule::off || email.empty() || deleted || status == status::kWithdrawn) return {};
    if (rule == MailRule::status) return std::string(status) + ":" + email;
    const bool logs_in = (status == status::kMember || status == status::kProvisional) && !no_login;
    return logs_in ? Value(email) : Value();
}

core::Derive derive_customer(const core::Catalogue& catalogue, const core::Table& table,
                             storage::Transaction& tx) {
    const auto rule = mail_rule(tx);
    return [rule, shadowed = shadowed_columns(catalogue, table), email = table.column("email"),
            status = table.column("status"), no_login = table.column("no_login"),
            deleted_at = table.column("deleted_at"), mail_key_column = table.column("mail_key"),
            family_kana = table.column("family_kana"), given_kana = table.column("given_kana"),
            family = table.column("family_name"), given = table.column("given_name"),
            kana_sort = table.column("kana_sort"), birth_date = table.column("birth_date"),
            birthday = table.column("birthday")](Record& record) {
        for (const auto& [from, to, kind] : shadowed)
            record.values[to] = text::shadow(kind, text_at(record, from));
        // Who has no kana sorts by the name as written, behind everybody who has.
        const bool has_kana = !text_at(record, family_kana).empty() || !text_at(record, given_kana).empty();
        const auto& first = text_at(record, has_kana ? family_kana : family);
        const auto& second = text_at(record, has_kana ? given_kana : given);
        const bool has_name = !first.empty() || !second.empty();
        record.values[kana_sort] = has_name ? text::kana_sort_key(first + " " + second) : std::string();
        const auto* born = std::get_if<std::string>(&record.values[birth_date]);
        record.values[birthday] =
            born && born->size() > kYearLength ? born->substr(kYearLength) : std::string();
        record.values[mail_key_column] = mail_key(rule, text_at(record, status), text_at(record, email),
                                                  record.values[no_login] != Value(std::int64_t{0}),
                                                  !storage::is_null(record.values[deleted_at]));
    };
}

std::string derives_by(storage::Transaction& tx) { return std::to_string(static_cast<int>(mail_rule(tx))); }

}  // namespace otokui::customer
