#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <random>

#include "base/text/utf8.hpp"
#include "core/id_set.hpp"
#include "search/testing/reference.hpp"
#include "search/testing/shop.hpp"
#include "support/database.hpp"

// Random trees over random customers, against a reference that looks at every row.
namespace otokui::search {
namespace {

using boost::json::array;
using boost::json::object;
using core::Field;
using core::FieldType;
using core::Operator;
using test::kNow;

/// `full` times OTOKUI_TEST_SCALE (0.01 unless set), but at least `least`.
int scaled(int full, int least) {
    const char* scale = std::getenv("OTOKUI_TEST_SCALE");
    return std::max(least, static_cast<int>(full * (scale ? std::atof(scale) : 0.01)));
}

unsigned seed() {
    const char* given = std::getenv("OTOKUI_TEST_SEED");
    return given ? static_cast<unsigned>(std::atoi(given)) : std::random_device()();
}

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int roll(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }
    bool once_in(int count) { return roll(1, count) == 1; }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(roll(0, static_cast<int>(std::size(list)) - 1))];
    }
    // Few letters of every difficult kind, so that values and operands often meet.
    std::string text(int longest) {
        static const std::u32string kLetters = U"田中高髙崎﨑\U00020BB7あアｱーｰ-1２3４ 　aAｂ.@zガｶ゙丁目";
        std::string result;
        for (int i = roll(0, longest); i > 0; --i) text::append_utf8(result, pick(kLetters));
        return result;
    }
    std::string digits(int longest) {
        std::string result;
        for (int i = roll(0, longest); i > 0; --i) result += static_cast<char>('0' + roll(0, 2));
        return result;
    }
    std::int64_t day_offset() { return roll(-40, 40); }

private:
    std::mt19937 engine_;
};

const char* const kStatuses[] = {"visitor", "guest", "provisional", "member", "withdrawn"};

core::Assignments random_customer(Dice& dice, const core::Table& table, int index) {
    core::Assignments values;
    const auto set = [&](std::string_view column, storage::Value value) {
        values.emplace_back(column, std::move(value));
    };
    set("number", dice.digits(4) + "-" + std::to_string(index));
    set("status", std::string(dice.pick(kStatuses)));
    set("no_login", std::int64_t{1});  // equal mails do not clash
    for (const char* column : {"family_name", "given_name", "family_kana", "given_kana", "city", "street",
                               "building", "company", "department", "member_id", "alert", "memo"})
        if (!dice.once_in(3)) set(column, dice.text(5));
    for (const char* column : {"phone", "fax", "postal_code"})
        if (!dice.once_in(3)) set(column, dice.digits(7));
    for (const char* column : {"email", "email2"})
        if (!dice.once_in(3))
            set(column,
                text::shadow(text::ShadowKind::mail, "a" + dice.digits(3) + "@" + dice.text(3) + ".jp"));
    if (!dice.once_in(3)) set("prefecture", std::int64_t{dice.roll(12, 14)});
    if (!dice.once_in(2)) set("sex", std::string(dice.once_in(2) ? "male" : "other"));
    if (!dice.once_in(3))
        set("birth_date", format_day(add_days(add_months(shop_day(kNow), -12 * dice.roll(0, 4)),
                                              static_cast<int>(dice.day_offset()))));
    for (const char* column : {"occupation_id", "customer_type_id", "level_id", "special_type_id"})
        if (!dice.once_in(2)) set(column, std::int64_t{dice.roll(1, 3)});
    if (!dice.once_in(2)) set("device", std::string("pc"));
    for (const char* column : {"labels", "customer_groups", "block_reasons"}) {
        std::vector<std::int64_t> members;
        for (int i = dice.roll(0, 3); i > 0; --i) members.push_back(dice.roll(1, 4));
        set(column, core::format_set(members));
    }
    for (const char* column :
         {"level_fixed", "newsletter", "direct_mail", "cleaned", "outbound_call", "blocked"})
        set(column, std::int64_t{dice.roll(0, 1)});
    for (const char* column : {"points", "purchase_total", "purchase_count", "login_count"})
        set(column, std::int64_t{dice.roll(0, 4)});
    for (const char* column : {"first_purchase_at", "last_purchase_at", "points_expire_at", "registered_at",
                               "withdrawn_at", "last_login_at"})
        if (!dice.once_in(2)) set(column, kNow.milliseconds + dice.day_offset() * 21'600'000);
    if (dice.once_in(4)) set("deleted_at", kNow.milliseconds + dice.day_offset() * 21'600'000);
    if (dice.once_in(8)) set("merged_into", std::int64_t{dice.roll(1, 9)});
    for (const auto& [column, value] : values) table.column(column);
    return values;
}

