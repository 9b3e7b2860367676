#include "saved_search/service.hpp"

#include <algorithm>
#include <charconv>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/id_cursor.hpp"
#include "saved_search/content.hpp"
#include "saved_search/store.hpp"
#include "search/service.hpp"
#include "search/stored.hpp"

namespace otokui::saved_search {
namespace {

using storage::Transaction;

constexpr std::string_view kTable = "saved_search";
constexpr const char* kScreen = "customers";

[[noreturn]] void refuse_fields(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "saved_search.invalid",
                   {"印のついた項目を確認してください。", "Check the marked fields."},
                   std::move(errors)});
}

std::vector<FieldError> check_name(std::string_view typed) {
    const auto name = text::trimmed(typed);
    if (name.empty()) return {{"/name", "required"}};
    if (text::code_point_count(name) > kMaxNameLength) return {{"/name", "too_long"}};
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::ranges::any_of(name, is_control)) return {{"/name", "bad_character"}};
    return {};
}

template <class Work>
auto with_name_clash(Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on(kTable, "staff_id") && !clash.on(kTable, "group_id")) throw;
        throw Refused({ProblemKind::conflict,
                       "saved_search.name_taken",
                       {"この名前の検索条件はすでにあります。", "There is a saved search of this name."},
                       {{"/name", "taken"}}});
    }
}

[[noreturn]] void refuse_too_many() {
    throw Refused({ProblemKind::conflict,
                   "saved_search.too_many",
                   {"保存できる検索条件は1つの共有範囲につき200件までです。使わないものを削除してください。",
                    "One scope holds up to 200 saved searches. Delete some that are not used."}});
}

storage::Value id_or_null(std::int64_t id) { return id == 0 ? storage::Value() : storage::Value(id); }
json::Value id_json(std::int64_t id) {
    return id == 0 ? json::Value() : json::Value(boost::json::string(std::to_string(id)));
}
json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}

json::Object shown(const Context& context, const core::Actor& actor, Transaction& tx, core::Masters& masters,
                   SavedSearch saved) {
    json::Array warnings;
    for (const auto& warning : warnings_of(context.catalogue, actor, tx, masters, saved.content))
        warnings.push_back(json::Object{{"pointer", warning.pointer}, {"code", warning.code}});
    const bool masked = mask_contact(context.catalogue, actor, saved.content);
    return {{"id", std::to_string(saved.id.value)},
            {"scope", saved.scope.is_personal() ? "personal" : std::to_string(saved.scope.group.value)},
            {"scope_name", text_or_null(saved.scope_name)},
            {"name", saved.name},
            {"screen", saved.screen},
            {"content", std::move(saved.content)},
            {"masked", masked},
            {"warnings", std::move(warnings)},
            {"position", saved.position},
            {"created_by", id_json(saved.created_by.value)},
            {"created_by_name", text_or_null(saved.created_by_name)},
            {"created_at", format_moment(saved.created_at)},
            {"updated_by", id_json(saved.updated_by.value)},
            {"updated_by_name", text_or_null(saved.updated_by_name)},
            {"updated_at", format_moment(saved.updated_at)},
            {"version", saved.version}};
}

void require_version(const Context& context, const core::Actor& actor, Transaction& tx,
                     const SavedSearch& now, std::optional<std::int64_t> version, json::Object sent) {
    if (!version || *version == now.version) return;
    core::Masters masters(tx);
    Problem problem{ProblemKind::stale,
                    "saved_search.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = shown(context, actor, tx, masters, now);
    problem.extra["sent"] = std::move(sent);
    throw Refused(std::move(problem));
}

json::Object sent_json(const SavedSearchChange& change) {
    json::Object sent;
    if (change.name) sent["name"] = *change.name;
    if (change.content) sent["content"] = *change.content;
    return sent;
}

// "group-position-id" of the last one shown.
std::string format_place(const SavedSearch& last) {
    return std::to_string(last.scope.group.value) + "-" + std::to_string(last.position) + "-" +
           std::to_string(last.id.value);
}

store::Place parse_place(const std::string& cursor) {
    store::Place place;
    if (cursor.empty()) return place;
    const char* at = cursor.data();
    const char* const end = at + cursor.size();
    const auto read = [&](std::int64_t& number) {
        const auto [next, error] = std::from_chars(at, end, number);
        const bool good = error == std::errc() && number >= 0;
        at = next;
        return good;
    };
    const auto dash = [&] { return at != end && *at++ == '-'; };
    if (read(place.group) && dash() && read(place.position) && dash() && read(place.id) && at == end)
        return place;
    core::refuse_cursor();
}

}  // namespace

