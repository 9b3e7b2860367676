#include <cstdlib>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "core/settings.hpp"
#include "points/account.hpp"
#include "transfer/cells.hpp"
#include "transfer/lookup.hpp"

// ポイントCSV (manual 003): the file of an export with its ポイント edited. What is booked is the difference
// to 出力時ポイント; a balance that somebody has changed meanwhile is an error. There is no expiry in the
// file, so none changes. Without 出力時ポイント the difference is to what can be used.
//
// Points that are overdue, and that nothing has let expire yet, still stand in the balance and in an export.
// They expire before anything is booked, as everywhere; the difference stays what the file says. Example: of
// 100 exported 100 are overdue, the file says 130: 30 are held afterwards. 80 would take what is not there.
namespace otokui::transfer {
namespace {

using core::Writer;

struct Member {
    std::int64_t id = 0, version = 0, points = 0;
    bool is_member = false;
    std::int64_t usable = 0;  // of the points
};
using Members = std::unordered_map<std::string, Member>;

// A name of the shop's own for points that are given, or for points that are taken.
struct OwnKind {
    std::int64_t id = 0;
    int sign = 0;
};
using OwnKinds = std::unordered_map<std::string, OwnKind>;

OwnKinds read_kinds(storage::Transaction& tx) {
    OwnKinds kinds;
    tx.query("SELECT name, id, kind FROM point_kind", {}, [&](const storage::Row& row) {
        const auto* rule = points::find_kind(row.text(2));
        kinds[std::string(row.text(0))] = {row.integer(1), rule ? rule->sign : 0};
    });
    return kinds;
}

// The points of members with an overdue date, once those have expired.
std::unordered_map<std::int64_t, std::int64_t> usable_of(storage::Transaction& tx,
                                                         const std::vector<storage::Value>& customers,
                                                         const points::Rules& rules, Moment now) {
    std::unordered_map<std::int64_t, std::vector<points::Lot>> lots;
    query_in(tx,
             "SELECT customer_id, id, granted, remaining, expires_at FROM point_lot WHERE remaining <> 0 AND "
             "customer_id IN (?) ORDER BY customer_id, id",
             customers, [&](const storage::Row& row) {
                 auto& lot = lots[row.integer(0)].emplace_back(
                     points::Lot{row.integer(1), row.integer(2), row.integer(3)});
                 if (!row.is_null(4)) lot.expires_at = Moment{row.integer(4)};
             });
    std::unordered_map<std::int64_t, std::int64_t> usable;
    for (auto& [customer, of_customer] : lots) {
        points::Purse purse(std::move(of_customer));
        if (rules.mode == points::ExpiryMode::balance) purse.align();
        while (auto* lot = purse.next_overdue(now)) purse.void_lot(*lot);
        usable[customer] = purse.balance();
    }
    return usable;
}

class PointsImporter : public Importer {
public:
    explicit PointsImporter(const ImportCase& import) : import_(import) {}

    std::vector<std::string> keys(const RawRow& row) const override {
        const auto number = Cells(import_.layout, row).text("customer_number");
        return number.empty() ? std::vector<std::string>() : std::vector<std::string>{"number:" + number};
    }

    std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                 FileMemory& memory, Warnings&) override {
        std::vector<storage::Value> numbers;
        for (const auto& row : rows)
            if (auto number = Cells(import_.layout, row).text("customer_number"); !number.empty())
                numbers.emplace_back(std::move(number));
        const auto rules = points::read_rules(tx, import_.context.journal.registry());
        const Known known{read_members(tx, numbers, rules), read_kinds(tx), rules};
        std::vector<StagedRow> staged;
        for (const auto& row : rows) staged.push_back(decide(row, known, memory));
        return staged;
    }

private:
    // What the rows of one stretch are judged by.
    struct Known {
        Members members;
        OwnKinds kinds;
        points::Rules rules;
    };

    Members read_members(storage::Transaction& tx, const std::vector<storage::Value>& numbers,
                         const points::Rules& rules) const {
        const auto now = import_.context.journal.now();
        Members members;
        std::vector<storage::Value> overdue;
        query_in(tx,
                 "SELECT number, id, version, points, status, points_expire_at FROM customer WHERE "
                 "deleted_at IS NULL AND number IN (?)",
                 numbers, [&](const storage::Row& row) {
                     members[std::string(row.text(0))] = {row.integer(1), row.integer(2), row.integer(3),
                                                          row.text(4) == "member", row.integer(3)};
                     if (!row.is_null(5) && row.integer(5) < now.milliseconds)
                         overdue.emplace_back(row.integer(1));
                 });
        const auto usable = usable_of(tx, overdue, rules, now);
        for (auto& [number, member] : members)
            if (const auto found = usable.find(member.id); found != usable.end())
                member.usable = found->second;
        return members;
    }

