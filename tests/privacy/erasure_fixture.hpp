#pragma once

// A shop with a person of whom something stands wherever the product keeps something of a person.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "access/service.hpp"
#include "app/shop.hpp"
#include "base/problem.hpp"
#include "consent/service.hpp"
#include "core/settings.hpp"
#include "core/undo.hpp"
#include "customer/addresses.hpp"
#include "form/service.hpp"
#include "history/service.hpp"
#include "memo/service.hpp"
#include "privacy/service.hpp"
#include "saved_search/service.hpp"
#include "search/stored.hpp"
#include "staff/accounts.hpp"
#include "storage/schema.hpp"
#include "support/customers.hpp"
#include "transfer/service.hpp"

namespace otokui::erasure {

using boost::json::object;
using boost::json::parse;

// One word that nobody else has, then what it stands in.
inline const std::string kMark = "kesareru";
inline std::string marked(const std::string& what) { return kMark + what; }

class ErasureShop : public testing::TestWithParam<test::Backend> {
protected:
    ErasureShop()
        : database_(GetParam(), test::Schema::empty), shop_(database_.url(), app::Open::create_and_migrate) {
        shop_.journal.write({.actor = actor_, .kind = "customer.create"}, [&](core::Writer& writer) {
            writer.insert(shop_.registry.get("label"), {{"name", std::string("VIP")}});
        });
    }

    CustomerId create(const object& body) {
        const auto written = customer::create(shop_.customers, actor_, body);
        return {std::stoll(std::string(written.record.at("id").as_string()))};
    }

    object person() const {
        return {{"family_name", marked("sei")},
                {"given_name", marked("mei")},
                {"family_kana", "ケサレルセイ"},
                {"given_kana", "ケサレルメイ"},
                {"email", marked("@a.example.jp")},
                {"email2", marked("2@a.example.jp")},
                {"city", marked("city")},
                {"street", marked("street")},
                {"building", marked("building")},
                {"company", marked("company")},
                {"department", marked("dept")},
                {"memo", marked("memo")},
                {"member_id", marked("member")},
                {"phone", "0388776655"},
                {"fax", "0388776656"},
                {"birth_date", "1971-02-03"},
                {"status", "member"}};
    }

    std::string number_of(CustomerId id) {
        return std::string(customer::get(shop_.customers, actor_, id).at("number").as_string());
    }

    core::Job erase(CustomerId id) {
        core::JobRunner runner(shop_.jobs, {});
        return runner.run_to_end(privacy::erase(shop_.privacies, actor_, id,
                                                object{{"number", number_of(id)}, {"reason", nullptr}}));
    }

    /// "table.column" of every text that holds `word`.
    std::vector<std::string> columns_with(const std::string& word) {
        std::vector<std::string> found;
        for (const auto& table : shop_.registry.tables())
            for (const auto& column : table.columns) {
                if (column.type != core::ColumnType::text) continue;
                const auto rows = shop_.database->read([&](storage::Transaction& tx) {
                    return tx.find_integer(
                        "SELECT count(*) FROM " + table.name + " WHERE " + column.name + " LIKE ?",
                        {"%" + word + "%"});
                });
                if (rows.value_or(0) > 0) found.push_back(table.name + "." + column.name);
            }
        return found;
    }

    /// Files by what they hold. SQLite: the file and its log. PostgreSQL: every table, index and catalogue of
    /// the database, after what stands in memory has been written to them; its own log is no part of this.
    std::vector<std::pair<std::string, std::filesystem::path>> files() {
        if (GetParam() == test::Backend::sqlite)
            return {{"database", database_.url().target}, {"log", database_.url().target + "-wal"}};
        shop_.database->write([](storage::Transaction& tx) { tx.execute("CHECKPOINT", {}); });
        std::vector<std::pair<std::string, std::filesystem::path>> files;
        shop_.database->read([&](storage::Transaction& tx) {
            const auto folder = *tx.find_text(
                "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname "
                "= "
                "current_database()");
            for (const auto& entry : std::filesystem::directory_iterator(folder)) {
                const auto file = entry.path().filename().string();
                const auto name =
                    tx.find_text("SELECT relname FROM pg_class WHERE relfilenode::text = ?", {file});
                files.emplace_back(name.value_or(file), entry.path());
            }
        });
        return files;
    }

    std::vector<std::string> files_with(const std::string& word) {
        std::vector<std::string> found;
        for (const auto& [name, path] : files()) {
            std::ifstream file(path, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(word) != std::string::npos) found.push_back(name);
        }
        return found;
    }

    void plant(CustomerId id);

    test::Database database_;
    app::Shop shop_;
    const core::Actor actor_ = core::shell_actor("test");
};
// Whatever else the product keeps of somebody: a second name in the history, an address, an order with its
// copy, stored searches, a staged import and its file, an export.
inline void ErasureShop::plant(CustomerId id) {
    customer::update(shop_.customers, actor_, id, {.any = true}, object{{"company", marked("oldcompany")}});
    customer::create_address(shop_.customers, actor_, id,
                             object{{"family_name", marked("other")}, {"street", marked("elsewhere")}});
    shop_.journal.write(
        {.actor = actor_, .kind = "order.import", .reason = marked("reason")}, [&](core::Writer& writer) {
            writer.insert(shop_.registry.get("orders"), {{"number", std::string("A-1")},
                                                         {"customer_id", id.value},
                                                         {"ordered_at", std::int64_t{1}},
                                                         {"payment_status", std::string("captured")},
                                                         {"total", std::int64_t{5000}},
                                                         {"ship_name", marked("ship")},
                                                         {"ship_address", marked("shipaddress")},
                                                         {"note", marked("note")}});
        });
    const auto noted =
        memo::create(shop_.memos, actor_, id,
                     object{{"title", marked("title")}, {"body", marked("body")}, {"alert", true}});
    memo::update(shop_.memos, actor_, id, noted.memo.id, {}, object{{"body", marked("second")}});
    consent::record(
        shop_.consents, actor_, id,
        object{{"what", "newsletter"}, {"value", true}, {"ground", marked("ground")}, {"ip", marked("ip")}});
    consent::bounce(shop_.consents, actor_,
                    object{{"email", marked("@a.example.jp")},
                           {"reason", "550 " + marked("@a.example.jp") + " unknown"}});
    points::give(shop_.point_services, actor_, id,
                 object{{"delta", 10}, {"kind", "manual_grant"}, {"reason", marked("points")}});
    search::store(shop_.journal, shop_.catalogue, actor_, object{{"text", marked("sei")}});
    core::JobRunner runner(shop_.jobs, {});
    std::istringstream again("メールアドレス,姓\n" + marked("@a.example.jp") + "," + marked("again") + "\n");
    transfer::import_file(shop_.transfers, runner, actor_,
                          {.kind = transfer::Kind::customers, .dry_run = true}, again);
    const auto exported = transfer::export_file(
        shop_.transfers, runner, actor_, transfer::Kind::customers,
        object{{"condition", parse(R"({"field":"company","op":"contains","value":"kesareruoldcompany"})")}});
    std::ostringstream out;
    transfer::save_job_file(shop_.transfers, exported.id, "result", out);
    EXPECT_NE(out.str().find(kMark), std::string::npos);
}

}  // namespace otokui::erasure
