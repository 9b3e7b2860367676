#include "list/service.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/id_cursor.hpp"
#include "list/store.hpp"
#include "list/tables.hpp"
#include "list/upload.hpp"

namespace otokui::list {
namespace {

using Ids = std::vector<std::int64_t>;

constexpr std::array<std::pair<Kind, std::string_view>, 5> kKinds{{{Kind::id, "id"},
                                                                   {Kind::number, "number"},
                                                                   {Kind::email, "email"},
                                                                   {Kind::phone, "phone"},
                                                                   {Kind::combined, "combined"}}};
constexpr std::chrono::hours kLongestLoading{24};

[[noreturn]] void refuse_missing() {
    throw Refused({ProblemKind::not_found,
                   "list.not_found",
                   {"このリストは見つかりません。90日間使わなかったリストは消えます。",
                    "There is no such list. Lists not used for 90 days are gone."}});
}

[[noreturn]] void refuse_name(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "list.invalid",
                   {"リストの指定に誤りがあります。", "The list is described wrongly."},
                   std::move(errors)});
}

List get_own(storage::Transaction& tx, const core::Actor& actor, std::string_view name) {
    auto list = store::find(tx, name);
    if (!list || list->staff != actor.staff) refuse_missing();
    return *std::move(list);
}

void require_version(const List& list, const std::optional<std::int64_t>& version) {
    if (!version || *version == list.version) return;
    Problem problem{ProblemKind::stale,
                    "list.stale",
                    {"このリストは変更されています。", "The list has been changed meanwhile."}};
    problem.extra["current"] = boost::json::object{{"name", list.name}, {"version", list.version}};
    throw Refused(std::move(problem));
}

void remove_files(const Context& context, const List& list) {
    for (const auto& token : list.files)
        if (const auto file = token.empty() ? std::nullopt : context.files.find(token))
            context.files.remove(file->id);
}

Ids combined(Combination op, const Ids& one, const Ids& other) {
    Ids result;
    const auto into = std::back_inserter(result);
    switch (op) {
        case Combination::and_:
            std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), into);
            break;
        case Combination::or_:
            std::set_union(one.begin(), one.end(), other.begin(), other.end(), into);
            break;
        case Combination::minus:
            std::set_difference(one.begin(), one.end(), other.begin(), other.end(), into);
            break;
    }
    return result;
}

// Every list that is not the actor's is named.
std::vector<ListId> find_all(storage::Transaction& tx, const core::Actor& actor,
                             const std::vector<std::string>& names) {
    std::vector<ListId> lists;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto list = store::find(tx, names[i]);
        if (list && list->staff == actor.staff)
            lists.push_back(list->id);
        else
            errors.push_back(core::unknown_list({names[i], "/lists/" + std::to_string(i)}));
    }
    if (!errors.empty()) refuse_name(std::move(errors));
    return lists;
}

}  // namespace

std::string_view name_of(Kind kind) {
    return std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& entry) { return entry.first == kind; })
        ->second;
}

std::optional<Kind> find_kind(std::string_view name) {
    for (const auto& [kind, candidate] : kKinds)
        if (candidate == name) return kind;
    return std::nullopt;
}

bool is_contact(Kind kind) { return kind == Kind::email || kind == Kind::phone; }

std::string_view name_of(Lines lines) {
    static constexpr std::array<std::string_view, 4> kNames{"not_found", "duplicates", "deleted", "merged"};
    return kNames.at(static_cast<std::size_t>(lines));
}

std::int64_t count_of(const Figures& figures, Lines lines) {
    switch (lines) {
        case Lines::not_found:
            return figures.not_found;
        case Lines::duplicates:
            return figures.duplicates;
        case Lines::deleted:
            return figures.deleted;
        case Lines::merged:
            return figures.merged;
    }
    return 0;
}

std::optional<Combination> find_combination(std::string_view name) {
    if (name == "and") return Combination::and_;
    if (name == "or") return Combination::or_;
    if (name == "minus") return Combination::minus;
    return std::nullopt;
}

std::string read_name(const boost::json::value* value, std::vector<FieldError>& errors) {
    if (value == nullptr || value->is_null()) return "";
    const auto* typed = value->if_string();
    if (typed == nullptr) {
        errors.push_back({"/name", "wrong_type"});
        return "";
    }
    auto name = text::trimmed(*typed);
    if (const auto problem = text::line_problem(name))
        errors.push_back({"/name", std::string(*problem)});
    else if (text::code_point_count(name) > kMaxNameLength)
        errors.push_back({"/name", "too_long"});
    return name;
}