    StagedRow decide(const RawRow& row, const Known& known, const FileMemory& memory) const {
        StagedRow staged{.line = row.line};
        staged.errors = row.problems;
        const Cells cells(import_.layout, row);
        const auto refuse = [&](std::string_view key, std::string code) {
            staged.errors.push_back({cells.column(key), std::move(code)});
        };
        const auto number = cells.text("customer_number");
        const auto found = known.members.find(number);
        const Member* member = found == known.members.end() ? nullptr : &found->second;
        for (const auto& key : keys(row))
            if (memory.repeated_keys.contains(keyed_hash(memory.hash_key, key)))
                refuse("customer_number", "duplicate_in_file");
        if (!member) refuse("customer_number", number.empty() ? "required" : "customer_not_found");
        if (member && !member->is_member) refuse("customer_number", "points.not_a_member");
        const auto wanted = read(cells, "points", refuse);
        const auto before = cells.has("points_before") ? read(cells, "points_before", refuse)
                                                       : std::optional(member ? member->usable : 0);
        const auto kind = read_kind(cells, known.kinds, refuse);
        const auto reason = cells.text("reason");
        if (text::code_point_count(reason) > points::kMaxReason) refuse("reason", "too_long");
        staged.label = number;
        if (!staged.errors.empty()) return staged;
        const auto delta = *wanted - *before;
        if (delta != 0 && member->points != *before && member->usable != *before)
            refuse("points_before", "points.changed_since_export");
        if (delta > points::kMostAtOnce || delta < -points::kMostAtOnce)
            refuse("points", "out_of_range");
        else if (std::abs(delta) > import_.actor.points_ceiling.value_or(points::kMostAtOnce))
            refuse("points", "points.over_ceiling");
        if (delta < 0 && member->usable + delta < 0 && !known.rules.allow_negative)
            refuse("points", "points.below_zero");
        if (delta * kind.sign < 0) refuse("point_kind", "points.kind_wrong_sign");
        if (!staged.errors.empty()) return staged;
        staged.record = member->id;
        staged.version = member->version;
        staged.outcome = delta == 0 ? Outcome::unchanged : Outcome::update;
        if (delta != 0)
            staged.payload = {{"set", {{"points", *wanted}}},
                              {"was", {{"points", *before}}},
                              {"reason", reason},
                              {"kind", kind.id}};
        return staged;
    }

    static OwnKind read_kind(const Cells& cells, const OwnKinds& kinds, const auto& refuse) {
        const auto name = cells.text("point_kind");
        if (name.empty()) return {};
        const auto found = kinds.find(name);
        if (found != kinds.end()) return found->second;
        refuse("point_kind", "points.no_such_kind");
        return {};
    }

    static std::optional<std::int64_t> read(const Cells& cells, std::string_view key, const auto& refuse) {
        const auto cell = cells.text(key);
        const auto number = whole_number(cell);
        if (!number) refuse(key, cell.empty() ? "required" : "not_a_number");
        return number;
    }

    const ImportCase import_;
};

}  // namespace

std::unique_ptr<Importer> make_points_importer(const ImportCase& import) {
    if (!import.layout.find("customer_number") || !import.layout.find("points"))
        throw Refused(
            {ProblemKind::invalid,
             "import.format_unknown",
             {"顧客番号とポイントの列が必要です。", "Columns with customer number and points are needed."}});
    return std::make_unique<PointsImporter>(import);
}

void apply_points(Writer& writer, const core::Catalogue&, std::vector<StagedRow>& rows, Look) {
    const auto rules = points::read_rules(writer.tx(), writer.registry());
    std::set<std::int64_t> kinds;
    for (const auto& [name, kind] : read_kinds(writer.tx())) kinds.insert(kind.id);
    for (auto& row : rows) {
        const auto fail = [&row](const char* code) {
            row.outcome = Outcome::error;
            row.errors.push_back({"", code});
        };
        const auto wanted = row.payload.at("set").at("points").as_int64(),
                   before = row.payload.at("was").at("points").as_int64(), delta = wanted - before;
        // Plans of before the column have none.
        const auto* kind = row.payload.if_contains("kind");
        const auto own_kind = kind ? kind->as_int64() : 0;
        points::Account account(writer, {row.record}, rules);
        const bool is_as_exported = account.balance() == before;
        account.expire_before(writer.now());
        const bool is_below = delta < 0 && account.balance() + delta < 0 && !rules.allow_negative;
        if (!account.is_member() || (!is_as_exported && account.balance() != before) || is_below) {
            fail("changed_since_check");
        } else if (own_kind != 0 && !kinds.contains(own_kind)) {
            fail("choice_deleted");
        } else {
            account.book({.kind = points::Kind::csv,
                          .delta = delta,
                          .reason = std::string(row.payload.at("reason").as_string()),
                          .own_kind = own_kind});
        }
    }
}

void require_in_use(const Context& context, Kind kind) {
    if (kind != Kind::points) return;
    const bool is_on = context.journal.database().read([&](storage::Transaction& tx) {
        return core::settings::is_on(tx, context.journal.registry(), points::kFeature);
    });
    if (is_on) return;
    throw Refused(
        {ProblemKind::not_found,
         "feature.off",
         {"この機能は設定で使用しないことになっています。", "This part is switched off in the settings."}});
}

}  // namespace otokui::transfer
