#include "staff/rights.hpp"

#include <algorithm>
#include <array>

namespace otokui::staff {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> kRoles{{{Role::viewer, "viewer"},
                                                                   {Role::operator_, "operator"},
                                                                   {Role::admin, "admin"},
                                                                   {Role::owner, "owner"}}};

struct AreaFacts {
    std::string_view name;
    Text label;
};

const AreaFacts& facts_of(Area area) {
    static const std::array kAreas{
        AreaFacts{"customers", {"顧客", "Customers"}},
        AreaFacts{"orders", {"受注", "Orders"}},
        AreaFacts{"marketing", {"ポイント・クーポン・メール", "Points, coupons, mail"}},
        AreaFacts{"transfer", {"CSV・ジョブ", "CSV and jobs"}},
        AreaFacts{"records", {"履歴・記録", "History and records"}},
        AreaFacts{"administration", {"管理", "Administration"}}};
    return kAreas.at(static_cast<std::size_t>(area));
}

std::shared_ptr<const core::Rights> collect(Role role) {
    core::Rights rights;
    for (const auto& right : all_rights())
        if (right.least && *right.least <= role) rights.emplace(right.name);
    return std::make_shared<const core::Rights>(std::move(rights));
}

}  // namespace

std::span<const Right> all_rights() {
    static const std::array kRights{
        Right{"customer.read", {"顧客の閲覧", "See customers"}, Role::viewer, Area::customers},
        Right{"contact.read",
              {"連絡先を伏せずに閲覧", "See contact data unmasked"},
              Role::operator_,
              Area::customers},
        // Who sees them anyway has no use for it, and to the others the shop gives it on purpose.
        Right{"customer.reveal",
              {"伏せた連絡先を1項目ずつ表示（閲覧記録に残る）",
               "Show masked contact data, one item at a time (each is logged)"},
              std::nullopt,
              Area::customers},
        Right{"mail.read", {"メール配信履歴の閲覧", "See mails sent"}, Role::viewer, Area::customers},
        Right{"customer.edit",
              {"顧客の登録・編集", "Create and edit customers"},
              Role::operator_,
              Area::customers},
        Right{"memo.edit", {"メモの登録・編集", "Write and edit memos"}, Role::operator_, Area::customers},
        Right{"block.edit",
              {"ブロックリストの登録・解除", "Block customers and lift blocks"},
              Role::operator_,
              Area::customers},
        Right{"customer.withdraw", {"退会の手続き", "Withdraw customers"}, Role::operator_, Area::customers},
        Right{
            "level.edit", {"会員レベルの指定", "Set the level of a customer"}, Role::admin, Area::customers},
        Right{"customer.delete",
              {"顧客の削除・復元", "Delete and restore customers"},
              Role::admin,
              Area::customers},
        Right{"merge", {"顧客結合", "Merge customers"}, Role::admin, Area::customers},
        Right{"lock.takeover",
              {"CS画面のロックの引き継ぎ", "Take over a lock of the desk"},
              Role::admin,
              Area::customers},
        Right{"customer.disclose",
              {"個人情報の開示", "Disclose a person's data"},
              Role::admin,
              Area::customers},
        Right{"customer.erase", {"個人情報の抹消", "Erase a person's data"}, Role::owner, Area::customers},
        Right{"order.read", {"受注の閲覧", "See orders"}, Role::viewer, Area::orders},
        Right{"points.edit",
              {"ポイントの付与・減算", "Give and take points"},
              Role::operator_,
              Area::marketing},
        Right{
            "coupon.edit", {"クーポンの発行・編集", "Issue and edit coupons"}, Role::admin, Area::marketing},
        Right{"mailing", {"メールの一斉送信", "Send mails to many"}, Role::admin, Area::marketing},
        Right{"import", {"CSV登録", "Import CSV"}, Role::admin, Area::transfer},
        Right{"export", {"CSV出力", "Export CSV"}, Role::admin, Area::transfer},
        Right{"job.read", {"ジョブの閲覧", "See jobs"}, Role::operator_, Area::transfer},
        Right{"history.read", {"変更履歴の閲覧", "See the history of changes"}, Role::viewer, Area::records},
        Right{"operation.undo", {"操作を元に戻す", "Undo operations"}, Role::operator_, Area::records},
        Right{"access_log.read", {"閲覧記録の閲覧", "See who looked at what"}, Role::admin, Area::records},
        Right{"master.edit",
              {"マスタの編集（ラベル・区分など）", "Edit masters (labels, kinds and so on)"},
              Role::admin,
              Area::administration},
        Right{"staff.read",
              {"メンバー・ロールの閲覧", "See staff and roles"},
              Role::admin,
              Area::administration},
        Right{"staff.edit",
              {"メンバー・ロールの登録・編集", "Add and change staff and roles"},
              Role::admin,
              Area::administration},
        Right{"mail.manage",
              {"すべてのメールの閲覧・再送", "See all mails, send them again"},
              Role::admin,
              Area::administration},
        Right{"settings.read", {"設定の閲覧", "See settings"}, Role::admin, Area::administration},
        Right{"settings.edit", {"設定の変更", "Change settings"}, Role::admin, Area::administration},
        Right{"metrics", {"稼働状況の取得", "Read metrics"}, Role::admin, Area::administration},
        Right{kOwnerRight,
              {"オーナーの登録・変更", "Add and change owners"},
              Role::owner,
              Area::administration},
        // A key can do whatever its person may, unseen: only owners hand them out.
        Right{"token.edit",
              {"APIトークンの発行・失効", "Make and revoke API tokens"},
              Role::owner,
              Area::administration},
    };
    return kRights;
}

bool is_right(std::string_view name) {
    return std::ranges::any_of(all_rights(), [&](const Right& right) { return right.name == name; });
}

bool asks_for_factor(std::string_view right) {
    return right == "staff.edit" || right == "token.edit" || right == "settings.edit" || right == kOwnerRight;
}

std::string_view name_of(Area area) { return facts_of(area).name; }

const Text& label_of(Role role) {
    static const std::array kLabels{Text{"閲覧", "Viewer"}, Text{"担当", "Operator"},
                                    Text{"管理者", "Administrator"}, Text{"オーナー", "Owner"}};
    return kLabels.at(static_cast<std::size_t>(role));
}

const Text& label_of(Area area) { return facts_of(area).label; }

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
