#include "memo/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "memo/store.hpp"
#include "memo/tables.hpp"
#include "support/customers.hpp"

namespace otokui::memo {
namespace {

using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

class Memos : public testing::TestWithParam<test::Backend> {
protected:
    Memos() : customers_(GetParam(), register_tables) { customer_ = person("青木"); }

    CustomerId person(const std::string& name) {
        return Customers::id_of(customers_.create(R"({"family_name":")" + name + R"("})"));
    }
    static core::Actor staff(std::int64_t id,
                             core::Rights rights = {"customer.read", "memo.edit", "operation.undo"}) {
        return {.staff = {id},
                .name = "担当" + std::to_string(id),
                .rights = std::make_shared<const core::Rights>(std::move(rights))};
    }
    static core::Actor admin() {
        return staff(9, {"customer.read", "memo.edit", "customer.delete", "operation.undo"});
    }
    Written write(const core::Actor& actor, const std::string& body, CustomerId customer = {}) {
        ++customers_.now;
        return create(context_, actor, customer.value == 0 ? customer_ : customer, json::parse(body));
    }
    Written change(const core::Actor& actor, MemoId id, std::int64_t version, const std::string& body) {
        return update(context_, actor, customer_, id, version, json::parse(body));
    }
    Texts shown(std::optional<bool> alert = {}) {
        Texts bodies;
        for (const auto& memo : list_of(context_, customers_.actor, customer_, alert, "", 200).items)
            bodies.push_back(memo.body);
        return bodies;
    }
    Texts found(const Filter& filter, int limit = 200) {
        Texts bodies;
        for (std::string cursor;;) {
            const auto page = list_all(context_, customers_.actor, filter, cursor, limit);
            for (const auto& memo : page.items) bodies.push_back(memo.body);
            if (page.next_cursor.empty()) return bodies;
            cursor = page.next_cursor;
        }
    }

    Customers customers_;
    CustomerId customer_;
    const Context context_{customers_.journal};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Memos, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Memos, TheRegistryKnowsEveryColumn) {
    for (const auto& difference :
         core::schema_differences(customers_.registry, customers_.database.storage()))
        EXPECT_EQ(difference.find("memo"), std::string::npos) << difference;
}

// FEATURES 52: create, edit, delete with author and time.
TEST_P(Memos, SayWhoWroteAndChangedThemAndWhen) {
    const auto memo = write(staff(3), R"({"title":" 電話 ","body":"午後に\r\n電話する"})").memo;
    EXPECT_EQ(memo.title, "電話");
    EXPECT_EQ(memo.body, "午後に\n電話する");
    EXPECT_EQ(memo.customer_name, "青木");
    EXPECT_EQ(memo.created_by.value, 3);
    EXPECT_EQ(memo.created_at.milliseconds, customers_.now);
    customers_.now += 60'000;
    const auto changed = change(staff(4), memo.id, 1, R"({"body":"夜に電話する","pinned":true})").memo;
    EXPECT_EQ(changed.title, "電話");
    EXPECT_EQ(changed.created_by.value, 3);
    EXPECT_EQ(changed.updated_by.value, 4);
    EXPECT_EQ(changed.updated_at.milliseconds, customers_.now);
    EXPECT_EQ(changed.version, 2);
    EXPECT_THAT(shown(), ElementsAre("夜に電話する"));
    remove(context_, staff(3), customer_, memo.id, 2);
    EXPECT_THAT(shown(), IsEmpty());
}

TEST_P(Memos, AnEditThatChangesNothingLeavesNoTrace) {
    const auto memo = write(staff(3), R"({"body":"a"})").memo;
    const auto again = change(staff(4), memo.id, 1, R"({"body":" a ","alert":false})");
    EXPECT_EQ(again.operation.value, 0);
    EXPECT_EQ(again.memo.updated_by.value, 3);
    EXPECT_EQ(again.memo.version, 1);
}

TEST_P(Memos, ShowPinnedOnesFirstThenTheNewest) {
    for (const auto* body :
         {R"({"body":"1"})", R"({"body":"2","pinned":true})", R"({"body":"3","alert":true})",
          R"({"body":"4","pinned":true,"alert":true})", R"({"body":"5"})"})
        write(staff(3), body);
    write(staff(3), R"({"body":"of another","alert":true})", person("林"));
    EXPECT_THAT(shown(), ElementsAre("4", "2", "5", "3", "1"));
    EXPECT_THAT(shown(true), ElementsAre("4", "3"));
    EXPECT_THAT(shown(false), ElementsAre("2", "5", "1"));
    Texts paged;
    for (std::string cursor;;) {
        const auto page = list_of(context_, customers_.actor, customer_, {}, cursor, 2);
        for (const auto& memo : page.items) paged.push_back(memo.body);
        if (page.next_cursor.empty()) break;
        cursor = page.next_cursor;
    }
    EXPECT_EQ(paged, shown());
    for (const auto* cursor : {"x", "1-", "2-4", "1-4x", "-1"})
        EXPECT_EQ(refusal([&] { list_of(context_, customers_.actor, customer_, {}, cursor, 2); }),
                  "cursor.invalid");
}

TEST_P(Memos, OfOthersAreDeletedByAdministratorsOnly) {
    const auto written = write(staff(3), R"({"body":"a"})");
    const auto id = written.memo.id;
    EXPECT_EQ(refusal([&] { remove(context_, staff(4), customer_, id, {}); }), "memo.not_own");
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, staff(4), written.operation); }), "memo.not_own");
    EXPECT_THAT(shown(), ElementsAre("a"));
    const auto deleted = remove(context_, admin(), customer_, id, {});
    EXPECT_THAT(shown(), IsEmpty());
    core::undo(customers_.journal, staff(4), deleted);
    EXPECT_THAT(shown(), ElementsAre("a"));
    EXPECT_EQ(get(context_, staff(4), customer_, id).created_by.value, 3);
    remove(context_, staff(3), customer_, id, {});
}

