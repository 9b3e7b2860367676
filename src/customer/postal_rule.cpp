#include "customer/postal_rule.hpp"

#include <algorithm>

#include "base/prefectures.hpp"
#include "core/settings.hpp"
#include "customer/types.hpp"
#include "postal/postal.hpp"

namespace otokui::customer {

std::vector<FieldError> check_postal_code(storage::Transaction& tx, const core::Registry& registry,
                                          const core::Table& table, const core::Record* before,
                                          const Input& input) {
    const auto was = [&](std::string_view column) {
        const auto position = table.column(column);
        return before ? before->values[position] : table.columns[position].initial();
    };
    const auto will_be = [&](std::string_view column) {
        const auto* given = input.find(column);
        return given ? *given : was(column);
    };
    const auto code = will_be("postal_code"), prefecture = will_be("prefecture");
    const bool is_change = code != was("postal_code") || prefecture != was("prefecture");
    if (!is_change || storage::is_null(prefecture)) return {};
    const auto places = postal::find(std::get<std::string>(code));
    const auto lies_there = [&](const postal::Place& place) {
        return std::int64_t{place.prefecture} == std::get<std::int64_t>(prefecture);
    };
    // The setting is read last: nearly always the two agree.
    if (places.empty() || std::ranges::any_of(places, lies_there) ||
        !core::settings::read(tx, registry, kSettings).flag("check_postal_code"))
        return {};
    const auto elsewhere = places.front().prefecture;
    return {{"/prefecture",
             "postal_code_elsewhere",
             {"郵便番号は" + prefecture_name(elsewhere) + "のものです。",
              "The postal code lies in " + prefecture_name_en(elsewhere) + "."}}};
}

}  // namespace otokui::customer
