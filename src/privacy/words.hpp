#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>

#include "base/text_pair.hpp"
#include "core/catalogue.hpp"
#include "core/record_json.hpp"
#include "core/registry.hpp"

namespace otokui::privacy {

/// How a person is told what the shop keeps of him: columns by the labels that the screens have for them,
/// stored values as people write them. Of one transaction.
class Words {
public:
    Words(const core::Catalogue& catalogue, const core::Registry& registry, storage::Transaction& tx,
          Language language);

    /// Whether the column tells something of the person that no other column tells.
    static bool tells(const core::Table& table, const core::Column& column);
    /// The column's name in the schema when nobody has a word for it; a test keeps that from happening.
    Text label(const core::Table& table, const core::Column& column) const;
    /// "" and NULL are null. `stored`: as in the journal; may be nullptr.
    boost::json::value value(const core::Table& table, const core::Column& column,
                             const boost::json::value* stored);
    /// What the customer answered to one of the shop's own fields; nullptr when nobody knows the field.
    boost::json::value answer(const core::Field* field, const boost::json::value* given) const;
    /// A cell of the customer's own row (core::RecordReader).
    std::string cell(const core::Field& field, std::string cell) const;

    /// One entry per column that differs, of the shop's own fields one per field:
    /// {key, labels, before, after}.
    boost::json::array changes(const core::Table& table, const boost::json::object& before,
                               const boost::json::object& after);

private:
    struct Word;
    static const Word* find_own(std::string_view table, std::string_view column);
    const core::Field* field_of(const core::Table& table, std::string_view column) const;
    void read_thing(const core::Registry& registry, const core::Thing& thing);
    boost::json::value of_field(const core::Field& field, const boost::json::value& stored);
    boost::json::value named(const core::Column& column, std::int64_t id);
    void add_answers(const boost::json::value* was, const boost::json::value* is,
                     boost::json::array& told) const;
    std::string_view flag(bool is_set) const;

    const core::Catalogue& catalogue_;
    const core::Registry& registry_;
    storage::Transaction& tx_;
    core::Masters masters_;
    const Language language_;
    std::map<std::string, const core::Field*, std::less<>> customer_;           // by column
    std::map<std::pair<std::string, std::string>, const core::Field*> things_;  // by table and column
};

}  // namespace otokui::privacy
