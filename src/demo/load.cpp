#include "demo/load.hpp"

#include <algorithm>
#include <array>

#include "demo/care.hpp"
#include "demo/masters.hpp"
#include "demo/rows.hpp"
#include "order/tables.hpp"

namespace otokui::demo {
namespace {

constexpr std::int64_t kPeoplePerStretch = 500;  // with their orders some five megabytes of rows

constexpr std::string_view kKind = "demo.load";

// In the order of their references.
const std::vector<std::string> kTables{"customer",     "customer_address", "orders",    "order_line",
                                       "point_entry",  "point_lot",        "point_use", "memo",
                                       "coupon_grant", "coupon_use"};

// A shop may have masters of these names before it has customers.
MasterIds write_master(core::Writer& writer, std::string_view table_name,
                       std::span<const std::string_view> names) {
    const auto& table = writer.registry().get(table_name);
    MasterIds ids;
    for (const auto name : names) {
        const std::string text(name);
        if (const auto id =
                writer.tx().find_integer("SELECT id FROM " + table.name + " WHERE name = ?", {text})) {
            ids.push_back(*id);
            continue;
        }
        const auto position = static_cast<std::int64_t>(ids.size()) + 1;
        auto values = values_of(table.name, ids.size());
        values.emplace_back("name", text);
        values.emplace_back("position", position);
        ids.push_back(writer.insert(table, values));
    }
    return ids;
}

MasterIds write_products(core::Writer& writer) {
    MasterIds ids;
    for (const auto& product : products())
        ids.push_back(order::product_id(writer, std::string(product.number), std::string(product.name)));
    return ids;
}

Masters write_masters(core::Writer& writer) {
    return {.occupations = write_master(writer, "occupation", occupations()),
            .customer_types = write_master(writer, "customer_type", customer_types()),
            .labels = write_master(writer, "label", labels()),
            .groups = write_master(writer, "customer_group", groups()),
            .levels = write_master(writer, "member_level", levels()),
            .special_types = write_master(writer, "special_type", special_types()),
            .block_reasons = write_master(writer, "block_reason", block_reasons()),
            .products = write_products(writer)};
}

// Makes the rows of a stretch of people. All functions are called on several threads at once.
class Maker {
public:
    Maker(const core::Registry& registry, const Settings& settings, Masters masters, const Coupons& coupons)
        : generator_(settings),
          masters_(std::move(masters)),
          coupons_(coupons),
          customers_(registry.get(kTables[0]), customer_columns()),
          addresses_(registry.get(kTables[1]), address_columns()),
          orders_(registry.get(kTables[2]), order_columns()),
          lines_(registry.get(kTables[3]), line_columns()),
          entries_(registry.get(kTables[4]), point_entry_columns()),
          lots_(registry.get(kTables[5]), point_lot_columns()),
          uses_(registry.get(kTables[6]), point_use_columns()),
          memos_(registry.get(kTables[7]), memo_columns()),
          grants_(registry.get(kTables[8]), coupon_grant_columns()),
          coupon_uses_(registry.get(kTables[9]), coupon_use_columns()),
          lot_entry_(registry.get(kTables[5]).column("entry_id")),
          use_entry_(registry.get(kTables[6]).column("entry_id")),
          use_lot_(registry.get(kTables[6]).column("lot_id")) {}

    std::int64_t stretches() const {
        return (generator_.settings().customers + kPeoplePerStretch - 1) / kPeoplePerStretch;
    }

    /// Into customer, customer_address, the tables of points, memos and coupons, in the order of the
    /// customers' ids.
    void make_people(std::int64_t stretch, std::span<core::LoadedRows> rows) const {
        Person person;
        Order order;
        NewestPurchases newest;
        PointBook book;
        Care care;
        each_of(stretch, [&](std::int64_t number) {
            generator_.make(number + 1, person);
            Purchases purchases;
            newest.clear();
            care.clear();
            for (int index = 0; index < person.order_count; ++index) {
                generator_.make(person, index, order);
                purchases.add(order);
                newest.add(order);
                care.note(order);
            }
            write_points(generator_.settings(), person, newest, book);
            customers_.write({person, purchases, book, masters_}, rows[0].next());
            make_points(person, book, rows.subspan(2));
            write_care(generator_.settings(), person, coupons_, care);
            make_care(person, care, rows.subspan(5));
            for (const auto& address : person.addresses) addresses_.write({person, address}, rows[1].next());
        });
    }

    /// Lots name their row of the ledger, uses both: by their positions in the stretch until here.
    void refer_points(std::span<const std::int64_t> before, std::span<core::LoadedRows> rows) const {
        const auto add = [](storage::Value& value, std::int64_t more) {
            std::get<std::int64_t>(value) += more;
        };
        for (auto& lot : rows[3].rows()) add(lot[lot_entry_], before[2]);
        for (auto& use : rows[4].rows()) {
            add(use[use_entry_], before[2]);
            add(use[use_lot_], before[3]);
        }
    }

