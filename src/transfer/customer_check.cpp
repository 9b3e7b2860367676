#include <unordered_map>

#include "base/text/normalise.hpp"
#include "core/settings.hpp"
#include "customer/answers.hpp"
#include "customer/derive.hpp"
#include "customer/membership.hpp"
#include "customer/postal_rule.hpp"
#include "customer/registration.hpp"
#include "customer/service.hpp"
#include "customer/types.hpp"
#include "transfer/customer_known.hpp"
#include "transfer/customer_rows.hpp"
#include "transfer/lookup.hpp"

// Decides for each row of a file of customers: new, changed, the same or wrong.
namespace otokui::transfer {
namespace {

using storage::Value;

bool is_set(const Value& value) { return !storage::is_null(value) && value != Value(std::string()); }

class CustomerImporter : public Importer {
public:
    explicit CustomerImporter(const ImportCase& import)
        : import_(import),
          table_(import.context.journal.registry().get(customer::kTable)),
          rows_(import),
          known_(import) {}

    bool has_keys() const override { return rows_.has_keys(); }
    std::vector<std::string> keys(const RawRow& row) const override { return rows_.keys(row); }
    std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                 FileMemory& memory, Warnings& warnings) override;

private:
    using Owners = std::unordered_map<std::string, std::int64_t>;  // customer by mail key
    // What the rows of one stretch are judged by.
    struct Rules {
        storage::Transaction& tx;
        customer::MailRule mail;
        core::SettingValues features;
        customer::Registration form;
        Owners owners = {};
    };

    std::string column_of(std::string_view pointer) const { return rows_.column_of(pointer); }
    void split_name(Candidate& candidate, customer::FieldInput& fields, const std::string& whole,
                    std::string_view first, std::string_view second) const;
    void keep_changes(Candidate& candidate, Warnings& warnings) const;
    std::string text_after(const Candidate& candidate, std::string_view column) const;
    Value key_after(const Candidate& candidate, customer::MailRule rule, bool without_login) const;
    Value key_before(const Candidate& candidate, customer::MailRule rule) const;
    void settle_mail(Candidate& candidate, const Rules& rules, FileMemory& memory, StagedRow& staged) const;
    void check_values(Candidate& candidate, const Rules& rules) const;
    void refuse_ties(Candidate& candidate, const Rules& rules) const;
    bool is_of_earlier_row(const Candidate& candidate, const FileMemory& memory) const;
    void note(const Candidate& candidate, const Rules& rules, FileMemory& memory, StagedRow& staged) const;
    StagedRow decide(Candidate& candidate, const Rules& rules, FileMemory& memory, Warnings& warnings) const;
    void plan(Candidate& candidate, StagedRow& staged) const;
    Value value_after(const Candidate& candidate, std::string_view column) const;
    std::string label_of(const Candidate& candidate) const;

