#include "time_travel/service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "customer/addresses.hpp"
#include "time_travel/record.hpp"

namespace otokui::time_travel {
namespace {

constexpr std::size_t kMaxReason = 1000;     // characters
constexpr std::int64_t kClockSkew = 60'000;  // ms: a caller's clock may run ahead of ours

void refuse_future(const core::Journal& journal, Moment at) {
    if (at.milliseconds <= journal.now().milliseconds + kClockSkew) return;
    throw Refused({ProblemKind::invalid,
                   "as_of.in_future",
                   {"未来の日時は指定できません。", "The moment lies in the future."},
                   {{"/as_of", "in_future"}}});
}

struct Wanted {
    Moment as_of;
    std::vector<std::string> fields;
    std::string reason;
};

Wanted read_body(const boost::json::value& body) {
    json::ObjectReader reader(body);
    Wanted wanted;
    const auto as_of = reader.text("as_of");
    wanted.fields = reader.texts("fields");
    wanted.reason = reader.find_text("reason").value_or("");
    if (reader.errors().empty() && wanted.fields.empty()) reader.add_error("fields", "required");
    if (wanted.fields.size() > json::ObjectReader::kMaxErrors) reader.add_error("fields", "too_many");
    if (text::code_point_count(wanted.reason) > kMaxReason) reader.add_error("reason", "too_long");
    const auto moment = parse_moment(as_of);
    if (!as_of.empty() && !moment) reader.add_error("as_of", "not_a_moment");
    reader.finish("restore.invalid");
    wanted.as_of = moment.value_or(Moment{});
    return wanted;
}

// The keys whose values are written, each with the place in `fields` that asked for it.
std::map<std::string, std::string> pointers_of(const core::Catalogue& catalogue, const Wanted& wanted) {
    std::map<std::string, std::string> pointers;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < wanted.fields.size(); ++i) {
        const auto pointer = "/fields/" + std::to_string(i);
        const auto* field = catalogue.find(wanted.fields[i]);
        if (!field || !field->listable) {
            errors.push_back({pointer, "unknown_field"});
        } else if (field->parts.empty()) {
            pointers.emplace(field->key, pointer);
        } else {
            for (const auto& part : field->parts) pointers.emplace(part, pointer);
        }
    }
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "restore.invalid",
                       {"戻す項目の指定に誤りがあります。", "A field to restore is not known."},
                       std::move(errors)});
    return pointers;
}

void refuse_unknown(const PastCustomer& past, const core::Catalogue& catalogue,
                    const std::map<std::string, std::string>& pointers) {
    std::vector<FieldError> errors;
    for (const auto& [key, pointer] : pointers) {
        const auto privacy = catalogue.get(key).privacy;
        const bool is_gone =
            past.is_erased && (privacy == core::Privacy::personal || privacy == core::Privacy::contact);
        if (is_gone || past.unknown.contains(key)) errors.push_back({pointer, "unknown"});
    }
    if (errors.empty()) return;
    throw Refused(
        {ProblemKind::conflict,
         "restore.unknown",
         {"その時点の値が残っていないため、戻せません。", "The value of that time is not known any more."},
         std::move(errors)});
}

// The pointers of a refused change are those of the body it was made of.
[[noreturn]] void refuse_as_asked(const Refused& refused,
                                  const std::map<std::string, std::string>& pointers) {
    auto problem = refused.problem();
    for (auto& error : problem.fields)
        if (const auto found =
                pointers.find(error.pointer.substr(std::min<std::size_t>(1, error.pointer.size())));
            found != pointers.end())
            error.pointer = found->second;
    throw Refused(std::move(problem));
}

}  // namespace

Moment parse_as_of(std::string_view typed) {
    std::string text(typed);
    constexpr std::size_t kOffset = 19;  // behind "2026-11-22T10:00:00"
    if (const auto blank = text.find(' ', kOffset); blank != std::string::npos) text[blank] = '+';
    if (const auto moment = parse_moment(text)) return *moment;
    throw Refused({ProblemKind::invalid,
                   "as_of.invalid",
                   {"日時は 2026-11-22T10:00:00+09:00 の形式で指定してください。",
                    "Give the moment as 2026-11-22T10:00:00+09:00."},
                   {{"/as_of", "not_a_moment"}}});
}

customer::Json get(const Context& context, const core::Actor& actor, CustomerId id, Moment at) {
    actor.require("customer.read");
    actor.require("history.read");  // what somebody was is told by the history, too
    auto& journal = context.customers.journal;
    refuse_future(journal, at);
    return journal.database().read([&](storage::Transaction& tx) {
        const auto cut = core::cut_at(tx, at);
        const auto past = find_customer(context, tx, id, cut);
        auto json = to_json(context, actor, tx, past, cut);
        json["as_of"] = format_moment(at);
        json["erased"] = past.is_erased;
        json["unknown"] = boost::json::array(past.unknown.begin(), past.unknown.end());
        return json;
    });
}

customer::Json list_addresses(const Context& context, const core::Actor& actor, CustomerId id, Moment at) {
    actor.require("customer.read");
    actor.require("history.read");  // what somebody was is told by the history, too
    auto& journal = context.customers.journal;
    refuse_future(journal, at);
    const auto& table = journal.registry().get("customer_address");
    return journal.database().read([&](storage::Transaction& tx) {
        const auto cut = core::cut_at(tx, at);
        bool is_erased = find_customer(context, tx, id, cut).is_erased;
        std::vector<core::Record> records;
        for (const auto& row : core::list_past(tx, table, id.value, cut)) {
            auto past = core::find_past(tx, table, row.record.id, cut);
            is_erased = is_erased || past->is_erased;
            if (!past->is_erased) records.push_back(std::move(past->record));
        }
        return customer::Json{{"items", customer::to_json(context.customers, actor, std::move(records))},
                              {"next_cursor", nullptr},
                              {"as_of", format_moment(at)},
                              {"erased", is_erased}};
    });
}

customer::Written restore_fields(const Context& context, const core::Actor& actor, CustomerId id,
                                 customer::Seen seen, const boost::json::value& body) {
    actor.require("customer.edit");
    actor.require("history.read");
    const auto& catalogue = context.customers.catalogue;
    auto& journal = context.customers.journal;
    auto wanted = read_body(body);
    refuse_future(journal, wanted.as_of);
    const auto pointers = pointers_of(catalogue, wanted);
    const auto values = journal.database().read([&](storage::Transaction& tx) {
        const auto cut = core::cut_at(tx, wanted.as_of);
        const auto past = find_customer(context, tx, id, cut);
        refuse_unknown(past, catalogue, pointers);
        const auto then = to_json(context, actor, tx, past, cut);
        customer::Json chosen;
        for (const auto& [key, pointer] : pointers) chosen[key] = then.at(key);
        return chosen;
    });
    if (wanted.reason.empty())
        wanted.reason = format_moment(wanted.as_of).substr(0, 19) + " の値に戻しました";
    try {
        return customer::update(context.customers,
                                {.actor = actor, .kind = "customer.restore_fields", .reason = wanted.reason},
                                id, seen, values);
    } catch (const Refused& refused) {
        refuse_as_asked(refused, pointers);
    }
}

void register_kinds(core::Registry& registry) {
    registry.add_kind({"customer.restore_fields",
                       {"過去の値に戻す", "Values of an earlier time restored"},
                       "customer.edit"});
}

}  // namespace otokui::time_travel
