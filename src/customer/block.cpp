#include "customer/block.hpp"

#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/id_set.hpp"
#include "core/record_json.hpp"
#include "customer/last_change.hpp"

namespace otokui::customer {
namespace {

using boost::json::object;

constexpr std::int64_t kMostAlike = 20;

// What two customers are compared by; a part that is empty is like nobody's.
struct Marks {
    std::string family, given, postal_code, phone;
    bool has_name() const { return !family.empty() && !given.empty(); }
};

Marks get_marks(storage::Transaction& tx, CustomerId customer) {
    std::optional<Marks> found;
    tx.query("SELECT family_name_text, given_name_text, postal_code, phone FROM customer WHERE id = ?",
             {customer.value}, [&](const storage::Row& row) {
                 found = Marks{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                               std::string(row.text(3))};
             });
    if (!found) core::refuse_absent_customer();
    return *std::move(found);
}

boost::json::array set_json(std::string_view stored) {
    boost::json::array ids;
    for (const auto id : core::parse_set(stored)) ids.emplace_back(std::to_string(id));
    return ids;
}

boost::json::array names_json(core::Masters& masters, std::string_view stored) {
    boost::json::array names;
    for (const auto id : core::parse_set(stored)) names.emplace_back(masters.name("block_reason", id));
    return names;
}

object alike_json(const storage::Row& row, const Marks& marks, core::Masters& masters) {
    boost::json::array alike;
    if (marks.has_name() && row.text(5) == marks.family && row.text(6) == marks.given)
        alike.emplace_back("name");
    if (!marks.postal_code.empty() && row.text(7) == marks.postal_code) alike.emplace_back("postal_code");
    if (!marks.phone.empty() && row.text(8) == marks.phone) alike.emplace_back("phone");
    std::string name(row.text(2));
    if (!name.empty() && !row.text(3).empty()) name += ' ';
    name += row.text(3);
    return {{"id", std::to_string(row.integer(0))},
            {"number", row.text(1)},
            {"name", name.empty() ? boost::json::value() : boost::json::value(name)},
            {"alike", std::move(alike)},
            {"block_reasons", set_json(row.text(4))},
            {"block_reasons_names", names_json(masters, row.text(4))}};
}

}  // namespace

// Two of three: the phone and one more, or the other two. `blocked = 1` stands there in words, so that the
// indexes over blocked customers are of use.
boost::json::array blocked_look_alikes(const Context& context, const core::Actor& actor,
                                       CustomerId customer) {
    actor.require("customer.read");
    return context.journal.database().read([&](storage::Transaction& tx) {
        const auto marks = get_marks(tx, customer);
        core::Masters masters(tx);
        masters.exists("block_reason", 0);  // reads the names now: while rows come, nothing else is asked
        boost::json::array found;
        const std::string select =
            "SELECT id, number, family_name, given_name, block_reasons, family_name_text, given_name_text, "
            "postal_code, phone FROM customer WHERE blocked = 1 AND deleted_at IS NULL AND id <> ? AND ";
        const auto add = [&](const storage::Row& row) { found.push_back(alike_json(row, marks, masters)); };
        if (!marks.phone.empty())
            tx.query(
                select +
                    "phone = ? AND ((postal_code = ? AND postal_code <> '') OR (family_name_text = ? AND "
                    "given_name_text = ? AND family_name_text <> '' AND given_name_text <> '')) ORDER BY id "
                    "LIMIT ?",
                {customer.value, marks.phone, marks.postal_code, marks.family, marks.given, kMostAlike}, add);
        if (marks.has_name() && !marks.postal_code.empty())
            tx.query(select +
                         "family_name_text = ? AND given_name_text = ? AND postal_code = ? AND phone <> ? "
                         "ORDER BY "
                         "id LIMIT ?",
                     {customer.value, marks.family, marks.given, marks.postal_code,
                      marks.phone.empty() ? std::string("-") : marks.phone,
                      kMostAlike - static_cast<std::int64_t>(found.size())},
                     add);
        return found;
    });
}

Json why_blocked(const Context& context, const core::Actor& actor, CustomerId customer) {
    actor.require("customer.read");
    return context.journal.database().read([&](storage::Transaction& tx) {
        std::optional<bool> blocked;
        std::string reasons;
        tx.query("SELECT blocked, block_reasons FROM customer WHERE id = ?", {customer.value},
                 [&](const storage::Row& row) {
                     blocked = row.integer(0) != 0;
                     reasons = row.text(1);
                 });
        if (!blocked) core::refuse_absent_customer();
        boost::json::array all;
        for (const auto id : core::parse_set(reasons))
            tx.query("SELECT name, action, retired FROM block_reason WHERE id = ?", {id},
                     [&](const storage::Row& row) {
                         all.push_back(object{{"id", std::to_string(id)},
                                              {"name", row.text(0)},
                                              {"action", row.text(1)},
                                              {"retired", row.integer(2) != 0}});
                     });
        return Json{{"blocked", *blocked},
                    {"reasons", std::move(all)},
                    {"set_by", last_change_of(tx, context.journal.registry(), customer, "blocked")}};
    });
}

}  // namespace otokui::customer
