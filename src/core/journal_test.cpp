#include "core/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <limits>
#include <thread>

#include "base/problem.hpp"
#include "core/jobs.hpp"
#include "core/journal_chain.hpp"
#include "core/json_text.hpp"
#include "core/prepare.hpp"
#include "core/undo.hpp"
#include "support/database.hpp"

namespace otokui::core {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(JsonText, SaysWhatTheTreeSays) {
    const std::vector<storage::Value> values{
        {},
        std::int64_t{0},
        std::numeric_limits<std::int64_t>::min(),
        std::string(),
        std::string("田中 \"太郎\" \\ a/b\r\n\t\x01\x1f\x7f 𠮷"),
        storage::Blob{0, 255, 7},
    };
    JsonText text;
    boost::json::object tree;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto name = "c" + std::to_string(i);
        text.add(name, values[i]);
        tree[name] = to_json(values[i]);
    }
    const auto written = std::move(text).object();
    EXPECT_EQ(boost::json::parse(written), tree) << written;
    EXPECT_EQ(JsonText().object(), "{}");
}

// Labels stand for any table of a feature: a few columns, one unique index.
class JournalTest : public testing::TestWithParam<test::Backend> {
protected:
    JournalTest()
        : labels_(registry_.add({.name = "label",
                                 .label = {"ラベル", "Label"},
                                 .columns = {{"name"}, {"color"}, {"position", ColumnType::integer}}})) {
        register_job_tables(registry_);
        registry_.add_kind({"label.edit", {"編集", "Edit"}, "label.edit"});
        registry_.add_kind({"label.mail", {"送信", "Mailed"}, "label.edit", false});
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    }

    template <class Work>
    OperationId edit(Work work, const std::string& kind = "label.edit") {
        return journal_.write({.actor = actor_, .kind = kind}, [&](Writer& writer) {
            work(writer);
            return writer.operation();
        });
    }
    std::int64_t add(const std::string& name) {
        std::int64_t id = 0;
        edit([&](Writer& writer) {
            id = writer.insert(labels_, {{"name", name}, {"color", std::string("red")}});
        });
        return id;
    }
    OperationId rename(std::int64_t id, const std::string& name) {
        return edit([&](Writer& writer) { writer.update(labels_, id, {{"name", name}}); });
    }
    std::vector<std::string> names() {
        std::vector<std::string> names;
        database_.storage().read([&](storage::Transaction& tx) {
            tx.query("SELECT name FROM label ORDER BY id", {},
                     [&](const storage::Row& row) { names.emplace_back(row.text(0)); });
        });
        return names;
    }
    std::vector<std::string> verify() { return database_.storage().read(verify_chain); }
    std::string refused_undo(OperationId operation, std::vector<std::string>* fields = nullptr) {
        try {
            undo(journal_, actor_, operation);
        } catch (const Refused& refused) {
            if (const auto* conflicts = refused.problem().extra.if_contains("conflicts"); conflicts && fields)
                for (const auto& conflict : conflicts->as_array())
                    fields->emplace_back(conflict.at("field").as_string());
            return refused.problem().code;
        }
        return "";
    }

