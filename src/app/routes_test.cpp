#include "app/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>

#include "access/types.hpp"
#include "customer/fields.hpp"
#include "embedded/api_document.hpp"
#include "support/database.hpp"

// Every route that shows data of customers must say so (http::Reads): "no entry in the log, no data".
namespace otokui::app {
namespace {

using boost::json::value;
using http::Reads;

const value& document() {
    static const value parsed = boost::json::parse(embedded::api_document().front().bytes);
    return parsed;
}

const value& resolve(const value& schema) {
    const auto* reference = schema.is_object() ? schema.as_object().if_contains("$ref") : nullptr;
    if (!reference) return schema;
    std::string pointer(reference->as_string());
    return resolve(document().at_pointer(pointer.substr(1)));
}

// Names of all members that an answer of this schema may have, however deep.
void collect_members(const value& schema, std::set<const value*>& seen, std::set<std::string>& names) {
    const auto& resolved = resolve(schema);
    if (!seen.insert(&resolved).second) return;
    if (const auto* array = resolved.if_array())
        for (const auto& part : *array) collect_members(part, seen, names);
    if (!resolved.is_object()) return;
    for (const auto& [key, part] : resolved.as_object()) {
        if (key == "properties")
            for (const auto& [name, member] : part.as_object()) {
                names.emplace(name);
                collect_members(member, seen, names);
            }
        else if (key == "items" || key == "allOf" || key == "anyOf" || key == "oneOf" ||
                 key == "additionalProperties")
            collect_members(part, seen, names);
    }
}

// What only a customer, an address or an order has. Staff have names too, shops an address, rows of masters a
// label, operations a reason.
const std::set<std::string>& telling_members() {
    static const std::set<std::string> members = [] {
        core::Catalogue catalogue;
        customer::declare_fields(catalogue);
        std::set<std::string> keys{"before", "after", "changes"};  // of a history
        for (const auto& field : catalogue.fields())
            if (field.privacy == core::Privacy::contact || field.privacy == core::Privacy::personal ||
                field.privacy == core::Privacy::sensitive)
                keys.insert(field.key);
        keys.erase("name");
        return keys;
    }();
    return members;
}

// Answers that have such members and show nobody's data all the same.
const std::set<std::string> kOfNobody{
    "GET /api/v1/postal-codes/{code}",  // cities and streets of Japan
    "GET /api/v1/settings/{name}",      // the shop's own sender
    "PUT /api/v1/settings/{name}",
    "GET /api/v1/settings/general",
    "PUT /api/v1/settings/general",
    "GET /api/v1/settings/mail",
    "PUT /api/v1/settings/mail",
    "GET /api/v1/staff",  // members of staff are no customers
    "POST /api/v1/staff",
    "GET /api/v1/staff/{staff}",
    "PATCH /api/v1/staff/{staff}",
    "GET /api/v1/labels/{master}/history",  // the shop's own lists
    "GET /api/v1/groups/{master}/history",
    "GET /api/v1/levels/{master}/history",
    "GET /api/v1/special-types/{master}/history",
    "GET /api/v1/block-reasons/{master}/history",
    "GET /api/v1/occupations/{master}/history",
    "GET /api/v1/customer-types/{master}/history",
    "GET /api/v1/saved-searches/{saved}/history",  // what staff asked for, not whom it found
};

std::string name_of(const http::Route& route) {
    return std::string(http::name_of(route.method)) + " " + route.pattern;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

// The successful answers of the route's operation; nullptr when the document does not have it.
const value* answers_of(const http::Route& route) {
    constexpr std::string_view kBase = "/api/v1";
    if (!route.pattern.starts_with(kBase)) return nullptr;
    const auto* path = document().at("paths").as_object().if_contains(route.pattern.substr(kBase.size()));
    const auto* operation =
        path ? path->as_object().if_contains(lower(http::name_of(route.method))) : nullptr;
    return operation ? &operation->at("responses") : nullptr;
}

struct Answers {
    std::set<std::string> members;
    bool is_file = false;
};

Answers read_answers(const value& responses) {
    Answers answers;
    for (const auto& [status, response] : responses.as_object()) {
        if (!status.starts_with('2')) continue;
        const auto* content = resolve(response).as_object().if_contains("content");
        if (!content) continue;
        std::set<const value*> seen;
        for (const auto& [type, media] : content->as_object()) {
            answers.is_file =
                answers.is_file || type.starts_with("text/csv") || type.starts_with("text/plain");
            if (const auto* schema = media.as_object().if_contains("schema"))
                collect_members(*schema, seen, answers.members);
        }
    }
    return answers;
}

class Routes : public testing::Test {
protected:
    test::Database database_{test::Backend::sqlite};
    Shop shop_{database_.url(), Open::create_and_migrate};
    http::EventHub events_;
    prometheus::Registry metrics_;
    staff::RoutesContext staff_{shop_.members, [] { return std::string(); }, {}};
    std::vector<http::Route> routes_ = all_routes(shop_, events_, staff_, {}, metrics_);
};

TEST_F(Routes, ThatShowDataOfCustomersSaySo) {
    int showing = 0;
    for (const auto& route : routes_) {
        const auto* responses = answers_of(route);
        if (!responses || kOfNobody.contains(name_of(route))) continue;
        const auto answers = read_answers(*responses);
        std::vector<std::string> telling;
        std::ranges::set_intersection(answers.members, telling_members(), std::back_inserter(telling));
        if (telling.empty() && !answers.is_file) continue;
        ++showing;
        EXPECT_NE(route.reads.whose(), Reads::Whose::nobody)
            << name_of(route) << " shows " << testing::PrintToString(telling)
            << ": declare what it reads with http::showing";
    }
    EXPECT_GT(showing, 10);
}

TEST_F(Routes, BelowACustomerAreReadingsOfHim) {
    int below = 0;
    for (const auto& route : routes_) {
        if (!route.pattern.starts_with("/api/v1/customers/{customer}") || !http::is_safe(route.method))
            continue;
        ++below;
        EXPECT_EQ(route.reads.whose(), Reads::Whose::customer) << name_of(route);
    }
    EXPECT_GE(below, 6);
}

TEST_F(Routes, ThatAreExcusedStillExist) {
    std::set<std::string> names;
    for (const auto& route : routes_) names.insert(name_of(route));
    for (const auto& excused : kOfNobody) EXPECT_TRUE(names.contains(excused)) << excused;
}

}  // namespace
}  // namespace otokui::app
