#include "storage/postgres_database.hpp"

#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <vector>

#include "storage/errors.hpp"
#include "storage/postgres_result.hpp"

namespace otokui::storage {
namespace {

using Server = std::unique_ptr<PGconn, decltype(&PQfinish)>;

struct Address {
    std::vector<std::string> names, values;
    std::string database;
};

// The address of the maintenance database beside the one that is named; nothing when none is named or libpq
// cannot read it.
std::optional<Address> maintenance_address(const std::string& conninfo) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(conninfo.c_str(), nullptr), &PQconninfoFree);
    if (!options) return std::nullopt;
    Address address;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        const bool names_database = std::string_view(option->keyword) == "dbname";
        if (names_database) address.database = option->val;
        address.names.emplace_back(option->keyword);
        address.values.emplace_back(names_database ? "postgres" : option->val);
    }
    return address.database.empty() ? std::nullopt : std::optional(std::move(address));
}

Server connect(const Address& address) {
    std::vector<const char*> names, values;
    for (const auto& name : address.names) names.push_back(name.c_str());
    for (const auto& value : address.values) values.push_back(value.c_str());
    names.push_back(nullptr);
    values.push_back(nullptr);
    return {PQconnectdbParams(names.data(), values.data(), 0), &PQfinish};
}

void create(PGconn* server, const std::string& database) {
    const std::unique_ptr<char, decltype(&PQfreemem)> name(
        PQescapeIdentifier(server, database.c_str(), database.size()), &PQfreemem);
    if (!name) throw Error("not a name for a database");
    const auto sql = std::string("CREATE DATABASE ") + name.get() +
                     " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
    const PostgresResult result(PQexec(server, sql.c_str()));
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    const bool another_was_faster = state != nullptr && std::string_view(state) == "42P04";
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && !another_was_faster)
        throw Error("the database does not exist and cannot be made here: PostgreSQL " +
                    std::string(state == nullptr ? "" : state));
}

}  // namespace

Existence find_postgres_database(const std::string& conninfo, WhenMissing when_missing) {
    const auto address = maintenance_address(conninfo);
    if (!address) return Existence::exists;
    const auto server = connect(*address);
    if (PQstatus(server.get()) != CONNECTION_OK) return Existence::exists;
    const char* name = address->database.c_str();
    const PostgresResult found(PQexecParams(server.get(), "SELECT 1 FROM pg_database WHERE datname = $1", 1,
                                            nullptr, &name, nullptr, nullptr, 0));
    if (PQresultStatus(found.get()) != PGRES_TUPLES_OK || PQntuples(found.get()) > 0)
        return Existence::exists;
    if (when_missing == WhenMissing::leave) return Existence::missing;
    create(server.get(), address->database);
    return Existence::made;
}

}  // namespace otokui::storage
