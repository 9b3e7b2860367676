#include "transfer/tables.hpp"

#include "transfer/export_rules.hpp"
#include "transfer/mapping.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {

void register_tables(core::Registry& registry) {
    register_staging_table(registry);
    register_mapping_table(registry);
    registry.add_kind({"customer.import", {"顧客CSVの取り込み", "Import of customers"}, "import"});
    registry.add_kind(
        {"address.import", {"お届け先CSVの取り込み", "Import of delivery addresses"}, "import"});
    registry.add_kind({"order.import", {"受注CSVの取り込み", "Import of orders"}, "import"});
    registry.add_kind({"points.import", {"ポイントCSVの取り込み", "Import of points"}, "import"});
    registry.add_settings(export_settings());
    registry.add_kind({"transfer.export", {"CSVの出力", "Export as CSV"}, "export", false});
}

}  // namespace otokui::transfer
