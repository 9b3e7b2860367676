#include "points/kinds.hpp"

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"

namespace otokui::points {
namespace {

using storage::Value;

constexpr const char* kRight = "master.edit";
constexpr std::int64_t kLastPosition = 1'000'000;

boost::json::object read(const storage::Row& row) {
    const auto* rule = find_kind(row.text(2));
    return {{"id", std::to_string(row.integer(0))},
            {"name", row.text(1)},
            {"kind", row.text(2)},
            {"kind_labels", {{"ja", rule ? rule->label.ja : ""}, {"en", rule ? rule->label.en : ""}}},
            {"position", row.integer(3)},
            {"used", row.integer(4) != 0},
            {"version", row.integer(5)}};
}

constexpr std::string_view kSelect =
    "SELECT k.id, k.name, k.kind, k.position, CASE WHEN EXISTS (SELECT 1 FROM point_entry e WHERE "
    "e.point_kind_id = "
    "k.id) THEN 1 ELSE 0 END, k.version FROM point_kind k ";

boost::json::object shown(storage::Transaction& tx, std::int64_t id) {
    boost::json::object kind;
    tx.query(std::string(kSelect) + "WHERE k.id = ?", {id},
             [&](const storage::Row& row) { kind = read(row); });
    return kind;
}

std::string read_name(json::ObjectReader& reader, bool is_required) {
    auto name = is_required ? reader.text("name") : reader.find_text("name").value_or("");
    const auto first = name.find_first_not_of(" \t\r\n"), last = name.find_last_not_of(" \t\r\n");
    name = first == std::string::npos ? "" : name.substr(first, last - first + 1);
    const auto* given = reader.find("name");
    if (given && given->is_string() && name.empty()) reader.add_error("name", "required");
    if (text::code_point_count(name) > kMaxKindName) reader.add_error("name", "too_long");
    return name;
}

core::Record find_seen(core::Writer& writer, std::int64_t id, std::optional<std::int64_t> version) {
    const auto& table = writer.registry().get(kOwnKinds);
    auto record = writer.find(table, id);
    if (!record)
        throw Refused({ProblemKind::not_found,
                       "point_kind.not_found",
                       {"ポイント区分が見つかりません。", "No such point kind."}});
    if (!version || record->values[table.column("version")] == Value(*version)) return *std::move(record);
    Problem problem{
        ProblemKind::stale,
        "point_kind.stale",
        {"表示したあとに別の人が変更しました。", "Somebody else has changed it since you opened it."}};
    problem.extra["current"] = shown(writer.tx(), id);
    throw Refused(std::move(problem));
}

template <class Work>
auto with_clashes(Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on(kOwnKinds, "name")) throw;
        throw Refused({ProblemKind::conflict,
                       "point_kind.name_taken",
                       {"同じ名前のポイント区分があります。", "There is a point kind of this name."},
                       {{"/name", "taken"}}});
    }
}

}  // namespace

boost::json::array list_kinds(const Context& context, const core::Actor& actor) {
    actor.require("customer.read");
    return context.journal.database().read([](storage::Transaction& tx) {
        boost::json::array kinds;
        tx.query(std::string(kSelect) + "ORDER BY k.position, k.id LIMIT ?", {kMostOwnKinds},
                 [&](const storage::Row& row) { kinds.push_back(read(row)); });
        return kinds;
    });
}

WrittenKind create_kind(const Context& context, const core::Actor& actor, const boost::json::value& body) {
    actor.require(kRight);
    json::ObjectReader reader(body);
    const auto name = read_name(reader, true);
    const auto code = reader.text("kind");
    const auto* rule = find_kind(code);
    if (!code.empty() && (!rule || rule->author != Author::staff)) reader.add_error("kind", "not_a_choice");
    reader.finish("point_kind.invalid");
    return with_clashes([&] {
        return context.journal.write(
            {.actor = actor, .kind = "point_kind.create"}, [&](core::Writer& writer) {
                const auto count = writer.tx().find_integer("SELECT count(*) FROM point_kind").value();
                if (count >= kMostOwnKinds)
                    throw Refused({ProblemKind::conflict,
                                   "point_kind.too_many",
                                   {"ポイント区分は200件までです。", "There can be 200 point kinds."}});
                const auto last =
                    writer.tx().find_integer("SELECT max(position) FROM point_kind").value_or(0);
                const auto id = writer.insert(writer.registry().get(kOwnKinds),
                                              {{"name", name},
                                               {"kind", code},
                                               {"position", last + 1},
                                               {"created_at", writer.now().milliseconds}});
                return WrittenKind{shown(writer.tx(), id), writer.operation()};
            });
    });
}

WrittenKind change_kind(const Context& context, const core::Actor& actor, std::int64_t id,
                        std::optional<std::int64_t> version, const boost::json::value& body) {
    actor.require(kRight);
    json::ObjectReader reader(body);
    const auto name = read_name(reader, false);
    const auto position = reader.find_integer("position");
    if (position && (*position < 1 || *position > kLastPosition))
        reader.add_error("position", "out_of_range");
    reader.finish("point_kind.invalid");
    core::Assignments values;
    if (!name.empty()) values.emplace_back("name", name);
    if (position) values.emplace_back("position", *position);
    return with_clashes([&] {
        return context.journal.write({.actor = actor, .kind = "point_kind.update"},
                                     [&](core::Writer& writer) {
                                         find_seen(writer, id, version);
                                         writer.update(writer.registry().get(kOwnKinds), id, values);
                                         return WrittenKind{shown(writer.tx(), id), writer.operation()};
                                     });
    });
}

OperationId remove_kind(const Context& context, const core::Actor& actor, std::int64_t id,
                        std::optional<std::int64_t> version) {
    actor.require(kRight);
    return context.journal.write({.actor = actor, .kind = "point_kind.delete"}, [&](core::Writer& writer) {
        find_seen(writer, id, version);
        if (writer.tx().find_integer("SELECT 1 FROM point_entry WHERE point_kind_id = ? LIMIT 1", {id}))
            throw Refused({ProblemKind::conflict,
                           "point_kind.in_use",
                           {"この区分は履歴で使われているため削除できません。",
                            "Rows of the ledger bear this kind; it cannot be deleted."}});
        writer.remove(writer.registry().get(kOwnKinds), id);
        return writer.operation();
    });
}

}  // namespace otokui::points
