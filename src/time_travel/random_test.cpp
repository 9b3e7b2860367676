#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <random>

#include "core/undo.hpp"
#include "order/past.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"
#include "support/scale.hpp"
#include "time_travel/service.hpp"

// A random history of a few customers runs under a clock that moves. At random moments the real answers are
// kept; afterwards the journal has to tell every one of them again, byte for byte.
namespace otokui::time_travel {
namespace {

using core::Writer;
using test::Customers;

constexpr int kSnapshots = 200;
constexpr int kCustomers = 6;

std::vector<core::Field> own_fields() {
    return {{.key = "x.size",
             .label = {"サイズ", "Size"},
             .group = core::FieldGroup::own,
             .privacy = core::Privacy::personal,
             .column = std::string(core::kAnswers),
             .answer = "size",
             .max_length = 20,
             .editable = true},
            {.key = "x.gift",
             .label = {"ギフト", "Gift"},
             .type = core::FieldType::boolean,
             .group = core::FieldGroup::own,
             .privacy = core::Privacy::personal,
             .column = std::string(core::kAnswers),
             .answer = "gift",
             .nullable = false,
             .editable = true}};
}

struct Snapshot {
    std::int64_t at = 0;
    CustomerId customer;
    std::string record, addresses;
};

class History {
public:
    History(test::Backend backend, std::uint32_t seed)
        : customers_(backend,
                     [](core::Registry& registry) {
                         order::register_tables(registry);
                         register_kinds(registry);
                         registry.add_kind({"customer.import", {"取込", "Import"}, "import"});
                         registry.add_kind({"master.edit", {"マスタ", "Masters"}, "settings.edit"});
                     }),
          random_(seed) {
        customers_.catalogue.set_own(own_fields());
        for (int i = 0; i < 3; ++i) edit_master();
        for (int i = 0; i < kCustomers / 2; ++i)
            customer::create(context(), actor(), {{"given_name", "一郎"}});
    }

    void run() {
        while (snapshots_.size() < kSnapshots) {
            const auto acts = below(4);
            for (std::size_t i = 0; i < acts; ++i) act();
            // Several things may happen in one millisecond; the answer of a moment is that after all of them.
            snapshots_.push_back(take());
            customers_.now += 1 + static_cast<std::int64_t>(below(100'000'000));
        }
    }

    void check() {
        std::shuffle(snapshots_.begin(), snapshots_.end(), random_);
        for (const auto& snapshot : snapshots_) {
            const auto past = read(snapshot.customer, {snapshot.at});
            ASSERT_EQ(past.record, snapshot.record) << format_moment({snapshot.at});
            ASSERT_EQ(past.addresses, snapshot.addresses) << format_moment({snapshot.at});
        }
        // A history in which nobody is there would prove nothing.
        EXPECT_LT(std::ranges::count(snapshots_, "absent", &Snapshot::record), kSnapshots / 2);
        EXPECT_EQ(customers_.verify(), std::vector<std::string>());
    }

private:
    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }
    template <class Items>
    const auto& one_of(const Items& items) {
        return items[below(std::size(items))];
    }
    CustomerId any() { return {1 + static_cast<std::int64_t>(below(kCustomers))}; }
    std::string word() {
        static constexpr std::string_view kWords[] = {"",     "青木", "森",     "林",
                                                      "髙橋", "𠮷田", "a\\\"b", "改\n行"};
        return std::string(one_of(kWords));
    }

    // What rules refuse changes nothing, and that is part of the history too.
    void act() {
        const auto operation = attempt();
        if (operation) operations_.push_back(operation);
    }

    OperationId attempt() try {
        switch (below(14)) {
            case 0:
                return create().operation;
            case 1:
            case 2:
            case 3:
                return customer::update(context(), actor(), any(), {.any = true}, body()).operation;
            case 4:
                return customer::create_address(context(), actor(), any(), address()).operation;
            case 5:
                return change_address();
            case 6:
                return change_order();
            case 7:
                return change_order();
            case 8:
                return give_labels();
            case 9:
                return customer::remove(context(), actor(), any(), {.any = true});
            case 10:
                return customer::restore(context(), actor(), any()).operation;
            case 11:
                return undo();
            case 12:
                return import();
            default:
                return below(2) == 0 ? edit_master() : give_back();
        }
    } catch (const Refused&) {
        return {};
    } catch (const storage::ForeignKeyViolation&) {
        return {};  // an order of somebody who does not exist yet
    }

