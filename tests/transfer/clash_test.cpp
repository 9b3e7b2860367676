// Rows of one file clash with each other as with the customers who are there: random files against a plain
// model that takes one row after the other.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <utility>

#include "core/settings.hpp"
#include "search/testing/dice.hpp"
#include "transfer/shop.hpp"
#include "transfer/staging.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;

struct Person {
    std::string number = {}, member_id = {}, family_name = {}, email = {}, status = {};
    bool no_login = false, deleted = false;
    bool is_made = false, is_spoken_of = false;  // by the file at hand

    bool is_living() const { return !deleted && status != "withdrawn"; }
    std::string told() const {
        return family_name + "|" + member_id + "|" + email + "|" + status + "|" + (no_login ? "1" : "0") +
               (deleted ? "1" : "0");
    }
};

enum class Named { by_number, by_mail, by_member_id };

struct Line {
    std::string control, number, member_id, family_name, email, status;
    bool is_broken = false;  // has a fault of its own
};

struct File {
    Named named = Named::by_number;
    ImportOptions options = {};
    std::vector<Line> lines = {};

    std::string text() const {
        std::string all = "control,family_name,email,status,birth_date";
        if (named == Named::by_number) all += ",number";
        if (named == Named::by_member_id) all += ",member_id";
        if (options.mode != Mode::control) all.erase(0, all.find(',') + 1);
        all += "\n";
        for (const auto& line : lines) {
            if (options.mode == Mode::control) all += line.control + ",";
            all += line.family_name + "," + line.email + "," + line.status + "," +
                   (line.is_broken ? "2001-02-30" : "");
            if (named == Named::by_number) all += "," + line.number;
            if (named == Named::by_member_id) all += "," + line.member_id;
            all += "\n";
        }
        return all;
    }
};

std::string key_of(const std::string& rule, const Person& person, bool without_login = false) {
    if (rule == "off" || person.email.empty() || !person.is_living()) return "";
    if (rule == "status") return person.status + ":" + person.email;
    const bool logs_in = person.status == "member" || person.status == "provisional";
    return logs_in && !person.no_login && !without_login ? person.email : "";
}

// What is to become of a file, a row at a time, by the rules alone.
class Model {
public:
    explicit Model(std::string rule) : rule_(std::move(rule)) {}

    /// "create", "update", "unchanged", "delete" or why not, of each row; `people` afterwards, had the right
    /// rows been applied.
    std::vector<std::string> judge(const File& file, std::vector<Person>& people) {
        for (auto& one : people) one.is_made = one.is_spoken_of = false;
        const auto there = people;
        std::map<std::string, int> times;
        if (file.named == Named::by_number)
            for (const auto& line : file.lines) ++times[line.number];
        std::vector<std::string> told;
        for (const auto& line : file.lines) {
            const bool is_repeated = !line.number.empty() && times[line.number] > 1;
            told.push_back(is_repeated ? "repeated" : take(file, line, there, people));
        }
        return told;
    }

private:
    static Mode mode_of(const File& file, const Line& line) {
        if (file.options.mode != Mode::control) return file.options.mode;
        return line.control == "n" ? Mode::create : line.control == "u" ? Mode::update : Mode::control;
    }
    static std::string name_of(Named named, const std::string& mail, const std::string& member_id) {
        return named == Named::by_mail ? mail : named == Named::by_member_id ? member_id : "";
    }

    std::string take(const File& file, const Line& line, const std::vector<Person>& there,
                     std::vector<Person>& people) {
        if (line.is_broken && mode_of(file, line) != Mode::control) return "broken";
        const auto mode = mode_of(file, line);
        Person* existing = nullptr;
        const auto name = name_of(file.named, line.email, line.member_id);
        if (mode != Mode::create && !name.empty()) {
            int found = 0;
            for (std::size_t i = 0; i < there.size(); ++i) {
                if (!there[i].is_living()) continue;
                if (name_of(file.named, there[i].email, there[i].member_id) != name) continue;
                ++found;
                existing = &people[i];
            }
            if (found > 1) return "ambiguous";
            for (const auto& one : people)
                if (one.is_made && one.is_living() && name_of(file.named, one.email, one.member_id) == name)
                    return "same_customer";
        }
        if (file.named == Named::by_number && !line.number.empty())
            for (auto& one : people)
                if (one.number == line.number) existing = &one;
        if (existing && mode != Mode::create && existing->is_spoken_of) return "same_customer";
        if (mode == Mode::control) return remove(existing);
        if (mode == Mode::create && existing) return "number_taken";
        if (mode == Mode::update && !existing) return "customer_not_found";
        if (existing && existing->deleted) return "customer_deleted";
        return write(file, line, existing, people);
    }

