#include "consent/service.hpp"

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/notes.hpp"

namespace otokui::consent {
namespace {

using storage::Transaction;

constexpr std::int64_t kRemovedAtOnce = 2'000;  // some 10 ms of the single writer
constexpr std::size_t kMaxAddress = 64;         // characters of an IP address, with room for a zone
constexpr std::string_view kSelect =
    "SELECT id, customer_id, what, value, at, how, ground, ip, actor, superseded_at FROM consent WHERE ";

struct HowName {
    How how;
    std::string_view name;
};
constexpr std::array kHows{HowName{How::form, "form"},     HowName{How::api, "api"},
                           HowName{How::csv, "csv"},       HowName{How::staff, "staff"},
                           HowName{How::bounce, "bounce"}, HowName{How::unsubscribe, "unsubscribe"}};

json::Value text_or_null(std::string_view text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}

json::Object read(const storage::Row& row, const core::Actor& actor) {
    return {{"id", std::to_string(row.integer(0))},
            {"customer", std::to_string(row.integer(1))},
            {"what", row.text(2)},
            {"value", row.integer(3) != 0},
            {"at", format_moment({row.integer(4)})},
            {"how", row.text(5)},
            {"ground", text_or_null(core::without_mails(row.text(6), actor))},
            {"ip", text_or_null(row.text(7))},
            {"actor", text_or_null(row.text(8))},
            {"current", row.is_null(9)}};
}

json::Object get_entry(Transaction& tx, std::int64_t id, const core::Actor& actor) {
    json::Object entry;
    tx.query(std::string(kSelect) + "id = ?", {id},
             [&](const storage::Row& row) { entry = read(row, actor); });
    return entry;
}

bool is_known(std::string_view what) { return std::ranges::find(kAll, what) != kAll.end(); }

// A line of text; "" when absent.
std::string read_line(json::ObjectReader& reader, std::string_view key, std::size_t most, bool is_required) {
    const auto* value = reader.find(key);
    const auto typed = is_required ? reader.text(key) : reader.find_text(key).value_or("");
    if (!value || !value->is_string()) return "";
    auto line = text::trimmed(typed);
    if (const auto problem = text::line_problem(line))
        reader.add_error(key, std::string(*problem));
    else if (text::code_point_count(line) > most)
        reader.add_error(key, "too_long");
    else if (is_required && line.empty())
        reader.add_error(key, "required");
    return line;
}

std::optional<Moment> read_past_moment(json::ObjectReader& reader, Moment now) {
    const auto typed = reader.find_text("at");
    if (!typed) return std::nullopt;
    const auto at = parse_moment(*typed);
    if (!at)
        reader.add_error("at", "not_a_moment");
    else if (at->milliseconds > now.milliseconds)
        reader.add_error("at", "in_the_future");
    return at;
}

struct Asked {
    std::string what = {};
    bool value = false;
    Evidence evidence;
};

Asked read_asked(const core::Actor& actor, Moment now, const json::Value& body) {
    json::ObjectReader reader(body);
    Asked asked{.evidence = {.how = how_of("", actor.token != 0), .ip = actor.ip}};
    asked.what = reader.text("what");
    if (!asked.what.empty() && !is_known(asked.what)) reader.add_error("what", "not_a_choice");
    asked.value = reader.boolean("value");
    asked.evidence.ground = read_line(reader, "ground", kMaxGround, false);
    if (const auto how = reader.find_text("how")) {
        const auto known = find_how(*how);
        if (!known || *known == How::csv || *known == How::bounce)
            reader.add_error("how", "not_a_choice");
        else
            asked.evidence.how = *known;
    }
    if (const auto ip = read_line(reader, "ip", kMaxAddress, false); !ip.empty()) asked.evidence.ip = ip;
    asked.evidence.at = read_past_moment(reader, now);
    reader.finish("consent.invalid");
    return asked;
}

std::int64_t current_entry(Transaction& tx, CustomerId customer, std::string_view what) {
    return tx
        .find_integer(
            "SELECT max(id) FROM consent WHERE customer_id = ? AND what = ? AND superseded_at IS NULL",
            {customer.value, std::string(what)})
        .value_or(0);
}

struct Reached {
    std::int64_t id = 0;
    bool is_cleaned = false;
};

std::vector<Reached> customers_of(Transaction& tx, const std::string& email) {
    std::vector<Reached> reached;
    tx.query(
        "SELECT id, cleaned FROM customer WHERE email = ? UNION SELECT id, cleaned FROM customer WHERE "
        "email2 "
        "= ? AND email2 > '' ORDER BY 1",
        {email, email},
        [&](const storage::Row& row) { reached.push_back({row.integer(0), row.integer(1) != 0}); });
    return reached;
}

// The address was written off, and somebody has made it mailable again since the mail came back.
bool is_outdated(Transaction& tx, std::int64_t customer, std::optional<Moment> at) {
    return at &&
           tx.find_integer("SELECT 1 FROM consent WHERE customer_id = ? AND what = ? AND at >= ? LIMIT 1",
                           {customer, std::string(kCleaned), at->milliseconds});
}

}  // namespace

std::string_view name_of(How how) {
    for (const auto& [one, name] : kHows)
        if (one == how) return name;
    return "";
}

std::optional<How> find_how(std::string_view name) {
    for (const auto& one : kHows)
        if (one.name == name) return one.how;
    return std::nullopt;
}

How how_of(std::string_view kind, bool by_token) {
    if (kind == "bounce.record") return How::bounce;
    if (kind.ends_with(".import")) return How::csv;
    if (kind.starts_with("signup")) return How::form;
    if (kind.starts_with("unsubscribe")) return How::unsubscribe;
    return by_token ? How::api : How::staff;
}

Page list_of(const Context& context, const core::Actor& actor, CustomerId customer, std::string_view what,
             const std::string& cursor, int limit) {
    actor.require("customer.read");
    if (!what.empty() && !is_known(what))
        throw Refused({ProblemKind::invalid,
                       "query.invalid",
                       {"絞り込みの値が正しくありません。", "A value of the filter is not known."},
                       {{"/what", "not_a_choice"}}});
    const auto below = core::id_below(cursor);
    return context.journal.database().read([&](Transaction& tx) {
        core::require_customer(tx, customer);
        std::string where = "customer_id = ? AND id < ?";
        storage::Values values{customer.value, below};
        if (!what.empty()) {
            where += " AND what = ?";
            values.emplace_back(std::string(what));
        }
        values.emplace_back(std::int64_t{limit} + 1);
        Page page;
        std::int64_t rows = 0, last = 0;
        tx.query(std::string(kSelect) + where + " ORDER BY id DESC LIMIT ?", values,
                 [&](const storage::Row& row) {
                     if (++rows > limit) return;
                     page.items.push_back(read(row, actor));
                     last = row.integer(0);
                 });
        if (rows > limit) page.next_cursor = std::to_string(last);
        return page;
    });
}

std::int64_t record(core::Writer& writer, CustomerId customer, std::string_view what, bool value,
                    const Evidence& evidence) {
    const auto& customers = writer.registry().get("customer");
    const auto& entries = writer.registry().get(kTable);
    const auto now = writer.now().milliseconds, at = evidence.at.value_or(writer.now()).milliseconds;
    const std::string how(name_of(evidence.how));
    if (writer.update(customers, customer.value, {{what, std::int64_t{value}}})) {
        const auto id = current_entry(writer.tx(), customer, what);
        writer.execute_unjournaled(entries,
                                   "UPDATE consent SET at = ?, how = ?, ground = ?, ip = ? WHERE id = ?",
                                   {at, how, evidence.ground, evidence.ip, id});
        return id;
    }
    writer.execute_unjournaled(
        entries,
        "UPDATE consent SET superseded_at = ? WHERE customer_id = ? AND what = ? AND superseded_at IS NULL",
        {now, customer.value, std::string(what)});
    const auto id = writer.tx().allocate_ids(kTable, 1).front();
    writer.execute_unjournaled(
        entries,
        "INSERT INTO consent (id, customer_id, what, value, at, how, ground, ip, actor) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {id, customer.value, std::string(what), std::int64_t{value}, at, how, evidence.ground, evidence.ip,
         writer.actor().name});
    return id;
}

