#include "staff/setting_row.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace otokui::staff::setting {

std::optional<Row> find(storage::Transaction& tx, std::string_view name) {
    std::optional<Row> found;
    tx.query("SELECT id, content, version FROM setting WHERE name = ?", {std::string(name)},
             [&](const storage::Row& row) {
                 found = Row{row.integer(0), json::parse(row.text(1)).as_object(),
                             std::max<std::int64_t>(row.integer(2), 1)};
             });
    return found;
}

std::optional<Row> lock(core::Writer& writer, std::string_view name) {
    const auto seen = find(writer.tx(), name);
    if (!seen) return std::nullopt;
    writer.find(writer.registry().get("setting"), seen->id);
    return find(writer.tx(), name);
}

void put(core::Writer& writer, std::string_view name, const json::Object& content) {
    const auto& table = writer.registry().get("setting");
    const std::string text = json::to_text(content);
    if (const auto row = find(writer.tx(), name))
        writer.update(table, row->id, {{"content", text}});
    else
        writer.insert(table, {{"name", std::string(name)}, {"content", text}});
}

void require_version(std::optional<std::int64_t> seen, std::int64_t now, json::Object current,
                     json::Object sent) {
    if (!seen || *seen == now) return;
    Problem problem{ProblemKind::stale,
                    "settings.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = std::move(current);
    problem.extra["sent"] = std::move(sent);
    throw Refused(std::move(problem));
}

}  // namespace otokui::staff::setting