    static bool follows(const std::string& now, const std::string& next) {
        if (now == next) return true;
        if (now == "guest") return next != "withdrawn";
        if (now == "member") return next == "withdrawn";
        return now == "provisional" || next != "guest";
    }

    static std::string remove(Person* existing) {
        if (!existing) return "customer_not_found";
        existing->is_spoken_of = true;
        if (std::exchange(existing->deleted, true)) return "unchanged";
        return "delete";
    }

    std::string write(const File& file, const Line& line, Person* existing, std::vector<Person>& people) {
        Person after = existing ? *existing : Person{.number = line.number};
        after.family_name = line.family_name;
        after.email = line.email;
        after.status = line.status;
        if (file.named == Named::by_member_id) after.member_id = line.member_id;
        if (existing && !follows(existing->status, line.status)) return "status.not_reachable";
        const auto key = key_of(rule_, after);
        const bool is_taken = !key.empty() && std::ranges::any_of(people, [&](const Person& one) {
            return &one != existing && key_of(rule_, one) == key;
        });
        if (is_taken) {
            const bool may_stay =
                file.options.on_clash == OnClash::no_login && !existing && key_of(rule_, after, true).empty();
            if (!may_stay) return "email_taken";
            after.no_login = true;
        }
        after.is_spoken_of = true;
        if (!existing) {
            after.is_made = true;
            people.push_back(after);
            return "create";
        }
        const bool is_change = existing->told() != after.told();
        *existing = after;
        return is_change ? "update" : "unchanged";
    }

    const std::string rule_;
};

struct Case {
    test::Backend backend;
    std::string rule;
};

class RowsOfOneFile : public testing::TestWithParam<Case> {
protected:
    RowsOfOneFile() : database_(GetParam().backend), shop_(database_.storage()), dice_(seed_) {
        shop_.registry.add({.name = "setting",
                            .label = {"設定", "Setting"},
                            .columns = {{"name"}, {"content"}, {"version", core::ColumnType::integer}},
                            .version_column = "version"});
        shop_.journal.write({.actor = shop_.actor, .kind = "customer.create"}, [&](core::Writer& writer) {
            core::settings::put(writer, "general", {{"mail_unique", GetParam().rule}});
        });
    }

    bool chance(int of_ten) { return std::uniform_int_distribution(1, 10)(dice_) <= of_ten; }
    std::string one_of(const std::vector<std::string>& texts) {
        return texts[std::uniform_int_distribution<std::size_t>(0, texts.size() - 1)(dice_)];
    }

    File random_file(int world) {
        File file;
        auto& options = file.options;
        file.named = std::array{Named::by_number, Named::by_mail, Named::by_member_id}[dice_() % 3];
        options.mode =
            std::array{Mode::create, Mode::update, Mode::upsert, Mode::upsert, Mode::control}[dice_() % 5];
        options.on_error = chance(7) ? OnError::skip : OnError::all_or_nothing;
        options.on_clash = chance(3) ? OnClash::no_login : OnClash::refuse;
        const auto of_world = [&](const char* text) { return text + std::to_string(world); };
        const std::vector<std::string> mails{"", of_world("a") + "@example.jp", of_world("b") + "@example.jp",
                                             of_world("c") + "@example.jp"};
        const auto count = std::uniform_int_distribution(1, 6)(dice_);
        for (int i = 0; i < count; ++i)
            file.lines.push_back(
                {.control = one_of({"n", "n", "u", "u", "d"}),
                 .number = chance(2) ? "" : of_world("N") + one_of({"-1", "-2", "-3", "-4", "-5", "-6"}),
                 .member_id = chance(2) ? "" : of_world("M") + one_of({"-1", "-2", "-3"}),
                 .family_name = of_world("家") + one_of({"-1", "-2"}),
                 .email = one_of(mails),
                 .status = one_of({"guest", "guest", "member", "member", "provisional", "withdrawn"}),
                 .is_broken = chance(1)});
        // A file without a number has none in its rows either.
        for (auto& line : file.lines) {
            if (file.named != Named::by_number) line.number.clear();
            if (file.named != Named::by_member_id) line.member_id.clear();
        }
        return file;
    }

