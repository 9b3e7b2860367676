#include "transfer/sample.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "base/text/utf8.hpp"
#include "core/record_json.hpp"
#include "customer/fields.hpp"
#include "transfer/csv_writer.hpp"
#include "transfer/file_rights.hpp"
#include "transfer/importer.hpp"
#include "transfer/schema.hpp"

namespace otokui::transfer {
namespace {

using core::Field;
using core::FieldType;

constexpr std::string_view kNumber = "SAMPLE-0001";

// Cells that cannot be guessed from the type of their field. Fields of customers and of addresses have one
// list: they are the same ones.
const std::map<std::string_view, std::string_view>& cells_of(Kind kind) {
    static const std::map<std::string_view, std::string_view> kPersons{{"id", ""},
                                                                       {"number", kNumber},
                                                                       {"customer_number", kNumber},
                                                                       {"member_id", ""},
                                                                       {"status", "会員"},
                                                                       {"family_name", "見本"},
                                                                       {"given_name", "花子"},
                                                                       {"family_kana", "ミホン"},
                                                                       {"given_kana", "ハナコ"},
                                                                       {"email", "mihon@example.jp"},
                                                                       {"email2", "mihon2@example.jp"},
                                                                       {"prefecture", "東京都"},
                                                                       {"city", "渋谷区"},
                                                                       {"street", "神宮前1-2-3"},
                                                                       {"building", "見本ビル101"},
                                                                       {"company", "株式会社見本"},
                                                                       {"department", "営業部"},
                                                                       {"label", "自宅"},
                                                                       {"sex", "女性"},
                                                                       {"birth_date", "1985/04/03"},
                                                                       {"block_reasons", ""},
                                                                       {"alert", ""}};
    static const std::map<std::string_view, std::string_view> kOrder{
        {"number", "SAMPLE-ORDER-0001"},
        {"customer_number", kNumber},
        {"status", "発送済み"},
        {"payment_status", "売上完了"},
        {"payment_method", "代金引換"},
        {"channel", "電話"},
        {"total", "3800"},
        {"tax", "300"},
        {"shipping_fee", "500"},
        {"discount", "0"},
        {"ship_name", "見本 花子"},
        {"ship_address", "東京都渋谷区神宮前1-2-3"},
        {"tracking_number", "123456789012"},
        {"product_number", "P-001"},
        {"product_name", "見本の商品"},
        {"unit_price", "1500"},
        {"quantity", "2"}};
    static const std::map<std::string_view, std::string_view> kPoints{{"customer_number", kNumber},
                                                                      {"email", "mihon@example.jp"},
                                                                      {"name", "見本 花子"},
                                                                      {"points_before", "0"},
                                                                      {"points", "100"},
                                                                      {"reason", "配送遅延のお詫び"}};
    return kind == Kind::orders ? kOrder : kind == Kind::points ? kPoints : kPersons;
}

class Row {
public:
    Row(storage::Transaction& tx, const core::Actor& actor, Kind kind)
        : tx_(tx), actor_(actor), kind_(kind), known_(cells_of(kind)) {}

    std::string cell(const Field& field) const {
        if (const auto right = customer::further_right(field); !right.empty() && !actor_.may(right))
            return "";
        if (const auto known = known_.find(field.key); known != known_.end())
            return std::string(known->second);
        if (kind_ == Kind::points && field.key == "point_kind")
            return tx_
                .find_text(
                    "SELECT name FROM point_kind WHERE kind = 'manual_grant' ORDER BY position, "
                    "id LIMIT 1")
                .value_or("");
        return field.master.empty() ? by_type(field) : of_master(field);
    }

private:
    std::string of_master(const Field& field) const {
        return tx_.find_text("SELECT name FROM " + field.master + " ORDER BY position, id LIMIT 1")
            .value_or("");
    }

    static std::string by_type(const Field& field) {
        switch (field.type) {
            case FieldType::text:
                return text_of(field);
            case FieldType::choice:
            case FieldType::set: {
                const auto free = std::ranges::find(field.choices, false, &core::Choice::removed);
                return free == field.choices.end() ? "" : free->label.ja;
            }
            case FieldType::number:
            case FieldType::money:
                return std::to_string(std::clamp(std::int64_t{0}, field.minimum, field.maximum));
            case FieldType::day:
                return "2024/01/31";
            case FieldType::moment:
                return "2024/01/31 10:00:00";
            case FieldType::boolean:
                // What a form of the shop's own must not leave unticked; nobody is mailed for a sample.
                return field.is_own() || field.key == "is_default" ? "1" : "0";
            case FieldType::id:
            case FieldType::reference:
                return "";
        }
        return "";
    }

    static std::string text_of(const Field& field) {
        using core::Normalisation;
        switch (field.normalisation) {
            case Normalisation::kana:
                return "ミホン";
            case Normalisation::phone:
                return "0312345678";
            case Normalisation::postal_code:
                return "1500001";
            case Normalisation::mail:
                return "mihon@example.jp";
            case Normalisation::trim:
            case Normalisation::none:
                break;
        }
        const auto text = field.label.ja + "の例";
        return field.max_length == 0 ? text : std::string(text::first_code_points(text, field.max_length));
    }

    storage::Transaction& tx_;
    const core::Actor& actor_;
    const Kind kind_;
    const std::map<std::string_view, std::string_view>& known_;
};

}  // namespace

Sample make_sample(const Context& context, const core::Actor& actor, Kind kind) {
    actor.require("import");
    require_right_to_import(actor, kind);
    require_in_use(context, kind);
    const Schema schema(kind, context.catalogue);
    std::vector<std::string> header, cells;
    context.journal.database().read([&](storage::Transaction& tx) {
        const Row row(tx, actor, kind);
        header.clear();
        cells.clear();
        for (const auto* field : schema.fields()) {
            // What is shown to him masked he may not import; an id of a customer is Otokui's to give.
            if (!field->editable || core::is_masked(*field, actor)) continue;
            header.push_back(field->label.ja);
            cells.push_back(row.cell(*field));
        }
    });
    Sample sample{.name = std::string(name_of(kind)) + "-sample.csv", .text = {}};
    CsvWriter writer({});
    writer.append_row(header, sample.text);
    writer.append_row(cells, sample.text);
    return sample;
}

}  // namespace otokui::transfer