TEST_P(Memos, AreRefusedWithEveryErrorAtOnceAndChangeNothing) {
    EXPECT_THAT(
        field_errors([&] {
            write(staff(3), R"({"title":"a\u0007","body":"  ","pinned":"yes","alert":null,"colour":1})");
        }),
        ElementsAre("/title bad_character", "/pinned wrong_type", "/alert wrong_type", "/body required",
                    "/colour unknown_field"));
    EXPECT_THAT(field_errors([&] { write(staff(3), R"({"title":"a"})"); }), ElementsAre("/body required"));
    std::string long_body;
    for (int i = 0; i < 10'001; ++i) long_body += "あ";
    EXPECT_THAT(field_errors([&] { write(staff(3), R"({"body":")" + long_body + R"("})"); }),
                ElementsAre("/body too_long"));
    EXPECT_EQ(refusal([&] { write(staff(3), "[]"); }), "memo.invalid");
    EXPECT_EQ(refusal([&] { write(staff(3), R"({"body":"a"})", {4711}); }), "customer.not_found");
    EXPECT_EQ(refusal([&] { write(staff(3, {"customer.read"}), R"({"body":"a"})"); }), "forbidden");
    EXPECT_THAT(found({}), IsEmpty());
    const auto memo = write(staff(3), R"({"body":"a"})").memo;
    EXPECT_THAT(field_errors([&] { change(staff(3), memo.id, 1, R"({"body":null})"); }),
                ElementsAre("/body required"));
    EXPECT_EQ(refusal([&] { change(staff(3), memo.id, 7, R"({"body":"b"})"); }), "memo.stale");
    EXPECT_EQ(refusal([&] {
                  update(context_, staff(3), person("林"), memo.id, {}, json::parse(R"({"body":"b"})"));
              }),
              "memo.not_found");
    customer::remove(customers_.context, customers_.actor, customer_, {.any = true});
    EXPECT_EQ(refusal([&] { write(staff(3), R"({"body":"b"})"); }), "customer.deleted");
    EXPECT_EQ(refusal([&] { change(staff(3), memo.id, 1, R"({"body":"b"})"); }), "customer.deleted");
    EXPECT_THAT(shown(), ElementsAre("a"));
}

TEST_P(Memos, KeepNoCardNumber) {
    const auto written =
        write(staff(3), R"({"title":"4111 1111 1111 1111","body":"カード 4111-1111-1111-1111 で"})");
    EXPECT_EQ(written.memo.body.find("4111-1111"), std::string::npos);
    EXPECT_EQ(written.memo.title.find("4111 1111 1"), std::string::npos);
    EXPECT_EQ(written.adjusted.size(), 2U);
}

TEST_P(Memos, GoWithTheUndoOfAnyOfTheirChanges) {
    const auto written = write(staff(3), R"({"body":"a"})");
    const auto changed = change(staff(3), written.memo.id, 1, R"({"body":"b","alert":true})");
    core::undo(customers_.journal, staff(3), changed.operation);
    EXPECT_THAT(shown(), ElementsAre("a"));
    EXPECT_FALSE(get(context_, staff(3), customer_, written.memo.id).alert);
    core::undo(customers_.journal, staff(3), written.operation);
    EXPECT_THAT(shown(), IsEmpty());
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

// FEATURES 88: searchable, in any writing.
TEST_P(Memos, AreFoundAcrossCustomersByTextAuthorAndMark) {
    const auto other = person("林");
    write(staff(3), R"({"title":"電話","body":"ﾌｧｯｸｽ希望","alert":true})");
    write(staff(4), R"({"body":"ふぁっくす不要"})", other);
    write(staff(4), R"({"body":"100%_\\ 返品"})", other);
    EXPECT_THAT(found({.text = "ファックス"}), ElementsAre("ふぁっくす不要", "ﾌｧｯｸｽ希望"));
    EXPECT_THAT(found({.text = "０％_"}), ElementsAre("100%_\\ 返品"));
    EXPECT_THAT(found({.text = "%"}), ElementsAre("100%_\\ 返品"));
    EXPECT_THAT(found({.text = "電話"}), ElementsAre("ﾌｧｯｸｽ希望"));
    EXPECT_THAT(found({.author = StaffId{4}}), ElementsAre("100%_\\ 返品", "ふぁっくす不要"));
    EXPECT_THAT(found({.alert = true}), ElementsAre("ﾌｧｯｸｽ希望"));
    EXPECT_THAT(found({.alert = false}, 1), ElementsAre("100%_\\ 返品", "ふぁっくす不要"));
    EXPECT_THAT(found({.text = "ファックス", .author = StaffId{3}, .alert = false}), IsEmpty());
}

TEST_P(Memos, ARandomHistoryIsWhatASimpleListSays) {
    struct Kept {
        std::int64_t id;
        std::string body;
        bool pinned, alert;
        std::int64_t author;
    };
    const bool holds = rc::check("memos as a list", [&] {
        const auto customer = person("乱");
        std::vector<Kept> kept;  // in the order of their ids
        const auto steps = *rc::gen::inRange(1, 25);
        for (int step = 0; step < steps; ++step) {
            const auto author = *rc::gen::inRange<std::int64_t>(1, 4);
            const auto pinned = *rc::gen::arbitrary<bool>(), alert = *rc::gen::arbitrary<bool>();
            const auto body = *rc::gen::element<std::string>("あ", "ア", "b", "abc", "ｱb");
            const json::Value input = json::Object{{"body", body}, {"pinned", pinned}, {"alert", alert}};
            const auto act = *rc::gen::inRange(0, 4);
            if (act < 2 || kept.empty()) {
                const auto memo = create(context_, staff(author), customer, input).memo;
                kept.push_back({memo.id.value, body, pinned, alert, author});
                continue;
            }
            const auto at = *rc::gen::inRange<std::size_t>(0, kept.size());
            auto& one = kept[at];
            if (act == 2) {
                update(context_, staff(author), customer, {one.id}, {}, input);
                one = {one.id, body, pinned, alert, one.author};
            } else if (one.author == author) {
                const auto deleted = remove(context_, staff(author), customer, {one.id}, {});
                if (*rc::gen::arbitrary<bool>())
                    core::undo(customers_.journal, staff(author), deleted);
                else
                    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
            } else {
                RC_ASSERT(refusal([&] { remove(context_, staff(author), customer, {one.id}, {}); }) ==
                          "memo.not_own");
            }
        }
        auto expected = kept;
        std::ranges::sort(expected, std::greater(),
                          [](const Kept& one) { return std::pair(one.pinned, one.id); });
        std::vector<std::int64_t> ids, wanted;
        const auto limit = *rc::gen::inRange(1, 5);
        for (std::string cursor;;) {
            const auto page = list_of(context_, customers_.actor, customer, {}, cursor, limit);
            for (const auto& memo : page.items) ids.push_back(memo.id.value);
            if (page.next_cursor.empty()) break;
            cursor = page.next_cursor;
        }
        for (const auto& one : expected) wanted.push_back(one.id);
        RC_ASSERT(ids == wanted);
    });
    EXPECT_TRUE(holds);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

// In the timeline: by time, then id, never one twice nor left out, also at equal moments.
TEST_P(Memos, StandInTheTimelineInTheirOrder) {
    for (int i = 0; i < 7; ++i) {
        create(context_, staff(3), customer_, json::parse(R"({"title":"t","body":"line one\nline two"})"));
        customers_.now += i % 3 == 0 ? 1000 : 0;
    }
    const auto& source =
        *std::ranges::find(customers_.registry.timeline(), "memo", &core::TimelineSource::kind);
    customers_.database.storage().read([&](storage::Transaction& tx) {
        std::vector<std::int64_t> ids;
        std::optional<core::TimelinePlace> before;
        for (;;) {
            const auto items = source.list(tx, customers_.actor, customer_.value, before, 2);
            if (items.empty()) break;
            for (const auto& item : items) ids.push_back(item.id);
            EXPECT_EQ(items.front().detail, "line one");
            before = core::TimelinePlace{items.back().at, items.back().id};
        }
        EXPECT_EQ(ids.size(), 7U);
        EXPECT_TRUE(std::ranges::is_sorted(ids, std::greater()));
    });
}

TEST_P(Memos, SayInTheTimelineThatTheyAskForAttention) {
    write(staff(3), R"({"body":"b","pinned":true})");
    customers_.now += 1000;
    write(staff(3), R"({"title":"電話","body":"b","alert":true})");
    const auto& source =
        *std::ranges::find(customers_.registry.timeline(), "memo", &core::TimelineSource::kind);
    const auto items = customers_.database.storage().read([&](storage::Transaction& tx) {
        return source.list(tx, customers_.actor, customer_.value, std::nullopt, 5);
    });
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].title, (Text{"要注意メモ「電話」", "Memo (attention): 電話"}));
    EXPECT_EQ(items[1].title, (Text{"メモ", "Memo"}));
}

TEST_P(Memos, OfAnErasedPersonAreGone) {
    const auto memo = write(staff(3), R"({"body":"秘密の一文"})").memo;
    customers_.journal.write({.actor = customers_.actor, .kind = "memo.delete"}, [&](core::Writer& writer) {
        writer.erase(writer.registry().get(kTable), memo.id.value);
        writer.erase_history(customer_.value, 1000);
    });
    EXPECT_THAT(shown(), IsEmpty());
    customers_.database.storage().read([&](storage::Transaction& tx) {
        EXPECT_FALSE(tx.find_integer(
            "SELECT 1 FROM change WHERE new_values LIKE '%秘密%' OR old_values LIKE '%秘密%'"));
    });
}

}  // namespace
}  // namespace otokui::memo
