#include "coupon/service.hpp"

#include <charconv>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "coupon/rules.hpp"
#include "coupon/store.hpp"

namespace otokui::coupon {
namespace {

using storage::Transaction;

// "at_kind_id" of the last one shown.
store::Place parse_place(const std::string& cursor) {
    if (cursor.empty()) return {};
    std::array<std::int64_t, 3> numbers{};
    const char* next = cursor.data();
    const char* const end = next + cursor.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [stop, error] = std::from_chars(next, end, numbers[i]);
        const bool is_last = i + 1 == numbers.size();
        if (error != std::errc() || (is_last ? stop != end : stop == end || *stop != '_'))
            core::refuse_cursor();
        next = stop + 1;
    }
    return {numbers[0], static_cast<int>(numbers[1]), numbers[2]};
}

std::string format_place(const store::Place& place) {
    return std::to_string(place.at) + "_" + std::to_string(place.kind) + "_" + std::to_string(place.id);
}

json::Value day_or_null(const std::optional<Day>& day) {
    return day ? json::Value(format_day(*day)) : json::Value();
}

json::Object to_json(const Coupon& coupon, Day today) {
    json::Array products;
    for (const auto& product : coupon.products) products.emplace_back(product);
    return {{"id", std::to_string(coupon.id.value)},
            {"name", coupon.name},
            {"code", coupon.code},
            {"discount", name_of(coupon.discount)},
            {"value", coupon.value},
            {"valid_from", day_or_null(coupon.valid_from)},
            {"valid_to", day_or_null(coupon.valid_to)},
            {"uses_per_customer",
             coupon.uses_per_customer ? json::Value(*coupon.uses_per_customer) : json::Value()},
            {"minimum_amount", coupon.minimum_amount},
            {"products", std::move(products)},
            {"customer_limited", coupon.customer_limited},
            {"enabled", coupon.enabled},
            {"status", name_of(status_of(coupon, today))},
            {"granted", coupon.granted},
            {"used", coupon.used},
            {"created_at", format_moment(coupon.created_at)},
            {"updated_at", format_moment(coupon.updated_at)},
            {"version", coupon.version}};
}

// Members of a body that are there, over what the coupon says already.
class Reading {
public:
    Reading(const json::Value& body, Coupon& coupon) : reader_(body), coupon_(coupon) {}

    void text(std::string_view key, std::string& into, bool is_required) {
        if (!is_required && !reader_.has(key)) return;
        into = text::trimmed(reader_.text(key));
    }
    void discount(bool is_required) {
        if (!is_required && !reader_.has("discount")) return;
        const auto typed = reader_.text("discount");
        const auto known = find_discount(typed);
        if (known)
            coupon_.discount = *known;
        else if (!typed.empty())
            reader_.add_error("discount", "not_a_choice");
    }
    void number(std::string_view key, std::int64_t& into) {
        if (reader_.has(key)) into = reader_.find_integer(key).value_or(0);
    }
    void number(std::string_view key, std::optional<std::int64_t>& into) {
        if (reader_.has(key)) into = reader_.find_integer(key);
    }
    void flag(std::string_view key, bool& into) {
        if (!reader_.has(key)) return;
        if (reader_.is_null(key)) return reader_.add_error(key, "wrong_type");
        into = reader_.find_boolean(key).value_or(into);
    }
    void day(std::string_view key, std::optional<Day>& into) {
        if (!reader_.has(key)) return;
        const auto typed = reader_.find_text(key);
        into = typed && !typed->empty() ? parse_day(*typed) : std::nullopt;
        if (typed && !typed->empty() && !into) reader_.add_error(key, "not_a_date");
    }
    void products() {
        if (!reader_.has("products")) return;
        coupon_.products = reader_.find_texts("products").value_or(std::vector<std::string>());
        for (auto& product : coupon_.products) product = text::trimmed(product);
        std::ranges::sort(coupon_.products);
        const auto repeated = std::ranges::unique(coupon_.products);
        coupon_.products.erase(repeated.begin(), repeated.end());
    }
    /// A field that could not be read is not told twice.
    void finish() {
        std::vector<FieldError> errors;
        const auto told = reader_.errors();
        for (auto& error : check(coupon_))
            if (std::ranges::none_of(told, [&](const auto& one) { return one.pointer == error.pointer; }))
                errors.push_back(std::move(error));
        reader_.add_errors(std::move(errors));
        reader_.finish("coupon.invalid");
    }

private:
    json::ObjectReader reader_;
    Coupon& coupon_;
};

void read(const json::Value& body, Coupon& coupon, bool is_new) {
    Reading reading(body, coupon);
    reading.text("name", coupon.name, is_new);
    reading.text("code", coupon.code, is_new);
    coupon.code = code_form(coupon.code);
    reading.discount(is_new);
    reading.number("value", coupon.value);
    reading.day("valid_from", coupon.valid_from);
    reading.day("valid_to", coupon.valid_to);
    reading.number("uses_per_customer", coupon.uses_per_customer);
    reading.number("minimum_amount", coupon.minimum_amount);
    reading.products();
    reading.flag("customer_limited", coupon.customer_limited);
    reading.flag("enabled", coupon.enabled);
    reading.finish();
}

core::Assignments assignments(const Coupon& coupon) {
    return {{"name", coupon.name},
            {"code", coupon.code},
            {"discount", std::string(name_of(coupon.discount))},
            {"value", coupon.value},
            {"valid_from", store::format_day_or_empty(coupon.valid_from)},
            {"valid_to", store::format_day_or_empty(coupon.valid_to)},
            {"uses_per_customer",
             coupon.uses_per_customer ? storage::Value(*coupon.uses_per_customer) : storage::Value()},
            {"minimum_amount", coupon.minimum_amount},
            {"products", store::format_products(coupon.products)},
            {"customer_limited", std::int64_t{coupon.customer_limited}},
            {"enabled", std::int64_t{coupon.enabled}}};
}

template <class Work>
auto with_code_clash(Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on(kTable, "code")) throw;
        throw Refused({ProblemKind::conflict,
                       "coupon.code_taken",
                       {"このクーポンコードはすでに使われています。", "Another coupon has this code."},
                       {{"/code", "taken"}}});
    }
}

