#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/text/card_number.hpp"
#include "base/text/normalise.hpp"
#include "customer/derive.hpp"
#include "customer/service.hpp"
#include "customer/types.hpp"
#include "transfer/importer.hpp"
#include "transfer/lookup.hpp"

// Decides for each row of a file of customers: new, changed, the same or wrong. A record is found by its id,
// else by its number; a file without either by 会員ID, else by mail address.
namespace otokui::transfer {
namespace {

using core::Field;
using core::Record;
using customer::Input;
using storage::Value;

struct Existing {
    Record record;
    std::int64_t version = 0;
    bool is_deleted = false;
};

struct Candidate {
    const RawRow* raw = nullptr;
    Mode mode = Mode::upsert;  // create, update or upsert; control stands for delete
    Input input;
    std::vector<RowError> errors;
    std::vector<const Field*> left_empty;  // fields that cannot be empty, with an empty cell
    std::optional<std::int64_t> id;
    std::string number, member_id, email, name, kana;
    const Existing* existing = nullptr;
    Value mail_key;  // after the row, when it is to be another than before
};

bool is_set(const Value& value) { return !storage::is_null(value) && value != Value(std::string()); }

std::optional<std::int64_t> id_of(std::string_view cell) {
    const auto digits = text::trimmed(cell);
    if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoll(digits);
}

class CustomerImporter : public Importer {
public:
    explicit CustomerImporter(const ImportCase& import);

    std::vector<std::string> keys(const RawRow& row) const override;
    std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                 FileMemory& memory, Warnings& warnings) override;

private:
    struct Reading {
        const Field* field;
        std::vector<std::size_t> columns;
        std::string pointer;
    };
    using Customers = std::unordered_map<std::int64_t, Existing>;
    using ByText = std::unordered_map<std::string, std::vector<std::int64_t>>;
    struct Known {
        Customers customers;
        ByText by_number, by_member_id, by_email;
        std::unordered_map<std::string, std::int64_t> by_mail_key;
    };

    std::string_view raw_cell(const RawRow& row, const Reading& reading) const;
    std::string cell_of(const RawRow& row, std::string_view key) const;
    std::string column_of(std::string_view pointer) const;
    Candidate read(const RawRow& row, customer::FieldInput& fields, Warnings& warnings) const;
    void read_control(const RawRow& row, Candidate& candidate) const;
    void load(storage::Transaction& tx, std::string_view column, const std::vector<Value>& values,
              Known& known, ByText* by) const;
    void load_existing(storage::Transaction& tx, const std::vector<Candidate>& candidates,
                       Known& known) const;
    void find_existing(Candidate& candidate, const Known& known) const;
    void split_name(Candidate& candidate, const std::string& whole, std::string_view first,
                    std::string_view second) const;
    void keep_changes(Candidate& candidate, Warnings& warnings) const;
    Value key_after(const Candidate& candidate, customer::MailRule rule, bool without_login) const;
    void settle_mail(Candidate& candidate, customer::MailRule rule, const Known& known, FileMemory& memory,
                     StagedRow& staged) const;
    StagedRow decide(Candidate& candidate, customer::MailRule rule, const Known& known, FileMemory& memory,
                     Warnings& warnings) const;
    Value value_after(const Candidate& candidate, std::string_view column) const;
    std::string label_of(const Candidate& candidate) const;

