#include "group/service.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/problem.hpp"
#include "core/condition.hpp"
#include "group/members_job.hpp"
#include "group/membership.hpp"
#include "list/service.hpp"
#include "master/service.hpp"
#include "search/service.hpp"

namespace otokui::group {
namespace {

using core::Writer;
using storage::Value;

constexpr const char* kRight = "master.edit";

[[noreturn]] void refuse(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "group_members.invalid",
                   {"所属の指定に誤りがあります。", "The members are described wrongly."},
                   std::move(errors)});
}

struct Asked {
    std::vector<std::int64_t> add, remove;
};

void find_repeated(const std::vector<std::int64_t>& ids, const char* key,
                   std::unordered_map<std::int64_t, int>& seen, std::vector<FieldError>& errors) {
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (++seen[ids[i]] > 1)
            errors.push_back({std::string("/") + key + "/" + std::to_string(i), "duplicate"});
}

Asked read_ids(const json::Value& body) {
    json::ObjectReader reader(body);
    Asked asked{reader.find_ids("add").value_or(std::vector<std::int64_t>()),
                reader.find_ids("remove").value_or(std::vector<std::int64_t>())};
    if (asked.add.size() + asked.remove.size() > kMostAtOnce)
        reader.add_error(asked.add.empty() ? "remove" : "add", "too_many");
    if (asked.add.empty() && asked.remove.empty() && reader.errors().empty())
        reader.add_error("add", "required");
    std::vector<FieldError> repeated;
    std::unordered_map<std::int64_t, int> seen;
    find_repeated(asked.add, "add", seen, repeated);
    find_repeated(asked.remove, "remove", seen, repeated);
    reader.add_errors(std::move(repeated));
    reader.finish("group_members.invalid");
    return asked;
}

// In the order of their ids, so that two such changes at once wait for each other instead of for ever.
std::int64_t change(Writer& writer, std::int64_t group, Change way, const std::vector<std::int64_t>& ids,
                    const char* key, std::vector<FieldError>& errors) {
    std::vector<std::pair<std::int64_t, std::size_t>> ordered;
    for (std::size_t i = 0; i < ids.size(); ++i) ordered.emplace_back(ids[i], i);
    std::ranges::sort(ordered);
    std::int64_t changed = 0;
    for (const auto& [id, place] : ordered) {
        const auto outcome = change_one(writer, id, group, way);
        if (outcome == Outcome::changed) ++changed;
        const auto pointer = std::string("/") + key + "/" + std::to_string(place);
        if (outcome == Outcome::absent) errors.push_back({pointer, "not_found"});
        if (outcome == Outcome::deleted) errors.push_back({pointer, "deleted"});
    }
    return changed;
}

// {condition?, text?} under `add` or `remove`; exactly one of the two.
struct Target {
    Change way = Change::add;
    const json::Object* target = nullptr;
};

Target read_target(const Context& context, const core::Actor& actor, const json::Value& body) {
    json::ObjectReader reader(body);
    const auto* add = reader.has("add") ? reader.find_object("add") : nullptr;
    const auto* remove = reader.has("remove") ? reader.find_object("remove") : nullptr;
    if (add && remove) reader.add_error("remove", "not_together");
    reader.finish("group_members.invalid");
    const Target target{add ? Change::add : Change::remove, add ? add : remove};
    const std::string key = add ? "add" : "remove";
    const json::Value value(*target.target);
    json::ObjectReader inner(value, reader.pointer_to(key));
    const auto* condition = inner.find("condition");
    const auto* text = inner.find("text");
    if (!condition && !text) inner.add_error("condition", "required");
    inner.finish("group_members.invalid");
    std::vector<FieldError> errors;
    const auto parsed = search::parse_target(context.catalogue, condition, text, errors);
    for (auto& error : errors) error.pointer = "/" + key + error.pointer;
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    list::use(context.journal, actor, parsed);
    search::require_visible(parsed, {}, actor);
    return target;
}

}  // namespace

Changed change_members(const Context& context, const core::Actor& actor, std::int64_t group,
                       const json::Value& body) {
    actor.require(kRight);
    const auto asked = read_ids(body);
    return context.journal.write({.actor = actor, .kind = "group.members"}, [&](Writer& writer) {
        require_group(writer.tx(), group);
        std::vector<FieldError> errors;
        Changed changed;
        changed.added = change(writer, group, Change::add, asked.add, "add", errors);
        changed.removed = change(writer, group, Change::remove, asked.remove, "remove", errors);
        if (!errors.empty()) refuse(std::move(errors));
        changed.members = master::count_members(writer.tx(), master::master_of(master::kGroups), group);
        changed.operation = writer.operation();
        return changed;
    });
}

bool asks_by_condition(const json::Value& body) {
    const auto* object = body.if_object();
    if (!object) return false;
    for (const auto* key : {"add", "remove"})
        if (const auto* value = object->if_contains(key); value && value->is_object()) return true;
    return false;
}

JobId start_change(const Context& context, const core::Actor& actor, std::int64_t group,
                   const json::Value& body) {
    actor.require(kRight);
    const auto target = read_target(context, actor, body);
    context.journal.database().read([&](storage::Transaction& tx) { require_group(tx, group); });
    return context.jobs.submit(actor, {.kind = std::string(kMembersJob),
                                       .parameters = {{"group", group},
                                                      {"act", target.way == Change::add ? "add" : "remove"},
                                                      {"target", *target.target}}});
}

}  // namespace otokui::group
