#include "master/service.hpp"

#include <algorithm>
#include <charconv>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/id_cursor.hpp"
#include "core/settings.hpp"
#include "master/delete_job.hpp"
#include "master/rules.hpp"
#include "master/store.hpp"

namespace otokui::master {
namespace {

using core::Record;
using core::Writer;
using storage::Transaction;
using storage::Value;

constexpr const char* kReadRight = "customer.read";
constexpr const char* kEditRight = "master.edit";

[[noreturn]] void refuse_absent(const Master& master) {
    throw Refused({ProblemKind::not_found,
                   "master.not_found",
                   {master.label.ja + "に見つかりません。", master.label.en + ": there is no such entry."}});
}

void refuse_errors(std::vector<FieldError> errors) {
    if (errors.empty()) return;
    throw Refused({ProblemKind::invalid,
                   "master.invalid",
                   {"入力内容に誤りがあります。印の付いた項目を直してください。",
                    "Some fields are wrong. Correct the marked ones."},
                   std::move(errors)});
}

// Throws the Refused that a violated unique index of the master means.
[[noreturn]] void refuse_clash(const Master& master, const storage::UniqueViolation& clash) {
    if (clash.on(master.table, "name"))
        throw Refused({ProblemKind::conflict,
                       "master.name_taken",
                       {"同じ名前がすでにあります。", "There is one of this name already."},
                       {{"/name", "taken"}}});
    for (const auto& field : master.fields)
        if (!field.taken_code.empty() && clash.on(master.table, field.key))
            throw Refused({ProblemKind::conflict,
                           field.taken_code,
                           {"同じ" + field.label.ja + "がすでに使われています。",
                            field.label.en + ": another one has it already."},
                           {{"/" + field.key, "taken"}}});
    throw;
}

template <class Work>
auto with_clashes(const Master& master, Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        refuse_clash(master, clash);
    }
}

json::Object row_json(const Master& master, const core::Table& table, const Record& record,
                      std::int64_t members) {
    json::Object row{{"id", std::to_string(record.id)},
                     {"name", core::to_json(record.values[table.column("name")])},
                     {"position", core::to_json(record.values[table.column("position")])}};
    for (const auto& field : master.fields)
        row[field.key] = to_json(field, record.values[table.column(field.key)]);
    row["members"] = members;
    row["version"] = core::to_json(record.values[table.column("version")]);
    return row;
}

json::Object shown(Transaction& tx, const Master& master, const core::Table& table, std::int64_t id) {
    const auto record = store::find(tx, table, id);
    if (!record) refuse_absent(master);
    return row_json(master, table, *record, store::count_holders(tx, master, id).living);
}

Record find_seen(Writer& writer, const Master& master, std::int64_t id, std::optional<std::int64_t> version,
                 const json::Value* sent) {
    const auto& table = writer.registry().get(master.table);
    auto record = writer.find(table, id);
    if (!record) refuse_absent(master);
    if (!version || Value(*version) == record->values[table.column("version")]) return *std::move(record);
    Problem problem{
        ProblemKind::stale,
        "master.stale",
        {"表示したあとに別の人が変更しました。", "Somebody else has changed it since you opened it."}};
    problem.extra["current"] = shown(writer.tx(), master, table, id);
    if (sent) problem.extra["sent"] = *sent;
    throw Refused(std::move(problem));
}

std::string format_place(const core::Table& table, const Record& last) {
    return std::to_string(std::get<std::int64_t>(last.values[table.column("position")])) + "-" +
           std::to_string(last.id);
}

store::Place parse_place(const std::string& cursor) {
    store::Place place;
    if (cursor.empty()) return place;
    const char* const end = cursor.data() + cursor.size();
    const auto first = std::from_chars(cursor.data(), end, place.position);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '-' && place.position >= 0) {
        const auto second = std::from_chars(first.ptr + 1, end, place.id);
        if (second.ec == std::errc() && second.ptr == end && place.id > 0) return place;
    }
    core::refuse_cursor();
}

core::Assignments assignments(const Input& input) {
    core::Assignments values;
    for (const auto& [column, value] : input.values) values.emplace_back(column, value);
    return values;
}

void refuse_fixed(Writer& writer, const Master& master, const Record& before, const Input& input) {
    const auto& table = writer.registry().get(master.table);
    for (const auto& field : master.fields) {
        const auto* given = field.used_code.empty() ? nullptr : input.find(field.key);
        if (!given || *given == before.values[table.column(field.key)]) continue;
        if (!store::is_held(writer.tx(), master, before.id)) continue;
        throw Refused({ProblemKind::conflict,
                       field.used_code,
                       {field.label.ja + "は、使っている顧客がいるため変更できません。",
                        field.label.en + " cannot be changed: customers hold it."},
                       {{"/" + field.key, "in_use"}}});
    }
}