    const ImportCase import_;
    const core::Table& table_;
    std::vector<Reading> readings_;
    std::vector<std::string> loaded_;  // columns read of customers that are there already
    std::string selected_;
    bool has_key_ = false, by_member_id_ = false, by_email_ = false;
};

void warn(Warnings& warnings, const std::string& code, std::int64_t line) {
    auto& warning = warnings[code];
    ++warning.count;
    if (warning.lines.size() < Warning::kMostLines) warning.lines.push_back(line);
}

CustomerImporter::CustomerImporter(const ImportCase& import)
    : import_(import), table_(import.context.journal.registry().get(customer::kTable)) {
    loaded_ = {"number", "status",  "no_login",    "deleted_at", "version",     "email",      "email2",
               "phone",  "company", "family_name", "given_name", "family_kana", "given_kana", "member_id"};
    for (const auto& source : import.layout.sources) {
        readings_.push_back({source.field, source.columns, "/" + source.field->key});
        const auto& column = source.field->column;
        if (table_.find_column(column) && std::find(loaded_.begin(), loaded_.end(), column) == loaded_.end())
            loaded_.push_back(column);
    }
    selected_ = "SELECT id";
    for (const auto& column : loaded_) selected_ += ", " + column;
    selected_ += " FROM customer WHERE ";
    has_key_ = import.layout.find("id") || import.layout.find("number");
    by_member_id_ = !has_key_ && import.layout.find("member_id");
    by_email_ = !has_key_ && !by_member_id_ && import.layout.find("email");
}

std::string_view CustomerImporter::raw_cell(const RawRow& row, const Reading& reading) const {
    for (const auto column : reading.columns)
        if (column < row.cells.size() && !row.cells[column].empty()) return row.cells[column];
    return {};
}

std::string CustomerImporter::cell_of(const RawRow& row, std::string_view key) const {
    for (const auto& reading : readings_)
        if (reading.field->key == key)
            return text::trimmed(import_.layout.cell(*reading.field, raw_cell(row, reading)));
    return {};
}

std::vector<std::string> CustomerImporter::keys(const RawRow& row) const {
    std::vector<std::string> keys;
    if (import_.options.mode != Mode::create)
        if (auto id = cell_of(row, "id"); !id.empty()) keys.push_back("id:" + std::move(id));
    if (auto number = cell_of(row, "number"); !number.empty()) keys.push_back("number:" + std::move(number));
    return keys;
}

std::string CustomerImporter::column_of(std::string_view pointer) const {
    const auto* source = import_.layout.find(pointer.substr(1));
    return source ? import_.layout.header[source->columns.front()] : std::string();
}

void CustomerImporter::read_control(const RawRow& row, Candidate& candidate) const {
    candidate.mode = import_.options.mode;
    if (candidate.mode != Mode::control) return;
    const auto letter = cell_of(row, kControl);
    if (letter == "n" || letter == "N") {
        candidate.mode = Mode::create;
    } else if (letter == "u" || letter == "U") {
        candidate.mode = Mode::update;
    } else if (letter != "d" && letter != "D") {
        candidate.mode = Mode::upsert;
        candidate.errors.push_back({column_of("/control"), "not_a_control"});
    }
}

Candidate CustomerImporter::read(const RawRow& row, customer::FieldInput& fields, Warnings& warnings) const {
    Candidate candidate;
    candidate.raw = &row;
    candidate.errors = row.problems;
    read_control(row, candidate);
    auto& input = candidate.input;
    for (const auto& reading : readings_) {
        const auto& field = *reading.field;
        if (field.key == kControl) continue;
        const auto cell = import_.layout.cell(field, raw_cell(row, reading));
        if (field.key == "id") {
            candidate.id = id_of(cell);
            if (!candidate.id && !text::trimmed(cell).empty() && import_.options.mode != Mode::create)
                input.errors.push_back({reading.pointer, "not_an_id"});
        } else if (field.key == "name") {
            candidate.name = text::trimmed(cell);
        } else if (field.key == "kana") {
            candidate.kana = text::kana(cell);
        } else if (!field.nullable && field.type != core::FieldType::boolean && text::trimmed(cell).empty()) {
            candidate.left_empty.push_back(&field);
        } else {
            const auto errors = input.errors.size();
            fields.read_cell(field, cell, reading.pointer, input);
            if (field.key == "memo" && !text::find_card_numbers(cell).empty())
                warn(warnings, "card_number_masked", row.line);
            const bool foreign_word = import_.layout.format != "otokui" &&
                                      field.type == core::FieldType::reference &&
                                      input.errors.size() > errors;
            if (foreign_word) {
                input.errors.pop_back();
                warn(warnings, "unknown_word_left_out", row.line);
            }
        }
    }
    const auto text_at = [&](std::string_view column) {
        const auto* value = input.find(column);
        return value && std::holds_alternative<std::string>(*value) ? std::get<std::string>(*value)
                                                                    : std::string();
    };
    candidate.number = text_at("number");
    candidate.member_id = text_at("member_id");
    candidate.email = text_at("email");
    return candidate;
}

void CustomerImporter::load(storage::Transaction& tx, std::string_view column,
                            const std::vector<Value>& values, Known& known, ByText* by) const {
    const auto condition =
        std::string(column) + " IN (?)" + (column == "member_id" ? " AND member_id <> ''" : "");
    Record blank;
    for (const auto& one : table_.columns) blank.values.push_back(one.initial());
    query_in(tx, selected_ + condition, values, [&](const storage::Row& row) {
        const auto id = row.integer(0);
        if (by) {
            const auto at = std::find(loaded_.begin(), loaded_.end(), column) - loaded_.begin();
            auto& ids = (*by)[std::string(row.text(static_cast<int>(at) + 1))];
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
        if (known.customers.contains(id)) return;
        auto& existing = known.customers[id];
        existing.record = blank;
        existing.record.id = id;
        for (std::size_t i = 0; i < loaded_.size(); ++i)
            existing.record.values[table_.column(loaded_[i])] = row.value(static_cast<int>(i) + 1);
        existing.version = std::get<std::int64_t>(existing.record.values[table_.column("version")]);
        existing.is_deleted = !storage::is_null(existing.record.values[table_.column("deleted_at")]);
    });
}

void CustomerImporter::load_existing(storage::Transaction& tx, const std::vector<Candidate>& candidates,
                                     Known& known) const {
    std::vector<Value> ids, numbers, member_ids, emails;
    for (const auto& candidate : candidates) {
        if (candidate.id && candidate.mode != Mode::create) ids.emplace_back(*candidate.id);
        if (!candidate.number.empty()) numbers.emplace_back(candidate.number);
        if (candidate.mode == Mode::create) continue;
        if (by_member_id_ && !candidate.member_id.empty()) member_ids.emplace_back(candidate.member_id);
        if (by_email_ && !candidate.email.empty()) emails.emplace_back(candidate.email);
    }
    load(tx, "id", ids, known, nullptr);
    load(tx, "number", numbers, known, &known.by_number);
    load(tx, "member_id", member_ids, known, &known.by_member_id);
    load(tx, "email", emails, known, &known.by_email);
}

// One living customer must answer to what names the record; numbers are unique by themselves.
void CustomerImporter::find_existing(Candidate& candidate, const Known& known) const {
    const auto get = [&](std::int64_t id) { return &known.customers.at(id); };
    const auto only = [&](const ByText& by, const std::string& text, const char* pointer) {
        const auto found = by.find(text);
        if (found == by.end()) return;
        std::vector<const Existing*> living;
        for (const auto id : found->second)
            if (const auto* one = get(id);
                !one->is_deleted && one->record.values[table_.column("status")] !=
                                        Value(std::string(customer::status::kWithdrawn)))
                living.push_back(one);
        if (living.size() > 1) candidate.errors.push_back({column_of(pointer), "ambiguous"});
        if (living.size() == 1) candidate.existing = living.front();
    };
    if (candidate.mode != Mode::create) {
        const auto found = candidate.id ? known.customers.find(*candidate.id) : known.customers.end();
        if (found != known.customers.end()) {
            candidate.existing = &found->second;
            return;
        }
        if (by_member_id_ && !candidate.member_id.empty())
            only(known.by_member_id, candidate.member_id, "/member_id");
        if (by_email_ && !candidate.email.empty()) only(known.by_email, candidate.email, "/email");
    }
    const auto found = known.by_number.find(candidate.number);
    if (!candidate.number.empty() && found != known.by_number.end())
        candidate.existing = get(found->second.front());
}

// "田中 太郎" -> 田中, 太郎; the customer's own name as it is shown stays as it is stored.
void CustomerImporter::split_name(Candidate& candidate, const std::string& whole, std::string_view first,
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
    auto& values = candidate.input.values;
    values.emplace_back(first, whole.substr(0, space));
    values.emplace_back(
        second, space == std::string::npos ? std::string() : text::trimmed(whole.substr(space + width)));
    for (const auto column : {first, second})
        if (const auto& field = import_.context.catalogue.get(column);
            std::get<std::string>(*candidate.input.find(column)).size() > field.max_length * 4)
            candidate.input.errors.push_back({"/" + source->field->key, "too_long"});
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
        const auto* field = import_.context.catalogue.find(column);
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

Value CustomerImporter::key_after(const Candidate& candidate, customer::MailRule rule,
                                  bool without_login) const {
    const auto text = [&](std::string_view column) {
        return std::get<std::string>(value_after(candidate, column));
    };
    const bool no_login = without_login || value_after(candidate, "no_login") != Value(std::int64_t{0});
    return customer::mail_key(rule, text("status"), text("email"), no_login, false);
}

// Among all rows that want a mail address the first one in the file gets it.
void CustomerImporter::settle_mail(Candidate& candidate, customer::MailRule rule, const Known& known,
                                   FileMemory& memory, StagedRow& staged) const {
    if (storage::is_null(candidate.mail_key)) return;
    const auto& key = std::get<std::string>(candidate.mail_key);
    const auto hash = keyed_hash(memory.hash_key, "mail:" + key);
    const auto owner = known.by_mail_key.find(key);
    const bool is_owned = owner != known.by_mail_key.end() &&
                          (!candidate.existing || owner->second != candidate.existing->record.id);
    if (!is_owned && !memory.taken_mails.contains(hash)) {
        staged.mail_hash = hash;
        return;
    }
    const bool may_stay = import_.options.on_clash == OnClash::no_login && !candidate.existing &&
                          storage::is_null(key_after(candidate, rule, true));
    if (!may_stay) return candidate.errors.push_back({column_of("/email"), "email_taken"});
    candidate.input.values.emplace_back("no_login", std::int64_t{1});
    candidate.input.values.emplace_back("suspected_duplicate", std::int64_t{1});
}

std::string CustomerImporter::label_of(const Candidate& candidate) const {
    const auto text = [&](std::string_view column) {
        return std::get<std::string>(value_after(candidate, column));
    };
    auto name = text("family_name");
    const auto given = text("given_name");
    if (!name.empty() && !given.empty()) name += ' ';
    name += given;
    for (const auto* column : {"company", "number", "email"})
        if (name.empty()) name = text(column);
    return name;
}

StagedRow CustomerImporter::decide(Candidate& candidate, customer::MailRule rule, const Known& known,
                                   FileMemory& memory, Warnings& warnings) const {
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

    if (candidate.mode == Mode::control) {
        if (!existing) refuse("/number", "customer_not_found");
        if (!import_.actor.may("customer.delete")) refuse("/control", "forbidden");
        staged.outcome = existing && existing->is_deleted ? Outcome::unchanged : Outcome::remove;
    } else {
        for (auto& error : candidate.input.errors) refuse(error.pointer, error.code.c_str());
        if (candidate.mode == Mode::create && existing) refuse("/number", "number_taken");
        if (candidate.mode == Mode::update && !existing) refuse("/number", "customer_not_found");
        if (existing && existing->is_deleted) refuse("/number", "customer_deleted");
        const bool same_number = !existing || candidate.number.empty() ||
                                 existing->record.values[table_.column("number")] == Value(candidate.number);
        if (existing && candidate.mode != Mode::create) {
            if (!same_number) refuse("/number", "read_only");
            keep_changes(candidate, warnings);
        }
        for (const auto& error :
             customer::check(table_, existing ? &existing->record : nullptr, candidate.input))
            refuse(error.pointer, error.code.c_str());
        if (candidate.errors.empty()) settle_mail(candidate, rule, known, memory, staged);
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
    if (staged.mail_hash) memory.taken_mails.insert(*staged.mail_hash);
    if (staged.outcome == Outcome::create) staged.sequence = memory.new_records++;
    if (staged.outcome != Outcome::create && staged.outcome != Outcome::update) return staged;
    customer::follow_status(table_, existing ? &existing->record : nullptr, candidate.input,
                            import_.context.journal.now());
    boost::json::object set, was;
    for (const auto& [column, value] : candidate.input.values) {
        if (!existing && value == table_.columns[table_.column(column)].initial()) continue;
        set[column] = core::to_json(value);
        if (existing) was[column] = core::to_json(existing->record.values[table_.column(column)]);
    }
    staged.payload["set"] = std::move(set);
    if (existing) staged.payload["was"] = std::move(was);
    return staged;
}

std::vector<StagedRow> CustomerImporter::check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                               FileMemory& memory, Warnings& warnings) {
    core::Masters masters(tx);
    customer::FieldInput fields(masters, shop_day(import_.context.journal.now()));
    const auto rule = customer::mail_rule(tx);
    std::vector<Candidate> candidates;
    candidates.reserve(rows.size());
    for (const auto& row : rows) candidates.push_back(read(row, fields, warnings));

    Known known;
    load_existing(tx, candidates, known);
    std::vector<Value> wanted;
    for (auto& candidate : candidates) {
        find_existing(candidate, known);
        if (candidate.mode == Mode::control) continue;
        split_name(candidate, candidate.name, "family_name", "given_name");
        split_name(candidate, candidate.kana, "family_kana", "given_kana");
        candidate.mail_key = key_after(candidate, rule, false);
        if (!storage::is_null(candidate.mail_key)) wanted.push_back(candidate.mail_key);
    }
    query_in(tx, "SELECT mail_key, id FROM customer WHERE mail_key IN (?)", wanted,
             [&](const storage::Row& row) { known.by_mail_key.emplace(row.text(0), row.integer(1)); });

    std::vector<StagedRow> staged;
    staged.reserve(rows.size());
    for (auto& candidate : candidates) staged.push_back(decide(candidate, rule, known, memory, warnings));
    return staged;
}

}  // namespace

std::unique_ptr<Importer> make_customer_importer(const ImportCase& import) {
    return std::make_unique<CustomerImporter>(import);
}

}  // namespace otokui::transfer
