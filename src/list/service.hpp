#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/actor.hpp"
#include "core/condition.hpp"
#include "core/files.hpp"
#include "core/journal.hpp"
#include "list/types.hpp"

// Lists of customers that staff paste, keep and combine. A list belongs to the member of staff who made it:
// for everybody else it does not exist. The shell's owner, who may do everything, may search by any.
namespace otokui::list {

struct Context {
    core::Journal& journal;
    core::FileStore& files;
};

/// A list of a whole text; what comes piece by piece is a NewList (upload.hpp). Refused as there.
List create(const Context& context, const core::Actor& actor, Kind kind, std::string_view text,
            std::string name = "");

struct Page {
    std::vector<List> items = {};
    std::string next_cursor = {};
};
Page list_lists(const Context& context, const core::Actor& actor, const std::string& cursor, int limit);
/// Refused not_found list.not_found, of another person's list too.
List get_list(const Context& context, const core::Actor& actor, std::string_view list);
/// `{name}`; null or "" lets it go when unused. Refused stale list.stale, invalid list.invalid.
List rename(const Context& context, const core::Actor& actor, std::string_view list,
            const std::optional<std::int64_t>& version, const boost::json::value& body);
void remove(const Context& context, const core::Actor& actor, std::string_view list,
            const std::optional<std::int64_t>& version);
/// `{op, lists, name?}`: and = on every list, or = on any, minus = on the first and no other. Whoever was
/// merged or erased since is counted so in the new list. Refused invalid list.invalid.
List combine(const Context& context, const core::Actor& actor, const boost::json::value& body);
/// The lines of a figure; nothing when there are none. Refused forbidden for contact data that the actor sees
/// only masked, not_found list.lines_gone past kLinesKept.
std::optional<core::StoredFile> find_lines(const Context& context, const core::Actor& actor,
                                           std::string_view list, Lines lines);
/// Removes what is overdue; returns how many lists went.
std::int64_t remove_overdue(const Context& context);

/// Refused invalid condition.invalid with every list of the condition that the actor has not (unknown_list);
/// notes, once a day, that the others are used. For routes: searches find their lists by find_members.
void use(core::Journal& journal, const core::Actor& actor, const core::Condition& condition);

/// Rows (list_id, customer_id) of customer_list_member are a list's customers.
struct Members {
    ListId id;
    std::int64_t count = 0;
};
/// Refused invalid condition.invalid when the actor has no such list.
Members get_members(storage::Transaction& tx, const core::Actor& actor, const core::ListOperand& list);

/// "" when absent; adds its faults to `errors`.
std::string read_name(const boost::json::value* value, std::vector<FieldError>& errors);

}  // namespace otokui::list
