#include "transfer/customer_known.hpp"

#include <algorithm>

#include "core/record_json.hpp"
#include "customer/types.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {

using storage::Value;

namespace {

// Where 会員ID is the mail address, a file may give it in that column alone.
const std::string& mail_of(const Candidate& candidate) {
    return candidate.email.empty() ? candidate.member_id : candidate.email;
}

}  // namespace

KnownCustomers::Reader::Reader(const ImportCase& import)
    : table_(import.context.journal.registry().get(customer::kTable)),
      loaded_{"number", "status", "no_login", "deleted_at", "version", "email", "email2", "phone", "company",
              "family_name", "given_name", "family_kana", "given_kana", "member_id",
              // What goes when somebody ceases to be a member or is taken off the block list.
              "withdrawn_at", "newsletter", "direct_mail", "level_id", "level_fixed", "special_type_id",
              "blocked", "block_reasons"} {
    for (const auto& source : import.layout.sources) {
        const auto& column = source.field->column;
        if (table_.find_column(column) && std::find(loaded_.begin(), loaded_.end(), column) == loaded_.end())
            loaded_.push_back(column);
    }
    selected_ = "SELECT id";
    for (const auto& column : loaded_) {
        selected_ += ", " + column;
        positions_.push_back(table_.column(column));
    }
    selected_ += " FROM customer WHERE ";
    const bool has_key = import.layout.find("id") || import.layout.find("number");
    const bool has_mail_ids = import.context.journal.database().read(core::member_id_is_mail);
    const bool has_member_id = import.layout.find("member_id") != nullptr;
    by_member_id_ = !has_key && has_member_id && !has_mail_ids;
    by_email_ = !has_key && !by_member_id_ && (has_member_id || import.layout.find("email"));
}

const std::string& KnownCustomers::Reader::name_of(const Candidate& candidate) const {
    static const std::string kNone;
    return by_member_id_ ? candidate.member_id : by_email_ ? mail_of(candidate) : kNone;
}

std::string_view KnownCustomers::Reader::name_column() const {
    return by_member_id_ ? "member_id" : by_email_ ? "email" : "";
}

void KnownCustomers::Reader::load(storage::Transaction& tx, std::string_view column,
                                  const std::vector<Value>& values, KnownCustomers& known, ByText* by) const {
    if (values.empty()) return;
    const auto condition =
        std::string(column) + " IN (?)" + (column == "member_id" ? " AND member_id <> ''" : "");
    const auto at = static_cast<int>(std::find(loaded_.begin(), loaded_.end(), column) - loaded_.begin()) + 1;
    core::Record blank;
    for (const auto& one : table_.columns) blank.values.push_back(one.initial());
    query_in(tx, selected_ + condition, values, [&](const storage::Row& row) {
        const auto id = row.integer(0);
        if (by) {
            auto& ids = (*by)[std::string(row.text(at))];
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
        if (known.customers_.contains(id)) return;
        auto& existing = known.customers_[id];
        existing.record = blank;
        existing.record.id = id;
        for (std::size_t i = 0; i < loaded_.size(); ++i)
            existing.record.values[positions_[i]] = row.value(static_cast<int>(i) + 1);
        existing.version = std::get<std::int64_t>(existing.record.values[table_.column("version")]);
        existing.is_deleted = !storage::is_null(existing.record.values[table_.column("deleted_at")]);
    });
}

KnownCustomers KnownCustomers::Reader::read(storage::Transaction& tx,
                                            const std::vector<Candidate>& candidates) const {
    std::vector<Value> ids, numbers, member_ids, emails;
    for (const auto& candidate : candidates) {
        if (candidate.id && candidate.mode != Mode::create) ids.emplace_back(*candidate.id);
        if (!candidate.number.empty()) numbers.emplace_back(candidate.number);
        if (candidate.mode == Mode::create) continue;
        if (const auto& name = name_of(candidate); !name.empty())
            (by_member_id_ ? member_ids : emails).emplace_back(name);
    }
    KnownCustomers known(*this);
    load(tx, "id", ids, known, nullptr);
    load(tx, "number", numbers, known, &known.by_number_);
    load(tx, "member_id", member_ids, known, &known.by_member_id_);
    load(tx, "email", emails, known, &known.by_email_);
    return known;
}

const ExistingCustomer* KnownCustomers::only(const Reader::ByText& by, const std::string& text,
                                             std::string_view pointer, const CustomerRows& rows,
                                             Candidate& candidate) const {
    const auto found = by.find(text);
    if (text.empty() || found == by.end()) return nullptr;
    const auto status = reader_->table_.column("status");
    std::vector<const ExistingCustomer*> living;
    for (const auto id : found->second)
        if (const auto& one = customers_.at(id);
            !one.is_deleted && one.record.values[status] != Value(std::string(customer::status::kWithdrawn)))
            living.push_back(&one);
    if (living.size() > 1) candidate.errors.push_back({rows.column_of(pointer), "ambiguous"});
    return living.size() == 1 ? living.front() : nullptr;
}

void KnownCustomers::find(Candidate& candidate, const CustomerRows& rows) const {
    if (candidate.mode != Mode::create) {
        const auto found = candidate.id ? customers_.find(*candidate.id) : customers_.end();
        if (found != customers_.end()) {
            candidate.existing = &found->second;
            return;
        }
        const auto& name = reader_->name_of(candidate);
        if (reader_->by_member_id_)
            candidate.existing = only(by_member_id_, name, "/member_id", rows, candidate);
        if (reader_->by_email_) candidate.existing = only(by_email_, name, "/email", rows, candidate);
    }
    const auto found = by_number_.find(candidate.number);
    if (!candidate.number.empty() && found != by_number_.end())
        candidate.existing = &customers_.at(found->second.front());
}

}  // namespace otokui::transfer
