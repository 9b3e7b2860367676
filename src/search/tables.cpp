#include "search/tables.hpp"

namespace otokui::search {

void register_tables(core::Registry& registry) {
    using core::Column;
    using core::ColumnType;
    using core::Privacy;
    using core::Source;
    registry.add({.name = "stored_search",
                  .label = {"保存しないままの検索", "Searches behind page addresses"},
                  .columns = {{"search", ColumnType::text, Privacy::secret},
                              {"staff_id", ColumnType::integer},
                              {"content", ColumnType::text, Privacy::personal},
                              {"created_at", ColumnType::integer},
                              {"used_at", ColumnType::integer}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "made by looking, not by changing; gone after 90 days",
                  .on_erase = core::OnErase::remove});
    registry.add({.name = "customer_set",
                  .label = {"顧客のラベル・グループ・理由", "Labels, groups and reasons of customers"},
                  .columns = {{"kind", ColumnType::text, Privacy::internal, Source::derived},
                              {"member_id", ColumnType::integer, Privacy::internal, Source::derived},
                              {"customer_id", ColumnType::integer, Privacy::internal, Source::derived}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from the customer's own columns"});
    registry.add({.name = "customer_answer",
                  .label = {"フリーフォームの回答の索引", "Index of answers to the shop's own fields"},
                  .columns = {{"field", ColumnType::text, Privacy::internal, Source::derived},
                              {"code", ColumnType::text, Privacy::personal, Source::derived},
                              {"customer_id", ColumnType::integer, Privacy::internal, Source::derived},
                              {"shadow", ColumnType::text, Privacy::personal, Source::derived},
                              {"number", ColumnType::integer, Privacy::personal, Source::derived, true}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from the customer's own columns"});
}

}  // namespace otokui::search
