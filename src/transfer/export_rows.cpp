#include "transfer/export_rows.hpp"

#include <algorithm>

#include "base/clock.hpp"
#include "base/prefectures.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {
namespace {

using core::Field;
using core::FieldType;

void export_customers(const ExportCase& asked, const EachRow& each) {
    std::vector<std::string> cells(asked.columns.size());
    search::for_each(
        asked.searches, asked.condition, asked.sort, asked.columns, asked.actor,
        [&](const storage::Row& row, const core::RecordReader& reader, core::Masters& masters) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                cells[i].clear();
                reader.append_cell(row, i, masters, cells[i]);
            }
            each(cells);
        },
        asked.limits);
}

// A cell as RecordReader::append_cell writes those of customers.
std::string cell_of(const Field& field, const storage::Row& row, int column) {
    if (row.is_null(column)) return "";
    if (field.integer_codes) return prefecture_name(static_cast<int>(row.integer(column)));
    switch (field.type) {
        case FieldType::moment:
            return written_moment({row.integer(column)});
        case FieldType::choice: {
            const auto code = row.text(column);
            const auto choice = std::find_if(field.choices.begin(), field.choices.end(),
                                             [&](const core::Choice& one) { return one.code == code; });
            return choice == field.choices.end() ? std::string(code) : choice->label.ja;
        }
        case FieldType::text:
            return std::string(row.text(column));
        default:
            return std::to_string(row.integer(column));
    }
}

// What belongs to the customers found, customer by customer in the order of the search.
class Belongings {
public:
    Belongings(const ExportCase& asked, std::string from, std::function<std::string(const Field&)> expression)
        : asked_(asked), from_(std::move(from)), cells_(asked.columns.size()) {
        for (const auto* column : asked.columns) {
            select_ += (select_.empty() ? "SELECT " : ", ") + expression(*column);
            masked_.push_back(core::is_masked(*column, asked.actor));
        }
    }

    void of_customers(const std::string& customer, const std::string& order, const EachRow& each) {
        const auto found =
            search::ids(asked_.searches, asked_.condition, asked_.sort, asked_.actor, asked_.limits);
        std::vector<storage::Value> ids;
        ids.reserve(found.size());
        for (const auto id : found) ids.emplace_back(id.value);
        read([&](storage::Transaction& tx) {
            query_in(tx, select_ + from_ + " WHERE " + customer + " IN (?) ORDER BY " + order, ids,
                     [&](const storage::Row& row) { give(row, each); });
        });
    }
    void where(const std::string& condition, const std::string& order, const EachRow& each) {
        read([&](storage::Transaction& tx) {
            tx.query(select_ + from_ + " WHERE " + condition + " ORDER BY " + order, {},
                     [&](const storage::Row& row) { give(row, each); });
        });
    }

private:
    template <class Work>
    void read(Work work) {
        asked_.context.journal.database().read(work, asked_.limits);
    }
    void give(const storage::Row& row, const EachRow& each) {
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            cells_[i] = cell_of(*asked_.columns[i], row, static_cast<int>(i));
            if (masked_[i] && !cells_[i].empty()) cells_[i] = core::kMask;
        }
        each(cells_);
    }

    const ExportCase& asked_;
    const std::string from_;
    std::string select_;
    std::vector<bool> masked_;
    std::vector<std::string> cells_;
};

void export_addresses(const ExportCase& asked, const EachRow& each) {
    Belongings addresses(
        asked, " FROM customer_address a JOIN customer c ON c.id = a.customer_id",
        [](const Field& field) { return field.key == "customer_number" ? "c.number" : "a." + field.column; });
    addresses.of_customers("a.customer_id", "a.customer_id, a.id", each);
}

void export_orders(const ExportCase& asked, const EachRow& each) {
    Belongings orders(asked,
                      " FROM orders o LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN order_line l ON "
                      "l.order_id = o.id",
                      [](const Field& field) -> std::string {
                          if (field.key == "customer_number") return "c.number";
                          const bool is_of_line = field.key == "product_number" ||
                                                  field.key == "product_name" || field.key == "unit_price" ||
                                                  field.key == "quantity";
                          return (is_of_line ? "l." : "o.") + field.column;
                      });
    const std::string order = "o.customer_id, o.ordered_at, o.id, l.position, l.id";
    orders.of_customers("o.customer_id", order, each);
    // Orders of nobody are in no search; they go along when nothing was searched for.
    if (asked.condition.parts.empty()) orders.where("o.customer_id IS NULL", order, each);
}

// Members alone hold points; the last three columns are to be filled in.
void export_points(const ExportCase& asked, const EachRow& each) {
    Belongings members(asked, " FROM customer c", [](const Field& field) -> std::string {
        if (field.key == "customer_number") return "c.number";
        if (field.key == "email") return "c.email";
        if (field.key == "name") return "TRIM(c.family_name || ' ' || c.given_name)";
        return field.key == "reason" || field.key == "point_kind" ? "''" : "c.points";
    });
    members.of_customers("c.status = 'member' AND c.deleted_at IS NULL AND c.id", "c.id", each);
}

}  // namespace

void export_rows(const ExportCase& asked, Kind kind, const EachRow& each) {
    switch (kind) {
        case Kind::customers:
            return export_customers(asked, each);
        case Kind::addresses:
            return export_addresses(asked, each);
        case Kind::orders:
            return export_orders(asked, each);
        case Kind::points:
            return export_points(asked, each);
    }
}

}  // namespace otokui::transfer
