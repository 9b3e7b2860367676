#include "api/feature.hpp"

#include "base/problem.hpp"
#include "core/settings.hpp"

namespace otokui::api {
namespace {

void require_on(core::Journal& journal, const std::string& feature) {
    const bool on = journal.database().read(
        [&](storage::Transaction& tx) { return core::settings::is_on(tx, journal.registry(), feature); });
    if (on) return;
    throw Refused(
        {ProblemKind::not_found,
         "feature.off",
         {"この機能は設定で使用しないことになっています。", "This part is switched off in the settings."}});
}

}  // namespace

std::vector<http::Route> only_with(core::Journal& journal, std::string feature,
                                   std::vector<http::Route> routes) {
    for (auto& route : routes) {
        if (auto* handler = std::get_if<http::Handler>(&route.action))
            route.action = http::Handler([&journal, feature, work = *handler](const http::Request& request) {
                require_on(journal, feature);
                return work(request);
            });
        else
            route.action =
                http::UploadHandler([&journal, feature, work = std::get<http::UploadHandler>(route.action)](
                                        const http::Request& request) {
                    require_on(journal, feature);
                    return work(request);
                });
    }
    return routes;
}

}  // namespace otokui::api