    /// Into orders and order_line, in the order of the orders' ids.
    void make_orders(std::int64_t stretch, std::span<core::LoadedRows> rows) const {
        Person person;
        Order order;
        each_of(stretch, [&](std::int64_t number) {
            generator_.make(generator_.customer_of_orders(number), person);
            for (int index = 0; index < person.order_count; ++index) {
                generator_.make(person, index, order);
                orders_.write({person, order}, rows[0].next());
                for (std::size_t position = 0; position < order.line_count; ++position)
                    lines_.write({order, position, masters_}, rows[1].next());
            }
        });
    }

private:
    void make_points(const Person& person, const PointBook& book, std::span<core::LoadedRows> rows) const {
        const auto entries = static_cast<std::int64_t>(rows[0].size()),
                   lots = static_cast<std::int64_t>(rows[1].size());
        for (const auto& entry : book.entries) entries_.write({person, entry}, rows[0].next());
        for (const auto& lot : book.lots) lots_.write({person, book, lot, entries}, rows[1].next());
        if (book.use != 0)
            uses_.write({entries + static_cast<std::int64_t>(book.use) + 1, lots + 1, book.used},
                        rows[2].next());
    }

    void make_care(const Person& person, const Care& care, std::span<core::LoadedRows> rows) const {
        for (std::size_t i = 0; i < care.memo_count; ++i)
            memos_.write({person, care.memos[i]}, rows[0].next());
        for (std::size_t i = 0; i < care.grant_count; ++i)
            grants_.write({person, care.grants[i]}, rows[1].next());
        if (!care.used_in.empty()) coupon_uses_.write({person, care, coupons_.thanks}, rows[2].next());
    }

    void each_of(std::int64_t stretch, const auto& work) const {
        const auto first = stretch * kPeoplePerStretch;
        const auto end = std::min(first + kPeoplePerStretch, generator_.settings().customers);
        for (auto number = first; number < end; ++number) work(number);
    }

    Generator generator_;
    Masters masters_;
    Coupons coupons_;
    RowWriter<CustomerRow> customers_;
    RowWriter<AddressRow> addresses_;
    RowWriter<OrderRow> orders_;
    RowWriter<LineRow> lines_;
    RowWriter<PointEntryRow> entries_;
    RowWriter<PointLotRow> lots_;
    RowWriter<PointUseRow> uses_;
    RowWriter<MemoRow> memos_;
    RowWriter<CouponGrantRow> grants_;
    RowWriter<CouponUseRow> coupon_uses_;
    std::size_t lot_entry_, use_entry_, use_lot_;
};

// Lines and addresses are drawn: about 1.6 lines an order, an address for every tenth customer.
std::int64_t expected_rows(const Settings& settings) {
    return settings.customers * 11 / 10 + settings.customers * settings.orders_per_customer * 26 / 10;
}

}  // namespace

void register_kinds(core::Registry& registry) {
    registry.add_kind({std::string(kKind),
                       {"デモショップの作成", "Demo shop made"},
                       "settings.edit",
                       /*undoable=*/false});
}

void load(core::Journal& journal, const core::Actor& actor, const Settings& settings,
          const std::function<void(core::Writer&)>& build_index, const Progress& progress) {
    const auto reason = "customers " + std::to_string(settings.customers) + ", orders per customer " +
                        std::to_string(settings.orders_per_customer) + ", seed " +
                        std::to_string(settings.seed);
    journal.write(core::Operation{actor, std::string(kKind), reason}, [&](core::Writer& writer) {
        core::BulkLoad loading(writer, kTables);
        const auto coupons = write_coupons(writer, settings.end);
        const Maker maker(writer.registry(), settings, write_masters(writer), coupons);
        const auto told = [&](std::int64_t rows) {
            if (progress.rows) progress.rows(rows, expected_rows(settings));
        };
        loading.fill({.tables = {kTables[0], kTables[1], kTables[4], kTables[5], kTables[6], kTables[7],
                                 kTables[8], kTables[9]},
                      .stretches = maker.stretches(),
                      .make = [&](auto stretch, auto rows) { maker.make_people(stretch, rows); },
                      .refer = [&](auto before, auto rows) { maker.refer_points(before, rows); },
                      .progress = told});
        loading.fill({.tables = {kTables[2], kTables[3]},
                      .stretches = settings.orders_per_customer == 0 ? 0 : maker.stretches(),
                      .make = [&](auto stretch, auto rows) { maker.make_orders(stretch, rows); },
                      .progress = told});
        loading.finish(progress.building);
        count_coupons(writer, coupons);
        order::rebuild_terms(writer);
        if (progress.building) progress.building("search index");
        build_index(writer);
    });
}

}  // namespace otokui::demo