Page list_lists(const Context& context, const core::Actor& actor, const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto before = core::id_below(cursor);
    Page page{.items = context.journal.database().read([&](storage::Transaction& tx) {
        return store::list_of(tx, actor.staff, before, limit + 1);
    })};
    if (static_cast<int>(page.items.size()) <= limit) return page;
    page.items.pop_back();
    page.next_cursor = std::to_string(page.items.back().id.value);
    return page;
}

List get_list(const Context& context, const core::Actor& actor, std::string_view list) {
    actor.require("customer.read");
    return context.journal.database().read(
        [&](storage::Transaction& tx) { return get_own(tx, actor, list); });
}

List rename(const Context& context, const core::Actor& actor, std::string_view list,
            const std::optional<std::int64_t>& version, const boost::json::value& body) {
    actor.require("customer.read");
    json::ObjectReader reader(body);
    std::vector<FieldError> errors;
    if (!reader.has("name")) reader.add_error("name", "required");
    const auto name = read_name(reader.find("name"), errors);
    reader.add_errors(std::move(errors));
    reader.finish("list.invalid");
    return context.journal.housekeeping([&](core::Writer& writer) {
        auto changed = get_own(writer.tx(), actor, list);
        require_version(changed, version);
        const auto& table = writer.registry().get(kTable);
        if (writer.update(table, changed.id.value, {{"name", name}})) ++changed.version;
        changed.name = name;
        return changed;
    });
}

void remove(const Context& context, const core::Actor& actor, std::string_view list,
            const std::optional<std::int64_t>& version) {
    const auto gone = get_list(context, actor, list);
    require_version(gone, version);
    store::remove(context.journal, gone.id);
    remove_files(context, gone);
}

List combine(const Context& context, const core::Actor& actor, const boost::json::value& body) {
    actor.require("customer.read");
    json::ObjectReader reader(body);
    std::vector<FieldError> errors;
    const auto typed = reader.text("op");
    const auto op = find_combination(typed);
    if (!typed.empty() && !op) reader.add_error("op", "not_a_choice");
    const auto names = reader.texts("lists");
    if (names.size() > kMaxCombined) reader.add_error("lists", "too_many");
    if (const auto* given = reader.find("lists"); given && given->is_array() && given->as_array().empty())
        reader.add_error("lists", "too_few");
    const auto name = read_name(reader.find("name"), errors);
    reader.add_errors(std::move(errors));
    reader.finish("list.invalid");

    const auto customers = context.journal.database().read(
        [&](storage::Transaction& tx) {
            const auto lists = find_all(tx, actor, names);
            auto result = store::members(tx, lists.front());
            for (std::size_t i = 1; i < lists.size(); ++i)
                result = combined(*op, result, store::members(tx, lists[i]));
            return result;
        },
        {.time = std::chrono::minutes(1)});
    NewList made(context, actor, Kind::combined, name);
    for (const auto customer : customers) made.add(std::to_string(customer));
    return made.finish();
}

std::optional<core::StoredFile> find_lines(const Context& context, const core::Actor& actor,
                                           std::string_view name, Lines lines) {
    const auto list = get_list(context, actor, name);
    if (is_contact(list.kind)) actor.require("contact.read");
    if (count_of(list.figures, lines) == 0) return std::nullopt;
    auto file = context.files.find(list.files.at(static_cast<std::size_t>(lines)));
    if (!file)
        throw Refused({ProblemKind::not_found,
                       "list.lines_gone",
                       {"明細の保存期間（90日）が過ぎました。", "The lines were kept for 90 days."}});
    return file;
}

std::int64_t remove_overdue(const Context& context) {
    const auto now = context.journal.now();
    const auto overdue = context.journal.database().read([&](storage::Transaction& tx) {
        return store::list_overdue(tx, now + -kKeptUnused, now + -kLongestLoading);
    });
    for (const auto& list : overdue) {
        store::remove(context.journal, list.id);
        remove_files(context, list);
    }
    return static_cast<std::int64_t>(overdue.size());
}

}  // namespace otokui::list
