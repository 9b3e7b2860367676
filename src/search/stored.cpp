#include "search/stored.hpp"

#include <boost/json/serialize.hpp>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "list/service.hpp"
#include "search/service.hpp"

namespace otokui::search {
namespace {

constexpr std::string_view kTable = "stored_search";
constexpr std::size_t kRandomBytes = 18;
/// Going on using a search is noted once a day: looking at a list should write nothing.
constexpr std::chrono::hours kNotedEvery{24};

std::int64_t oldest_kept(Moment now) { return (now + -kKeptFor).milliseconds; }

void note_use(core::Journal& journal, const std::string& search) {
    journal.housekeeping([&](core::Writer& writer) {
        writer.execute_unjournaled(writer.registry().get(kTable),
                                   "UPDATE stored_search SET used_at = ? WHERE search = ?",
                                   {writer.now().milliseconds, search});
    });
}

}  // namespace

std::string store(core::Journal& journal, const core::Catalogue& catalogue, const core::Actor& actor,
                  const json::Value& body) {
    const auto request = parse_request(catalogue, body);
    if (!request.cursor.empty())
        throw Refused({ProblemKind::invalid,
                       "body.invalid",
                       {"ページの位置は保存できません。", "A cursor cannot be stored."},
                       {{"/cursor", "unknown_field", {}}}});
    require_visible(request.condition, request.sort, actor);
    list::use(journal, actor, request.condition);
    const auto search = crypto::random_text(kRandomBytes);
    journal.housekeeping([&](core::Writer& writer) {
        const auto now = writer.now().milliseconds;
        const auto& table = writer.registry().get(kTable);
        writer.execute_unjournaled(table, "DELETE FROM stored_search WHERE used_at < ?",
                                   {oldest_kept(writer.now())});
        writer.execute_unjournaled(
            table,
            "INSERT INTO stored_search (search, staff_id, content, created_at, used_at)"
            " VALUES (?, ?, ?, ?, ?)",
            {search, actor.staff.value, boost::json::serialize(body), now, now});
    });
    return search;
}

json::Value get_stored(core::Journal& journal, const core::Actor& actor, std::string_view search) {
    const auto now = journal.now();
    std::optional<std::string> content;
    std::int64_t used_at = 0;
    journal.database().read([&](storage::Transaction& tx) {
        tx.query(
            "SELECT content, used_at FROM stored_search WHERE search = ? AND staff_id = ? AND used_at >= ?",
            {std::string(search), actor.staff.value, oldest_kept(now)}, [&](const storage::Row& row) {
                content = row.text(0);
                used_at = row.integer(1);
            });
    });
    if (!content)
        throw Refused({ProblemKind::not_found,
                       "search.not_found",
                       {"この検索は見つかりません。90日間使わなかった検索は消えます。",
                        "There is no such search. Searches not used for 90 days are gone."}});
    if (Moment{used_at} + kNotedEvery < now) note_use(journal, std::string(search));
    return json::parse(*content);
}

}  // namespace otokui::search
