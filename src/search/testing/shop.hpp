#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "core/journal.hpp"
#include "customer/derive.hpp"
#include "customer/fields.hpp"
#include "order/conditions.hpp"
#include "order/tables.hpp"
#include "search/service.hpp"
#include "search/tables.hpp"
#include "search/text_index.hpp"

namespace otokui::search::test {

/// 2024-02-29 noon in the shop.
inline constexpr Moment kNow{1'709'175'600'000};

/// A migrated database with the real fields, whose customers are indexed as in the product.
class Shop {
public:
    explicit Shop(storage::Database& database) : database_(database) {
        customer::declare_fields(catalogue_);
        order::declare_conditions(catalogue_);
        const core::Table table = customer::customer_table(catalogue_);
        registry_.add_kind({"test", {"試験", "Test"}, "", true});
        register_tables(registry_);
        auto hook =
            std::make_shared<std::function<void(core::Writer&, const std::vector<core::RowChange>&)>>();
        customers_ = &registry_.add(
            table,
            {.derive =
                 [this](storage::Transaction& tx) {
                     return customer::derive_customer(catalogue_, *customers_, tx);
                 },
             .after = [hook](core::Writer& writer,
                             const std::vector<core::RowChange>& changes) { (*hook)(writer, changes); }});
        order::register_tables(registry_);
        *hook = index_hook(catalogue_, *customers_);
    }

    template <class Work>
    auto write(Work work) {
        core::Journal journal(database_, registry_, [] { return kNow; });
        return journal.write({core::system_actor("test"), "test"}, work);
    }
    /// A number is given unless `values` have one.
    std::int64_t insert(core::Assignments values) {
        return write([&](core::Writer& writer) { return insert(writer, values); });
    }
    std::int64_t insert(core::Writer& writer, core::Assignments values) {
        values.insert(values.begin(), {"created_at", kNow.milliseconds + ++inserted_});
        values.insert(values.begin(), {"status", std::string("member")});
        values.insert(values.begin(), {"number", "N" + std::to_string(inserted_)});
        return writer.insert(*customers_, values);
    }
    void sql(std::string_view statement, std::initializer_list<storage::Value> values = {}) {
        database_.write([&](storage::Transaction& tx) { tx.execute(statement, values); });
    }

    Context context() {
        return {database_, catalogue_, [this] { return now; }};
    }
    storage::Database& storage() { return database_; }
    /// Fields of the shop's own, one of each type.
    void add_own_fields() {
        using core::FieldType;
        std::vector<core::Field> fields;
        const auto add = [&](const std::string& answer, FieldType type,
                             std::vector<core::Choice> choices = {}) {
            core::Field field{.key = "x." + answer,
                              .label = {"独自 " + answer, "Own " + answer},
                              .type = type,
                              .group = core::FieldGroup::own,
                              .privacy = core::Privacy::personal,
                              .column = std::string(core::kAnswers),
                              .answer = answer};
            field.choices = std::move(choices);
            field.nullable = type != FieldType::boolean && type != FieldType::set;
            field.sortable = type != FieldType::set;
            fields.push_back(std::move(field));
        };
        const std::vector<core::Choice> choices{
            {"a", {"甲", "A"}}, {"b", {"乙", "B"}}, {"c", {"丙", "C"}, true}, {"d", {"丁", "D"}}};
        add("note", FieldType::text);
        add("shoe", FieldType::number);
        add("met", FieldType::day);
        add("size", FieldType::choice, choices);
        add("likes", FieldType::set, choices);
        add("agreed", FieldType::boolean);
        catalogue_.set_own(std::move(fields));
    }
    Moment now = kNow;  // of searches
    const core::Catalogue& catalogue() const { return catalogue_; }
    const core::Table& customers() const { return *customers_; }

    Request request(std::string_view body) { return parse_request(catalogue_, json::parse(body)); }
    /// Ids on the page of a search as a body of the API.
    std::vector<std::int64_t> find_ids(std::string_view body,
                                       const core::Actor& actor = core::shell_actor("test")) {
        std::vector<std::int64_t> ids;
        for (const auto& item : find(context(), request(body), actor).items)
            ids.push_back(std::stoll(std::string(item.at("id").as_string())));
        return ids;
    }

private:
    storage::Database& database_;
    core::Catalogue catalogue_;
    core::Registry registry_;
    const core::Table* customers_ = nullptr;
    std::int64_t inserted_ = 0;
};

/// Who sees contact fields only masked.
inline core::Actor masked_viewer() {
    auto actor = core::shell_actor("test");
    actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    return actor;
}

}  // namespace otokui::search::test
