#include "memo/service.hpp"

#include <charconv>

#include "base/problem.hpp"
#include "base/text/card_number.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "memo/store.hpp"

namespace otokui::memo {
namespace {

using storage::Transaction;

std::int64_t parse_id(std::string_view digits) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (error != std::errc() || end != digits.data() + digits.size() || id < 1) core::refuse_cursor();
    return id;
}

// "1-123": pinned, id of the last one shown.
store::Place parse_place(const std::string& cursor) {
    if (cursor.empty()) return {};
    if (!cursor.starts_with("0-") && !cursor.starts_with("1-")) core::refuse_cursor();
    return {cursor.front() == '1', parse_id(std::string_view(cursor).substr(2))};
}

enum class Lines { one, several };

// Reads the members of a body that are there into values of columns.
class Input {
public:
    explicit Input(const json::Value& body) : reader_(body) {}

    void text(const std::string& key, std::size_t most, Lines lines) {
        if (!reader_.has(key)) return;
        const auto typed = reader_.find_text(key).value_or("");
        if (typed.empty()) return set(key, std::string());
        auto stored = text::trimmed(typed);
        const auto problem =
            lines == Lines::one ? text::line_problem(stored) : text::multiline_problem(stored);
        if (problem) return reader_.add_error(key, std::string(*problem));
        stored = text::mask_card_numbers(stored);
        if (text::code_point_count(stored) > most) return reader_.add_error(key, "too_long");
        if (stored != typed)
            adjusted_.push_back(json::Object{{"pointer", "/" + key}, {"before", typed}, {"after", stored}});
        set(key, std::move(stored));
    }
    void flag(const std::string& key) {
        if (!reader_.has(key)) return;
        if (reader_.is_null(key)) return reader_.add_error(key, "wrong_type");
        if (const auto given = reader_.find_boolean(key)) set(key, std::int64_t{*given});
    }
    void require_body(bool must_be_named) {
        const auto wrong = reader_.errors();
        for (const auto& error : wrong)
            if (error.pointer == "/body") return;
        const auto* body = find("body");
        if (body ? *body == storage::Value(std::string()) : must_be_named)
            reader_.add_error("body", "required");
    }
    void finish() const { reader_.finish("memo.invalid"); }

    const storage::Value* find(std::string_view column) const {
        for (const auto& [name, value] : values_)
            if (name == column) return &value;
        return nullptr;
    }
    core::Assignments assignments() const { return {values_.begin(), values_.end()}; }
    const json::Array& adjusted() const { return adjusted_; }

private:
    void set(const std::string& column, storage::Value value) {
        values_.emplace_back(column, std::move(value));
    }
    json::ObjectReader reader_;
    std::vector<std::pair<std::string, storage::Value>> values_;
    json::Array adjusted_;
};

Input read_input(const json::Value& body, bool is_new) {
    Input input(body);
    input.text("title", kMaxTitle, Lines::one);
    input.text("body", kMaxBody, Lines::several);
    input.flag("pinned");
    input.flag("alert");
    input.require_body(is_new);
    input.finish();
    return input;
}

storage::Value id_or_null(StaffId id) { return id.value == 0 ? storage::Value() : storage::Value(id.value); }

json::Value id_json(std::int64_t id) {
    return id == 0 ? json::Value() : json::Value(boost::json::string(std::to_string(id)));
}
json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(boost::json::string(text));
}

// Locks the row before it is compared.
void require_version(core::Writer& writer, CustomerId customer, MemoId id,
                     std::optional<std::int64_t> version, const json::Value& sent) {
    writer.find(writer.registry().get(kTable), id.value);
    const auto now = store::get(writer.tx(), customer, id);
    if (!version || *version == now.version) return;
    Problem problem{
        ProblemKind::stale,
        "memo.stale",
        {"表示したあとに別の人が変更しました。", "Somebody else has changed this memo since you opened it."}};
    problem.extra["current"] = to_json(now);
    if (sent.is_object()) problem.extra["sent"] = sent;
    throw Refused(std::move(problem));
}

}  // namespace

