#include "customer/leaving.hpp"

#include <boost/json/array.hpp>
#include <optional>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/customer.hpp"
#include "core/settings.hpp"
#include "customer/membership.hpp"
#include "customer/types.hpp"

namespace otokui::customer {
namespace {

using core::Record;
using storage::Value;

bool is_filled(const core::Table& table, const Record& record, std::string_view column) {
    return !storage::is_null(record.values[table.column(column)]);
}

std::string_view status_of(const core::Table& table, const Record& record) {
    return std::get<std::string>(record.values[table.column("status")]);
}

std::optional<Problem> problem_of_ties(const core::Registry& registry, storage::Transaction& tx,
                                       std::int64_t id) {
    constexpr std::size_t kMostNamed = 5;
    const auto ties = registry.find_ties(tx, id, kMostNamed);
    if (ties.empty()) return std::nullopt;
    Text detail{"先に片付けてください:", "To be settled first:"};
    boost::json::array named;
    for (const auto& tie : ties.first) {
        detail.ja += " " + tie.label.ja + " " + tie.number;
        detail.en += " " + tie.label.en + " " + tie.number;
        named.push_back(boost::json::object{{"kind", tie.kind},
                                            {"labels", json::labels(tie.label)},
                                            {"id", std::to_string(tie.id)},
                                            {"number", tie.number}});
    }
    if (const auto more = ties.count - std::ssize(ties.first); more > 0) {
        detail.ja += " ほか" + std::to_string(more) + "件";
        detail.en += " and " + std::to_string(more) + " more";
    }
    Problem problem{ProblemKind::conflict, "customer.has_ties", std::move(detail)};
    problem.extra["ties"] = std::move(named);
    problem.extra["tie_count"] = ties.count;
    return problem;
}

std::optional<Problem> problem_of_restoring(core::Writer& writer, const core::Table& table,
                                            const Record& record) {
    if (is_filled(table, record, "erased_at"))
        return Problem{ProblemKind::conflict,
                       "customer.erased",
                       {"個人情報を抹消した顧客は復元できません。",
                        "A customer whose personal data was erased cannot be restored."}};
    constexpr std::int64_t kDay = 86'400'000;
    const auto days = core::settings::read(writer.tx(), writer.registry(), kSettings).integer("restore_days");
    const auto deleted_at = std::get<std::int64_t>(record.values[table.column("deleted_at")]);
    if (writer.now().milliseconds - deleted_at <= days * kDay) return std::nullopt;
    return Problem{
        ProblemKind::conflict,
        "customer.restore_expired",
        {"削除から" + std::to_string(days) + "日を過ぎたため復元できません。",
         "It was deleted more than " + std::to_string(days) + " days ago and cannot be restored."}};
}

// What a change of status or a deletion amounts to.
struct Passage {
    bool is_withdrawal, is_deletion, is_restoration, ends_membership;

    Passage(const core::Table& table, const Record& before, const Record& after) {
        const auto was = status_of(table, before), is = status_of(table, after);
        is_withdrawal = is == status::kWithdrawn && was != is;
        ends_membership = is != status::kMember && was != is;
        is_deletion = is_deleted(table, after) && !is_deleted(table, before);
        is_restoration = is_deleted(table, before) && !is_deleted(table, after);
    }
};

}  // namespace

bool is_deleted(const core::Table& table, const Record& record) {
    return is_filled(table, record, "deleted_at");
}

void refuse_ties(const core::Registry& registry, storage::Transaction& tx, CustomerId id) {
    if (auto problem = problem_of_ties(registry, tx, id.value)) throw Refused(*std::move(problem));
}

void refuse_unable_to_withdraw(const core::Table& table, const Record& record) {
    if (is_deleted(table, record)) core::refuse_deleted_customer();
    const auto status = status_of(table, record);
    if (status == status::kWithdrawn)
        throw Refused({ProblemKind::conflict,
                       "customer.already_withdrawn",
                       {"この顧客はすでに退会しています。", "This customer has withdrawn already."}});
    if (status != status::kMember && status != status::kProvisional)
        throw Refused(
            {ProblemKind::conflict,
             "customer.not_a_member",
             {"退会できるのは会員と仮会員だけです。", "Only members and provisional members can withdraw."}});
}

void refuse_unrestorable(core::Writer& writer, const core::Table& table, const Record& record) {
    if (!is_deleted(table, record))
        throw Refused({ProblemKind::conflict,
                       "customer.not_deleted",
                       {"この顧客は削除されていません。", "This customer is not deleted."}});
    if (auto problem = problem_of_restoring(writer, table, record)) throw Refused(*std::move(problem));
}

std::vector<core::InTheWay> find_in_the_way(core::Writer& writer, const core::Table& table,
                                            const Record& before, const Record& after) {
    const Passage passage(table, before, after);
    std::vector<core::InTheWay> found;
    if (passage.ends_membership)
        for (const auto& column : held_as_member(table, after)) found.push_back({column});
    // A withdrawal voids the points; who never was a member would keep what he must not have.
    const auto points = table.column("points");
    if (passage.ends_membership && !passage.is_withdrawal && after.values[points] != Value(std::int64_t{0}))
        found.push_back({"points"});
    if (passage.is_withdrawal || passage.is_deletion)
        if (auto problem = problem_of_ties(writer.registry(), writer.tx(), after.id))
            found.push_back({passage.is_withdrawal ? "status" : "deleted_at", std::move(problem)});
    if (passage.is_restoration)
        if (auto problem = problem_of_restoring(writer, table, before))
            found.push_back({"deleted_at", std::move(problem)});
    return found;
}

void leave_after_undo(core::Writer& writer, const core::Table& table, const Record& before,
                      const Record& after) {
    const Passage passage(table, before, after);
    if (passage.is_withdrawal) writer.registry().withdraw(writer, after.id);
    if (passage.is_deletion) writer.registry().remove(writer, after.id);
}

}  // namespace otokui::customer
