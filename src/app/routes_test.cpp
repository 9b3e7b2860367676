#include "app/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>

#include "access/types.hpp"
#include "base/problem.hpp"
#include "customer/fields.hpp"
#include "embedded/api_document.hpp"
#include "setting/service.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/rights.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"
#include "support/database.hpp"

// Every route that shows data of customers must say so (http::Reads): "no entry in the log, no data". And
// whoever changes staff, keys or settings shows a factor first (http::Factor).
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
    "GET /api/v1/access-log",           // the alert is about a member of staff
    "GET /api/v1/postal-codes/{code}",  // cities and streets of Japan
    "POST /api/v1/postal-codes/search",
    "GET /api/v1/settings/{name}",  // the shop's own sender
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

// nullptr when the document does not have it.
const value* operation_of(const http::Route& route) {
    constexpr std::string_view kBase = "/api/v1";
    if (!route.pattern.starts_with(kBase)) return nullptr;
    const auto* path = document().at("paths").as_object().if_contains(route.pattern.substr(kBase.size()));
    return path ? path->as_object().if_contains(lower(http::name_of(route.method))) : nullptr;
}

// The successful answers of the route's operation; nullptr when the document does not have it.
const value* answers_of(const http::Route& route) {
    const auto* operation = operation_of(route);
    return operation ? &operation->at("responses") : nullptr;
}

bool may_answer(const value& operation, std::string_view code) {
    const auto* codes = operation.as_object().if_contains("x-codes");
    return codes &&
           std::ranges::any_of(codes->as_array(), [&](const value& one) { return one.as_string() == code; });
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

    const staff::Account owner_ =
        staff::add_account_with_password(shop_.members, core::shell_actor("test"),
                                         {.login = "owner", .name = "Owner", .role = "owner"},
                                         "桜の下でおにぎりを食べる")
            .account;

    staff::Authenticator::Identity identity_of_owner() const {
        return {.account = owner_, .grant = staff::grant_of(staff::Role::owner), .session = {}, .token = {}};
    }
    // With a session in which a factor was last shown so long ago.
    std::shared_ptr<const http::Caller> owner(std::chrono::milliseconds age) {
        auto identity = identity_of_owner();
        auto& session = identity.session.emplace();
        session.id = {1};
        session.staff = owner_.id;
        session.fresh_at = shop_.journal.now() + -age;
        return std::make_shared<staff::StaffCaller>(std::move(identity), std::string(32, 's'));
    }
    std::shared_ptr<const http::Caller> token_of_owner() {
        auto identity = identity_of_owner();
        auto& token = identity.token.emplace();
        token.id = {1};
        token.staff = owner_.id;
        return std::make_shared<staff::StaffCaller>(std::move(identity), "");
    }
    // How the route refuses a request without a body, with `id` for every parameter of its path.
    std::string refusal(const http::Route& route, std::shared_ptr<const http::Caller> caller,
                        const std::string& id) {
        http::Request request;
        request.method = route.method;
        request.route = route.pattern;
        request.caller = std::move(caller);
        for (auto at = route.pattern.find('{'); at != std::string::npos; at = route.pattern.find('{', at + 1))
            request.path_parameters.add(route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1),
                                        id);
        try {
            std::get<http::Handler>(route.action)(request);
        } catch (const Refused& refused) {
            return refused.problem().code;
        }
        return "";
    }
    // What has been done, and nothing else of it matters: the kind says what its undo asks for.
    std::string operation(const std::string& kind) {
        return std::to_string(shop_.journal
                                  .write({.actor = core::shell_actor("test"), .kind = kind},
                                         [](core::Writer& writer) {
                                             writer.insert(writer.registry().get("staff_event"),
                                                           {{"staff_id", storage::Value()},
                                                            {"event", std::string("test")},
                                                            {"user_agent", std::string()}});
                                             return writer.operation();
                                         })
                                  .value);
    }
    const http::Route& route(std::string_view name) const {
        return *std::ranges::find(routes_, name, name_of);
    }
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