class RandomTree {
public:
    RandomTree(Dice& dice, const core::Catalogue& catalogue, const std::vector<std::string>& texts)
        : dice_(dice), catalogue_(catalogue), texts_(texts) {}

    boost::json::value node(int depth) {
        if (depth == 0 || dice_.once_in(3)) return leaf();
        array parts;
        for (int i = dice_.roll(0, 4); i > 0; --i) parts.push_back(node(depth - 1));
        static constexpr const char* kGroups[] = {"all", "any", "none"};
        return object{{dice_.pick(kGroups), std::move(parts)}};
    }

private:
    boost::json::value leaf() {
        if (dice_.once_in(6)) return object{{"text", operand() + (dice_.once_in(3) ? " " + operand() : "")}};
        const Field& field = catalogue_.fields()[static_cast<std::size_t>(
            dice_.roll(0, static_cast<int>(catalogue_.fields().size()) - 1))];
        const auto op = dice_.pick(core::operators_of(field));
        object leaf{{"field", field.key}, {"op", core::name_of(op)}};
        if (op != Operator::empty && op != Operator::not_empty) leaf["value"] = value(field, op);
        return leaf;
    }

    std::string operand() {
        const std::string typed = dice_.once_in(3) ? dice_.text(4) : part_of(dice_.pick(texts_));
        return typed + (text::shadow(text::ShadowKind::text, typed).empty() ? "1" : "");
    }
    std::string part_of(const std::string& text) {
        const auto points = static_cast<int>(text::code_point_count(text));
        const auto from = dice_.roll(0, points), length = dice_.roll(1, 4);
        const auto head = text::first_code_points(text, static_cast<std::size_t>(from));
        return std::string(text::first_code_points(std::string_view(text).substr(head.size()),
                                                   static_cast<std::size_t>(length)));
    }
    std::string operand_of(const Field& field) {
        for (;;) {
            auto typed = dice_.once_in(3) ? dice_.pick(texts_) : operand();
            if (!text::shadow(field.shadow, typed).empty()) return typed;
        }
    }

    boost::json::value day() {
        if (dice_.once_in(2))
            return object{{dice_.once_in(2) ? "ago" : "ahead", dice_.roll(0, 20)},
                          {"unit", dice_.once_in(2)   ? "day"
                                   : dice_.once_in(2) ? "week"
                                                      : "month"}};
        return boost::json::string(
            format_day(add_days(shop_day(kNow), static_cast<int>(dice_.day_offset()))));
    }
    boost::json::value month_day() {
        const auto day = add_days(Day{std::chrono::year(2000), std::chrono::January, std::chrono::day(1)},
                                  dice_.roll(0, 365));
        return boost::json::string(format_day(day).substr(5));
    }
    boost::json::value range(boost::json::value from, boost::json::value to) {
        return object{{"from", std::move(from)}, {"to", std::move(to)}};
    }

