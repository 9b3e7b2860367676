#include <set>

#include "core/files.hpp"
#include "core/jobs.hpp"
#include "list/service.hpp"
#include "list/tables.hpp"
#include "search/testing/shop.hpp"
#include "support/database.hpp"
#include "support/scale.hpp"

// Kept lists as conditions, against sets.
namespace otokui::search {
namespace {

using Ids = std::vector<std::int64_t>;
using test::kNow;

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const Refused& refused) {
        std::string all = refused.problem().code;
        for (const auto& field : refused.problem().fields) all += " " + field.pointer + ":" + field.code;
        return all;
    }
    return "";
}

core::Actor staff(std::int64_t id) {
    auto actor = core::shell_actor("test");
    actor.staff = {id};
    actor.rights = std::make_shared<const core::Rights>(
        core::Rights{"customer.read", std::string(core::kUnmaskedRight)});
    return actor;
}

class ListSearch : public testing::TestWithParam<otokui::test::Backend> {
protected:
    ListSearch() {
        core::register_job_tables(registry_);
        list::register_tables(registry_);
    }
    list::List make(const Ids& ids) {
        std::string text;
        for (const auto id : ids) text += std::to_string(id) + "\n";
        return list::create({journal_, files_}, maker_, list::Kind::id, text);
    }
    static std::string leaf(const list::List& list, const char* op = "in") {
        return R"({"field":"id","op":")" + std::string(op) + R"(","list":")" + list.list + "\"}";
    }
    core::Condition condition(const std::string& tree) {
        return core::parse_condition(shop_.catalogue(), json::parse(tree), "/condition");
    }
    Ids found(const std::string& tree) {
        const auto parsed = condition(tree);
        Ids result;
        for (const auto id : ids(shop_.context(), parsed, {}, maker_)) result.push_back(id.value);
        std::sort(result.begin(), result.end());
        EXPECT_EQ(count(shop_.context(), parsed, maker_), std::ssize(result)) << tree;
        return result;
    }

    otokui::test::Database database_{GetParam()};
    test::Shop shop_{database_.storage()};
    core::Registry registry_;
    core::Journal journal_{database_.storage(), registry_, [] { return kNow; }};
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{journal_, keys_};
    const core::Actor maker_ = staff(7);
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, ListSearch, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

TEST_P(ListSearch, FindsTheIntersectionWithAnyOtherCondition) {
    const auto most = otokui::test::scaled(30'000, 1'500);
    Ids all, members, listed;
    std::set<std::int64_t> tanaka;
    shop_.write([&](core::Writer& writer) {
        for (int i = 0; i < most; ++i) {
            const bool is_member = i % 3 != 0, is_tanaka = i % 5 == 0;
            const auto id = shop_.insert(writer, {{"status", std::string(is_member ? "member" : "guest")},
                                                  {"family_name", std::string(is_tanaka ? "田中" : "佐藤")}});
            all.push_back(id);
            if (is_member) members.push_back(id);
            if (is_tanaka) tanaka.insert(id);
            if (i % 2 == 0) listed.push_back(id);
        }
    });
    const auto list = make(listed);
    const auto both = [&](const Ids& others) {
        Ids result;
        std::set_intersection(listed.begin(), listed.end(), others.begin(), others.end(),
                              std::back_inserter(result));
        return result;
    };
    Ids unlisted;
    std::set_difference(all.begin(), all.end(), listed.begin(), listed.end(), std::back_inserter(unlisted));
    const std::string is_member = R"({"field":"status","op":"in","value":["member"]})";
    const std::string is_tanaka = R"({"field":"family_name","op":"contains","value":"田中"})";

    EXPECT_EQ(found(leaf(list)), listed);
    EXPECT_EQ(found(leaf(list, "not_in")), unlisted);
    EXPECT_EQ(found(R"({"none":[)" + leaf(list) + "]}"), unlisted);
    EXPECT_EQ(found(R"({"all":[)" + leaf(list) + "," + is_member + "]}"), both(members));
    EXPECT_EQ(found(R"({"all":[)" + leaf(list) + "," + is_tanaka + "]}"),
              both(Ids(tanaka.begin(), tanaka.end())));
    EXPECT_EQ(found(R"({"all":[)" + leaf(list) + "," + leaf(list, "not_in") + "]}"), Ids{});
    auto either = tanaka;
    either.insert(listed.begin(), listed.end());
    EXPECT_EQ(found(R"({"any":[)" + leaf(list) + "," + is_tanaka + "]}"), Ids(either.begin(), either.end()));
}

TEST_P(ListSearch, ShowsTheDeletedOnlyWhenAskedFor) {
    const auto living = shop_.insert({});
    const auto deleted = shop_.insert({{"deleted_at", std::int64_t{1}}});
    const auto list = make({living, deleted});
    EXPECT_EQ(list.figures.deleted, 1);
    EXPECT_EQ(found(leaf(list)), Ids{living});
    EXPECT_EQ(found(R"({"all":[)" + leaf(list) + R"(,{"field":"deleted","op":"in","value":["no","yes"]}]})"),
              (Ids{living, deleted}));
    EXPECT_EQ(found(R"({"all":[)" + leaf(list) + R"(,{"field":"deleted","op":"in","value":["yes"]}]})"),
              Ids{deleted});
}

TEST_P(ListSearch, RefusesAListThatIsNotThereOrAnothersAndSaysWhere) {
    shop_.insert({});
    const auto list = make({1});
    const auto tree = R"({"all":[{"none":[)" + leaf(list) + "]}]}";
    const auto where = "condition.invalid /condition/all/0/none/0/list:unknown_list";
    EXPECT_EQ(refusal([&] { count(shop_.context(), condition(tree), staff(8)); }), where);
    EXPECT_EQ(refusal([&] { list::use(journal_, staff(8), condition(tree)); }), where);
    EXPECT_EQ(refusal([&] { list::use(journal_, maker_, condition(tree)); }), "");
    EXPECT_EQ(count(shop_.context(), condition(leaf(list)), core::shell_actor("test")), 1)
        << "the shell's owner may use any";
    list::remove({journal_, files_}, maker_, list.list, {});
    EXPECT_EQ(refusal([&] { count(shop_.context(), condition(tree), maker_); }), where);
}

TEST_P(ListSearch, StandsInTheTreeInThePlaceOfIds) {
    const auto fault = [&](const std::string& tree) { return refusal([&] { condition(tree); }); };
    EXPECT_EQ(fault(R"({"field":"status","op":"in","list":"x"})"),
              "condition.invalid /condition/list:operator_not_for_type");
    EXPECT_EQ(fault(R"({"field":"id","op":"is","list":"x"})"),
              "condition.invalid /condition/list:operator_not_for_type");
    EXPECT_EQ(fault(R"({"field":"id","op":"in","list":7})"), "condition.invalid /condition/list:wrong_type");
    EXPECT_EQ(fault(R"({"field":"id","op":"in","list":""})"),
              "condition.invalid /condition/list:unknown_list");
    EXPECT_EQ(fault(R"({"field":"id","op":"in","list":"x","value":["1"]})"),
              "condition.invalid /condition/value:unknown_field");
    const auto tree = R"({"field":"id","op":"not_in","list":"x"})";
    EXPECT_EQ(core::to_json(condition(tree)), json::parse(tree));
}

}  // namespace
}  // namespace otokui::search