    test::Database database_{GetParam()};
    Registry registry_;
    const Table& labels_;
    Journal journal_{database_.storage(), registry_, [] { return Moment{1'000}; }};
    Actor actor_ = system_actor("test");
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, JournalTest, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(JournalTest, KeepsOnlyWhatReallyDiffers) {
    const auto id = add("新規");
    const auto renamed = edit([&](Writer& writer) {
        EXPECT_TRUE(
            writer.update(labels_, id, {{"name", std::string("常連")}, {"color", std::string("red")}}));
    });
    std::string before, after;
    database_.storage().read([&](storage::Transaction& tx) {
        tx.query("SELECT old_values, new_values FROM change WHERE operation_id = ?", {renamed.value},
                 [&](const storage::Row& row) {
                     before = row.text(0);
                     after = row.text(1);
                 });
    });
    EXPECT_EQ(before, R"({"name":"新規"})");
    EXPECT_EQ(after, R"({"name":"常連"})");
}

TEST_P(JournalTest, AWriteThatChangesNothingIsNoOperation) {
    const auto id = add("新規");
    EXPECT_EQ(edit([&](Writer& writer) {
                  EXPECT_FALSE(writer.update(labels_, id, {{"name", std::string("新規")}}));
              }).value,
              0);
}

TEST_P(JournalTest, RollsBackAllOfAWriteThatThrows) {
    EXPECT_THROW(edit([&](Writer& writer) {
                     writer.insert(labels_, {{"name", std::string("半分")}});
                     throw std::runtime_error("half way");
                 }),
                 std::runtime_error);
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, UndoesAnUpdateAndTheUndo) {
    const auto id = add("新規");
    const auto renamed = rename(id, "常連");
    const auto undone = undo(journal_, actor_, renamed);
    EXPECT_THAT(names(), ElementsAre("新規"));
    undo(journal_, actor_, undone);
    EXPECT_THAT(names(), ElementsAre("常連"));
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, UndoesAnInsertAndARemoval) {
    std::int64_t id = 0;
    const auto added =
        edit([&](Writer& writer) { id = writer.insert(labels_, {{"name", std::string("新規")}}); });
    undo(journal_, actor_, added);
    EXPECT_THAT(names(), IsEmpty());

    id = add("常連");
    const auto removed = edit([&](Writer& writer) { writer.remove(labels_, id); });
    EXPECT_THAT(names(), IsEmpty());
    undo(journal_, actor_, removed);
    EXPECT_THAT(names(), ElementsAre("常連"));
    edit([&](Writer& writer) {
        EXPECT_EQ(writer.find(labels_, id)->values[labels_.column("color")],
                  storage::Value(std::string("red")));
    });
}

TEST_P(JournalTest, UndoNamesTheFieldsChangedSinceAndOverwritesNothing) {
    const auto id = add("新規");
    const auto renamed = rename(id, "常連");
    rename(id, "上得意");
    std::vector<std::string> fields;
    EXPECT_EQ(refused_undo(renamed, &fields), "operation.changed_since");
    EXPECT_THAT(fields, ElementsAre("name"));
    EXPECT_THAT(names(), ElementsAre("上得意"));
}

TEST_P(JournalTest, UndoOfAnInsertNamesAFieldThatWasFilledInLater) {
    std::int64_t id = 0;
    const auto added =
        edit([&](Writer& writer) { id = writer.insert(labels_, {{"name", std::string("新規")}}); });
    edit([&](Writer& writer) { writer.update(labels_, id, {{"color", std::string("blue")}}); });
    std::vector<std::string> fields;
    EXPECT_EQ(refused_undo(added, &fields), "operation.changed_since");
    EXPECT_THAT(fields, ElementsAre("color"));
}

TEST_P(JournalTest, UndoesAFieldThatWasNotTouchedSince) {
    const auto id = add("新規");
    const auto renamed = rename(id, "常連");
    edit([&](Writer& writer) { writer.update(labels_, id, {{"color", std::string("blue")}}); });
    undo(journal_, actor_, renamed);
    EXPECT_THAT(names(), ElementsAre("新規"));
}

TEST_P(JournalTest, RefusesToUndoTwiceOrWhatLeftTheDatabase) {
    const auto id = add("新規");
    const auto renamed = rename(id, "常連");
    undo(journal_, actor_, renamed);
    EXPECT_EQ(refused_undo(renamed), "operation.already_undone");
    const auto mailed = edit(
        [&](Writer& writer) { writer.update(labels_, id, {{"color", std::string("blue")}}); }, "label.mail");
    EXPECT_EQ(refused_undo(mailed), "operation.not_undoable");
    EXPECT_EQ(refused_undo({999}), "operation.not_found");
}

TEST_P(JournalTest, UndoNeedsTheRightOfTheKind) {
    const auto id = add("新規");
    const auto renamed = rename(id, "常連");
    actor_.rights = std::make_shared<const Rights>(Rights{"operation.undo"});
    EXPECT_EQ(refused_undo(renamed), "forbidden");
}

TEST_P(JournalTest, IsOnlyAddedTo) {
    rename(add("新規"), "常連");
    for (const auto* forbidden :
         {"DELETE FROM operation", "UPDATE operation SET actor = 'nobody'",
          "UPDATE operation SET reason = 'x'", "UPDATE operation SET change_count = 0", "DELETE FROM change",
          "UPDATE change SET row_id = 9", "UPDATE change SET new_values = '{}'", "DELETE FROM journal_entry",
          "UPDATE journal_entry SET at = 0"})
        EXPECT_ANY_THROW(database_.storage().write([&](storage::Transaction& tx) { tx.execute(forbidden); }))
            << forbidden;
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, TheChainShowsTampering) {
    const auto id = add("新規");
    rename(id, "常連");
    EXPECT_THAT(verify(), IsEmpty());
    test::allow_tampering(database_, {"operation", "change"});
    database_.storage().write([](storage::Transaction& tx) {
        tx.execute(
            "UPDATE change SET new_values = '{\"name\":\"別\"}' WHERE id = (SELECT max(id) FROM change)");
    });
    EXPECT_THAT(verify(), Contains(HasSubstr("do not match its digest")));
    database_.storage().write(
        [](storage::Transaction& tx) { tx.execute("UPDATE operation SET actor = 'nobody' WHERE id = 1"); });
    EXPECT_THAT(verify(), Contains(HasSubstr("the chain is broken here")));
}

TEST_P(JournalTest, TheChainChecksAfterValuesAndSaltsWereErased) {
    rename(add("新規"), "常連");
    database_.storage().write([](storage::Transaction& tx) {
        tx.execute("UPDATE change SET salt = NULL, old_values = NULL, new_values = NULL");
    });
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, TheChainShowsThatItsEndWasCutOff) {
    rename(add("新規"), "常連");
    test::allow_tampering(database_, {"journal_entry"});
    database_.storage().write([](storage::Transaction& tx) {
        tx.execute("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)");
    });
    EXPECT_THAT(verify(), ElementsAre(HasSubstr("cut off")));
}

TEST_P(JournalTest, HoldsTogetherUnderConcurrentWriters) {
    constexpr int kWriters = 8, kWrites = 10;
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < kWrites; ++i) add(std::to_string(writer) + "-" + std::to_string(i));
        });
    writers.clear();
    EXPECT_THAT(names(), SizeIs(kWriters * kWrites));
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, HousekeepingCannotChangeWhatIsJournaled) {
    EXPECT_THROW(journal_.housekeeping(
                     [&](Writer& writer) { writer.insert(labels_, {{"name", std::string("抜け道")}}); }),
                 std::logic_error);
    EXPECT_THROW(journal_.housekeeping(
                     [&](Writer& writer) { writer.execute_unjournaled(labels_, "DELETE FROM label", {}); }),
                 std::logic_error);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(JournalTest, AKindNobodyRegisteredIsABug) {
    EXPECT_THROW(edit([&](Writer& writer) { writer.insert(labels_, {{"name", std::string("新規")}}); },
                      "label.unheard_of"),
                 std::logic_error);
}

TEST_P(JournalTest, TogetherCommitsOrRollsBackSeveralWrites) {
    EXPECT_THROW(journal_.together([&] {
        add("一");
        add("二");
        throw std::runtime_error("late");
    }),
                 std::runtime_error);
    EXPECT_THAT(names(), IsEmpty());
    journal_.together([&] {
        add("一");
        add("二");
    });
    EXPECT_THAT(names(), ElementsAre("一", "二"));
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JournalTest, AWriteThatIsRefusedAmongOthersLeavesNothing) {
    journal_.together([&] {
        add("一");
        EXPECT_THROW(journal_.write({actor_, "label.edit"},
                                    [&](Writer& writer) {
                                        writer.insert(labels_, {{"name", std::string("半端")}});
                                        throw std::runtime_error("refused");
                                    }),
                     std::runtime_error);
        // After a statement that failed the others go on as well.
        EXPECT_ANY_THROW(journal_.write({actor_, "label.edit"}, [&](Writer& writer) {
            writer.insert(labels_, {{"id", std::int64_t{7}}, {"name", std::string("七")}});
            writer.insert(labels_, {{"id", std::int64_t{7}}, {"name", std::string("七")}});
        }));
        add("二");
    });
    EXPECT_THAT(names(), ElementsAre("一", "二"));
    EXPECT_THAT(verify(), IsEmpty());
}

// A table whose rows are derived by something outside of them, and whose hook wants a text.
class PreparedRows : public testing::TestWithParam<test::Backend> {
protected:
    PreparedRows()
        : labels_(registry_.add(
              {.name = "label",
               .label = {"ラベル", "Label"},
               .columns = {{"name"},
                           {"color", ColumnType::text, Privacy::internal, Source::derived},
                           {"position", ColumnType::integer}}},
              {.derive =
                   [this](storage::Transaction&) {
                       return [rule = rule_](Record& row) {
                           row.values[1] = rule + ":" + std::get<std::string>(row.values[0]);
                       };
                   },
               .derives_by = [this](storage::Transaction&) { return rule_; },
               .after =
                   [this](Writer&, const std::vector<RowChange>& changes) {
                       for (const auto& change : changes)
                           texts_.push_back(change.text ? *change.text : "none");
                   },
               .text_of =
                   [](const Record& row) { return "text of " + std::get<std::string>(row.values[1]); }})) {
        register_job_tables(registry_);
        registry_.add_kind({"label.edit", {"編集", "Edit"}, "label.edit"});
    }

    std::string rule_ = "red";
    std::vector<std::string> texts_;
    test::Database database_{GetParam()};
    storage::Database& db_ = database_.storage();
    Registry registry_;
    const Table& labels_;
    Moment now_{1'700'000'000'000};
    Journal journal_{db_, registry_, [this] { return now_; }};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, PreparedRows, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(PreparedRows, AreWrittenAndJournaledLikeOthersAlsoWhenTheWorkRunsAgain) {
    const auto preparation = db_.read(
        [&](storage::Transaction& tx) { return std::make_unique<Preparation>(registry_, labels_, tx); });
    std::vector<PreparedRow> rows;
    for (std::int64_t id = 101; id <= 110; ++id)
        rows.push_back({{id, {"n" + std::to_string(id), std::string(), id}}});
    std::vector<PreparedRow*> all;
    for (auto& row : rows) {
        preparation->make(row, now_);
        all.push_back(&row);
    }
    const Operation operation{.actor = shell_actor("test"), .kind = "label.edit"};
    const auto write = [&](bool fails) {
        journal_.write(operation, [&](Writer& writer) {
            writer.insert_prepared(*preparation, all);
            if (fails) throw std::runtime_error("no");
        });
    };
    EXPECT_THROW(write(true), std::runtime_error);
    texts_.clear();
    rule_ = "blue";  // what they were derived by has changed since
    write(false);
    EXPECT_THAT(texts_, SizeIs(10));
    EXPECT_EQ(texts_.front(), "text of blue:n101");
    db_.read([&](storage::Transaction& tx) {
        EXPECT_EQ(tx.find_text("SELECT color FROM label WHERE id = 105"), "blue:n105");
        EXPECT_EQ(tx.find_text("SELECT new_values FROM change WHERE row_id = 105"),
                  R"({"name":"n105","position":105})");
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM change WHERE act = 'i' AND old_values = '{}'"), 10);
        EXPECT_THAT(verify_chain(tx), IsEmpty());
    });
}

}  // namespace
}  // namespace otokui::core
