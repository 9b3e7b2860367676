#include "base/problem.hpp"
#include "storage/database.hpp"

namespace otokui::storage {

Url Url::parse(std::string_view text) {
    const auto after = [&](std::string_view prefix) { return std::string(text.substr(prefix.size())); };
    if (text.starts_with("sqlite:")) {
        Url url{Engine::sqlite, after("sqlite:")};
        // Memory databases cannot be shared by connections, and a quote or NUL would end the path early in
        // SOCI's conninfo.
        const bool usable = !url.target.empty() && !url.target.starts_with(':') &&
                            !url.target.starts_with("file:") &&
                            url.target.find_first_of(std::string_view("\"\0", 2)) == std::string::npos;
        if (usable) return url;
    } else if (text.starts_with("postgres://") || text.starts_with("postgresql://")) {
        return {Engine::postgres, std::string(text)};
    } else if (text.starts_with("postgres:")) {
        return {Engine::postgres, after("postgres:")};
    }
    throw Refused({ProblemKind::invalid,
                   "storage.bad_url",
                   {"データベースは sqlite:パス または postgres:接続情報 の形で指定してください。",
                    "Name the database as sqlite:PATH or postgres:CONNINFO."}});
}

}  // namespace otokui::storage
