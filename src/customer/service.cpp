#include "customer/service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <functional>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "base/text_json.hpp"
#include "core/customer.hpp"
#include "core/id_set.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"
#include "customer/answers.hpp"
#include "customer/leaving.hpp"
#include "customer/membership.hpp"
#include "customer/postal_rule.hpp"
#include "customer/record.hpp"
#include "customer/registration.hpp"
#include "customer/types.hpp"

namespace otokui::customer {
namespace {

using core::Record;
using core::Writer;
using storage::Value;

constexpr std::size_t kMaxReason = 1000;  // characters

std::optional<Json> find(const Context& context, const core::Actor& actor, storage::Transaction& tx,
                         std::int64_t id) {
    const auto reader = record_reader(context.catalogue, actor, shop_day(context.journal.now()));
    core::Masters masters(tx);
    reader.prepare(masters);
    std::optional<Json> json;
    tx.query("SELECT " + reader.columns() + " FROM customer c WHERE c.id = ?", {id},
             [&](const storage::Row& row) { json = reader.read(row, masters); });
    return json;
}

Written written(const Context& context, Writer& writer, std::int64_t id, const Input& input) {
    auto json = find(context, writer.actor(), writer.tx(), id).value();
    json["adjusted"] = to_json(input.adjusted);
    return {std::move(json), writer.operation()};
}

void add_errors(std::vector<FieldError> errors, Input& input) {
    for (auto& error : errors) input.errors.push_back(std::move(error));
}

// What may not be touched is refused before anything is said of its value.
void refuse_unallowed(const Context& context, Writer& writer, const core::Table& table, const Record* before,
                      Input& input) {
    const auto features = core::settings::read(writer.tx(), writer.registry(), core::kFeatures);
    auto errors = check_allowed(context.catalogue, features, writer.actor(), table, before, input);
    const auto is_forbidden = [](const FieldError& error) { return error.code == "forbidden"; };
    if (std::ranges::any_of(errors, is_forbidden)) {
        std::erase_if(errors, std::not_fn(is_forbidden));
        throw Refused({ProblemKind::forbidden,
                       "field.forbidden",
                       {"印の付いた項目を変更する権限がありません。",
                        "You do not have the right to change the marked fields."},
                       std::move(errors)});
    }
    add_errors(std::move(errors), input);
}

void refuse_errors(std::vector<FieldError> errors) {
    if (errors.empty()) return;
    throw Refused({ProblemKind::invalid,
                   "customer.invalid",
                   {"入力内容に誤りがあります。印の付いた項目を直してください。",
                    "Some fields are wrong. Correct the marked ones."},
                   std::move(errors)});
}

Record find_seen(const Context& context, Writer& writer, std::int64_t id, Seen seen, const Json* sent) {
    const auto& table = writer.registry().get(kTable);
    auto record = writer.find(table, id);
    if (!record) core::refuse_absent_customer();
    const auto version = std::get<std::int64_t>(record->values[table.column("version")]);
    if (seen.any || seen.version == version) return *std::move(record);
    Problem problem{ProblemKind::stale,
                    "customer.stale",
                    {"表示したあとに別の人が変更しました。",
                     "Somebody else has changed this customer since you opened it."}};
    problem.extra["current"] = find(context, writer.actor(), writer.tx(), id).value();
    if (sent) problem.extra["sent"] = *sent;
    throw Refused(std::move(problem));
}

}  // namespace

core::RecordReader record_reader(const core::Catalogue& catalogue, const core::Actor& actor, Day today) {
    std::vector<const core::Field*> fields;
    for (const auto* field : catalogue.all_fields())
        if (field->listable) fields.push_back(field);
    return {catalogue, std::move(fields), actor, today};
}

namespace {

// Consent and クリーニング済 are of the address (DOMAIN 2.15, 2.25): another one has given and refused
// nothing yet.
void end_consent_of_address(const core::Table& table, const core::Record* before, Input& input) {
    const auto* email = input.find("email");
    if (!before || !email) return;
    const auto& was = before->values[table.column("email")];
    if (was == Value(std::string()) || was == *email) return;
    for (const auto* column : {"newsletter", "cleaned"}) {
        if (input.find(column) || before->values[table.column(column)] == Value(std::int64_t{0})) continue;
        input.values.emplace_back(column, std::int64_t{0});
        input.adjusted.push_back({"/" + std::string(column), "true", "false"});
    }
}

}  // namespace

void add_consequences(const core::Table& table, const core::Record* before, Input& input, Moment now) {
    clear_what_ends(table, before, input);
    end_consent_of_address(table, before, input);
    const auto* given = input.find("status");
    if (!given) return;
    const bool leaves = *given == Value(std::string(status::kWithdrawn));
    const bool had_left =
        before && before->values[table.column("status")] == Value(std::string(status::kWithdrawn));
    if (leaves && !had_left) input.values.emplace_back("withdrawn_at", now.milliseconds);
    if (!leaves && had_left) input.values.emplace_back("withdrawn_at", Value());
    if (!leaves || had_left || !before) return;
    for (const auto* column : {"newsletter", "direct_mail"})
        if (!input.find(column)) input.values.emplace_back(column, std::int64_t{0});
}

Json get(const Context& context, const core::Actor& actor, CustomerId id) {
    actor.require("customer.read");
    auto json = context.journal.database().read(
        [&](storage::Transaction& tx) { return find(context, actor, tx, id.value); });
    if (!json) core::refuse_absent_customer();
    return *std::move(json);
}

Json reveal(const Context& context, const core::Actor& actor, CustomerId id, const Json& body) {
    actor.require("customer.read");
    actor.require("customer.reveal");
    const boost::json::value sent(body);
    json::ObjectReader reader(sent);
    const auto key = reader.text("field");
    const auto* field = context.catalogue.find(key);
    if (!key.empty() && !(field && field->is_contact() && field->listable))
        reader.add_error("field", "not_a_choice");
    reader.finish("reveal.invalid");
    auto sighted = actor;
    if (actor.rights) {
        core::Rights rights(*actor.rights);
        rights.emplace(core::kUnmaskedRight);
        sighted.rights = std::make_shared<const core::Rights>(std::move(rights));
    }
    const auto json = context.journal.database().read(
        [&](storage::Transaction& tx) { return find(context, sighted, tx, id.value); });
    if (!json) core::refuse_absent_customer();
    return {{"field", key}, {"value", json->at(key)}};
}

std::string first_groups(storage::Transaction& tx) {
    const auto group = tx.find_integer("SELECT id FROM customer_group WHERE is_default = 1");
    return group ? core::format_set({*group}) : std::string();
}

std::string number_of(std::int64_t id) {
    constexpr std::size_t kDigits = 8;
    auto number = std::to_string(id);
    if (number.size() < kDigits) number.insert(0, kDigits - number.size(), '0');
    return number;
}

std::string free_number(storage::Transaction& tx, std::int64_t id) {
    const auto plain = number_of(id);
    for (int suffix = 0;; ++suffix) {
        auto number = suffix == 0 ? plain : plain + "-" + std::to_string(suffix);
        if (!tx.find_integer("SELECT 1 FROM customer WHERE number = ?", {number})) return number;
    }
}

Record complete_new(const core::Table& table, const Input& input, std::int64_t id, std::string_view device,
                    const std::string& groups, Moment now) {
    Record record{id, {}};
    for (const auto& column : table.columns) record.values.push_back(column.initial());
    const auto set = [&](std::string_view column, Value value) {
        record.values[table.column(column)] = std::move(value);
    };
    set("status", std::string(status::kGuest));
    set("device", std::string(device));
    set("customer_groups", groups);  // also when somebody said that there are none (DOMAIN 2.4)
    set("created_at", now.milliseconds);
    set("registered_at", now.milliseconds);
    set("number", number_of(id));
    const auto is_empty = [](const Value& value) {
        return storage::is_null(value) || value == Value(std::string());
    };
    for (const auto& [column, value] : input.values) {
        const bool is_never_empty = column == "customer_groups" || column == "device";
        if (!is_never_empty || !is_empty(value)) set(column, value);
    }
    return record;
}

std::int64_t insert(Writer& writer, const core::Table& table, const Input& input) {
    const auto id = writer.tx().allocate_ids(kTable, 1).front();
    const auto device = writer.actor().token != 0 ? "api" : "staff";
    std::vector<Record> records{
        complete_new(table, input, id, device, first_groups(writer.tx()), writer.now())};
    if (!input.find("number")) records[0].values[table.column("number")] = free_number(writer.tx(), id);
    writer.insert_many(table, records);
    return id;
}

Written create(const Context& context, const core::Actor& actor, const Json& body) {
    actor.require("customer.edit");
    core::require_unmasked(context.catalogue, actor, body);
    try {
        return context.journal.write({.actor = actor, .kind = "customer.create"}, [&](Writer& writer) {
            const auto& table = writer.registry().get(kTable);
            core::Masters masters(writer.tx());
            auto input =
                read_customer(context.catalogue, body, Purpose::create, masters, shop_day(writer.now()));
            settle_member_id(writer.tx(), table, nullptr, input);
            refuse_unallowed(context, writer, table, nullptr, input);
            settle_answers(table, nullptr, input);
            add_errors(check(table, nullptr, input), input);
            add_errors(check_reasons(writer.tx(), table, nullptr, input), input);
            add_errors(check_postal_code(writer.tx(), writer.registry(), table, nullptr, input), input);
            const Registration form(writer.tx(), writer.registry());
            form.refuse_hidden(context.catalogue, body, input);
            require_form(context.catalogue, form, nullptr, input);
            refuse_errors(std::move(input.errors));
            add_consequences(table, nullptr, input, writer.now());
            const auto id = insert(writer, table, input);
            return written(context, writer, id, input);
        });
    } catch (const storage::UniqueViolation& clash) {
        refuse_clash(clash);
    }
}

Written update(const Context& context, const core::Actor& actor, CustomerId id, Seen seen, const Json& body) {
    return update(context, {.actor = actor, .kind = "customer.update"}, id, seen, body);
}

Written update(const Context& context, const core::Operation& operation, CustomerId id, Seen seen,
               const Json& body) {
    operation.actor.require("customer.edit");
    core::require_unmasked(context.catalogue, operation.actor, body);
    try {
        return context.journal.write(operation, [&](Writer& writer) {
            const auto& table = writer.registry().get(kTable);
            const auto before = find_seen(context, writer, id.value, seen, &body);
            if (is_deleted(table, before)) core::refuse_deleted_customer();
            core::Masters masters(writer.tx());
            auto input =
                read_customer(context.catalogue, body, Purpose::update, masters, shop_day(writer.now()));
            settle_member_id(writer.tx(), table, &before, input);
            refuse_unallowed(context, writer, table, &before, input);
            settle_answers(table, &before, input);
            add_errors(check(table, &before, input), input);
            add_errors(check_reasons(writer.tx(), table, &before, input), input);
            add_errors(check_postal_code(writer.tx(), writer.registry(), table, &before, input), input);
            require_form(context.catalogue, Registration(writer.tx(), writer.registry()), &before, input);
            refuse_errors(std::move(input.errors));
            add_consequences(table, &before, input, writer.now());
            const auto* withdrawn_at = input.find("withdrawn_at");
            const bool leaves = withdrawn_at && !storage::is_null(*withdrawn_at);
            if (leaves) refuse_ties(writer.registry(), writer.tx(), id);
            writer.update(table, id.value, input.assignments());
            if (leaves) writer.registry().withdraw(writer, id.value);
            return written(context, writer, id.value, input);
        });
    } catch (const storage::UniqueViolation& clash) {
        refuse_clash(clash);
    }
}

Written withdraw(const Context& context, const core::Actor& actor, CustomerId id,
                 const boost::json::value& body) {
    actor.require("customer.withdraw");
    json::ObjectReader reader(body);
    const auto reason = reader.find_text("reason").value_or("");
    if (text::code_point_count(reason) > kMaxReason) reader.add_error("reason", "too_long");
    reader.finish("body.invalid");
    return context.journal.write(
        {.actor = actor, .kind = "customer.withdraw", .reason = reason}, [&](Writer& writer) {
            const auto& table = writer.registry().get(kTable);
            const auto before = find_seen(context, writer, id.value, {.any = true}, nullptr);
            refuse_unable_to_withdraw(table, before);
            refuse_ties(writer.registry(), writer.tx(), id);
            Input input;
            input.values.emplace_back("status", std::string(status::kWithdrawn));
            add_consequences(table, &before, input, writer.now());
            writer.update(table, id.value, input.assignments());
            writer.registry().withdraw(writer, id.value);
            return written(context, writer, id.value, {});
        });
}

OperationId remove(const Context& context, const core::Actor& actor, CustomerId id, Seen seen) {
    actor.require("customer.delete");
    return context.journal.write({.actor = actor, .kind = "customer.delete"}, [&](Writer& writer) {
        const auto& table = writer.registry().get(kTable);
        if (is_deleted(table, find_seen(context, writer, id.value, seen, nullptr)))
            core::refuse_deleted_customer();
        refuse_ties(writer.registry(), writer.tx(), id);
        writer.update(table, id.value,
                      {{"deleted_at", writer.now().milliseconds}, {"delete_cause", std::string("staff")}});
        writer.registry().remove(writer, id.value);
        return writer.operation();
    });
}

Written restore(const Context& context, const core::Actor& actor, CustomerId id) {
    actor.require("customer.delete");
    try {
        return context.journal.write({.actor = actor, .kind = "customer.restore"}, [&](Writer& writer) {
            const auto& table = writer.registry().get(kTable);
            const auto before = find_seen(context, writer, id.value, {.any = true}, nullptr);
            refuse_unrestorable(writer, table, before);
            const Moment deleted_at{std::get<std::int64_t>(before.values[table.column("deleted_at")])};
            writer.update(table, id.value, {{"deleted_at", Value()}, {"delete_cause", std::string()}});
            writer.registry().restore(writer, id.value, deleted_at);
            return written(context, writer, id.value, {});
        });
    } catch (const storage::UniqueViolation& clash) {
        refuse_clash(clash);
    }
}

}  // namespace otokui::customer