    boost::json::value day_range() {
        auto from = day(), to = day();
        // Two written days in the wrong order would be refused.
        if (from.is_string() && to.is_string() && from.as_string() > to.as_string()) std::swap(from, to);
        if (from.is_object() && to.is_object()) to = object{{"ahead", 70}, {"unit", "week"}};
        return range(std::move(from), std::move(to));
    }
    boost::json::value value(const Field& field, Operator op) {
        const bool is_list = op == Operator::in || op == Operator::not_in || op == Operator::any_of ||
                             op == Operator::all_of || op == Operator::none_of;
        if (is_list) {
            array list;
            const int size = dice_.once_in(10) ? 20 : dice_.roll(0, 3);
            for (int i = 0; i < size; ++i) list.push_back(single(field));
            return list;
        }
        if (op == Operator::anniversary_between)
            return dice_.once_in(2)
                       ? range(month_day(), month_day())
                       : range(object{{"ago", 3}, {"unit", "day"}}, object{{"ahead", 9}, {"unit", "day"}});
        if (op != Operator::between) return single(field);
        if (field.type == FieldType::day || field.type == FieldType::moment) return day_range();
        const int from = dice_.roll(-1, 4);
        return range(from, from + dice_.roll(0, 2));
    }
    boost::json::value single(const Field& field) {
        switch (field.type) {
            case FieldType::text:
                return boost::json::string(operand_of(field));
            case FieldType::choice:
                if (field.integer_codes) return dice_.roll(12, 14);
                return boost::json::string(dice_.pick(field.choices).code);
            case FieldType::id:
            case FieldType::reference:
            case FieldType::set:
                return boost::json::string(std::to_string(dice_.roll(1, 4)));
            case FieldType::number:
            case FieldType::money:
                return dice_.roll(-1, 5);
            case FieldType::day:
            case FieldType::moment:
                return day();
            case FieldType::boolean:
                return dice_.once_in(2);
        }
        return nullptr;
    }

    Dice& dice_;
    const core::Catalogue& catalogue_;
    const std::vector<std::string>& texts_;
};

class RandomSearch : public testing::TestWithParam<otokui::test::Backend> {
protected:
    RandomSearch() : seed_(seed()), dice_(seed_) {
        for (const char* master : {"occupation", "customer_type", "member_level", "special_type"})
            for (const std::int64_t id : {1, 2, 3})
                shop_.sql("INSERT INTO " + std::string(master) + " (id, name, position) VALUES (?, ?, ?)",
                          {id, std::to_string(id), id});
    }

    void fill(int customers) {
        shop_.write([&](core::Writer& writer) {
            for (int i = 0; i < customers; ++i)
                shop_.insert(writer, random_customer(dice_, shop_.customers(), i));
        });
        for (int i = 0; i < 20; ++i) {
            const test::Reference::Order order{
                std::to_string(100000 + dice_.roll(0, 99)) + "-" + std::to_string(i),
                dice_.roll(1, customers)};
            shop_.sql(
                "INSERT INTO orders (number, number_text, customer_id, ordered_at, status, payment_status, "
                "payment_method, channel, total, tax, shipping_fee, discount, ship_name, ship_postal_code, "
                "ship_address, ship_phone, tracking_number, note, created_at, updated_at, version) VALUES "
                "(?, ?, ?, 0, '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', 0, 0, 1)",
                {order.number_text, order.number_text, order.customer});
            orders_.push_back(order);
            texts_.push_back(order.number_text);
        }
        read_back();
    }

    void read_back() {
        std::string sql = "SELECT id";
        for (const auto& column : shop_.customers().columns) sql += ", " + column.name;
        shop_.storage().read([&](storage::Transaction& tx) {
            tx.query(sql + " FROM customer", {}, [&](const storage::Row& row) {
                core::Record record{row.integer(0), {}};
                for (int i = 1; i < row.columns(); ++i) record.values.push_back(row.value(i));
                for (const auto& value : record.values)
                    if (const auto* text = std::get_if<std::string>(&value); text && !text->empty())
                        texts_.push_back(*text);
                rows_.push_back(std::move(record));
            });
        });
    }

    std::vector<SortBy> random_sort() {
        std::vector<const Field*> sortable;
        for (const auto& field : shop_.catalogue().fields())
            if (field.sortable) sortable.push_back(&field);
        std::vector<SortBy> sort;
        for (int i = dice_.roll(0, 2); i > 0; --i) {
            const auto* field = dice_.pick(sortable);
            const bool twice =
                std::any_of(sort.begin(), sort.end(), [&](const auto& by) { return by.field == field; });
            if (!twice) sort.push_back({field, dice_.once_in(2)});
        }
        return sort;
    }

