#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "base/json.hpp"
#include "core/condition.hpp"
#include "search/service.hpp"

namespace otokui::app {
namespace {

constexpr std::chrono::hours kUnhurried{24};

}  // namespace

int search(const SearchCommand& command) {
    Shop shop(storage::Url::parse(command.database), Open::existing);
    const auto actor = core::shell_actor("search");
    const auto query = command.query.empty() ? json::Value() : json::parse(command.query);
    const auto text = command.text.empty() ? json::Value() : json::Value(command.text);
    std::vector<FieldError> errors;
    const auto condition = search::parse_target(shop.catalogue, &query, &text, errors);
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    if (command.count) {
        std::cout << search::count(shop.searches, condition, actor, {.time = kUnhurried}) << std::endl;
        return 0;
    }
    std::vector<const core::Field*> columns{&shop.catalogue.get("id"), &shop.catalogue.get("version")};
    for (const auto* field : shop.catalogue.default_columns()) columns.push_back(field);
    const auto found = search::count(shop.searches, condition, actor, {.time = kUnhurried});
    shop.access_log.write({.actor = actor,
                           .session = "shell",
                           .kind = "search",
                           .fields = access::kPersonal | access::kContact,
                           .count = command.limit > 0 ? std::min(command.limit, found) : found,
                           .asked = json::to_text(json::Object{{"condition", query}, {"text", text}})});
    std::int64_t printed = 0;
    search::for_each(shop.searches, condition, {}, columns, actor,
                     [&](const storage::Row& row, const core::RecordReader& reader, core::Masters& masters) {
                         if (command.limit > 0 && printed == command.limit) return;
                         std::cout << boost::json::serialize(reader.read(row, masters)) << '\n';
                         ++printed;
                     },
                     {.time = kUnhurried});
    if (!std::cout.flush())
        throw Refused({ProblemKind::invalid,
                       "file.unusable",
                       {"結果を書き出せません。", "The output cannot be written."}});
    return 0;
}

}  // namespace otokui::app
