#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/problem.hpp"
#include "core/journal.hpp"
#include "core/journal_chain.hpp"
#include "core/settings.hpp"
#include "core/undo.hpp"
#include "customer/addresses.hpp"
#include "customer/fields.hpp"
#include "customer/service.hpp"
#include "customer/tables.hpp"
#include "support/database.hpp"

namespace otokui::test {

/// The code of the Refused that `act` throws; "" when it throws none.
inline std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        return refused.problem().code;
    }
    return "";
}

/// The field errors of the Refused that `act` throws, "pointer code" each.
inline std::vector<std::string> field_errors(const std::function<void()>& act) {
    std::vector<std::string> errors;
    try {
        act();
    } catch (const Refused& refused) {
        for (const auto& field : refused.problem().fields) errors.push_back(field.pointer + " " + field.code);
    }
    return errors;
}

/// A database with customers in it, a journal and a clock that tests move. Other features add their tables in
/// `more`.
class Customers {
public:
    explicit Customers(Backend backend, const std::function<void(core::Registry&)>& more = {},
                       customer::AfterCustomers after = {})
        : database(backend) {
        customer::declare_fields(catalogue);
        customer::register_tables(registry, catalogue, std::move(after));
        registry.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
        registry.add_kind({"setting.test", {"設定", "Setting"}, "settings.edit"});
        registry.add({.name = "setting",
                      .label = {"設定", "Setting"},
                      .columns = {{"name"}, {"content"}, {"version", core::ColumnType::integer}},
                      .version_column = "version"},
                     {.after = core::settings::tell_documents});
        if (more) more(registry);
    }

    customer::Json json(const std::string& text) const { return boost::json::parse(text).as_object(); }
    customer::Written create(const std::string& body) { return customer::create(context, actor, json(body)); }
    customer::Written update(CustomerId id, std::int64_t version, const std::string& body) {
        return customer::update(context, actor, id, {.version = version}, json(body));
    }
    customer::Json get(CustomerId id) { return customer::get(context, actor, id); }
    void put_setting(const std::string& content) {
        journal.write({.actor = actor, .kind = "setting.test"}, [&](core::Writer& writer) {
            writer.insert(registry.get("setting"), {{"name", std::string("general")}, {"content", content}});
            customer::remake_mail_keys(writer);
        });
    }
    /// Every registered verification; empty when the books agree.
    std::vector<std::string> verify() {
        std::vector<std::string> findings;
        for (const auto& verification : registry.verifications())
            for (auto& finding : database.storage().read(verification.run))
                findings.push_back(std::move(finding));
        return findings;
    }

    static CustomerId id_of(const customer::Written& written) {
        return {std::stoll(std::string(written.record.at("id").as_string()))};
    }

    Database database;
    core::Catalogue catalogue;
    core::Registry registry;
    std::int64_t now = 1'795'309'200'000;  // 2026-11-22 10:00 in Japan
    core::Journal journal{database.storage(), registry, [this] { return Moment{now}; }};
    customer::Context context{journal, catalogue};
    core::Actor actor = core::system_actor("test");
};

}  // namespace otokui::test