// Locks the row before it is compared.
Coupon find_seen(core::Writer& writer, CouponId id, std::optional<std::int64_t> version,
                 const json::Value* sent) {
    writer.find(writer.registry().get(kTable), id.value);
    auto now = store::get(writer.tx(), id);
    if (!version || *version == now.version) return now;
    Problem problem{ProblemKind::stale,
                    "coupon.stale",
                    {"表示したあとに別の人が変更しました。",
                     "Somebody else has changed this coupon since you opened it."}};
    problem.extra["current"] = to_json(now, shop_day(writer.now()));
    if (sent && sent->is_object()) problem.extra["sent"] = *sent;
    throw Refused(std::move(problem));
}

Written written(core::Writer& writer, CouponId id) {
    return {to_json(store::get(writer.tx(), id), shop_day(writer.now())), writer.operation()};
}

store::Shown shown_kind(std::string_view kind) {
    if (kind.empty()) return store::Shown::both;
    if (kind == "grant") return store::Shown::grants;
    if (kind == "use") return store::Shown::uses;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"絞り込みの値が正しくありません。", "A value of the filter is not known."},
                   {{"/kind", "not_a_choice"}}});
}

}  // namespace

Page list(const Context& context, const core::Actor& actor, const std::string& text,
          std::optional<bool> enabled, const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto before = core::id_below(cursor);
    const auto today = shop_day(context.journal.now());
    return context.journal.database().read([&](Transaction& tx) {
        auto coupons = store::list(tx, text, enabled, before, limit + 1);
        Page page;
        if (std::ssize(coupons) > limit) {
            coupons.pop_back();
            page.next_cursor = std::to_string(coupons.back().id.value);
        }
        for (const auto& coupon : coupons) page.items.push_back(to_json(coupon, today));
        return page;
    });
}

json::Object get(const Context& context, const core::Actor& actor, CouponId id) {
    actor.require("customer.read");
    return context.journal.database().read(
        [&](Transaction& tx) { return to_json(store::get(tx, id), shop_day(context.journal.now())); });
}

Written create(const Context& context, const core::Actor& actor, const json::Value& body) {
    actor.require(kRight);
    Coupon coupon;
    read(body, coupon, true);
    return with_code_clash([&] {
        return context.journal.write({.actor = actor, .kind = "coupon.create"}, [&](core::Writer& writer) {
            auto values = assignments(coupon);
            values.emplace_back("created_at", writer.now().milliseconds);
            return written(writer, {writer.insert(writer.registry().get(kTable), values)});
        });
    });
}

Written update(const Context& context, const core::Actor& actor, CouponId id,
               std::optional<std::int64_t> version, const json::Value& body) {
    actor.require(kRight);
    return with_code_clash([&] {
        return context.journal.write({.actor = actor, .kind = "coupon.update"}, [&](core::Writer& writer) {
            const auto before = find_seen(writer, id, version, &body);
            auto coupon = before;
            read(body, coupon, false);
            if (coupon.code != before.code && store::has_uses(writer.tx(), id))
                throw Refused({ProblemKind::conflict,
                               "coupon.code_in_use",
                               {"利用されたクーポンのコードは変更できません。",
                                "The code of a coupon that was used cannot be changed."},
                               {{"/code", "in_use"}}});
            writer.update(writer.registry().get(kTable), id.value, assignments(coupon));
            return written(writer, id);
        });
    });
}

OperationId remove(const Context& context, const core::Actor& actor, CouponId id,
                   std::optional<std::int64_t> version) {
    actor.require(kRight);
    return context.journal.write({.actor = actor, .kind = "coupon.delete"}, [&](core::Writer& writer) {
        find_seen(writer, id, version, nullptr);
        if (store::has_grants_or_uses(writer.tx(), id))
            throw Refused({ProblemKind::conflict,
                           "coupon.in_use",
                           {"付与または利用されたクーポンは削除できません。無効にしてください。",
                            "A coupon that was granted or used cannot be deleted. Switch it off instead."}});
        writer.remove(writer.registry().get(kTable), id.value);
        return writer.operation();
    });
}

Page list_of_customer(const Context& context, const core::Actor& actor, CustomerId customer,
                      std::string_view kind, const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto shown = shown_kind(kind);
    const auto before = parse_place(cursor);
    const auto today = shop_day(context.journal.now());
    return context.journal.database().read([&](Transaction& tx) {
        core::require_customer(tx, customer);
        auto entries = store::history(tx, customer, shown, before, today, limit + 1);
        Page page;
        if (std::ssize(entries) > limit) {
            entries.pop_back();
            page.next_cursor = format_place(entries.back().place);
        }
        for (auto& entry : entries) page.items.push_back(std::move(entry.json));
        return page;
    });
}

}  // namespace otokui::coupon
