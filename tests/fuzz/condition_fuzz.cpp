#include <cstdint>
#include <string_view>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/condition.hpp"
#include "customer/fields.hpp"
#include "law.hpp"

// Any bytes: a tree is either refused with pointers, or written back as a tree that is read as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace otokui;
    static const core::Catalogue catalogue = [] {
        core::Catalogue fields;
        customer::declare_fields(fields);
        return fields;
    }();
    try {
        const auto tree = json::parse({reinterpret_cast<const char*>(data), size});
        const auto written = core::to_json(core::parse_condition(catalogue, tree));
        OTOKUI_LAW(core::to_json(core::parse_condition(catalogue, written)) == written);
    } catch (const Refused& refused) {
        OTOKUI_LAW(refused.problem().code != "condition.invalid" || !refused.problem().fields.empty());
    }
    return 0;
}
