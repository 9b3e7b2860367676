#include "postal/routes.hpp"

#include <boost/json/array.hpp>

#include "base/json.hpp"
#include "base/prefectures.hpp"
#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "postal/postal.hpp"

namespace otokui::postal {
namespace {

constexpr std::size_t kMostCodes = 50;
constexpr int kPrefectures = 47;
constexpr std::size_t kLongestPart = 200;  // code points

boost::json::object to_json(const Place& place) {
    return {{"prefecture", place.prefecture},
            {"prefecture_name", prefecture_name(place.prefecture)},
            {"city", place.city},
            {"town", place.town}};
}

std::string digits(int code) {
    auto text = std::to_string(code);
    return text.insert(0, 7 - text.size(), '0');
}

/// A part of an address; of a length that no address has it is refused.
std::string part(json::ObjectReader& reader, std::string_view key) {
    auto text = reader.find_text(key).value_or("");
    if (text::code_point_count(text) > kLongestPart) reader.add_error(key, "too_long");
    return text;
}

http::Response search(const http::Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    const auto prefecture = reader.integer("prefecture");
    if (prefecture < 1 || prefecture > kPrefectures) reader.add_error("prefecture", "out_of_range");
    const auto city = part(reader, "city");
    if (city.empty()) reader.add_error("city", "required");
    const auto street = part(reader, "street");
    reader.finish("postal_code.invalid");
    boost::json::array items;
    for (const auto& [code, place] : find_codes(static_cast<int>(prefecture), city, street, kMostCodes)) {
        auto item = to_json(place);
        item["code"] = digits(code);
        items.push_back(std::move(item));
    }
    return http::ok(boost::json::object{{"items", std::move(items)}});
}

http::Response look_up(const http::Request& request) {
    const auto code = text::postal_code(request.path_parameters.get("code"));
    if (text::postal_code_problem(code))
        throw Refused({ProblemKind::invalid,
                       "postal_code.invalid",
                       {"郵便番号は7桁で入力してください。", "A postal code has seven digits."},
                       {{"/code", "not_a_postal_code"}}});
    boost::json::array items;
    for (const auto& place : find(code)) items.push_back(to_json(place));
    if (items.empty())
        throw Refused({ProblemKind::not_found,
                       "postal_code.not_found",
                       {"この郵便番号は見つかりません。", "No place has this postal code."}});
    return http::ok(boost::json::object{{"code", code}, {"items", std::move(items)}});
}

}  // namespace

std::vector<http::Route> routes() {
    return {{http::Method::get, "/api/v1/postal-codes/{code}", http::Right::signed_in(), look_up},
            {http::Method::post, "/api/v1/postal-codes/search", http::Right::signed_in(), search,
             http::BodyRule::json()}};
}

}  // namespace otokui::postal
