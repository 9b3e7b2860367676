#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text/shadow.hpp"
#include "base/text_pair.hpp"
#include "core/registry.hpp"

// What a customer is, declared once. List columns, forms, search conditions, CSV, history, masking and the
// API schema read this catalogue; a second list of fields anywhere would be a fault of design.
namespace otokui::core {

enum class FieldType {
    id,         // of a customer, "123": is is_not in not_in empty not_empty; also takes a list (DESIGN 6)
    text,       // operators is is_not contains not_contains starts_with ends_with empty not_empty in
    choice,     // one of fixed codes: in not_in empty not_empty
    reference,  // the id of a row of a master: as choice
    set,        // several rows of a master, or several choices: any_of all_of none_of empty not_empty
    number,     // is between at_least at_most empty not_empty
    money,      // whole yen, as number
    day,        // "YYYY-MM-DD", as number, relative dates allowed
    moment,     // RFC 3339, compared by the shop's day
    boolean     // is
};

/// Where a field stands in search panel and forms.
enum class FieldGroup { basic, contact, address, membership, purchase, marketing, record, own };

/// How a field takes part in a merge of duplicates.
enum class FieldMerge { choose, survivor, unite, recompute };

/// How a typed value becomes the stored one (DESIGN: "stored values change only so").
enum class Normalisation { trim, kana, phone, postal_code, mail, none };

struct Choice {
    std::string code;
    Text label;
    bool removed =
        false;  // nobody may choose it any more; it stays where it was chosen, and can be searched for
};

struct Field {
    std::string key;  // stable: "family_name", also the JSON name
    Text label;       // also the CSV header
    FieldType type = FieldType::text;
    FieldGroup group = FieldGroup::basic;
    Privacy privacy = Privacy::internal;

    std::string column = {};  // of table customer; empty: made of `parts`, or computed from `expression_of`
    std::vector<std::string> parts =
        {};  // keys of the fields a joined text is made of (name, kana, address), in order
    std::string computed_from = {};  // key of the field this one is computed from (age from birth_date)
    /// Of a field of the shop's own (フリーフォーム): the name of its value in the JSON object of column
    /// `answers`.
    std::string answer = {};

    text::ShadowKind shadow = text::ShadowKind::text;  // texts: how operands and values are folded
    std::string shadow_column =
        {};  // texts with a shadow of their own; mails, phones and codes are their own shadow
    std::string yearly_column = {};  // days: "MM-DD", "" without a day; for what comes every year
    std::string text_index =
        {};  // column of the text index that holds it; empty: not indexed, compared row by row
    bool in_one_box = false;

    Normalisation normalisation = Normalisation::trim;
    std::size_t max_length = 0;             // in characters; texts only, 0: not limited
    std::int64_t minimum = 0, maximum = 0;  // numbers only
    bool multiline = false;                 // texts with line breaks
    bool required = false;                  // of own fields: a form cannot leave it empty
    std::vector<Choice> choices = {};
    bool integer_codes =
        false;  // codes of the choices are whole numbers in the column and in JSON (prefecture 1..47)
    std::string master = {};  // table of references and sets; rows have id, name, position

    bool nullable = true;      // null = 未設定; booleans, points, totals and counts are never null
    bool editable = false;     // by form, API and import
    bool create_only = false;  // editable, but never again after the customer exists
    bool bulk = false;         // by 一括更新
    bool sortable = false;
    bool listable = true;
    bool listed_by_default = false;  // a column of the list when nobody chose any
    bool leads_list = false;         // of those, one of the first: says whose row it is
    bool exported_by_default = true;
    bool of_address = false;  // delivery addresses (お届け先) have it as well
    bool retired = false;     // an own field out of use: only what tells of the past still knows it
    bool derived = false;     // kept by other writes (totals, balances)
    FieldMerge merge = FieldMerge::choose;
    std::string feature =
        {};  // the part of the product it belongs to, which a shop can switch off; empty: none

