#include "core/actor.hpp"

#include <pwd.h>
#include <unistd.h>

#include "base/problem.hpp"

namespace otokui::core {

void Actor::require(std::string_view right) const {
    if (may(right)) return;
    Problem problem{ProblemKind::forbidden,
                    "forbidden",
                    {"この操作を行う権限がありません。", "You do not have the right to do this."}};
    problem.extra["right"] = std::string(right);
    throw Refused(std::move(problem));
}

Actor shell_actor(std::string command) {
    const passwd* user = getpwuid(geteuid());
    return {.name = std::string("shell:") + (user ? user->pw_name : std::to_string(geteuid())),
            .screen = "cli " + std::move(command)};
}

Actor system_actor(std::string what) { return {.name = "system", .screen = std::move(what)}; }

}  // namespace otokui::core