    const ImportCase import_;
    const core::Table& table_;
    const CustomerRows rows_;
    const KnownCustomers::Reader known_;
};

// "田中 太郎" -> 田中, 太郎; the customer's own name as it is shown stays as it is stored.
void CustomerImporter::split_name(Candidate& candidate, customer::FieldInput& fields,
                                  const std::string& whole, std::string_view first,
                                  std::string_view second) const {
    const auto* source = import_.layout.find(first.find("kana") != std::string_view::npos ? "kana" : "name");
    if (!source) return;
    if (candidate.existing) {
        const auto& values = candidate.existing->record.values;
        auto shown = std::get<std::string>(values[table_.column(first)]);
        const auto& rest = std::get<std::string>(values[table_.column(second)]);
        if (!shown.empty() && !rest.empty()) shown += ' ';
        if (shown + rest == whole) return;
    }
    auto space = whole.find(' ');
    std::size_t width = 1;
    if (const auto wide = whole.find("　"); wide < space) {
        space = wide;
        width = std::string_view("　").size();
    }
    const auto pointer = "/" + source->field->key;
    const auto& catalogue = import_.context.catalogue;
    fields.read_cell(catalogue.get(first), whole.substr(0, space), pointer, candidate.input);
    fields.read_cell(catalogue.get(second),
                     space == std::string::npos ? std::string() : whole.substr(space + width), pointer,
                     candidate.input);
}

Value CustomerImporter::value_after(const Candidate& candidate, std::string_view column) const {
    if (const auto* value = candidate.input.find(column)) return *value;
    if (candidate.existing) return candidate.existing->record.values[table_.column(column)];
    if (column == "status") return std::string(customer::status::kGuest);
    return table_.columns[table_.column(column)].initial();
}

// Leaves in `input` what differs from the customer as he is. What may be given only at the creation must be
// the same.
void CustomerImporter::keep_changes(Candidate& candidate, Warnings& warnings) const {
    constexpr std::int64_t kSecond = 1000;  // what a file can say of a moment
    const auto& before = candidate.existing->record.values;
    auto& values = candidate.input.values;
    std::erase_if(values, [&](const auto& one) {
        const auto& [column, value] = one;
        const auto& old = before[table_.column(column)];
        if (value == old) return true;
        const auto* field = import_.context.catalogue.find_declared(column);
        if (!field) return false;
        const bool both =
            std::holds_alternative<std::int64_t>(value) && std::holds_alternative<std::int64_t>(old);
        if (field->type == core::FieldType::moment && both &&
            std::get<std::int64_t>(value) / kSecond == std::get<std::int64_t>(old) / kSecond)
            return true;
        if (field->create_only) {
            if (is_set(value)) candidate.errors.push_back({column_of("/" + field->key), "read_only"});
            return true;
        }
        const auto* text = std::get_if<std::string>(&value);
        if (text && text->find("〓") != std::string::npos)
            warn(warnings, "replacement_character", candidate.raw->line);
        return false;
    });
    for (const auto* field : candidate.left_empty)
        if (!field->create_only) candidate.errors.push_back({column_of("/" + field->key), "required"});
}

std::string CustomerImporter::text_after(const Candidate& candidate, std::string_view column) const {
    return std::get<std::string>(value_after(candidate, column));
}

Value CustomerImporter::key_after(const Candidate& candidate, customer::MailRule rule,
                                  bool without_login) const {
    const bool no_login = without_login || value_after(candidate, "no_login") != Value(std::int64_t{0});
    return customer::mail_key(rule, text_after(candidate, "status"), text_after(candidate, "email"), no_login,
                              false);
}

Value CustomerImporter::key_before(const Candidate& candidate, customer::MailRule rule) const {
    if (!candidate.existing) return {};
    const auto& values = candidate.existing->record.values;
    const auto text = [&](std::string_view column) {
        return std::get<std::string>(values[table_.column(column)]);
    };
    return customer::mail_key(rule, text("status"), text("email"),
                              values[table_.column("no_login")] != Value(std::int64_t{0}),
                              candidate.existing->is_deleted);
}

std::int64_t mail_hash(const FileMemory& memory, const Value& key) {
    return keyed_hash(memory.hash_key, "mail:" + std::get<std::string>(key));
}

std::int64_t name_hash(const FileMemory& memory, const std::string& name) {
    return keyed_hash(memory.hash_key, "name:" + name);
}

// Among all rows that want a mail address the first one in the file gets it, also one that another customer
// had until an earlier row.
void CustomerImporter::settle_mail(Candidate& candidate, const Rules& rules, FileMemory& memory,
                                   StagedRow& staged) const {
    if (storage::is_null(candidate.mail_key)) return;
    const auto hash = mail_hash(memory, candidate.mail_key);
    const auto owner = rules.owners.find(std::get<std::string>(candidate.mail_key));
    const bool is_owned = owner != rules.owners.end() && !memory.freed_mails.contains(hash) &&
                          (!candidate.existing || owner->second != candidate.existing->record.id);
    if (!is_owned && !memory.taken_mails.contains(hash)) {
        staged.mail_hash = hash;
        return;
    }
    const bool may_stay = import_.options.on_clash == OnClash::no_login && !candidate.existing &&
                          storage::is_null(key_after(candidate, rules.mail, true));
    if (!may_stay) return candidate.errors.push_back({column_of("/email"), "email_taken"});
    candidate.input.values.emplace_back("no_login", std::int64_t{1});
    candidate.input.values.emplace_back("suspected_duplicate", std::int64_t{1});
}

std::string CustomerImporter::label_of(const Candidate& candidate) const {
    auto name = text_after(candidate, "family_name");
    const auto given = text_after(candidate, "given_name");
    if (!name.empty() && !given.empty()) name += ' ';
    name += given;
    for (const auto* column : {"company", "number", "email"})
        if (name.empty()) name = text_after(candidate, column);
    return name;
}

// What applying it will set, and what stood there before.
void CustomerImporter::plan(Candidate& candidate, StagedRow& staged) const {
    const auto* existing = candidate.existing;
    boost::json::object set, was;
    for (const auto& [column, value] : candidate.input.values) {
        if (!existing && value == table_.columns[table_.column(column)].initial()) continue;
        set[column] = core::to_json(value);
        if (existing) was[column] = core::to_json(existing->record.values[table_.column(column)]);
    }
    staged.payload["set"] = std::move(set);
    if (existing) staged.payload["was"] = std::move(was);
}

// The rules of a customer, the rights of who imports, and what follows from what the row says.
void CustomerImporter::check_values(Candidate& candidate, const Rules& rules) const {
    const auto* before = candidate.existing ? &candidate.existing->record : nullptr;
    auto& input = candidate.input;
    const auto refuse = [&](const std::vector<FieldError>& errors) {
        for (const auto& error : errors) candidate.errors.push_back({column_of(error.pointer), error.code});
    };
    const auto read = input.errors.size();
    customer::settle_member_id(rules.tx, table_, before, input);
    refuse({input.errors.begin() + static_cast<std::ptrdiff_t>(read), input.errors.end()});
    refuse(customer::check_allowed(import_.context.catalogue, rules.features, import_.actor, table_, before,
                                   input));
    refuse(customer::check(table_, before, input));
    refuse(customer::check_reasons(rules.tx, table_, before, input));
    refuse(customer::check_postal_code(rules.tx, import_.context.journal.registry(), table_, before, input));
    customer::add_consequences(table_, before, input, import_.context.journal.now());
}

// Who leaves by a file must be as free to go as by hand.
void CustomerImporter::refuse_ties(Candidate& candidate, const Rules& rules) const {
    const auto* left = candidate.input.find("withdrawn_at");
    const bool is_deletion = candidate.mode == Mode::control;
    const bool is_withdrawal = left && !storage::is_null(*left);
    if (!candidate.existing || candidate.existing->is_deleted || (!is_deletion && !is_withdrawal)) return;
    const auto& registry = import_.context.journal.registry();
    if (!registry.find_ties(rules.tx, candidate.existing->record.id, 1).empty())
        candidate.errors.push_back({column_of(is_deletion ? "/control" : "/status"), "has_ties"});
}

// By another of his names: an id here and a number there, a mail address that is no key of a guest, or the
// name of somebody whom an earlier row makes.
bool CustomerImporter::is_of_earlier_row(const Candidate& candidate, const FileMemory& memory) const {
    if (candidate.mode == Mode::create) return false;
    if (candidate.existing && memory.taken_records.contains(candidate.existing->record.id)) return true;
    const auto& name = known_.name_of(candidate);
    return !name.empty() && memory.made_names.contains(name_hash(memory, name));
}

// What later rows must know of this one, which is right.
void CustomerImporter::note(const Candidate& candidate, const Rules& rules, FileMemory& memory,
                            StagedRow& staged) const {
    const auto before = key_before(candidate, rules.mail);
    const auto after = staged.outcome == Outcome::remove ? Value() : key_after(candidate, rules.mail, false);
    if (!storage::is_null(before) && before != after) staged.freed_hash = mail_hash(memory, before);
    if (staged.outcome == Outcome::create) {
        staged.sequence = memory.new_records++;
        const auto column = known_.name_column();
        const auto name = column.empty() ? std::string() : text_after(candidate, column);
        if (!name.empty() && text_after(candidate, "status") != customer::status::kWithdrawn)
            staged.name_hash = name_hash(memory, name);
    }
    memory.take(staged);
}

StagedRow CustomerImporter::decide(Candidate& candidate, const Rules& rules, FileMemory& memory,
                                   Warnings& warnings) const {
    StagedRow staged{.line = candidate.raw->line};
    const auto* existing = candidate.existing;
    const auto refuse = [&](std::string_view pointer, const char* code) {
        candidate.errors.push_back({column_of(pointer), code});
    };
    if (existing) {
        staged.record = existing->record.id;
        staged.version = existing->version;
    }
    for (const auto& key : keys(*candidate.raw))
        if (memory.repeated_keys.contains(keyed_hash(memory.hash_key, key)))
            refuse(key.starts_with("id:") ? "/id" : "/number", "duplicate_in_file");
    const bool is_repeated = candidate.errors.empty() && is_of_earlier_row(candidate, memory);
    if (is_repeated) candidate.errors.push_back({"", "same_customer"});
    const bool is_missing = !existing && !is_repeated;

    if (candidate.mode == Mode::control) {
        if (is_missing) refuse("/number", "customer_not_found");
        if (!import_.actor.may("customer.delete")) refuse("/control", "forbidden");
        if (candidate.errors.empty()) refuse_ties(candidate, rules);
        staged.outcome = existing && existing->is_deleted ? Outcome::unchanged : Outcome::remove;
    } else {
        const auto* before = existing ? &existing->record : nullptr;
        customer::settle_answers(table_, before, candidate.input);
        customer::require_form(import_.context.catalogue, rules.form, before, candidate.input);
        for (auto& error : candidate.input.errors) refuse(error.pointer, error.code.c_str());
        if (candidate.mode == Mode::create && existing) refuse("/number", "number_taken");
        if (candidate.mode == Mode::update && is_missing) refuse("/number", "customer_not_found");
        if (existing && existing->is_deleted) refuse("/number", "customer_deleted");
        const bool same_number = !existing || candidate.number.empty() ||
                                 existing->record.values[table_.column("number")] == Value(candidate.number);
        if (existing && candidate.mode != Mode::create) {
            if (!same_number) refuse("/number", "read_only");
        }
        check_values(candidate, rules);
        if (existing && candidate.mode != Mode::create) keep_changes(candidate, warnings);
        if (candidate.errors.empty()) refuse_ties(candidate, rules);
        if (candidate.errors.empty()) settle_mail(candidate, rules, memory, staged);
        const bool is_change = !candidate.input.values.empty();
        staged.outcome = !existing ? Outcome::create : is_change ? Outcome::update : Outcome::unchanged;
    }
    staged.label = label_of(candidate);
    if (!candidate.errors.empty()) {
        staged.outcome = Outcome::error;
        staged.errors = std::move(candidate.errors);
        staged.mail_hash.reset();
        return staged;
    }
    note(candidate, rules, memory, staged);
    if (staged.outcome != Outcome::create && staged.outcome != Outcome::update) return staged;
    plan(candidate, staged);
    return staged;
}

std::vector<StagedRow> CustomerImporter::check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                               FileMemory& memory, Warnings& warnings) {
    core::Masters masters(tx);
    customer::FieldInput fields(masters, shop_day(import_.context.journal.now()));
    Rules rules{tx, customer::mail_rule(tx),
                core::settings::read(tx, import_.context.journal.registry(), core::kFeatures),
                customer::Registration(tx, import_.context.journal.registry())};
    std::vector<Candidate> candidates;
    candidates.reserve(rows.size());
    for (const auto& row : rows) candidates.push_back(rows_.read(row, fields, warnings));

    const auto known = known_.read(tx, candidates);
    std::vector<Value> wanted;
    for (auto& candidate : candidates) {
        known.find(candidate, rows_);
        if (candidate.mode == Mode::control) continue;
        split_name(candidate, fields, candidate.name, "family_name", "given_name");
        split_name(candidate, fields, candidate.kana, "family_kana", "given_kana");
        candidate.mail_key = key_after(candidate, rules.mail, false);
        if (!storage::is_null(candidate.mail_key)) wanted.push_back(candidate.mail_key);
    }
    query_in(tx, "SELECT mail_key, id FROM customer WHERE mail_key IN (?)", wanted,
             [&](const storage::Row& row) { rules.owners.emplace(row.text(0), row.integer(1)); });

    std::vector<StagedRow> staged;
    staged.reserve(rows.size());
    for (auto& candidate : candidates) staged.push_back(decide(candidate, rules, memory, warnings));
    return staged;
}

}  // namespace

std::unique_ptr<Importer> make_customer_importer(const ImportCase& import) {
    return std::make_unique<CustomerImporter>(import);
}

}  // namespace otokui::transfer
