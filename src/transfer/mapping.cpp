#include "transfer/mapping.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace otokui::transfer {
namespace {

constexpr std::string_view kTable = "import_mapping";

std::vector<MappedColumn> columns_of(std::string_view text) {
    std::vector<MappedColumn> columns;
    const auto stored = boost::json::parse(text);
    for (const auto& one : stored.as_array())
        columns.push_back(
            {std::string(one.at("column").as_string()), std::string(one.at("field").as_string())});
    return columns;
}

}  // namespace

void register_mapping_table(core::Registry& registry) {
    registry.add(
        {.name = std::string(kTable),
         .label = {"列の対応付け", "Column mapping"},
         .columns = {{"kind"}, {"signature"}, {"columns"}, {"updated_at", core::ColumnType::integer}}});
    registry.add_kind({"import_mapping.update", {"列の対応付けの保存", "Column mapping kept"}, "import"});
}

std::vector<MappedColumn> find_mapping(storage::Transaction& tx, Kind kind, const std::string& signature) {
    const auto found = tx.find_text("SELECT columns FROM import_mapping WHERE kind = ? AND signature = ?",
                                    {std::string(name_of(kind)), signature});
    return found ? columns_of(*found) : std::vector<MappedColumn>();
}

std::vector<Mapping> list_mappings(storage::Transaction& tx, std::optional<Kind> kind,
                                   const std::string& signature, std::int64_t before, std::int64_t most) {
    std::vector<Mapping> mappings;
    const auto wanted = kind ? std::string(name_of(*kind)) : std::string();
    tx.query(
        "SELECT id, kind, signature, columns FROM import_mapping WHERE (? = '' OR kind = ?) AND (? = '' OR "
        "signature = ?) AND id < ? ORDER BY id DESC LIMIT ?",
        {wanted, wanted, signature, signature, before, most}, [&](const storage::Row& row) {
            mappings.push_back(
                {row.integer(0), kind_of(row.text(1)), std::string(row.text(2)), columns_of(row.text(3))});
        });
    return mappings;
}

void remember_mapping(core::Journal& journal, const core::Actor& actor, const Mapping& mapping) {
    boost::json::array columns;
    for (const auto& [column, field] : mapping.columns)
        columns.push_back(boost::json::object{{"column", column}, {"field", field}});
    const auto text = boost::json::serialize(columns);
    const std::string kind(name_of(mapping.kind));
    journal.write({.actor = actor, .kind = "import_mapping.update"}, [&](core::Writer& writer) {
        const auto& table = writer.registry().get(kTable);
        const auto id = writer.tx().find_integer(
            "SELECT id FROM import_mapping WHERE kind = ? AND signature = ?", {kind, mapping.signature});
        const auto now = writer.now().milliseconds;
        if (id)
            writer.update(table, *id, {{"columns", text}, {"updated_at", now}});
        else
            writer.insert(
                table,
                {{"kind", kind}, {"signature", mapping.signature}, {"columns", text}, {"updated_at", now}});
    });
}

}  // namespace otokui::transfer
