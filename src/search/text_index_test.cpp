#include "search/text_index.hpp"

#include <gtest/gtest.h>

#include "core/journal.hpp"
#include "customer/derive.hpp"
#include "customer/fields.hpp"
#include "search/tables.hpp"
#include "support/database.hpp"

namespace otokui::search {
namespace {

class TextIndex : public testing::TestWithParam<test::Backend> {
protected:
    TextIndex() {
        customer::declare_fields(catalogue_);
        core::Table table = customer::customer_table(catalogue_);
        registry_.add_kind({"test", {"試験", "Test"}, "", true});
        register_tables(registry_);
        customers_ = &registry_.add(
            table, {.derive =
                        [this](storage::Transaction& tx) {
                            return customer::derive_customer(catalogue_, *customers_, tx);
                        },
                    .after =
                        [this](core::Writer& writer, const std::vector<core::RowChange>& changes) {
                            index_hook(catalogue_, *customers_)(writer, changes);
                        }});
    }

    template <class Work>
    auto write(Work work) {
        core::Journal journal(database_.storage(), registry_, [] { return Moment{1'000}; });
        return journal.write({core::system_actor("test"), "test"}, work);
    }
    std::int64_t insert(core::Assignments values) {
        return write([&](core::Writer& writer) {
            values.emplace_back("number", "N" + std::to_string(++numbers_));
            return writer.insert(*customers_, values);
        });
    }
    std::vector<std::string> verify() {
        return database_.storage().read(
            [&](storage::Transaction& tx) { return verify_index(tx, catalogue_); });
    }
    /// Ids of the living that have the token.
    std::vector<std::int64_t> with_token(const std::string& token) {
        std::vector<std::int64_t> ids;
        database_.storage().read([&](storage::Transaction& tx) {
            const char* sql =
                tx.engine() == storage::Engine::sqlite
                    ? "SELECT rowid FROM customer_text_live WHERE customer_text_live MATCH ? ORDER BY rowid"
                    : "SELECT customer_id FROM customer_text_search WHERE tokens::tsvector @@ ?::tsquery "
                      "ORDER BY customer_id";
            tx.query(sql, {token}, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        });
        return ids;
    }

    test::Database database_{GetParam()};
    core::Catalogue catalogue_;
    core::Registry registry_;
    const core::Table* customers_ = nullptr;
    int numbers_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, TextIndex, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(TextIndex, FollowsWhatChanges) {
    const auto id = insert({{"family_name", "田中"}, {"given_name", "花子"}, {"status", "member"}});
    EXPECT_EQ(with_token("n中花"), std::vector{id});
    EXPECT_EQ(with_token("smember"), std::vector{id});
    write([&](core::Writer& writer) { writer.update(*customers_, id, {{"given_name", "月子"}}); });
    EXPECT_EQ(with_token("n中花"), std::vector<std::int64_t>{});
    EXPECT_EQ(with_token("n中月"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
    write([&](core::Writer& writer) { writer.remove(*customers_, id); });
    EXPECT_EQ(with_token("n中月"), std::vector<std::int64_t>{});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, HoldsAddressesWithTheirPrefecture) {
    const auto id = insert({{"prefecture", std::int64_t{13}}, {"city", "千代田区"}, {"street", "一丁目2番"}});
    EXPECT_EQ(with_token("a都千"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, KeepsSetsInStep) {
    const auto id = insert({{"labels", ",3,17,"}, {"customer_groups", ",3,"}});
    EXPECT_EQ(verify(), std::vector<std::string>{});
    write([&](core::Writer& writer) { writer.update(*customers_, id, {{"labels", ",4,17,"}}); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    database_.storage().read([&](storage::Transaction& tx) {
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM customer_set"), 3);
        EXPECT_EQ(
            tx.find_integer("SELECT customer_id FROM customer_set WHERE kind = 'label' AND member_id = 4"),
            id);
    });
}

TEST_P(TextIndex, MovesDeletedCustomersToTheirOwnIndex) {
    const auto id = insert({{"family_name", "田中"}});
    write([&](core::Writer& writer) { writer.update(*customers_, id, {{"deleted_at", std::int64_t{1}}}); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    if (GetParam() == storage::Engine::sqlite) EXPECT_EQ(with_token("n田中"), std::vector<std::int64_t>{});
    write([&](core::Writer& writer) { writer.update(*customers_, id, {{"deleted_at", storage::Value()}}); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    EXPECT_EQ(with_token("n田中"), std::vector{id});
}

TEST_P(TextIndex, IsTheSameWhenMadeAnew) {
    insert({{"family_name", "田中"}, {"email", "a@example.jp"}, {"labels", ",1,"}});
    insert({{"family_name", "\U00020BB7田"}, {"deleted_at", std::int64_t{1}}, {"phone", "0312345678"}});
    rebuild_index(database_.storage(), catalogue_);
    EXPECT_EQ(verify(), std::vector<std::string>{});
    const auto id = insert({{"family_name", "佐藤"}});
    EXPECT_EQ(with_token("n佐藤"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, IsFoundWrongWhenItIs) {
    insert({{"family_name", "田中"}, {"labels", ",1,"}});
    const auto gone = insert({{"family_name", "佐藤"}, {"deleted_at", std::int64_t{1}}});
    database_.storage().write([&](storage::Transaction& tx) {
        tx.execute("UPDATE customer SET family_name_text = '中田' WHERE id <> ?", {gone});
        tx.execute("DELETE FROM customer_set");
    });
    EXPECT_EQ(verify().size(), 2u);
    database_.storage().write([&](storage::Transaction& tx) {
        tx.execute("UPDATE customer SET family_name_text = '加藤' WHERE id = ?", {gone});
    });
    EXPECT_EQ(verify().size(), GetParam() == storage::Engine::sqlite ? 3u : 2u);
}

}  // namespace
}  // namespace otokui::search
