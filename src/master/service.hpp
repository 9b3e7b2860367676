#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "core/actor.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"
#include "master/types.hpp"

// The rows of every master, by its declaration alone. JSON of a row: {id, name, position, each field by its
// key, members, version}; `members` counts the customers who hold it and are not deleted.
namespace otokui::master {

struct Context {
    core::Journal& journal;
    core::Jobs& jobs;
};

struct Page {
    json::Array items;
    std::string next_cursor;  // empty at the end
};

struct Written {
    json::Object row;
    OperationId operation;
};

/// Every master of the parts that are switched on, with its fields, labels and limits, for screens made of
/// them. Right of all that reads: customer.read.
json::Array declarations(const Context& context, const core::Actor& actor);

/// In the order the shop gave them. Cost: two indexed queries over who holds what. Refused cursor.invalid.
Page list(const Context& context, const core::Actor& actor, const Master& master, const std::string& cursor,
          int limit);
/// Refused not_found master.not_found.
json::Object get(const Context& context, const core::Actor& actor, const Master& master, std::int64_t id);

// Right of all that follows: master.edit. `version` is the one seen, nothing: any; Refused master.stale.

/// Refused master.invalid with every field error at once; master.name_taken and the taken_code of a field;
/// conflict master.too_many.
Written create(const Context& context, const core::Actor& actor, const Master& master,
               const json::Value& body);
/// Sets what the body names. Refused as create; and the used_code of a field that is fixed once a customer
/// holds the row.
Written change(const Context& context, const core::Actor& actor, const Master& master, std::int64_t id,
               std::optional<std::int64_t> version, const json::Value& body);

/// What becomes of the customers who hold a row that goes.
struct Members {
    enum class Fate { unsaid, removed, moved };
    Fate fate = Fate::unsaid;
    std::int64_t to = 0;  // where they are moved
};
/// At once when no customer holds the row. Else by a job that changes the customers in steps of one operation
/// and then removes the row; but refused conflict master.in_use (extra.members, extra.deleted: how many
/// living and deleted customers hold it) when nothing is said of them, or the master allows neither. Refused
/// group.is_default; invalid query.invalid when `to` is no other row.
std::variant<OperationId, JobId> remove(const Context& context, const core::Actor& actor,
                                        const Master& master, std::int64_t id,
                                        std::optional<std::int64_t> version, const Members& members);

/// Puts all rows in this order. Refused conflict master.order_changed unless `ids` are exactly the rows there
/// are.
OperationId reorder(const Context& context, const core::Actor& actor, const Master& master,
                    const std::vector<std::int64_t>& ids);

/// 既定にする: new customers join this group from now on; the one before is it no more.
Written make_default(const Context& context, const core::Actor& actor, std::int64_t id);

/// How many living customers hold the row, in this transaction.
std::int64_t count_members(storage::Transaction& tx, const Master& master, std::int64_t id);

/// The jobs of remove().
void register_job_kinds(core::Jobs& jobs);

}  // namespace otokui::master