std::vector<FieldError> check(const Context& context, const core::Actor& actor, const NewSavedSearch& input) {
    return check(context, actor, SavedSearchChange{input.name, input.content});
}

std::vector<FieldError> check(const Context& context, const core::Actor& actor,
                              const SavedSearchChange& change) {
    std::vector<FieldError> errors;
    if (change.name) errors = check_name(*change.name);
    if (!change.content) return errors;
    auto of_content = context.journal.database().read(
        [&](Transaction& tx) { return check_content(context.catalogue, actor, tx, *change.content); });
    for (auto& error : of_content) errors.push_back(std::move(error));
    return errors;
}

void require_scope(Transaction& tx, const core::Actor& actor, const Scope& scope) {
    if (store::may_use(tx, actor, scope)) return;
    throw Refused({ProblemKind::not_found,
                   "member_group.not_found",
                   {"メンバーグループが見つかりません。", "There is no such member group."}});
}

Page list(const Context& context, const core::Actor& actor, const std::optional<Scope>& scope,
          const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto after = parse_place(cursor);
    return context.journal.database().read([&](Transaction& tx) {
        if (scope) require_scope(tx, actor, *scope);
        Page page{store::list(tx, actor.staff, scope, kScreen, after, limit + 1), {}};
        if (page.items.size() > static_cast<std::size_t>(limit)) {
            page.items.pop_back();
            page.next_cursor = format_place(page.items.back());
        }
        return page;
    });
}

SavedSearch get(const Context& context, const core::Actor& actor, SavedSearchId id) {
    actor.require("customer.read");
    return context.journal.database().read([&](Transaction& tx) { return store::get(tx, actor, id); });
}

Written create(const Context& context, const core::Actor& actor, const NewSavedSearch& input) {
    actor.require("customer.read");
    if (auto errors = check(context, actor, input); !errors.empty()) refuse_fields(std::move(errors));
    return with_name_clash([&] {
        return context.journal.write(
            {.actor = actor, .kind = "saved_search.create"}, [&](core::Writer& writer) {
                require_scope(writer.tx(), actor, input.scope);
                if (std::ssize(store::ids_of(writer.tx(), input.scope, input.screen)) >= kMaxPerScope)
                    refuse_too_many();
                const auto position = store::next_position(writer.tx(), input.scope, input.screen);
                const SavedSearchId id{writer.insert(writer.registry().get(kTable),
                                                     {{"staff_id", id_or_null(input.scope.staff.value)},
                                                      {"group_id", id_or_null(input.scope.group.value)},
                                                      {"screen", input.screen},
                                                      {"name", text::trimmed(input.name)},
                                                      {"content", json::to_text(input.content)},
                                                      {"position", position},
                                                      {"created_by", id_or_null(actor.staff.value)},
                                                      {"created_at", writer.now().milliseconds}})};
                return Written{store::get(writer.tx(), actor, id), writer.operation()};
            });
    });
}