Recorded record(const Context& context, const core::Actor& actor, CustomerId customer,
                const json::Value& body) {
    actor.require("customer.edit");
    const auto asked = read_asked(actor, context.journal.now(), body);
    return context.journal.write({.actor = actor, .kind = "consent.record", .reason = asked.evidence.ground},
                                 [&](core::Writer& writer) {
                                     core::require_living_customer(writer.tx(), customer);
                                     const auto id =
                                         record(writer, customer, asked.what, asked.value, asked.evidence);
                                     return Recorded{get_entry(writer.tx(), id, actor), writer.operation()};
                                 });
}

Bounced bounce(const Context& context, const core::Actor& actor, const std::string& email,
               const std::string& reason, std::optional<Moment> at) {
    actor.require("mailing");
    return context.journal.write(
        {.actor = actor, .kind = "bounce.record", .reason = reason}, [&](core::Writer& writer) {
            Bounced bounced;
            for (const auto& one : customers_of(writer.tx(), email)) {
                if (!core::hold_unless_erased(writer.tx(), {one.id})) continue;
                if (one.is_cleaned)
                    ++bounced.already;
                else if (is_outdated(writer.tx(), one.id, at))
                    ++bounced.kept;
                else {
                    record(writer, {one.id}, kCleaned, true,
                           {.how = How::bounce, .ground = reason, .ip = actor.ip, .at = at});
                    ++bounced.cleaned;
                }
            }
            bounced.operation = writer.operation();
            return bounced;
        });
}

Bounced bounce(const Context& context, const core::Actor& actor, const json::Value& body) {
    actor.require("mailing");
    json::ObjectReader reader(body);
    const auto typed = reader.text("email");
    const auto email = text::mail(typed);
    if (!typed.empty())
        if (const auto problem = text::mail_problem(email)) reader.add_error("email", std::string(*problem));
    const auto reason = read_line(reader, "reason", kMaxGround, true);
    const auto at = read_past_moment(reader, context.journal.now());
    reader.finish("bounce.invalid");
    return bounce(context, actor, email, reason, at);
}

std::int64_t remove_expired(const Context& context) {
    constexpr std::int64_t kDay = 86'400'000;
    const auto before = context.journal.now().milliseconds - kKeptDays * kDay;
    return context.journal.housekeeping(
        [&](core::Writer& writer) {
            return writer.execute_unjournaled(
                writer.registry().get(kTable),
                "DELETE FROM consent WHERE id IN (SELECT id FROM consent WHERE superseded_at IS NOT NULL AND "
                "superseded_at < ? ORDER BY superseded_at LIMIT ?)",
                {before, kRemovedAtOnce});
        },
        storage::Priority::background);
}

}  // namespace otokui::consent