    customer::Written create() { return customer::create(context(), actor(), body()); }

    customer::Json body() {
        customer::Json json{{"family_name", word()}, {"phone", below(2) ? "0312345678" : ""}};
        if (below(3) == 0) json["newsletter"] = below(2) == 1;
        if (below(3) == 0) json["birth_date"] = below(2) ? boost::json::value("1990-11-22") : nullptr;
        if (below(3) == 0) json["prefecture"] = 1 + static_cast<std::int64_t>(below(47));
        if (below(3) == 0) json["memo"] = word();
        if (below(3) == 0) json["x.size"] = word();
        if (below(3) == 0) json["x.gift"] = below(2) == 1;
        if (below(4) == 0) json["status"] = one_of(std::array{"guest", "member", "withdrawn"});
        return json;
    }

    customer::Json address() {
        return {{"label", word()}, {"family_name", word()}, {"is_default", below(2) == 1}};
    }

    OperationId change_address() {
        const auto customer = any();
        const auto all =
            customer::list_addresses(context(), actor(), customer, "", 200).at("items").as_array();
        if (all.empty()) return {};
        const customer::AddressId id{std::stoll(std::string(one_of(all).at("id").as_string()))};
        if (below(3) == 0) return customer::remove_address(context(), actor(), customer, id, {.any = true});
        return customer::update_address(context(), actor(), customer, id, {.any = true}, address()).operation;
    }

