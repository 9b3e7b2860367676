#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "points/service.hpp"

// ポイント区分: names of the shop's own under the kinds given by hand, so that balances can be told apart.
namespace otokui::points {

inline constexpr std::int64_t kMostOwnKinds = 200;
inline constexpr std::size_t kMaxKindName = 50;  // characters

struct WrittenKind {
    boost::json::object kind;
    OperationId operation;
};

/// All of them, in their order: `{id, name, kind, kind_labels, position, used, version}`; `used`: whether
/// rows of the ledger bear it.
boost::json::array list_kinds(const Context& context, const core::Actor& actor);
/// `{name, kind}` with kind manual_grant or manual_deduct. Refused invalid point_kind.invalid, conflict
/// point_kind.name_taken, point_kind.too_many.
WrittenKind create_kind(const Context& context, const core::Actor& actor, const boost::json::value& body);
/// `{name?, position?}`; what it stands under is fixed. `version`: the one seen; nothing: any. Refused
/// not_found point_kind.not_found, stale point_kind.stale, and as create_kind.
WrittenKind change_kind(const Context& context, const core::Actor& actor, std::int64_t id,
                        std::optional<std::int64_t> version, const boost::json::value& body);
/// Refused conflict point_kind.in_use once a row of the ledger bears it; else as change_kind.
OperationId remove_kind(const Context& context, const core::Actor& actor, std::int64_t id,
                        std::optional<std::int64_t> version);

}  // namespace otokui::points
