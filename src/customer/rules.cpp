#include <algorithm>

#include "customer/membership.hpp"
#include "customer/service.hpp"

namespace otokui::customer {
namespace {

bool is_filled(const core::Table& table, const core::Record* before, const Input& input,
               std::string_view column) {
    const auto* given = input.find(column);
    const auto& value = given    ? *given
                        : before ? before->values[table.column(column)]
                                 : storage::Value(std::string());
    const auto* text = std::get_if<std::string>(&value);
    return text && !text->empty();
}

}  // namespace

// Only one of name, mail and phone is required; the rest follows 会員登録設定, which as shipped requires
// nothing further (DESIGN 6).
std::vector<FieldError> check(const core::Table& table, const core::Record* before, const Input& input) {
    static constexpr std::string_view kAnyOf[] = {"family_name", "given_name", "family_kana", "given_kana",
                                                  "company",     "email",      "email2",      "phone"};
    const bool known = std::any_of(std::begin(kAnyOf), std::end(kAnyOf), [&](std::string_view column) {
        return is_filled(table, before, input, column);
    });
    auto errors = check_membership(table, before, input);
    if (!known)
        errors.push_back({"/family_name",
                          "one_of_required",
                          {"氏名・会社名・メールアドレス・電話番号のいずれかを入力してください。",
                           "Give at least a name, a company, an e-mail address or a phone number."}});
    return errors;
}

void refuse_clash(const storage::UniqueViolation& clash) {
    if (clash.on("customer", "mail_key"))
        throw Refused(
            {ProblemKind::conflict,
             "customer.email_taken",
             {"このメールアドレスは別の顧客が使用しています。", "Another customer has this e-mail address."},
             {{"/email", "taken"}}});
    if (clash.on("customer", "number"))
        throw Refused({ProblemKind::conflict,
                       "customer.number_taken",
                       {"この顧客番号はすでに使われています。", "Another customer has this number."},
                       {{"/number", "taken"}}});
    throw clash;
}

}  // namespace otokui::customer
