#include "transfer/export_rows.hpp"

namespace otokui::transfer {
namespace {

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

}  // namespace

void export_rows(const ExportCase& asked, Kind, const EachRow& each) { export_customers(asked, each); }

}  // namespace otokui::transfer
