#include "transfer/tables.hpp"

#include "transfer/export_rules.hpp"
#include "transfer/mapping.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {

void register_tables(core::Registry& registry) {
    register_staging_table(registry);
    register_mapping_table(registry);
    registry.add_kind({"customer.import", {"顧客CSV登録", "Import of customers"}, "import"});
    registry.add_kind({"address.import", {"お届け先CSV登録", "Import of delivery addresses"}, "import"});
    registry.add_kind({"order.import", {"受注CSV登録", "Import of orders"}, "import"});
    registry.add_kind({"points.import", {"ポイントCSV登録", "Import of points"}, "import"});
    registry.add_settings(export_settings());
    registry.add_kind({"transfer.export", {"CSV出力", "Export as CSV"}, "export", false});
}

}  // namespace otokui::transfer