Page list_of(const Context& context, const core::Actor& actor, CustomerId customer, std::optional<bool> alert,
             const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto after = parse_place(cursor);
    return context.journal.database().read([&](Transaction& tx) {
        core::require_customer(tx, customer);
        Page page{store::list_of(tx, customer, alert, after, limit + 1)};
        if (std::ssize(page.items) <= limit) return page;
        page.items.pop_back();
        const auto& last = page.items.back();
        page.next_cursor = std::to_string(int{last.pinned}) + "-" + std::to_string(last.id.value);
        return page;
    });
}

Page list_all(const Context& context, const core::Actor& actor, const Filter& filter,
              const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto before = cursor.empty() ? std::numeric_limits<std::int64_t>::max() : parse_id(cursor);
    return context.journal.database().read([&](Transaction& tx) {
        Page page{store::list_all(tx, filter, before, limit + 1)};
        if (std::ssize(page.items) <= limit) return page;
        page.items.pop_back();
        page.next_cursor = std::to_string(page.items.back().id.value);
        return page;
    });
}

Memo get(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id) {
    actor.require("customer.read");
    return context.journal.database().read([&](Transaction& tx) {
        core::require_customer(tx, customer);
        return store::get(tx, customer, id);
    });
}

Written create(const Context& context, const core::Actor& actor, CustomerId customer,
               const json::Value& body) {
    actor.require("memo.edit");
    const auto input = read_input(body, true);
    return context.journal.write({.actor = actor, .kind = "memo.create"}, [&](core::Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        auto values = input.assignments();
        values.emplace_back("customer_id", customer.value);
        values.emplace_back("created_by", id_or_null(actor.staff));
        values.emplace_back("created_at", writer.now().milliseconds);
        values.emplace_back("updated_by", id_or_null(actor.staff));
        const MemoId id{writer.insert(writer.registry().get(kTable), values)};
        return Written{store::get(writer.tx(), customer, id), input.adjusted(), writer.operation()};
    });
}

Written update(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id,
               std::optional<std::int64_t> version, const json::Value& body) {
    actor.require("memo.edit");
    const auto input = read_input(body, false);
    return context.journal.write({.actor = actor, .kind = "memo.update"}, [&](core::Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        require_version(writer, customer, id, version, body);
        const auto& table = writer.registry().get(kTable);
        const auto before = writer.find(table, id.value).value();
        auto values = input.assignments();
        const bool differs = std::ranges::any_of(values, [&](const auto& value) {
            return before.values[table.column(value.first)] != value.second;
        });
        if (differs) {
            values.emplace_back("updated_by", id_or_null(actor.staff));
            writer.update(table, id.value, values);
        }
        return Written{store::get(writer.tx(), customer, id), input.adjusted(), writer.operation()};
    });
}

OperationId remove(const Context& context, const core::Actor& actor, CustomerId customer, MemoId id,
                   std::optional<std::int64_t> version) {
    actor.require("memo.edit");
    return context.journal.write({.actor = actor, .kind = "memo.delete"}, [&](core::Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        require_version(writer, customer, id, version, nullptr);
        writer.remove(writer.registry().get(kTable), id.value);
        return writer.operation();
    });
}

json::Object to_json(const Memo& memo) {
    return {{"id", std::to_string(memo.id.value)},
            {"customer", std::to_string(memo.customer.value)},
            {"customer_number", memo.customer_number},
            {"customer_name", text_or_null(memo.customer_name)},
            {"title", text_or_null(memo.title)},
            {"body", memo.body},
            {"pinned", memo.pinned},
            {"alert", memo.alert},
            {"created_by", id_json(memo.created_by.value)},
            {"created_by_name", text_or_null(memo.created_by_name)},
            {"created_at", format_moment(memo.created_at)},
            {"updated_by", id_json(memo.updated_by.value)},
            {"updated_by_name", text_or_null(memo.updated_by_name)},
            {"updated_at", format_moment(memo.updated_at)},
            {"version", memo.version}};
}

}  // namespace otokui::memo
