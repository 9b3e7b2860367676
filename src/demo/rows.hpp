#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/bulk_load.hpp"
#include "demo/care.hpp"
#include "demo/points.hpp"
#include "demo/types.hpp"

// From what the generator makes to rows of the tables.
namespace otokui::demo {

/// Ids of the rows of one master; the numbers of masters.hpp, from 1, are its positions.
using MasterIds = std::vector<std::int64_t>;

struct Masters {
    MasterIds occupations, customer_types, labels, groups, levels, special_types, block_reasons;
    MasterIds products;  // as conditions on orders know them
};

/// 購入総額 and 顧客購入回数: orders whose payment is 売上完了 (captured), as the order feature counts them.
struct Purchases {
    std::int64_t total = 0, count = 0;
    std::optional<Moment> first, last;
    void add(const Order& order);
};

struct CustomerRow {
    const Person& person;
    const Purchases& purchases;
    const PointBook& points;
    const Masters& masters;
};
struct AddressRow {
    const Person& person;
    const Address& address;
};
struct OrderRow {
    const Person& person;
    const Order& order;
};
struct LineRow {
    const Order& order;
    std::size_t position;  // from 0
    const Masters& masters;
};

struct PointEntryRow {
    const Person& person;
    const PointEntry& entry;
};
/// `first`: how many rows of the ledger the stretch has before the person's.
struct PointLotRow {
    const Person& person;
    const PointBook& book;
    const PointLot& lot;
    std::int64_t first;
};
/// Positions from 1 within the stretch.
struct PointUseRow {
    std::int64_t entry, lot, amount;
};

struct MemoRow {
    const Person& person;
    const Care::Memo& memo;
};
struct CouponGrantRow {
    const Person& person;
    const Care::Grant& grant;
};
struct CouponUseRow {
    const Person& person;
    const Care& care;
    std::int64_t coupon;
};

/// Sets one column of a row from what the row is made of.
template <class Source>
struct ColumnOf {
    std::string_view name;
    void (*set)(storage::Value& value, const Source& source);
};

std::span<const ColumnOf<CustomerRow>> customer_columns();
std::span<const ColumnOf<AddressRow>> address_columns();
std::span<const ColumnOf<OrderRow>> order_columns();
std::span<const ColumnOf<LineRow>> line_columns();
std::span<const ColumnOf<PointEntryRow>> point_entry_columns();
std::span<const ColumnOf<PointLotRow>> point_lot_columns();
std::span<const ColumnOf<PointUseRow>> point_use_columns();
std::span<const ColumnOf<MemoRow>> memo_columns();
std::span<const ColumnOf<CouponGrantRow>> coupon_grant_columns();
std::span<const ColumnOf<CouponUseRow>> coupon_use_columns();

/// Writes rows of one table. Columns that are not listed keep what an insert leaves out.
template <class Source>
class RowWriter {
public:
    RowWriter(const core::Table& table, std::span<const ColumnOf<Source>> columns) {
        for (const auto& column : columns) columns_.push_back({table.column(column.name), column.set});
    }
    void write(const Source& source, storage::Values& row) const {
        for (const auto& [position, set] : columns_) set(row[position], source);
    }

private:
    struct Placed {
        std::size_t position;
        void (*set)(storage::Value& value, const Source& source);
    };
    std::vector<Placed> columns_;
};

}  // namespace otokui::demo
