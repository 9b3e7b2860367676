#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>

#include "core/record_json.hpp"
#include "history/service.hpp"

namespace otokui::history {

/// The column in which a value stands that an undo calls `field`.
std::string_view column_of(const core::Table& table, std::string_view field);

/// From stored column values to what the person sees: catalogue keys, ids as strings, moments with the shop's
/// offset, masks. Values that stand many in one column are told one by one. Lives as long as `tx`.
class ChangeReader {
public:
    ChangeReader(const Context& context, const core::Actor& actor, storage::Transaction& tx);

    /// Whether the actor could read the values of such rows elsewhere (RightToRead).
    bool may_read(const core::Table& table) const;
    /// Whether the actor may see the values of private tables, too.
    enum class IsOwn { no, yes };
    /// One entry per changed value: `{kind, kind_label, id, field, before, after}`.
    void append(const core::Table& table, std::int64_t row, const boost::json::object& before,
                const boost::json::object& after, IsOwn is_own, boost::json::array& changes);
    /// One value among stored ones, by the name an undo gives it (core::UndoConflict::field); null when it is
    /// not among them.
    boost::json::value value_of(const core::Table& table, std::int64_t row, std::string_view field,
                                const boost::json::object& values, IsOwn is_own);
    /// How the API calls a column, or one of many values in it.
    std::string key_of(const core::Table& table, const std::string& column) const;

private:
    void append_many(const core::Table& table, std::int64_t row, const core::Column& column,
                     const boost::json::object& before, const boost::json::object& after, bool hides,
                     boost::json::array& changes);
    std::string prefix_of(const core::Table& table, std::int64_t row, const core::Column& column,
                          const boost::json::object& values);
    boost::json::value shown_of_many(const core::Column& column, std::string_view name,
                                     const core::SettingField* setting, const boost::json::value* value,
                                     bool hides) const;
    const core::Field* field_of(const core::Table& table, std::string_view column) const;
    boost::json::value shown(const core::Table& table, const core::Column& column,
                             const boost::json::value* value, bool hides);
    boost::json::value named(std::string_view column, const boost::json::value& value);

    const Context& context_;
    const core::Actor& actor_;
    storage::Transaction& tx_;
    core::Masters masters_;
    std::map<std::string, const core::Field*, std::less<>> by_column_;
};

}  // namespace otokui::history