Written change(const Context& context, const core::Actor& actor, SavedSearchId id,
               std::optional<std::int64_t> version, const SavedSearchChange& change) {
    get(context, actor, id);  // whose it is comes before what is wrong: a stranger learns nothing
    if (auto errors = check(context, actor, change); !errors.empty()) refuse_fields(std::move(errors));
    return with_name_clash([&] {
        return context.journal.write(
            {.actor = actor, .kind = "saved_search.update"}, [&](core::Writer& writer) {
                const auto& table = writer.registry().get(kTable);
                writer.find(table, id.value);  // locks the row before it is compared
                const auto now = store::get(writer.tx(), actor, id);
                require_version(context, actor, writer.tx(), now, version, sent_json(change));
                core::Assignments values;
                if (change.name) values.emplace_back("name", text::trimmed(*change.name));
                if (change.content) values.emplace_back("content", json::to_text(*change.content));
                writer.update(table, id.value, values);
                return Written{store::get(writer.tx(), actor, id), writer.operation()};
            });
    });
}

OperationId remove(const Context& context, const core::Actor& actor, SavedSearchId id,
                   std::optional<std::int64_t> version) {
    actor.require("customer.read");
    return context.journal.write({.actor = actor, .kind = "saved_search.delete"}, [&](core::Writer& writer) {
        const auto& table = writer.registry().get(kTable);
        writer.find(table, id.value);
        require_version(context, actor, writer.tx(), store::get(writer.tx(), actor, id), version, {});
        writer.remove(table, id.value);
        return writer.operation();
    });
}

OperationId reorder(const Context& context, const core::Actor& actor, const Scope& scope,
                    const std::vector<SavedSearchId>& ids) {
    actor.require("customer.read");
    return context.journal.write({.actor = actor, .kind = "saved_search.order"}, [&](core::Writer& writer) {
        require_scope(writer.tx(), actor, scope);
        auto now = store::ids_of(writer.tx(), scope, kScreen);
        auto wanted = ids;
        std::ranges::sort(now);
        std::ranges::sort(wanted);
        if (now != wanted)
            throw Refused(
                {ProblemKind::conflict,
                 "saved_search.order_changed",
                 {"並び替えの間に検索条件が増えたか減りました。最新の一覧でやり直してください。",
                  "Saved searches were added or removed meanwhile. Try again with the list as it is."}});
        const auto& table = writer.registry().get(kTable);
        for (std::size_t i = 0; i < ids.size(); ++i)
            writer.update(table, ids[i].value, {{"position", static_cast<std::int64_t>(i) + 1}});
        return writer.operation();
    });
}

std::string run(const Context& context, const core::Actor& actor, SavedSearchId id) {
    const auto saved = get(context, actor, id);
    auto shown = saved.content;
    const json::Value search = search_of(saved.content);
    // A condition over a contact field is refused below like that of any search; words of the one box would
    // run, but would also show what somebody else typed.
    auto stored = [&] { return search::store(context.journal, context.catalogue, actor, search); };
    if (!mask_contact(context.catalogue, actor, shown)) return stored();
    const auto request = search::parse_request(context.catalogue, search);
    search::require_visible(request.condition, request.sort, actor);
    throw Refused({ProblemKind::forbidden,
                   "field.forbidden",
                   {"この検索条件は連絡先を含むため、呼び出す権限がありません。",
                    "You may not run this search: it holds contact data."}});
}

json::Array to_json(const Context& context, const core::Actor& actor, std::vector<SavedSearch> saved) {
    return context.journal.database().read([&](Transaction& tx) {
        core::Masters masters(tx);
        json::Array items;
        for (auto& one : saved) items.push_back(shown(context, actor, tx, masters, one));
        return items;
    });
}

json::Object to_json(const Context& context, const core::Actor& actor, SavedSearch saved) {
    return std::move(to_json(context, actor, std::vector{std::move(saved)}).front().as_object());
}

staff::GroupBelongings belongings_of_groups() {
    return {.names = store::names_of_group, .remove = [](core::Writer& writer, staff::MemberGroupId group) {
                for (const auto id : store::ids_of_group(writer.tx(), group))
                    writer.remove(writer.registry().get(kTable), id.value);
            }};
}

}  // namespace otokui::saved_search
