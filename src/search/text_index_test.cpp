#include "search/text_index.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "search/testing/shop.hpp"
#include "support/database.hpp"

namespace otokui::search {
namespace {

class TextIndex : public testing::TestWithParam<otokui::test::Backend> {
protected:
    std::vector<std::string> verify() {
        return database_.storage().read(
            [&](storage::Transaction& tx) { return verify_index(tx, shop_.catalogue()); });
    }
    /// Ids of the living that have the token.
    std::vector<std::int64_t> with_token(const std::string& token) {
        std::vector<std::int64_t> ids;
        database_.storage().read([&](storage::Transaction& tx) {
            const char* sql =
                tx.engine() == storage::Engine::sqlite
                    ? "SELECT rowid FROM customer_text_live WHERE customer_text_live MATCH ? ORDER BY rowid"
                    : "SELECT customer_id FROM customer_text_search WHERE tokens @@ "
                      "(? || ' & !xdeleted')::tsquery ORDER BY customer_id";
            tx.query(sql, {token}, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
        });
        return ids;
    }

    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, TextIndex, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(TextIndex, FollowsWhatChanges) {
    const auto id = shop_.insert({{"family_name", "田中"}, {"given_name", "花子"}, {"status", "member"}});
    EXPECT_EQ(with_token("n中花"), std::vector{id});
    EXPECT_EQ(with_token("smember"), std::vector{id});
    shop_.write(
        [&](core::Writer& writer) { writer.update(shop_.customers(), id, {{"given_name", "月子"}}); });
    EXPECT_EQ(with_token("n中花"), std::vector<std::int64_t>{});
    EXPECT_EQ(with_token("n中月"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
    shop_.write([&](core::Writer& writer) { writer.remove(shop_.customers(), id); });
    EXPECT_EQ(with_token("n中月"), std::vector<std::int64_t>{});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, HoldsAddressesWithTheirPrefecture) {
    const auto id =
        shop_.insert({{"prefecture", std::int64_t{13}}, {"city", "千代田区"}, {"street", "一丁目2番"}});
    EXPECT_EQ(with_token("a都千"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, KeepsSetsInStep) {
    const auto id = shop_.insert({{"labels", ",3,17,"}, {"customer_groups", ",3,"}});
    EXPECT_EQ(verify(), std::vector<std::string>{});
    shop_.write([&](core::Writer& writer) { writer.update(shop_.customers(), id, {{"labels", ",4,17,"}}); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    database_.storage().read([&](storage::Transaction& tx) {
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM customer_set"), 3);
        EXPECT_EQ(
            tx.find_integer("SELECT customer_id FROM customer_set WHERE kind = 'label' AND member_id = 4"),
            id);
    });
}

TEST_P(TextIndex, MovesDeletedCustomersToTheirOwnIndex) {
    const auto id = shop_.insert({{"family_name", "田中"}});
    shop_.write([&](core::Writer& writer) {
        writer.update(shop_.customers(), id, {{"deleted_at", std::int64_t{1}}});
    });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    EXPECT_EQ(with_token("n田中"), std::vector<std::int64_t>{});
    shop_.write([&](core::Writer& writer) {
        writer.update(shop_.customers(), id, {{"deleted_at", storage::Value()}});
    });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    EXPECT_EQ(with_token("n田中"), std::vector{id});
}

TEST_P(TextIndex, IsTheSameWhenMadeAnew) {
    shop_.insert({{"family_name", "田中"}, {"email", "a@example.jp"}, {"labels", ",1,"}});
    shop_.insert({{"family_name", "\U00020BB7田"}, {"deleted_at", std::int64_t{1}}, {"phone", "0312345678"}});
    database_.storage().write([&](storage::Transaction& tx) { rebuild_index(tx, shop_.catalogue()); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    const auto id = shop_.insert({{"family_name", "佐藤"}});
    EXPECT_EQ(with_token("n佐藤"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
}

TEST_P(TextIndex, IsFoundWrongWhenItIs) {
    shop_.insert({{"family_name", "田中"}, {"labels", ",1,"}});
    const auto gone = shop_.insert({{"family_name", "佐藤"}, {"deleted_at", std::int64_t{1}}});
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

// A migration that changes tokens empties the index and leaves a mark.
TEST_P(TextIndex, IsMadeAnewWhenItIsStale) {
    const auto id = shop_.insert({{"family_name", "田中"}});
    core::Registry registry;
    core::Journal journal(database_.storage(), registry, [] { return test::kNow; });
    const auto forget = [&] {
        database_.storage().write([&](storage::Transaction& tx) {
            if (tx.engine() == storage::Engine::sqlite)
                tx.execute("INSERT INTO customer_text_live (customer_text_live) VALUES ('delete-all')");
            else
                tx.execute("DELETE FROM customer_text_search");
        });
    };
    forget();
    renew_index(journal, shop_.catalogue());
    EXPECT_EQ(with_token("n田中"), std::vector<std::int64_t>{}) << "nobody said that it is stale";
    shop_.sql("INSERT INTO customer_text_stale (since) VALUES (42)");
    renew_index(journal, shop_.catalogue());
    EXPECT_EQ(with_token("n田中"), std::vector{id});
    EXPECT_EQ(verify(), std::vector<std::string>{});
    forget();
    renew_index(journal, shop_.catalogue());
    EXPECT_EQ(with_token("n田中"), std::vector<std::int64_t>{}) << "once is enough";
}

// On PostgreSQL in slots, one for each connection that writes.
TEST_P(TextIndex, KnowsHowManyThereAreOfEachKindWhoeverWritesThem) {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < 10; ++i) {
                const auto number = std::to_string(writer) + "-" + std::to_string(i);
                const auto id = shop_.write([&](core::Writer& one) {
                    return one.insert(shop_.customers(),
                                      {{"number", number}, {"status", std::string("member")}});
                });
                const auto set = [&](const char* column, storage::Value value) {
                    shop_.write(
                        [&](core::Writer& one) { one.update(shop_.customers(), id, {{column, value}}); });
                };
                if (i % 2 == 0) set("deleted_at", std::int64_t{1});
                if (i % 3 == 0) set("newsletter", std::int64_t{1});
                if (i % 4 == 0) set("labels", std::string(",1,"));
                if (i % 5 == 0) shop_.write([&](core::Writer& one) { one.remove(shop_.customers(), id); });
            }
        });
    writers.clear();
    EXPECT_EQ(verify(), std::vector<std::string>{});
    database_.storage().write([&](storage::Transaction& tx) { rebuild_index(tx, shop_.catalogue()); });
    EXPECT_EQ(verify(), std::vector<std::string>{});
    database_.storage().write(
        [&](storage::Transaction& tx) { tx.execute("UPDATE customer_tally SET customers = customers + 1"); });
    EXPECT_EQ(verify(), std::vector<std::string>{"the number of customers kept is not theirs"});
}

}  // namespace
}  // namespace otokui::search