void refuse_default(const core::Table& table, const Record& record) {
    const auto column = table.find_column("is_default");
    if (!column || record.values[*column] == Value(std::int64_t{0})) return;
    throw Refused({ProblemKind::conflict,
                   "group.is_default",
                   {"既定グループは削除できません。先に別のグループを既定にしてください。",
                    "The default group cannot be deleted. Make another one the default first."}});
}

[[noreturn]] void refuse_in_use(const Master& master, const store::Holders& holders) {
    const auto count = std::to_string(holders.all());
    Text detail{"顧客" + count + "件が使っているため削除できません。",
                "Cannot be deleted. Customers who hold it: " + count + "."};
    if (master.in_use == InUse::ask)
        detail = {"顧客" + count + "件が使っています。外すか、別のものに付け替えるかを選んでください。",
                  "Customers who hold it: " + count +
                      ". Say whether it is taken from them or they are moved to another."};
    if (master.in_use == InUse::retire) {
        detail.ja += "使用終了にすると、新しく選べなくなります。";
        detail.en += " Retire it instead: it can be chosen no more.";
    }
    Problem problem{ProblemKind::conflict, "master.in_use", std::move(detail)};
    problem.extra["members"] = holders.living;
    problem.extra["deleted"] = holders.deleted;
    throw Refused(std::move(problem));
}

void check_destination(Transaction& tx, const core::Table& table, std::int64_t id, const Members& members) {
    if (members.fate != Members::Fate::moved) return;
    if (members.to != id && store::find(tx, table, members.to)) return;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"付け替え先が正しくありません。", "There is nothing to move them to."},
                   {{"/to", "not_a_choice"}}});
}

std::string_view name_of(Field::Type type) {
    switch (type) {
        case Field::Type::text:
            return "text";
        case Field::Type::integer:
            return "integer";
        case Field::Type::boolean:
            return "boolean";
        case Field::Type::choice:
            return "choice";
        case Field::Type::color:
            return "color";
        case Field::Type::texts:
            return "texts";
    }
    return "";
}

std::string_view name_of(InUse in_use) {
    switch (in_use) {
        case InUse::ask:
            return "ask";
        case InUse::refuse:
            return "refuse";
        case InUse::retire:
            return "retire";
    }
    return "";
}

json::Object field_json(const Field& field) {
    json::Array choices;
    for (const auto& one : field.choices)
        choices.push_back(json::Object{{"code", one.code}, {"labels", json::labels(one.label)}});
    return {{"key", field.key},
            {"labels", json::labels(field.label)},
            {"help", json::labels(field.help)},
            {"type", name_of(field.type)},
            {"unit", json::labels(field.unit)},
            {"required", field.required},
            {"nullable", field.nullable},
            {"editable", field.editable},
            {"fixed_in_use", !field.used_code.empty()},
            {"hundredths", field.hundredths},
            {"initial", field.initial},
            {"minimum", field.minimum},
            {"maximum", field.maximum},
            {"choices", std::move(choices)}};
}

}  // namespace

json::Array declarations(const Context& context, const core::Actor& actor) {
    actor.require(kReadRight);
    const auto on = context.journal.database().read(
        [&](Transaction& tx) { return core::settings::features_on(tx, context.journal.registry()); });
    json::Array all;
    for (const auto& master : masters()) {
        if (!master.feature.empty() && std::ranges::find(on, master.feature) == on.end()) continue;
        json::Array fields;
        for (const auto& field : master.fields) fields.push_back(field_json(field));
        all.push_back(json::Object{{"name", master.path},
                                   {"labels", json::labels(master.label)},
                                   {"field", master.field},
                                   {"is_set", master.held == Held::set},
                                   {"in_use", name_of(master.in_use)},
                                   {"most_rows", master.most_rows},
                                   {"fields", std::move(fields)}});
    }
    return all;
}

Page list(const Context& context, const core::Actor& actor, const Master& master, const std::string& cursor,
          int limit) {
    actor.require(kReadRight);
    const auto after = parse_place(cursor);
    const auto& table = context.journal.registry().get(master.table);
    return context.journal.database().read([&](Transaction& tx) {
        auto records = store::list(tx, table, after, limit + 1);
        const bool has_more = std::ssize(records) > limit;
        if (has_more) records.pop_back();
        const auto members = store::count_members(tx, master);
        Page page;
        for (const auto& record : records) {
            const auto found = members.find(record.id);
            page.items.push_back(row_json(master, table, record, found == members.end() ? 0 : found->second));
        }
        if (has_more) page.next_cursor = format_place(table, records.back());
        return page;
    });
}