TEST_F(Routes, ThatChangeStaffKeysOrSettingsDeclareAFreshFactor) {
    int asking = 0;
    for (const auto& route : routes_) {
        const bool grave = route.right.kind() == http::Right::Kind::named &&
                           staff::asks_for_factor(route.right.name()) && !http::is_safe(route.method);
        if (grave) {
            EXPECT_EQ(route.factor, http::Factor::fresh) << name_of(route) << ": http::asking";
        }
        asking += route.factor != http::Factor::any;
        if (const auto* operation = operation_of(route)) {
            EXPECT_EQ(may_answer(*operation, "session.not_fresh"), route.factor != http::Factor::any)
                << name_of(route) << ": x-codes of the document";
        }
    }
    EXPECT_GT(asking, 20);
}

TEST_F(Routes, ThatDeclareAFreshFactorRefuseAnOldSessionAndNobodyElse) {
    const auto old = owner(staff::kFreshTime), young = owner(staff::kFreshTime / 2), token = token_of_owner();
    for (const auto& route : routes_) {
        if (route.factor != http::Factor::fresh) continue;
        EXPECT_EQ(refusal(route, old, "4711"), "session.not_fresh") << name_of(route);
        EXPECT_NE(refusal(route, young, "4711"), "session.not_fresh") << name_of(route);
        EXPECT_NE(refusal(route, token, "4711"), "session.not_fresh") << name_of(route);
    }
}

TEST_F(Routes, ThatUndoAskForTheFactorThatWasAskedForBefore) {
    const auto& undo = route("POST /api/v1/operations/{operation}/undo");
    for (const auto* kind : {"role.update", "staff.update", "mail_template.update"})
        EXPECT_EQ(refusal(undo, owner(staff::kFreshTime), operation(kind)), "session.not_fresh") << kind;
    EXPECT_NE(refusal(undo, owner(staff::kFreshTime), operation("customer.update")), "session.not_fresh");
    EXPECT_NE(refusal(undo, owner(staff::kFreshTime / 2), operation("role.update")), "session.not_fresh");
    EXPECT_EQ(refusal(undo, owner(staff::kFreshTime), "4711"), "operation.not_found");
}

TEST_F(Routes, ThatAdministerTakeASecondFactorWhereTheShopSaysSo) {
    staff::change_security(shop_.journal, core::shell_actor("test"), {}, {.totp_to_administer = true});
    const auto young = owner(staff::kFreshTime / 2), token = token_of_owner();
    for (const auto& route : routes_) {
        if (route.factor == http::Factor::any || route.factor == http::Factor::of_operation) continue;
        const bool own = route.right.kind() == http::Right::Kind::signed_in;
        if (own)
            EXPECT_NE(refusal(route, young, "4711"), "session.totp_missing") << name_of(route);
        else
            EXPECT_EQ(refusal(route, young, "4711"), "session.totp_missing") << name_of(route);
        EXPECT_NE(refusal(route, token, "4711"), "session.totp_missing") << name_of(route);
    }
    const auto& undo = route("POST /api/v1/operations/{operation}/undo");
    EXPECT_EQ(refusal(undo, young, operation("role.update")), "session.totp_missing");
    EXPECT_NE(refusal(undo, young, operation("customer.update")), "session.totp_missing");
}

TEST_F(Routes, ThatExportAskForAFactorWhileTheShopGuardsExports) {
    const auto& exports = route("POST /api/v1/exports/{kind}");
    EXPECT_NE(refusal(exports, owner(staff::kFreshTime), "customers"), "session.not_fresh");
    setting::change(shop_.journal, core::shell_actor("test"), "exports", {}, json::Object{{"guard", true}});
    EXPECT_EQ(refusal(exports, owner(staff::kFreshTime), "customers"), "session.not_fresh");
    EXPECT_NE(refusal(exports, owner(staff::kFreshTime / 2), "customers"), "session.not_fresh");
    EXPECT_NE(refusal(exports, token_of_owner(), "customers"), "session.not_fresh");
}

}  // namespace
}  // namespace otokui::app
