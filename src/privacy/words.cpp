#include "privacy/words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <vector>

#include "base/clock.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"
#include "customer/types.hpp"

namespace otokui::privacy {

using boost::json::object;
using boost::json::value;
using core::Field;
using core::FieldType;

// What no condition asks about and no field of a customer is: the words of the screens that show it.
struct Words::Word {
    enum class Says { itself, yes_or_no, field, way };
    std::string_view table;  // empty: of any
    std::string_view column;
    Text label;
    Says says = Says::itself;
    std::string_view like = {};  // the customer's field that has such values
};

const Words::Word* Words::find_own(std::string_view table, std::string_view column) {
    using Says = Word::Says;
    static const std::vector<Word> kWords{
        {"customer_address", "label", {"お届け先名", "Name of the address"}},
        {"customer_address", "is_default", {"既定のお届け先", "Default address"}, Says::yes_or_no},
        {"orders", "tax", {"消費税", "Tax"}},
        {"orders", "shipping_fee", {"送料", "Shipping fee"}},
        {"orders", "discount", {"値引き", "Discount"}},
        {"orders", "ship_name", {"お届け先氏名", "Ship to"}},
        {"orders", "ship_postal_code", {"お届け先郵便番号", "Ship to postal code"}},
        {"orders", "ship_prefecture", {"お届け先都道府県", "Ship to prefecture"}, Says::itself, "prefecture"},
        {"orders", "ship_address", {"お届け先住所", "Ship to address"}},
        {"orders", "ship_phone", {"お届け先電話番号", "Ship to phone"}},
        {"orders", "note", {"備考", "Note"}},
        {"order_line", "order_id", {"受注", "Order"}},
        {"order_line", "position", {"行", "Line"}},
        {"order_line", "unit_price", {"単価", "Unit price"}},
        {"mail_message", "message_id", {"メッセージID", "Message ID"}},
        {"mail_message", "language", {"言語", "Language"}},
        {"mail_message", "to_address", {"宛先", "To"}},
        {"mail_message", "to_name", {"宛名", "Name"}},
        {"mail_message", "from_address", {"差出人のアドレス", "From"}},
        {"mail_message", "from_name", {"差出人", "Sender"}},
        {"mail_message", "reply_to", {"返信先", "Reply to"}},
        {"mail_message", "subject", {"件名", "Subject"}},
        {"mail_message", "body_text", {"本文", "Text"}},
        {"mail_message", "body_html", {"本文（HTML）", "Text (HTML)"}},
        {"mail_message", "cause", {"送信されない理由", "Why it is not sent"}},
        {"mail_message", "answer", {"メールサーバーの応答", "Answer of the mail server"}},
        {"mail_message", "attempts", {"送信回数", "Attempts"}},
        {"mail_message", "retried_by", {"再送信した人", "Sent again by"}},
        {"point_entry", "point_kind_id", {"ポイント区分", "Point kind"}},
        {"point_entry", "reverses", {"取り消した履歴のID", "ID of the entry it cancels"}},
        {"coupon_grant", "usable_from", {"利用開始日", "Usable from"}},
        {"coupon_grant", "usable_to", {"利用終了日", "Usable to"}},
        {"coupon_grant", "times", {"利用できる回数", "Times"}},
        {"coupon_grant", "granted_at", {"付与日時", "Granted at"}},
        {"coupon_grant", "granted_by", {"付与した人", "Granted by"}},
        {"coupon_grant", "revoked_at", {"付与を取り消した日時", "Taken back at"}},
        {"coupon_grant", "revoked_by", {"付与を取り消した人", "Taken back by"}},
        {"coupon_use", "grant_id", {"付与のID", "ID of the grant"}},
        {"coupon_use", "used_at", {"利用日時", "Used at"}},
        {"coupon_use", "amount", {"割引額", "Discount"}},
        {"coupon_use", "cancelled_at", {"利用をキャンセルした日時", "Use cancelled at"}},
        {"coupon_use", "cancelled_by", {"利用をキャンセルした人", "Use cancelled by"}},
        {"consent", "what", {"同意の対象", "Consent to"}, Says::field},
        {"consent", "value", {"同意", "Given"}, Says::yes_or_no},
        {"consent", "how", {"方法", "Way"}, Says::way},
        {"consent", "ground", {"根拠", "Ground"}},
        {"consent", "ip", {"IPアドレス", "IP address"}},
        {"consent", "superseded_at", {"次の記録の日時", "Superseded at"}},
        {"customer", "no_login", {"ログインなし", "Without login"}, Says::yes_or_no},
        {"customer", "suspected_duplicate", {"重複の疑い", "Suspected duplicate"}, Says::yes_or_no},
        {"", "coupon_id", {"クーポン", "Coupon"}},
        {"", "order_number", {"受注番号", "Order number"}},
        {"", "actor", {"操作した人", "By"}},
        {"", "created_by", {"作成者", "Made by"}},
        {"", "updated_by", {"更新者", "Changed by"}},
        {"", "at", {"日時", "At"}},
        {"", "created_at", {"作成日時", "Made at"}},
        {"", "updated_at", {"更新日時", "Changed at"}}};
    const auto found = std::ranges::find_if(kWords, [&](const Word& word) {
        return word.column == column && (word.table.empty() || word.table == table);
    });
    return found == kWords.end() ? nullptr : &*found;
}

namespace {

// How the shop's own works are getting on.
constexpr std::array<std::string_view, 4> kWorkings{"lease_owner", "lease_until", "fence", "next_attempt"};

bool is_of_customer(std::string_view table) {
    return table == customer::kTable || table == customer::kAddressTable;
}

const std::map<std::string_view, Text>& ways() {
    static const std::map<std::string_view, Text> kWays{{"form", {"登録フォーム", "Sign-up form"}},
                                                        {"api", {"API", "API"}},
                                                        {"csv", {"CSV", "CSV"}},
                                                        {"staff", {"メンバー", "Staff"}},
                                                        {"bounce", {"メール不達", "Bounced mail"}},
                                                        {"unsubscribe", {"配信停止", "Unsubscribed"}}};
    return kWays;
}

}  // namespace

Words::Words(const core::Catalogue& catalogue, const core::Registry& registry, storage::Transaction& tx,
             Language language)
    : catalogue_(catalogue), registry_(registry), tx_(tx), masters_(tx), language_(language) {
    for (const auto& field : catalogue.fields())
        if (!field.column.empty()) customer_.emplace(field.column, &field);
    for (const auto& thing : catalogue.things()) read_thing(registry, thing);
}

// A thing's columns bear the alias of their table; "orders o LEFT JOIN order_line l ON …" tells which.
void Words::read_thing(const core::Registry& registry, const core::Thing& thing) {
    std::map<std::string, const core::Table*> aliases;
    std::istringstream from(thing.rows);
    const core::Table* table = nullptr;
    for (std::string word; from >> word;) {
        if (table) aliases.emplace(word, table);
        table = registry.find(word);
    }
    for (const auto& [field, of_part, terms, part_column] : thing.fields) {
        const auto dot = field.column.find('.');
        const auto alias = aliases.find(field.column.substr(0, dot));
        if (alias == aliases.end()) continue;
        // A product's number is compared by the id of its term; its text stands beside that.
        const auto column = field.column.substr(dot + 1);
        const bool has_text = !terms.empty() && alias->second->find_column(field.key);
        things_.emplace(std::pair(alias->second->name, has_text ? field.key : column), &field);
    }
}

bool Words::tells(const core::Table& table, const core::Column& column) {
    return column.source != core::Source::derived && column.privacy != core::Privacy::secret &&
           column.type != core::ColumnType::bytes && column.name != table.customer_column &&
           column.name != table.version_column &&
           std::ranges::find(kWorkings, column.name) == kWorkings.end();
}

const Field* Words::field_of(const core::Table& table, std::string_view column) const {
    if (is_of_customer(table.name)) {
        const auto found = customer_.find(column);
        return found == customer_.end() ? nullptr : found->second;
    }
    const auto found = things_.find({table.name, std::string(column)});
    return found == things_.end() ? nullptr : found->second;
}

Text Words::label(const core::Table& table, const core::Column& column) const {
    if (const auto* field = field_of(table, column.name)) return field->label;
    if (const auto* word = find_own(table.name, column.name)) return word->label;
    return {column.name, column.name};
}

std::string_view Words::flag(bool is_set) const {
    static const Text kYes{"はい", "Yes"}, kNo{"いいえ", "No"};
    return (is_set ? kYes : kNo).in(language_);
}

value Words::value(const core::Table& table, const core::Column& column, const boost::json::value* stored) {
    if (!stored || stored->is_null() || *stored == "") return nullptr;
    const auto* field = field_of(table, column.name);
    const auto* word = field ? nullptr : find_own(table.name, column.name);
    if (word && !word->like.empty()) field = catalogue_.find_declared(word->like);
    // An author is asked for by his name; what stands is his id.
    const auto* number = stored->if_int64();
    const bool is_reference = number && (column.name.ends_with("_id") || column.name.ends_with("_by"));
    if (is_reference && (!field || field->master.empty())) return named(column, *number);
    if (field) return of_field(*field, *stored);
    if (word && word->says == Word::Says::yes_or_no && number) return boost::json::value(flag(*number != 0));
    if (word && stored->is_string()) {
        const std::string_view code = stored->as_string();
        const auto* named_field = word->says == Word::Says::field ? catalogue_.find_declared(code) : nullptr;
        if (named_field) return boost::json::value(named_field->label.in(language_));
        const auto way = word->says == Word::Says::way ? ways().find(code) : ways().end();
        if (way != ways().end()) return boost::json::value(way->second.in(language_));
    }
    const bool is_moment = number && (column.name == "at" || column.name.ends_with("_at"));
    return is_moment ? boost::json::value(written_moment({*number})) : *stored;
}

// A row that another table knows by a name or a number ("coupon_id", "order_id") is called so; who did
// something by his name.
value Words::named(const core::Column& column, std::int64_t id) {
    const std::string base = column.name.substr(0, column.name.size() - std::string_view("_id").size());
    const bool is_staff = column.name.ends_with("_by");
    for (const auto& candidate : {is_staff ? std::string("staff") : base, base + "s"}) {
        const auto* table = registry_.find(candidate);
        if (!table) continue;
        for (const auto* name : {"name", "number"})
            if (table->find_column(name))
                return boost::json::value(
                    tx_.find_text(std::string("SELECT ") + name + " FROM " + table->name + " WHERE id = ?",
                                  {id})
                        .value_or(std::to_string(id)));
    }
    return id;
}

value Words::of_field(const Field& field, const boost::json::value& stored) {
    const auto* number = stored.if_int64();
    if (field.type == FieldType::moment && number) return boost::json::value(written_moment({*number}));
    if (field.type == FieldType::day && stored.is_string())
        return boost::json::value(written_day(std::string_view(stored.as_string())));
    if (field.type == FieldType::boolean && number) return boost::json::value(flag(*number != 0));
    if (field.type == FieldType::reference && number)
        return boost::json::value(masters_.name(field.master, *number));
    if (field.type == FieldType::choice) {
        const auto code =
            number ? std::to_string(*number) : std::string(std::string_view(stored.as_string()));
        for (const auto& one : field.choices)
            if (one.code == code) return boost::json::value(one.label.in(language_));
        return stored;
    }
    if (field.type != FieldType::set || !stored.is_string()) return stored;
    std::string names;
    for (const auto id : core::parse_set(stored.as_string()))
        names += (names.empty() ? "" : "|") + masters_.name(field.master, id);
    return boost::json::value(names);
}

value Words::answer(const Field* field, const boost::json::value* given) const {
    if (!given) return nullptr;
    if (!field) return *given;
    const auto* codes = given->if_array();
    if (!codes || language_ == Language::ja) {
        const bool is_tick = field->type == FieldType::boolean;
        return boost::json::value(is_tick ? std::string(flag(true)) : core::answers::cell(*field, given));
    }
    std::string names;
    for (const auto& code : *codes) {
        const auto option = std::ranges::find_if(
            field->choices, [&](const core::Choice& one) { return code == boost::json::value(one.code); });
        const auto& label = option == field->choices.end() ? Text{} : option->label;
        const std::string name = !label.en.empty()   ? label.en
                                 : !label.ja.empty() ? label.ja
                                                     : std::string(std::string_view(code.as_string()));
        names += (names.empty() ? "" : "|") + name;
    }
    return boost::json::value(names);
}

std::string Words::cell(const Field& field, std::string cell) const {
    if (field.type == FieldType::boolean && !cell.empty()) return std::string(flag(cell != "0"));
    if (field.type != FieldType::choice) return cell;
    for (const auto& one : field.choices)
        if (one.code == cell || one.label.ja == cell) return one.label.in(language_);
    return cell;
}

boost::json::array Words::changes(const core::Table& table, const object& before, const object& after) {
    boost::json::array told;
    for (const auto& column : table.columns) {
        if (!tells(table, column)) continue;
        const auto *was = before.if_contains(column.name), *is = after.if_contains(column.name);
        if (!was && !is) continue;
        if (column.name == core::kAnswers && table.customer_column == "id") {
            add_answers(was, is, told);
            continue;
        }
        auto then = value(table, column, was), now = value(table, column, is);
        if (then == now) continue;
        const auto* field = is_of_customer(table.name) ? field_of(table, column.name) : nullptr;
        told.push_back(object{{"key", field ? field->key : column.name},
                              {"labels", json::labels(label(table, column))},
                              {"before", std::move(then)},
                              {"after", std::move(now)}});
    }
    return told;
}

void Words::add_answers(const boost::json::value* was, const boost::json::value* is,
                        boost::json::array& told) const {
    const auto answers_of = [](const boost::json::value* text) {
        return text && text->is_string() ? core::answers::parse(text->as_string()) : object();
    };
    const auto before = answers_of(was), after = answers_of(is);
    std::set<std::string> names;
    for (const auto* side : {&before, &after})
        for (const auto& [name, given] : *side) names.emplace(name);
    for (const auto& name : names) {
        const auto key = std::string(core::kOwnPrefix) + name;
        const auto* field = catalogue_.find_own(name);
        auto then = answer(field, before.if_contains(name)), now = answer(field, after.if_contains(name));
        if (then == now) continue;
        told.push_back(object{{"key", key},
                              {"labels", json::labels(field ? field->label : Text{key, key})},
                              {"before", std::move(then)},
                              {"after", std::move(now)}});
    }
}

}  // namespace otokui::privacy
