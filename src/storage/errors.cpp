#include "storage/errors.hpp"

namespace otokui::storage {
namespace {

bool covers_first(std::string_view columns, std::string_view first) {
    if (!columns.starts_with(first)) return false;
    return columns.size() == first.size() || columns[first.size()] == ',';
}

}  // namespace

WritesStopped::WritesStopped()
    : Refused({ProblemKind::unavailable,
               "database.damaged",
               {"データベースに異常が見つかったため、書き込みを停止しています。管理者に連絡してください。",
                "The database is damaged; nothing can be written. Tell the administrator."},
               {},
               {},
               60}) {}

bool UniqueViolation::on(std::string_view table, std::string_view column) const {
    const std::string qualified = std::string(table) + "." + std::string(column);
    if (covers_first(constraint_, qualified)) return true;
    // An index over an expression has no columns to name; what is left is its own name.
    return constraint_ == std::string(table) + "_" + std::string(column) + "_unique";
}

}  // namespace otokui::storage
