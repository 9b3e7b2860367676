#include "api/document.hpp"

#include "embedded/api_document.hpp"

namespace otokui::api {

http::Route document_route() {
    return {http::Method::get, "/api/v1/openapi.json", http::Right::signed_in(), [](const http::Request&) {
                http::Response response;
                response.body = http::SharedBytes{.bytes = embedded::api_document().front().bytes};
                response.headers.add("Content-Type", "application/json");
                return response;
            }};
}

}  // namespace otokui::api
