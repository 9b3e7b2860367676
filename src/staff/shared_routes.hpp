#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/paging.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "staff/routes.hpp"

// What the routes of staff share.
namespace otokui::staff {

/// The id below which a page begins; 0 from the top. Refuses a cursor that is none.
std::int64_t below(const http::PageRequest& page);

/// A page of things with an id, of which one more than asked for was read.
template <class Thing, class Show>
http::Response page_of(std::vector<Thing> things, const http::PageRequest& page, Show show) {
    const bool has_more = things.size() > static_cast<std::size_t>(page.limit);
    if (has_more) things.resize(static_cast<std::size_t>(page.limit));
    json::Array items;
    for (const auto& thing : things) items.push_back(show(thing));
    return http::ok(http::page(std::move(items), has_more ? std::to_string(things.back().id.value) : ""));
}

/// Without a public URL the server is used on this machine only, under the name the browser used.
std::string base_url(const RoutesContext& context, const http::Request& request);

void add_staff_routes(const RoutesContext& context, std::vector<http::Route>& routes);
void add_member_group_routes(const RoutesContext& context, std::vector<http::Route>& routes);
void add_role_routes(const RoutesContext& context, std::vector<http::Route>& routes);
void add_factor_routes(const RoutesContext& context, std::vector<http::Route>& routes);
void add_settings_routes(const RoutesContext& context, std::vector<http::Route>& routes);

}  // namespace otokui::staff