json::Object get(const Context& context, const core::Actor& actor, const Master& master, std::int64_t id) {
    actor.require(kReadRight);
    const auto& table = context.journal.registry().get(master.table);
    return context.journal.database().read([&](Transaction& tx) { return shown(tx, master, table, id); });
}

std::int64_t count_members(Transaction& tx, const Master& master, std::int64_t id) {
    return store::count_holders(tx, master, id).living;
}

Written create(const Context& context, const core::Actor& actor, const Master& master,
               const json::Value& body) {
    actor.require(kEditRight);
    auto input = read(master, body, Purpose::create);
    refuse_errors(std::move(input.errors));
    return with_clashes(master, [&] {
        return context.journal.write({.actor = actor, .kind = master.code + ".create"}, [&](Writer& writer) {
            const auto& table = writer.registry().get(master.table);
            const auto rows = writer.tx().find_integer("SELECT count(*) FROM " + table.name).value_or(0);
            if (rows >= master.most_rows)
                throw Refused({ProblemKind::conflict,
                               "master.too_many",
                               {master.label.ja + "は" + std::to_string(master.most_rows) + "件までです。",
                                master.label.en + ": at most " + std::to_string(master.most_rows) + "."}});
            const auto last = writer.tx().find_integer("SELECT max(position) FROM " + table.name).value_or(0);
            auto values = assignments(input);
            values.emplace_back("position", last + 1);
            const auto id = writer.insert(table, values);
            return Written{shown(writer.tx(), master, table, id), writer.operation()};
        });
    });
}

Written change(const Context& context, const core::Actor& actor, const Master& master, std::int64_t id,
               std::optional<std::int64_t> version, const json::Value& body) {
    actor.require(kEditRight);
    return with_clashes(master, [&] {
        return context.journal.write({.actor = actor, .kind = master.code + ".update"}, [&](Writer& writer) {
            const auto& table = writer.registry().get(master.table);
            const auto before = find_seen(writer, master, id, version, &body);
            auto input = read(master, body, Purpose::change);
            refuse_errors(std::move(input.errors));
            refuse_fixed(writer, master, before, input);
            writer.update(table, id, assignments(input));
            return Written{shown(writer.tx(), master, table, id), writer.operation()};
        });
    });
}

std::variant<OperationId, JobId> remove(const Context& context, const core::Actor& actor,
                                        const Master& master, std::int64_t id,
                                        std::optional<std::int64_t> version, const Members& members) {
    actor.require(kEditRight);
    using Removed = std::variant<OperationId, JobId>;
    return context.journal.write(
        {.actor = actor, .kind = master.code + ".delete"}, [&](Writer& writer) -> Removed {
            const auto& table = writer.registry().get(master.table);
            refuse_default(table, find_seen(writer, master, id, version, nullptr));
            check_destination(writer.tx(), table, id, members);
            const auto holders = store::count_holders(writer.tx(), master, id);
            if (holders.all() == 0) {
                writer.remove(table, id);
                return writer.operation();
            }
            if (master.in_use != InUse::ask || members.fate == Members::Fate::unsaid)
                refuse_in_use(master, holders);
            return context.jobs.submit(writer, {.kind = delete_job_of(master),
                                                .parameters = {{"id", id}, {"to", members.to}},
                                                .total = holders.all()});
        });
}

OperationId reorder(const Context& context, const core::Actor& actor, const Master& master,
                    const std::vector<std::int64_t>& ids) {
    actor.require(kEditRight);
    return context.journal.write({.actor = actor, .kind = master.code + ".order"}, [&](Writer& writer) {
        const auto& table = writer.registry().get(master.table);
        auto known = store::ids(writer.tx(), table);
        auto given = ids;
        std::ranges::sort(known);
        std::ranges::sort(given);
        if (known != given)
            throw Refused({ProblemKind::conflict,
                           "master.order_changed",
                           {"並び順には、すべての行を一度ずつ指定してください。",
                            "The order must name every entry exactly once."}});
        std::int64_t position = 0;
        for (const auto id : ids) writer.update(table, id, {{"position", ++position}});
        return writer.operation();
    });
}

Written make_default(const Context& context, const core::Actor& actor, std::int64_t id) {
    actor.require(kEditRight);
    const auto& master = master_of(kGroups);
    return context.journal.write({.actor = actor, .kind = "group.default"}, [&](Writer& writer) {
        const auto& table = writer.registry().get(kGroups);
        find_seen(writer, master, id, std::nullopt, nullptr);
        const auto before = writer.tx().find_integer("SELECT id FROM customer_group WHERE is_default = 1");
        if (before != id) {
            if (before) writer.update(table, *before, {{"is_default", std::int64_t{0}}});
            writer.update(table, id, {{"is_default", std::int64_t{1}}});
        }
        return Written{shown(writer.tx(), master, table, id), writer.operation()};
    });
}

}  // namespace otokui::master