    std::vector<std::string> told_by(JobId job) {
        return database_.storage().read([&](storage::Transaction& tx) {
            std::vector<std::string> told;
            for (const auto& row : read_staged(tx, job, 0, 1'000))
                told.push_back(row.errors.empty() ? std::string(name_of(row.outcome)) : row.errors[0].code);
            return told;
        });
    }

    std::vector<std::string> people_of(int world) {
        std::vector<std::string> told;
        database_.storage().read([&](storage::Transaction& tx) {
            tx.query(
                "SELECT family_name || '|' || member_id || '|' || email || '|' || status || '|' || no_login "
                "|| "
                "CASE WHEN deleted_at IS NULL THEN '0' ELSE '1' END FROM customer WHERE family_name LIKE ?",
                {"家" + std::to_string(world) + "-%"},
                [&](const storage::Row& row) { told.emplace_back(row.text(0)); });
        });
        std::ranges::sort(told);
        return told;
    }

    static std::vector<std::string> told_of(const std::vector<Person>& people) {
        std::vector<std::string> told;
        for (const auto& one : people) told.push_back(one.told());
        std::ranges::sort(told);
        return told;
    }

    static bool is_right(const std::string& told) {
        return told == "create" || told == "update" || told == "unchanged" || told == "delete";
    }

    const unsigned seed_ = search::test::seed();
    test::Database database_;
    Shop shop_;
    std::mt19937 dice_;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const auto backend : test::backends())
        for (const auto* rule : {"login", "status", "off"}) all.push_back({backend, rule});
    return all;
}

INSTANTIATE_TEST_SUITE_P(EachDatabaseAndRule, RowsOfOneFile, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& info) {
                             return test::backend_name({info.param.backend, 0}) + "_" + info.param.rule;
                         });

TEST_P(RowsOfOneFile, ClashAsWithTheCustomersWhoAreThereFeature65) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    constexpr int kWorlds = 25, kFiles = 4;
    Model model(GetParam().rule);
    for (int world = 0; world < kWorlds; ++world) {
        std::vector<Person> people;
        for (int step = 0; step < kFiles; ++step) {
            auto file = random_file(world);
            SCOPED_TRACE(file.text() + "mode " + std::to_string(static_cast<int>(file.options.mode)));
            auto after = people;
            const auto expected = model.judge(file, after);
            const bool is_whole = std::ranges::all_of(expected, is_right);
            const bool is_applied = is_whole || file.options.on_error == OnError::skip;
            const bool by_plan = file.options.dry_run = chance(5);

            const auto job = shop_.import(file.options, file.text());
            const auto told = told_by(job.id);
            ASSERT_EQ(told.size(), expected.size());
            for (std::size_t i = 0; i < told.size(); ++i) {
                EXPECT_EQ(is_right(told[i]), is_right(expected[i])) << "row " << i << ": " << told[i];
                const bool is_plain = is_right(expected[i]) || expected[i] == "email_taken" ||
                                      expected[i] == "same_customer" || expected[i] == "ambiguous";
                if (is_plain) {
                    EXPECT_EQ(told[i], expected[i]) << "row " << i;
                }
            }
            if (by_plan) {
                EXPECT_EQ(job.status, JobStatus::done);
                EXPECT_EQ(people_of(world), told_of(people));
                if (is_applied) {
                    const auto applied = shop_.run(apply_plan(shop_.context, shop_.actor, job.id));
                    EXPECT_EQ(applied.status, JobStatus::done);
                    EXPECT_EQ(figures(applied), figures(job));
                }
            } else {
                EXPECT_EQ(job.status, is_applied ? JobStatus::done : JobStatus::failed);
            }
            if (is_applied) people = after;
            ASSERT_EQ(people_of(world), told_of(people));
        }
    }
    EXPECT_EQ(shop_.findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace otokui::transfer
