#include "base/problem.hpp"
#include "core/answers.hpp"
#include "core/undo.hpp"

// What may be undone, and by whom.
namespace otokui::core {
namespace {

[[noreturn]] void refuse_not_undoable() {
    throw Refused({ProblemKind::conflict,
                   "operation.not_undoable",
                   {"この操作は元に戻せません。", "This operation cannot be undone."}});
}

// An undo that was itself undone no longer counts.
bool is_undone(storage::Transaction& tx, std::int64_t operation) {
    std::vector<std::int64_t> undos;
    tx.query("SELECT id FROM operation WHERE undoes = ? ORDER BY id", {operation},
             [&](const storage::Row& row) { undos.push_back(row.integer(0)); });
    for (const auto undo : undos)
        if (!is_undone(tx, undo)) return true;
    return false;
}

}  // namespace

std::int64_t count_changes(storage::Transaction& tx, OperationId operation) {
    return tx.find_integer("SELECT change_count FROM operation WHERE id = ?", {operation.value}).value_or(0);
}

bool holds_many(const Table& table, std::string_view column) {
    return (column == kAnswers && table.customer_column == "id") ||
           (column == "content" && table.name == "setting");
}

const OperationKind& kind_at_root(storage::Transaction& tx, const Registry& registry, OperationId operation) {
    std::string kind;
    for (auto id = operation.value; id != 0;) {
        std::int64_t undoes = 0;
        tx.query("SELECT kind, COALESCE(undoes, 0) FROM operation WHERE id = ?", {id},
                 [&](const storage::Row& row) {
                     kind = row.text(0);
                     undoes = row.integer(1);
                 });
        id = undoes;
    }
    if (kind.empty())
        throw Refused({ProblemKind::not_found,
                       "operation.not_found",
                       {"操作が見つかりません。", "No such operation."}});
    return registry.kind(kind);
}

void require_undoable(storage::Transaction& tx, const Registry& registry, const Actor& actor,
                      OperationId operation) {
    actor.require("operation.undo");
    const auto& kind = kind_at_root(tx, registry, operation);
    actor.require(kind.right);
    if (!kind.undoable || count_changes(tx, operation) == 0) refuse_not_undoable();
    if (is_undone(tx, operation.value))
        throw Refused({ProblemKind::conflict,
                       "operation.already_undone",
                       {"この操作はすでに元に戻されています。", "This operation has been undone already."}});
}

}  // namespace otokui::core
