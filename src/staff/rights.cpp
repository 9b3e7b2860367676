#include "staff/rights.hpp"

#include <algorithm>
#include <array>

namespace otokui::staff {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> kRoles{{{Role::viewer, "viewer"},
                                                                   {Role::operator_, "operator"},
                                                                   {Role::admin, "admin"},
                                                                   {Role::owner, "owner"}}};

std::shared_ptr<const core::Rights> collect(Role role) {
    core::Rights rights;
    for (const auto& right : all_rights())
        if (right.least <= role) rights.emplace(right.name);
    return std::make_shared<const core::Rights>(std::move(rights));
}

}  // namespace

std::span<const Right> all_rights() {
    static const std::array kRights{
        Right{"customer.read", {"顧客の閲覧", "See customers"}, Role::viewer},
        Right{"order.read", {"受注の閲覧", "See orders"}, Role::viewer},
        Right{"history.read", {"変更履歴の閲覧", "See the history of changes"}, Role::viewer},
        Right{"contact.read", {"連絡先を伏せずに閲覧", "See contact data unmasked"}, Role::operator_},
        Right{"customer.edit", {"顧客の登録・編集", "Create and edit customers"}, Role::operator_},
        Right{"operation.undo", {"操作を元に戻す", "Undo operations"}, Role::operator_},
        Right{"job.read", {"ジョブの閲覧", "See jobs"}, Role::operator_},
        Right{"customer.delete", {"顧客の削除・復元", "Delete and restore customers"}, Role::admin},
        Right{"import", {"CSVの取り込み", "Import CSV"}, Role::admin},
        Right{"export", {"CSVの出力", "Export CSV"}, Role::admin},
        Right{"staff.read", {"メンバーの閲覧", "See staff"}, Role::admin},
        Right{"staff.edit", {"メンバーの登録・編集", "Add and change staff"}, Role::admin},
        Right{"settings.read", {"設定の閲覧", "See settings"}, Role::admin},
        Right{"settings.edit", {"設定の変更", "Change settings"}, Role::admin},
        Right{"metrics", {"稼働状況の取得", "Read metrics"}, Role::admin},
        Right{"owner.edit", {"オーナーの登録・変更", "Add and change owners"}, Role::owner},
        // A key can do whatever its person may, unseen: only owners hand them out.
        Right{"token.edit", {"APIトークンの発行・失効", "Make and revoke API tokens"}, Role::owner},
    };
    return kRights;
}

bool is_right(std::string_view name) {
    return std::ranges::any_of(all_rights(), [&](const Right& right) { return right.name == name; });
}

std::string_view name_of(Role role) {
    for (const auto& [candidate, name] : kRoles)
        if (candidate == role) return name;
    return "";
}

std::optional<Role> find_role(std::string_view name) {
    for (const auto& [role, candidate] : kRoles)
        if (candidate == name) return role;
    return std::nullopt;
}

std::shared_ptr<const core::Rights> rights_of(Role role) {
    static const std::array kRightsOfRoles{collect(Role::viewer), collect(Role::operator_),
                                           collect(Role::admin), collect(Role::owner)};
    return kRightsOfRoles.at(static_cast<std::size_t>(role));
}

std::shared_ptr<const core::Rights> narrowed(std::shared_ptr<const core::Rights> rights,
                                             const std::optional<core::Rights>& scopes) {
    if (!scopes) return rights;
    core::Rights left;
    std::ranges::set_intersection(*rights, *scopes, std::inserter(left, left.end()));
    return std::make_shared<const core::Rights>(std::move(left));
}

}  // namespace otokui::staff
