#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "storage/database.hpp"

// From rows of table customer to what people and programs see, by the catalogue alone.
namespace otokui::core {

inline constexpr std::string_view kMask = "*****";
inline constexpr std::string_view kUnmaskedRight = "contact.read";

/// True when this actor may see the field only as *****, and so may neither search nor sort by it.
bool is_masked(const Field& field, const Actor& actor);

/// Refused forbidden field.forbidden when the body sets a field that this actor sees only masked: he would
/// overwrite what he cannot see, and learn from a clash what others have in it.
void require_unmasked(const Catalogue& catalogue, const Actor& actor, const boost::json::object& body);

/// Whether 会員ID is the mail address (setting `member_id` of the document `customer`). Shown and searched is
/// the one or the other; both stay stored, so that the setting can go back and forth.
bool member_id_is_mail(storage::Transaction& tx);

/// Names of master rows (labels, levels, …), each table read once per transaction when first asked for.
class Masters {
public:
    explicit Masters(storage::Transaction& tx) : tx_(tx) {}
    /// 「(削除済み)」 for an id whose row is gone.
    const std::string& name(const std::string& table, std::int64_t id);
    bool exists(const std::string& table, std::int64_t id);
    /// By exact name; nothing when no row has it.
    std::optional<std::int64_t> find(const std::string& table, std::string_view name);
    /// Reads the setting of the member ID once. What `has_mail_ids` says before that: no.
    void read_member_id_rule();
    bool has_mail_ids() const { return has_mail_ids_.value_or(false); }

private:
    struct Names {
        std::unordered_map<std::int64_t, std::string> by_id;
        std::unordered_map<std::string, std::int64_t> by_name;
    };
    const Names& names(const std::string& table);
    storage::Transaction& tx_;
    std::optional<bool> has_mail_ids_ = {};
    std::map<std::string, Names, std::less<>> tables_;
};

/// Reads chosen fields of a customer row. Made once per query: it knows which columns the fields need. Not
/// shared between threads.
class RecordReader {
public:
    /// `today`: the shop's day, for ages.
    RecordReader(const Catalogue& catalogue, std::vector<const Field*> fields, const Actor& actor, Day today);

    /// The columns to select, in order, for "SELECT <columns> FROM customer c": each as `c.name`, joined by
    /// commas.
    const std::string& columns() const { return columns_; }
    const std::vector<const Field*>& fields() const { return fields_; }

    /// The fields as JSON (DESIGN 6 "Values in JSON"), with <key>_name and <key>_names beside references and
    /// sets. `masters` may be used during a query only when its tables have been read before: see prepare().
    boost::json::object read(const storage::Row& row, Masters& masters) const;
    /// Reads the masters these fields need, so that read() runs no query of its own.
    void prepare(Masters& masters) const;

    /// One field as the text of a CSV cell or a table: names instead of ids, "" for 未設定, days YYYY/MM/DD,
    /// moments in the shop's zone "YYYY/MM/DD HH:MM:SS", booleans 1 and 0, sets joined by "|".
    void append_cell(const storage::Row& row, std::size_t field, Masters& masters, std::string& cell) const;

private:
    struct Source {
        const Field* field;
        std::vector<int> positions;  // of the columns it is made of
        bool masked;
    };
    int position_of(const std::string& column);
    std::vector<int> positions_of(const Catalogue& catalogue, const Field& field);
    std::string joined(const storage::Row& row, const Source& source) const;
    /// What the customer of the row answered to an own field; nullptr when nothing.
    const boost::json::value* answer(const storage::Row& row, const Source& source) const;
    boost::json::value value(const storage::Row& row, const Source& source, const Masters& masters) const;

    std::vector<const Field*> fields_;
    std::vector<Source> sources_;
    std::vector<std::string> selected_;
    std::string columns_;
    Day today_;
    // Of the row read last: all own fields of a row are asked for one after the other.
    mutable std::string answered_;
    mutable boost::json::object answers_;
};

}  // namespace otokui::core
