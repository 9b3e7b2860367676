#include "form/service.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "form/rules.hpp"
#include "form/store.hpp"

namespace otokui::form {
namespace {

using core::Writer;
using storage::Transaction;
using storage::Value;

constexpr const char* kRight = "master.edit";

[[noreturn]] void refuse_absent() {
    throw Refused({ProblemKind::not_found,
                   "form_field.not_found",
                   {"この項目はありません。", "There is no such field."}});
}

void refuse_errors(std::vector<FieldError> errors) {
    if (errors.empty()) return;
    throw Refused({ProblemKind::invalid,
                   "form_field.invalid",
                   {"入力内容に誤りがあります。印の付いた項目を直してください。",
                    "Some fields are wrong. Correct the marked ones."},
                   std::move(errors)});
}

void refuse_too_many(Transaction& tx) {
    if (store::count_in_use(tx) < static_cast<std::int64_t>(kMostFields)) return;
    throw Refused({ProblemKind::conflict,
                   "form_field.too_many",
                   {"使用できる項目は100件までです。使わない項目の使用を終了してください。",
                    "Up to 100 fields can be in use. Retire some that are not needed."}});
}

template <class Work>
auto with_clashes(const Context& context, const core::Actor& actor, const char* kind, Work work) {
    actor.require(kRight);
    try {
        auto result = context.journal.write({.actor = actor, .kind = kind}, work);
        // Within an idempotent request nothing is committed yet: whoever wraps the request looks once it is.
        if (!core::Journal::is_together()) context.own_fields.refresh(Look::now);
        return result;
    } catch (const storage::UniqueViolation& clash) {
        if (clash.on(kTable, "label_key"))
            throw Refused({ProblemKind::conflict,
                           "form_field.label_taken",
                           {"この名前の項目はすでにあります。", "There is a field of this name."},
                           {{"/labels/ja", "taken"}}});
        if (clash.on(kTable, "key"))
            throw Refused({ProblemKind::conflict,
                           "form_field.key_taken",
                           {"このキーの項目はすでにあります。使用を終了した項目のキーも使えません。",
                            "There is a field of this key. Keys of retired fields stay taken."},
                           {{"/key", "taken"}}});
        throw;
    }
}

Value optional_value(const std::optional<std::int64_t>& number) { return number ? Value(*number) : Value(); }

core::Assignments assignments(const FormField& field) {
    return {{"label_ja", field.label.ja},
            {"label_en", field.label.en},
            {"required", std::int64_t{field.required}},
            {"max_length", optional_value(field.max_length)},
            {"minimum", optional_value(field.minimum)},
            {"maximum", optional_value(field.maximum)},
            {"options", store::options_text(field.options)},
            {"on_list", std::int64_t{field.on_list}},
            {"on_csv", std::int64_t{field.on_csv}},
            {"retired", std::int64_t{field.retired}}};
}

void trim_labels(FormField& field) {
    const auto trim = [](Text& label) { label = {text::trimmed(label.ja), text::trimmed(label.en)}; };
    trim(field.label);
    for (auto& option : field.options) trim(option.label);
}

FormField find_seen(Writer& writer, FieldId id, std::optional<std::int64_t> version,
                    const json::Object& sent) {
    const auto& table = writer.registry().get(kTable);
    if (!writer.find(table, id.value)) refuse_absent();  // and locked
    auto field = store::find(writer.tx(), id).value();
    if (!version || *version == field.version) return field;
    Problem problem{
        ProblemKind::stale,
        "form_field.stale",
        {"表示したあとに別の人が変更しました。", "Somebody else has changed this since you opened it."}};
    problem.extra["current"] = to_json(field, store::is_answered(writer.tx(), field.key));
    problem.extra["sent"] = sent;
    throw Refused(std::move(problem));
}

void apply(const Change& change, FormField& field) {
    const auto take = [](const auto& given, auto& value) {
        if (given) value = *given;
    };
    take(change.label, field.label);
    take(change.required, field.required);
    take(change.on_list, field.on_list);
    take(change.on_csv, field.on_csv);
    take(change.retired, field.retired);
    take(change.max_length, field.max_length);
    take(change.minimum, field.minimum);
    take(change.maximum, field.maximum);
    if (change.options) field.options = with_kept_options(field.options, *change.options);
}

}  // namespace

void refuse_answered() {
    throw Refused(
        {ProblemKind::conflict,
         "form_field.in_use",
         {"この項目に回答した顧客がいるため削除できません。使用を終了すると、回答を残したまま隠せます。",
          "Customers have answered this field, so it cannot be deleted. Retire it: the answers stay."}});
}

std::vector<FormField> list(const Context& context, const core::Actor& actor) {
    actor.require("customer.read");
    return context.journal.database().read([](Transaction& tx) { return store::list(tx); });
}

FormField get(const Context& context, const core::Actor& actor, FieldId id) {
    actor.require("customer.read");
    auto found = context.journal.database().read([&](Transaction& tx) { return store::find(tx, id); });
    if (!found) refuse_absent();
    return *std::move(found);
}

bool is_answered(const Context& context, const FormField& field) {
    return context.journal.database().read(
        [&](Transaction& tx) { return store::is_answered(tx, field.key); });
}

Written create(const Context& context, const core::Actor& actor, FormField field) {
    return with_clashes(context, actor, "form_field.create", [&, given = std::move(field)](Writer& writer) {
        auto made = given;
        trim_labels(made);
        made.options = with_kept_options({}, std::move(made.options));
        refuse_errors(check(context.catalogue, made));
        refuse_too_many(writer.tx());
        auto values = assignments(made);
        values.emplace_back("key", made.key);
        values.emplace_back("type", std::string(name_of(made.type)));
        values.emplace_back("created_at", writer.now().milliseconds);
        values.emplace_back(
            "position",
            writer.tx().find_integer("SELECT COALESCE(max(position), 0) + 1 FROM form_field").value_or(1));
        const FieldId id{writer.insert(writer.registry().get(kTable), values)};
        return Written{store::find(writer.tx(), id).value(), writer.operation()};
    });
}

Written change(const Context& context, const core::Actor& actor, FieldId id,
               std::optional<std::int64_t> version, const Change& change) {
    return with_clashes(context, actor, "form_field.update", [&](Writer& writer) {
        const auto before = find_seen(writer, id, version, change.sent);
        auto after = before;
        apply(change, after);
        trim_labels(after);
        // An option nobody ever chose need not be kept.
        std::erase_if(after.options, [&](const Option& option) {
            return option.removed && !store::is_chosen(writer.tx(), after.key, option.code);
        });
        refuse_errors(check(context.catalogue, after));
        if (before.retired && !after.retired) refuse_too_many(writer.tx());
        writer.update(writer.registry().get(kTable), id.value, assignments(after));
        return Written{store::find(writer.tx(), id).value(), writer.operation()};
    });
}

OperationId reorder(const Context& context, const core::Actor& actor, const std::vector<FieldId>& ids) {
    return with_clashes(context, actor, "form_field.order", [&](Writer& writer) {
        const auto& table = writer.registry().get(kTable);
        auto known = store::list(writer.tx());
        const bool complete =
            ids.size() == known.size() && std::ranges::all_of(known, [&](const FormField& field) {
                return std::ranges::count(ids, field.id) == 1;
            });
        if (!complete)
            refuse_errors({{"/ids",
                            "incomplete",
                            {"ほかの人が項目を追加または削除しました。画面を更新してください。",
                             "Somebody has added or removed a field. Reload the page."}}});
        for (std::size_t i = 0; i < ids.size(); ++i)
            writer.update(table, ids[i].value, {{"position", static_cast<std::int64_t>(i) + 1}});
        return writer.operation();
    });
}

OperationId remove(const Context& context, const core::Actor& actor, FieldId id,
                   std::optional<std::int64_t> version) {
    return with_clashes(context, actor, "form_field.delete", [&](Writer& writer) {
        find_seen(writer, id, version, {});
        writer.remove(writer.registry().get(kTable), id.value);
        return writer.operation();
    });
}

json::Object to_json(const FormField& field, bool answered) {
    const auto labels = [](const Text& label) {
        return json::Object{
            {"ja", label.ja},
            {"en", label.en.empty() ? json::Value() : json::Value(boost::json::string(label.en))}};
    };
    const auto number = [](const std::optional<std::int64_t>& value) {
        return value ? json::Value(*value) : json::Value();
    };
    json::Array options;
    for (const auto& option : field.options)
        options.push_back(json::Object{
            {"code", option.code}, {"labels", labels(option.label)}, {"removed", option.removed}});
    return {{"id", std::to_string(field.id.value)},
            {"key", field.key},
            {"field", std::string(core::kOwnPrefix) + field.key},
            {"labels", labels(field.label)},
            {"type", name_of(field.type)},
            {"required", field.required},
            {"position", field.position},
            {"max_length", number(field.max_length)},
            {"minimum", number(field.minimum)},
            {"maximum", number(field.maximum)},
            {"options", std::move(options)},
            {"on_list", field.on_list},
            {"on_csv", field.on_csv},
            {"retired", field.retired},
            {"answered", answered},
            {"created_at", format_moment(field.created_at)},
            {"updated_at", format_moment(field.updated_at)},
            {"version", field.version}};
}

}  // namespace otokui::form
