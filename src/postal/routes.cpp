#include "postal/routes.hpp"

#include <boost/json/array.hpp>

#include "base/prefectures.hpp"
#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "postal/postal.hpp"

namespace otokui::postal {
namespace {

http::Response look_up(const http::Request& request) {
    const auto code = text::postal_code(request.path_parameters.get("code"));
    if (text::postal_code_problem(code))
        throw Refused({ProblemKind::invalid,
                       "postal_code.invalid",
                       {"郵便番号は7桁で入力してください。", "A postal code has seven digits."},
                       {{"/code", "not_a_postal_code"}}});
    boost::json::array items;
    for (const auto& place : find(code))
        items.push_back(boost::json::object{{"prefecture", place.prefecture},
                                            {"prefecture_name", prefecture_name(place.prefecture)},
                                            {"city", place.city},
                                            {"town", place.town}});
    if (items.empty())
        throw Refused({ProblemKind::not_found,
                       "postal_code.not_found",
                       {"この郵便番号は見つかりません。", "No place has this postal code."}});
    return http::ok(boost::json::object{{"code", code}, {"items", std::move(items)}});
}

}  // namespace

http::Route route() {
    return {http::Method::get, "/api/v1/postal-codes/{code}", http::Right::signed_in(), look_up};
}

}  // namespace otokui::postal