    core::Assignments order() {
        static constexpr std::string_view kStatuses[] = {"unpaid", "captured", "captured", "refunded"};
        core::Assignments values{
            {"payment_status", std::string(one_of(kStatuses))},
            {"total", static_cast<std::int64_t>(below(10'000))},
            {"ordered_at", customers_.now - static_cast<std::int64_t>(below(1'000'000'000))}};
        if (below(3) == 0) values.emplace_back("customer_id", any().value);
        return values;
    }

    void write_order(Writer& writer) {
        const auto& table = writer.registry().get("orders");
        const auto orders = writer.tx().find_integer("SELECT count(*) FROM orders").value_or(0);
        if (orders < 20 && below(2) == 0) {
            auto values = order();
            if (std::ranges::none_of(values, [](const auto& value) { return value.first == "customer_id"; }))
                values.emplace_back("customer_id", any().value);
            values.emplace_back("number", "N" + std::to_string(++numbers_));
            values.emplace_back("created_at", writer.now().milliseconds);
            writer.insert(table, values);
            return;
        }
        std::vector<std::int64_t> ids;
        writer.tx().query("SELECT id FROM orders ORDER BY id", {},
                          [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        if (ids.empty()) return;
        const auto id = one_of(ids);
        below(8) == 0 ? writer.remove(table, id) : void(writer.update(table, id, order()));
    }

    OperationId change_order() {
        return write([&](Writer& writer) {
            write_order(writer);
            return writer.operation();
        });
    }

    OperationId give_labels() {
        return write([&](Writer& writer) {
            std::string set;
            writer.tx().query("SELECT id FROM label ORDER BY id", {}, [&](const storage::Row& row) {
                if (below(2) == 0) set += (set.empty() ? "," : "") + std::to_string(row.integer(0)) + ",";
            });
            writer.update(writer.registry().get("customer"), any().value, {{"labels", set}});
            return writer.operation();
        });
    }

    OperationId edit_master() {
        return write([&](Writer& writer) {
            const auto& labels = writer.registry().get("label");
            const auto count = writer.tx().find_integer("SELECT count(*) FROM label").value_or(0);
            const auto name = "ラベル" + std::to_string(++numbers_);
            if (count < 3) {
                writer.insert(labels, {{"name", name}});
            } else if (below(4) == 0) {
                writer.remove(labels, 1 + static_cast<std::int64_t>(below(3)));
            } else {
                writer.update(labels, 1 + static_cast<std::int64_t>(below(3)), {{"name", name}});
            }
            return writer.operation();
        });
    }

    // Many rows in several transactions of one operation, with time and other people's acts between them.
    OperationId import() {
        OperationId operation;
        const auto steps = 2 + below(3);
        for (std::size_t step = 0; step < steps; ++step) {
            operation = customers_.journal.step(
                {.actor = actor(), .kind = "customer.import"}, operation, [&](Writer& writer) {
                    const auto& table = writer.registry().get("customer");
                    writer.update(table, any().value, {{"memo", "取込" + std::to_string(++numbers_)}});
                    writer.update(table, any().value, {{"direct_mail", static_cast<std::int64_t>(below(2))}});
                    write_order(writer);
                    return writer.operation();
                });
            customers_.now += static_cast<std::int64_t>(below(3));
            if (below(3) == 0) {
                snapshots_.push_back(take());
                customers_.now += 1;
            }
            try {
                if (below(3) == 0) customer::update(context(), actor(), any(), {.any = true}, body());
            } catch (const Refused&) {
            }
        }
        return operation;
    }

    OperationId undo() {
        if (operations_.empty()) return {};
        return core::undo(customers_.journal, actor(), one_of(operations_));
    }

    OperationId give_back() {
        if (snapshots_.empty()) return {};
        return restore_fields(times_, actor(), any(), {.any = true},
                              {{"as_of", format_moment({one_of(snapshots_).at})},
                               {"fields", {"name", "memo", "x.size", "x.gift"}}})
            .operation;
    }

    OperationId write(const std::function<OperationId(Writer&)>& work) {
        return customers_.journal.write({.actor = actor(), .kind = "master.edit"}, work);
    }

    Snapshot take() {
        const auto customer = any();
        Snapshot snapshot{customers_.now, customer, {}, {}};
        try {
            snapshot.record =
                boost::json::serialize(without_points(customer::get(context(), actor(), customer)));
            snapshot.addresses = boost::json::serialize(
                customer::list_addresses(context(), actor(), customer, "", 200).at("items"));
        } catch (const Refused& refused) {
            snapshot.record = "absent";
        }
        return snapshot;
    }

    Snapshot read(CustomerId customer, Moment at) {
        Snapshot snapshot{at.milliseconds, customer, {}, {}};
        try {
            auto record = get(times_, actor(), customer, at);
            for (const auto* key : {"as_of", "erased", "unknown"}) record.erase(key);
            snapshot.record = boost::json::serialize(without_points(std::move(record)));
            snapshot.addresses =
                boost::json::serialize(list_addresses(times_, actor(), customer, at).at("items"));
        } catch (const Refused& refused) {
            EXPECT_TRUE(refused.problem().code == "customer.not_yet" ||
                        refused.problem().code == "customer.not_found");
            snapshot.record = "absent";
        }
        return snapshot;
    }

    // Nobody here keeps a ledger of points.
    static customer::Json without_points(customer::Json json) {
        json["points"] = json["points_expire_at"] = nullptr;
        return json;
    }

    const customer::Context& context() { return customers_.context; }
    const core::Actor& actor() { return customers_.actor; }

    Customers customers_;
    Context times_{customers_.context, {order::past_purchases}};
    std::mt19937 random_;
    std::vector<Snapshot> snapshots_;
    std::vector<OperationId> operations_;
    int numbers_ = 0;
};

class RandomHistory : public testing::TestWithParam<test::Backend> {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomHistory, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(RandomHistory, IsToldAgainAsItWasAtTwoHundredRandomMoments) {
    for (int i = 0; i < test::scaled(100, 3); ++i) {
        const auto seed = std::random_device{}();
        SCOPED_TRACE("seed " + std::to_string(seed));
        History history(GetParam(), seed);
        history.run();
        history.check();
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace otokui::time_travel
