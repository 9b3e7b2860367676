#include "core/registry.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "storage/schema.hpp"

namespace otokui::core {
namespace {

void check(const Table& table) {
    const auto refuse = [&](std::string_view why) {
        throw std::logic_error("table " + table.name + ": " + std::string(why));
    };
    if (table.keep == Keep::no_journal && table.why_not_journaled.empty())
        refuse("kept outside the journal without a reason");
    for (const std::string* named : {&table.version_column, &table.updated_column})
        if (!named->empty() && !table.find_column(*named)) refuse("names a column it does not have");
    if (!table.customer_column.empty() && table.customer_column != "id" &&
        !table.find_column(table.customer_column))
        refuse("names a customer column it does not have");
    const bool of_customers = !table.customer_column.empty();
    if (of_customers == (table.on_merge == OnMerge::not_of_customers))
        refuse("does not say what a merge does with it");
    const bool has_person = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
        return column.privacy == Privacy::personal || column.privacy == Privacy::contact ||
               column.privacy == Privacy::sensitive;
    });
    if (of_customers && has_person && table.on_erase == OnErase::not_personal)
        refuse("holds personal data and does not say how it is erased");
}

}  // namespace

storage::Value Column::initial() const {
    if (nullable) return {};
    switch (type) {
        case ColumnType::integer:
            return std::int64_t{0};
        case ColumnType::text:
            return std::string();
        case ColumnType::bytes:
            return storage::Blob();
    }
    return {};
}

std::optional<std::size_t> Table::find_column(std::string_view column) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].name == column) return i;
    return std::nullopt;
}

std::size_t Table::column(std::string_view name_of_column) const {
    if (const auto found = find_column(name_of_column)) return *found;
    throw std::logic_error("table " + name + " has no column " + std::string(name_of_column));
}

std::int64_t SettingValues::integer(std::string_view key) const { return std::get<std::int64_t>(at(key)); }

const std::string& SettingValues::choice(std::string_view key) const {
    return std::get<std::string>(at(key));
}

const SettingValues::Value& SettingValues::at(std::string_view key) const {
    const auto found = values_.find(key);
    if (found == values_.end()) throw std::logic_error("no setting " + std::string(key));
    return found->second;
}

SettingDocument Registry::features_document() {
    return {.name = std::string(kFeatures), .label = {"機能の使用", "Parts in use"}, .fields = {}};
}

void Registry::add_settings(SettingDocument document) {
    if (find_settings(document.name))
        throw std::logic_error("settings " + document.name + " are declared twice");
    settings_.push_back(std::move(document));
}

void Registry::add_feature(SettingField feature) {
    auto& features = settings_.front().fields;
    if (feature.type != SettingField::Type::boolean ||
        std::ranges::any_of(features, [&](const SettingField& one) { return one.key == feature.key; }))
        throw std::logic_error("feature " + feature.key + " is declared twice or is no boolean");
    features.push_back(std::move(feature));
}

const SettingDocument* Registry::find_settings(std::string_view name) const {
    const auto found = std::ranges::find(settings_, name, &SettingDocument::name);
    return found == settings_.end() ? nullptr : &*found;
}

const SettingDocument& Registry::settings(std::string_view name) const {
    if (const auto* found = find_settings(name)) return *found;
    throw std::logic_error("no settings " + std::string(name));
}

const Table& Registry::add(Table table, Hooks hooks) {
    check(table);
    if (positions_.contains(table.name)) throw std::logic_error("table " + table.name + " registered twice");
    positions_.emplace(table.name, tables_.size());
    hooks_.push_back(std::move(hooks));
    return tables_.emplace_back(std::move(table));
}

void Registry::add_verification(Verification verification) {
    verifications_.push_back(std::move(verification));
}

void Registry::add_kind(OperationKind kind) {
    const std::string name = kind.name;
    if (!kinds_.emplace(name, std::move(kind)).second)
        throw std::logic_error("operation kind " + name + " registered twice");
}

const OperationKind* Registry::find_kind(std::string_view name) const {
    const auto found = kinds_.find(name);
    return found == kinds_.end() ? nullptr : &found->second;
}

const OperationKind& Registry::kind(std::string_view name) const {
    const auto found = kinds_.find(name);
    if (found == kinds_.end())
        throw std::logic_error("operation kind " + std::string(name) + " is not registered");
    return found->second;
}

Ties Registry::find_ties(storage::Transaction& tx, std::int64_t customer, std::size_t most) const {
    Ties all;
    for (const auto& find : ties_) {
        auto found = find(tx, customer, most);
        std::ranges::move(found.first, std::back_inserter(all.first));
        all.count += found.count;
    }
    return all;
}

void Registry::withdraw(Writer& writer, std::int64_t customer) const {
    for (const auto& act : withdrawals_) act(writer, customer);
}

void Registry::remove(Writer& writer, std::int64_t customer) const {
    for (const auto& act : deletions_) act(writer, customer);
}

void Registry::restore(Writer& writer, std::int64_t customer, Moment deleted_at) const {
    for (const auto& act : restorations_) act(writer, customer, deleted_at);
}

const Table* Registry::find(std::string_view name) const {
    const auto found = positions_.find(std::string(name));
    return found == positions_.end() ? nullptr : &tables_[found->second];
}

const Table& Registry::get(std::string_view name) const {
    if (const Table* table = find(name)) return *table;
    throw std::logic_error("table " + std::string(name) + " is not registered");
}

const Hooks& Registry::hooks(const Table& table) const { return hooks_[positions_.at(table.name)]; }

std::vector<std::string> schema_differences(const Registry& registry, storage::Database& database) {
    std::vector<std::string> differences;
    const auto stored = storage::list_tables(database);
    std::set<std::string> stored_names;
    for (const auto& table : stored) {
        stored_names.insert(table.name);
        const Table* entry = registry.find(table.name);
        if (!entry) {
            differences.push_back("table " + table.name + " has no entry in the registry");
            continue;
        }
        for (const auto& column : table.columns)
            if (column != "id" && !entry->find_column(column))
                differences.push_back("column " + table.name + "." + column +
                                      " has no class in the registry");
        for (const auto& column : entry->columns)
            if (std::find(table.columns.begin(), table.columns.end(), column.name) == table.columns.end())
                differences.push_back("column " + table.name + "." + column.name +
                                      " is registered but not in the schema");
    }
    for (const auto& entry : registry.tables())
        if (!stored_names.contains(entry.name))
            differences.push_back("table " + entry.name + " is registered but not in the schema");
    return differences;
}

}  // namespace otokui::core