    // Pages from first to last, and back again.
    void check_paging(Request request, const std::vector<std::int64_t>& expected, const core::Actor& actor) {
        request.limit = dice_.roll(1, 40);
        std::vector<std::int64_t> forward;
        Page page;
        for (bool more = !expected.empty(); more; more = !page.next_cursor.empty()) {
            page = find(shop_.context(), request, actor);
            ASSERT_EQ(page.total, std::ssize(expected));
            ASSERT_EQ(page.first_row, std::ssize(forward) + 1);
            ASSERT_EQ(page.previous_cursor.empty(), forward.empty());
            ASSERT_FALSE(page.items.empty());
            for (const auto& item : page.items)
                forward.push_back(std::stoll(std::string(item.at("id").as_string())));
            request.cursor = page.next_cursor;
        }
        ASSERT_EQ(forward, expected);
        std::vector<std::int64_t> backward;
        request.cursor = "last";
        for (bool more = !expected.empty(); more; more = !page.previous_cursor.empty()) {
            page = find(shop_.context(), request, actor);
            ASSERT_EQ(page.first_row + std::ssize(page.items) - 1,
                      std::ssize(expected) - std::ssize(backward));
            for (auto item = page.items.rbegin(); item != page.items.rend(); ++item)
                backward.push_back(std::stoll(std::string(item->at("id").as_string())));
            request.cursor = page.previous_cursor;
        }
        ASSERT_EQ(std::vector(backward.rbegin(), backward.rend()), expected);
    }

    void check(const test::Reference& reference, const core::Actor& actor) {
        RandomTree trees(dice_, shop_.catalogue(), texts_);
        const auto tree = trees.node(dice_.roll(0, 4));
        Request request{.condition = core::parse_condition(shop_.catalogue(), tree),
                        .sort = random_sort(),
                        .columns = shop_.catalogue().default_columns()};
        SCOPED_TRACE(boost::json::serialize(tree));
        std::string sorted;
        for (const auto& by : request.sort) sorted += by.field->key + (by.descending ? "- " : "+ ");
        SCOPED_TRACE("sorted by " + sorted);
        std::vector<CustomerId> found;
        try {
            found = ids(shop_.context(), request.condition, request.sort, actor);
        } catch (const Refused& refused) {
            ASSERT_EQ(refused.problem().code, "field.forbidden");
            ASSERT_FALSE(actor.may(core::kUnmaskedRight));
            ++forbidden_;
            return;
        }
        const auto expected = reference.find(request.condition, request.sort, actor, shop_day(kNow));
        std::vector<std::int64_t> found_ids;
        for (const auto id : found) found_ids.push_back(id.value);
        ASSERT_EQ(found_ids, expected);
        ASSERT_EQ(count(shop_.context(), request.condition, actor), std::ssize(expected));
        if (dice_.once_in(3)) check_paging(request, expected, actor);
    }

    unsigned seed_;
    Dice dice_;
    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
    std::vector<std::string> texts_;
    std::vector<core::Record> rows_;
    std::vector<test::Reference::Order> orders_;
    int forbidden_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomSearch, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(RandomSearch, FindsWhatLookingAtEveryRowFinds) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    fill(scaled(2'000, 200));
    const test::Reference reference(shop_.catalogue(), shop_.customers(), rows_, orders_);
    for (int i = scaled(5'000, 500); i > 0 && !HasFatalFailure(); --i)
        check(reference, core::shell_actor("test"));
}

TEST_P(RandomSearch, ShowsAMaskedViewerNothingOfContacts) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    fill(150);
    const test::Reference reference(shop_.catalogue(), shop_.customers(), rows_, orders_);
    for (int i = scaled(2'000, 60); i > 0 && !HasFatalFailure(); --i) check(reference, test::masked_viewer());
    EXPECT_GT(forbidden_, 0);
}

TEST_P(RandomSearch, KeepsTheIndexTrue) {
    fill(100);
    EXPECT_EQ(
        shop_.storage().read([&](storage::Transaction& tx) { return verify_index(tx, shop_.catalogue()); }),
        std::vector<std::string>{});
}

}  // namespace
}  // namespace otokui::search
