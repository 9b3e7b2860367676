#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "core/settings.hpp"
#include "points/account.hpp"
#include "transfer/cells.hpp"
#include "transfer/lookup.hpp"

// ポイントCSV (manual 003): the file of an export with its ポイント edited. What is booked is the difference
// to 出力時ポイント; a balance that somebody has changed meanwhile is an error. There is no expiry in the
// file, so none changes. Without 出力時ポイント the difference is to the balance.
namespace otokui::transfer {
namespace {

using core::Writer;

struct Member {
    std::int64_t id = 0, version = 0, points = 0;
    bool is_member = false;
};

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
        std::unordered_map<std::string, Member> members;
        query_in(tx,
                 "SELECT number, id, version, points, status FROM customer WHERE deleted_at IS NULL AND "
                 "number IN (?)",
                 numbers, [&](const storage::Row& row) {
                     members[std::string(row.text(0))] = {row.integer(1), row.integer(2), row.integer(3),
                                                          row.text(4) == "member"};
                 });
        const auto rules = points::read_rules(tx, import_.context.journal.registry());
        std::vector<StagedRow> staged;
        for (const auto& row : rows) staged.push_back(decide(row, members, rules, memory));
        return staged;
    }

private:
    StagedRow decide(const RawRow& row, const std::unordered_map<std::string, Member>& members,
                     const points::Rules& rules, const FileMemory& memory) const {
        StagedRow staged{.line = row.line};
        staged.errors = row.problems;
        const Cells cells(import_.layout, row);
        const auto refuse = [&](std::string_view key, std::string code) {
            staged.errors.push_back({cells.column(key), std::move(code)});
        };
        const auto number = cells.text("customer_number");
        const auto found = members.find(number);
        const Member* member = found == members.end() ? nullptr : &found->second;
        for (const auto& key : keys(row))
            if (memory.repeated_keys.contains(keyed_hash(memory.hash_key, key)))
                refuse("customer_number", "duplicate_in_file");
        if (!member) refuse("customer_number", number.empty() ? "required" : "customer_not_found");
        if (member && !member->is_member) refuse("customer_number", "points.not_a_member");
        const auto wanted = read(cells, "points", refuse);
        const auto before = cells.has("points_before") ? read(cells, "points_before", refuse)
                                                       : std::optional(member ? member->points : 0);
        const auto reason = cells.text("reason");
        if (text::code_point_count(reason) > points::kMaxReason) refuse("reason", "too_long");
        staged.label = number;
        if (!staged.errors.empty()) return staged;
        const auto delta = *wanted - *before;
        if (delta != 0 && member->points != *before) refuse("points_before", "points.changed_since_export");
        if (delta > points::kMostAtOnce || delta < -points::kMostAtOnce) refuse("points", "out_of_range");
        if (delta < 0 && *wanted < 0 && !rules.allow_negative) refuse("points", "points.below_zero");
        if (!staged.errors.empty()) return staged;
        staged.record = member->id;
        staged.version = member->version;
        staged.outcome = delta == 0 ? Outcome::unchanged : Outcome::update;
        if (delta != 0)
            staged.payload = {
                {"set", {{"points", *wanted}}}, {"was", {{"points", *before}}}, {"reason", reason}};
        return staged;
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
    for (auto& row : rows) {
        const auto wanted = row.payload.at("set").at("points").as_int64(),
                   before = row.payload.at("was").at("points").as_int64();
        points::Account account(writer, {row.record}, rules);
        const bool is_below = wanted < before && wanted < 0 && !rules.allow_negative;
        if (!account.is_member() || account.balance() != before || is_below) {
            row.outcome = Outcome::error;
            row.errors.push_back({"", "changed_since_check"});
            continue;
        }
        account.book({.kind = points::Kind::csv,
                      .delta = wanted - before,
                      .reason = std::string(row.payload.at("reason").as_string())});
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