    bool is_text() const { return type == FieldType::text; }
    /// One of the shop's own, whose value is an answer.
    bool is_own() const { return !answer.empty(); }
    /// A choice or set whose codes are texts: no ids, no whole numbers.
    bool has_text_codes() const {
        return (type == FieldType::choice && !integer_codes) || (type == FieldType::set && master.empty());
    }
    /// Masked as ***** for roles without the right contact.read.
    bool is_contact() const { return privacy == Privacy::contact; }
};

/// A field of a thing customers have. Its columns bear the alias that the thing's SQL gives their table
/// ("o.total"); it is no set, joined of no parts and computed from nothing.
struct ThingField {
    Field field;
    bool of_part = false;  // of the parts (lines of an order): empty in the one row of a thing without parts
    /// Texts of which there are few different ones: SQL of (value of the column, text) of each. Conditions
    /// compare these instead of every row. Texts without have a shadow column.
    std::string terms = {};
    std::string part_column = {};  // of a field of the thing that its parts have too ("l.ordered_at")
};

/// A thing that a customer has any number of, and that conditions ask about ({"has":"order","where":…}).
/// Declared once by the feature that owns its tables: parsing, SQL, masking and the screen follow from here.
struct Thing {
    std::string key;           // stable: "order"
    Text label;                // 「受注」
    std::string right;         // who lacks it may not ask
    std::string feature = {};  // as Field::feature
    /// FROM clause of all rows a condition is evaluated over. A thing with parts has a row for each part, and
    /// one with the parts' columns NULL when it has none.
    std::string rows;
    std::string things = {};  // FROM clause of the things alone, for what asks nothing of the parts; empty:
                              // `rows` has one row per thing
    std::string customer;     // column of both: whose it is
    std::string id;           // column of both: what is counted
    /// FROM clause of the parts alone, for what only a part can satisfy and asks nothing that the parts have
    /// not; with their columns of customer and thing. Empty: there is none.
    std::string parts = {}, part_customer = {}, part_id = {};
    std::string count_column = {};  // of the customer: how many there are of any kind; empty: none
    std::deque<ThingField> fields;

    const ThingField* find(std::string_view field) const;
};

/// Keys of own fields begin so: "x.size".
inline constexpr std::string_view kOwnPrefix = "x.";
/// The column of table customer that holds the answers of all own fields: a JSON object, "" when there are
/// none.
inline constexpr std::string_view kAnswers = "answers";

/// The standard fields and things are declared before the first use and stay. Own fields, and the parts of
/// the product that are switched off, are replaced as a whole while others read; fields handed out before
/// stay valid as long as the catalogue, for conditions point to them.
class Catalogue {
public:
    Catalogue();
    ~Catalogue();
    Catalogue(Catalogue&&) noexcept;
    Catalogue& operator=(Catalogue&&) = delete;

    /// Refuses (std::logic_error) a second field of the same key and entries that contradict themselves.
    void add(Field field);
    /// A standard field whose part of the product is switched on, or an own one in use.
    const Field* find(std::string_view key) const;
    /// The same whatever is switched off: for input, which is told why it may not set the field.
    const Field* find_declared(std::string_view key) const;
    const Field& get(
        std::string_view key) const;  // std::logic_error when unknown: for keys in code, never for input
    /// The standard fields alone, which have columns of their own; those of parts switched off too, whose
    /// values are kept.
    const std::deque<Field>& fields() const { return fields_; }
    /// What the shop sees of a customer: the standard fields but those of parts switched off, then the own
    /// ones in use in the shop's order.
    std::vector<const Field*> all_fields() const;
    /// What only the past still knows: fields of parts switched off, then own ones out of use.
    std::vector<const Field*> past_fields() const;
    /// Those of the shop's own that are in use.
    std::vector<const Field*> own_fields() const;
    /// By the name of its answer, retired ones too: for what tells of the past.
    const Field* find_own(std::string_view answer) const;

    /// Replaces the own fields. Safe while others read. Refuses (std::logic_error) what is no own field and a
    /// key given twice.
    void set_own(std::vector<Field> fields);
    using Features = std::set<std::string, std::less<>>;  // keys of Field::feature
    /// Replaces what is switched off. Safe while others read.
    void set_off(Features features);
    /// Whether a part of the product is switched on; "" always is.
    bool is_on(std::string_view feature) const;

    /// Refuses (std::logic_error) a second thing of the same key and entries that contradict themselves.
    void add_thing(Thing thing);
    /// Also one whose part of the product is switched off.
    const Thing* find_thing(std::string_view key) const;
    const std::deque<Thing>& things() const { return things_; }
    /// The columns of the list when nobody chose any.
    std::vector<const Field*> default_columns() const;
    /// By JSON key or by Japanese label, as CSV headers give it; of parts switched off too, as find_declared.
    const Field* find_by_header(std::string_view header) const;

private:
    struct Own;
    std::shared_ptr<const Own> own() const;

    std::deque<Field> fields_;
    std::deque<Thing> things_;  // a deque: conditions point into it
    std::unordered_map<std::string, std::size_t> positions_, labels_;
    struct Generations;
    std::unique_ptr<Generations> generations_;
};

/// "text", "choice" … as in the API.
std::string_view name_of(FieldType type);
std::string_view name_of(FieldGroup group);

}  // namespace otokui::core
