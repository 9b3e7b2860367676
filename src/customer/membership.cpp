#include "customer/membership.hpp"

#include <algorithm>
#include <map>

#include "core/id_set.hpp"
#include "core/record_json.hpp"
#include "customer/fields.hpp"
#include "customer/types.hpp"

namespace otokui::customer {
namespace {

using storage::Value;

const Value kNo{std::int64_t{0}};
const Value kNothing{std::string()};

// A customer as he was and as the input would make him.
class Step {
public:
    Step(const core::Table& table, const core::Record* before, const Input& input)
        : table_(table), before_(before), input_(input) {}

    Value before(std::string_view column) const {
        if (before_) return before_->values[table_.column(column)];
        if (column == "status") return std::string(status::kGuest);
        return table_.columns[table_.column(column)].initial();
    }
    Value after(std::string_view column) const {
        const auto* given = input_.find(column);
        return given ? *given : before(column);
    }
    bool gives(std::string_view column) const { return input_.find(column) != nullptr; }
    bool changes(std::string_view column) const { return after(column) != before(column); }
    bool is_new() const { return before_ == nullptr; }
    bool is_member() const { return after("status") == Value(std::string(status::kMember)); }

private:
    const core::Table& table_;
    const core::Record* before_;
    const Input& input_;
};

// What only members have: the column, what it holds for all others, and how the field is called.
struct OfMembers {
    std::string_view column;
    Value none;
    std::string_view pointer, code;
    Text message;
};

const std::vector<OfMembers>& of_members() {
    static const std::vector<OfMembers> all{
        {"level_id",
         Value(),
         "/level",
         "level.not_a_member",
         {"会員レベルを設定できるのはステータスが会員の顧客だけです。", "Only members have a level."}},
        {"level_fixed",
         kNo,
         "/level_fixed",
         "level.not_a_member",
         {"会員レベルの判定はステータスが会員の顧客だけに行います。",
          "Only the level of members is judged."}},
        {"special_type_id",
         Value(),
         "/special_type",
         "special_type.not_a_member",
         {"特殊会員種別を設定できるのは会員だけです。退会した顧客や非会員には設定できません。",
          "Only members have a special type; who has withdrawn or never joined has none."}}};
    return all;
}

bool is_unreadable(const Input& input, std::string_view pointer) {
    return std::ranges::any_of(input.errors,
                               [&](const FieldError& error) { return error.pointer.starts_with(pointer); });
}

void check_block(const Step& step, std::vector<FieldError>& errors) {
    if (!step.changes("blocked") && !step.changes("block_reasons")) return;
    const bool has_reason = step.after("block_reasons") != kNothing;
    if (step.after("blocked") != kNo && !has_reason)
        errors.push_back({"/block_reasons",
                          "block.reason_required",
                          {"ブロックリストに登録する理由を1つ以上選んでください。",
                           "Choose at least one reason for the block list."}});
    if (step.after("blocked") == kNo && has_reason && !step.gives("blocked"))
        errors.push_back({"/block_reasons",
                          "block.not_blocked",
                          {"ブロックリストが「はい」のときだけ理由を選べます。",
                           "There are reasons only for who is on the block list."}});
}

void check_status(const Step& step, std::vector<FieldError>& errors) {
    if (step.is_new() || !step.changes("status")) return;
    const auto next = next_statuses(std::get<std::string>(step.before("status")));
    if (std::ranges::find(next, std::get<std::string>(step.after("status"))) != next.end()) return;
    errors.push_back(
        {"/status",
         "status.not_reachable",
         {"今のステータスからは変更できません。会員・仮会員をやめる顧客は退会にします。誤って変更したときは、"
          "その操作"
          "を元に戻してください。",
          "That does not follow the status of now. Who ends a membership withdraws; what was a mistake "
          "is undone."}});
}

// Of a field that changes. 退会 and its taking back are a right of their own, by whatever door.
bool lacks_right(const Step& step, const core::Actor& actor, const core::Field& field) {
    const Value withdrawn{std::string(status::kWithdrawn)};
    const bool is_withdrawal = field.column == "status" && !step.is_new() &&
                               (step.before("status") == withdrawn || step.after("status") == withdrawn);
    const std::string_view right = is_withdrawal ? "customer.withdraw" : further_right(field);
    return !right.empty() && !actor.may(right);
}

}  // namespace

std::vector<std::string_view> next_statuses(std::string_view from) {
    static const std::map<std::string_view, std::vector<std::string_view>> kNext{
        {status::kVisitor, {status::kGuest, status::kProvisional, status::kMember}},
        {status::kGuest, {status::kProvisional, status::kMember}},
        {status::kProvisional, {status::kGuest, status::kMember, status::kWithdrawn}},
        {status::kMember, {status::kWithdrawn}},
        {status::kWithdrawn, {status::kProvisional, status::kMember}}};
    return kNext.at(from);
}

std::vector<FieldError> check_membership(const core::Table& table, const core::Record* before,
                                         const Input& input) {
    const Step step(table, before, input);
    std::vector<FieldError> errors;
    for (const auto& [column, none, pointer, code, message] : of_members()) {
        const bool is_asked = step.gives(column) && (step.changes(column) || step.changes("status"));
        if (is_asked && !step.is_member() && step.after(column) != none)
            errors.push_back({std::string(pointer), std::string(code), message});
    }
    if (!is_unreadable(input, "/block")) check_block(step, errors);
    check_status(step, errors);
    return errors;
}

std::vector<FieldError> check_reasons(storage::Transaction& tx, const core::Table& table,
                                      const core::Record* before, const Input& input) {
    const Step step(table, before, input);
    if (!step.gives("block_reasons") || !step.changes("block_reasons")) return {};
    const auto had = core::parse_set(std::get<std::string>(step.before("block_reasons")));
    const auto wanted = core::parse_set(std::get<std::string>(step.after("block_reasons")));
    bool is_new = false;
    tx.query("SELECT id FROM block_reason WHERE retired = 1", {}, [&](const storage::Row& row) {
        is_new |= std::ranges::find(wanted, row.integer(0)) != wanted.end() &&
                  std::ranges::find(had, row.integer(0)) == had.end();
    });
    if (!is_new) return {};
    return {{"/block_reasons",
             "block.reason_retired",
             {"使われなくなった理由は新しく選べません。", "A retired reason cannot be chosen any more."}}};
}

std::vector<FieldError> check_allowed(const core::Catalogue& catalogue, const core::SettingValues& features,
                                      const core::Actor& actor, const core::Table& table,
                                      const core::Record* before, const Input& input) {
    const Step step(table, before, input);
    std::vector<FieldError> errors;
    for (const auto& field : catalogue.fields()) {
        if (field.column.empty() || !step.gives(field.column) || !step.changes(field.column)) continue;
        if (!field.feature.empty() && !features.flag(field.feature))
            errors.push_back({"/" + field.key,
                              "feature_off",
                              {"この機能は設定で使用しないことになっています。",
                               "This part is switched off in the settings."}});
        else if (lacks_right(step, actor, field))
            errors.push_back({"/" + field.key, "forbidden"});
    }
    return errors;
}

std::string find_forbidden(const core::Catalogue& catalogue, const core::Table& table,
                           const core::Actor& actor, const core::Record* before, const core::Record& after) {
    if (!before) return {};
    Input changed;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (before->values[i] != after.values[i])
            changed.values.emplace_back(table.columns[i].name, after.values[i]);
    const Step step(table, before, changed);
    for (const auto& field : catalogue.fields())
        if (step.gives(field.column) && lacks_right(step, actor, field)) return field.column;
    return step.gives("deleted_at") && !actor.may("customer.delete") ? "deleted_at" : "";
}

void settle_member_id(storage::Transaction& tx, const core::Table& table, const core::Record* before,
                      Input& input) {
    const Step step(table, before, input);
    if (!step.gives("member_id") || !core::member_id_is_mail(tx)) return;
    const bool is_mail = step.after("member_id") == step.after("email");
    const bool is_change = step.changes("member_id");
    std::erase_if(input.values, [](const auto& one) { return one.first == "member_id"; });
    if (is_mail || !is_change || is_unreadable(input, "/email")) return;
    input.errors.push_back({"/member_id",
                            "member_id.is_mail",
                            {"会員IDはメールアドレスです。変更するにはメールアドレスを変更してください。",
                             "The member ID is the mail address. Change that instead."}});
}

std::vector<std::string> held_as_member(const core::Table& table, const core::Record& record) {
    std::vector<std::string> held;
    for (const auto& one : of_members())
        if (record.values[table.column(one.column)] != one.none) held.emplace_back(one.column);
    return held;
}

void clear_what_ends(const core::Table& table, const core::Record* before, Input& input) {
    const Step step(table, before, input);
    std::vector<std::pair<std::string, Value>> cleared;
    if (step.gives("status") && !step.is_member())
        for (const auto& one : of_members())
            if (step.after(one.column) != one.none) cleared.emplace_back(one.column, one.none);
    if (step.gives("blocked") && step.after("blocked") == kNo && step.after("block_reasons") != kNothing)
        cleared.emplace_back("block_reasons", kNothing);
    for (auto& one : cleared) input.values.push_back(std::move(one));
}

}  // namespace otokui::customer
