#include "staff/store.hpp"

namespace otokui::staff::store {
namespace {

using storage::Row;
using storage::Value;

constexpr std::string_view kTokens =
    "SELECT t.id, t.staff_id, s.name, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at "
    "FROM api_token t JOIN staff s ON s.id = t.staff_id";

std::optional<Moment> find_moment(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Moment{row.integer(column)};
}

ApiToken read_token(const Row& row) {
    ApiToken token{.id = {row.integer(0)},
                   .staff = {row.integer(1)},
                   .staff_name = std::string(row.text(2)),
                   .name = std::string(row.text(3)),
                   .scopes = {},
                   .created_at = {row.integer(5)},
                   .expires_at = find_moment(row, 6),
                   .last_used_at = find_moment(row, 7)};
    if (!row.is_null(4)) token.scopes = split_names(row.text(4));
    return token;
}

std::optional<ApiToken> find_one(storage::Transaction& tx, std::string_view condition, Value value) {
    std::optional<ApiToken> token;
    tx.query(std::string(kTokens) + std::string(condition), {std::move(value)},
             [&](const Row& row) { token = read_token(row); });
    return token;
}

storage::Blob digest_of(std::string_view secret) {
    const auto digest = crypto::digest(secret);
    return {digest.begin(), digest.end()};
}

}  // namespace

std::int64_t insert_token(core::Writer& writer, const NewApiToken& input, std::string_view secret) {
    const auto id =
        writer.insert(writer.registry().get("api_token"),
                      {{"staff_id", input.staff.value},
                       {"name", input.name},
                       {"scopes", input.scopes ? Value(joined_names(*input.scopes)) : Value()},
                       {"created_at", writer.now().milliseconds},
                       {"expires_at", input.expires_at ? Value(input.expires_at->milliseconds) : Value()}});
    writer.insert(writer.registry().get("api_token_secret"),
                  {{"id", id}, {"secret_digest", digest_of(secret)}});
    return id;
}

std::optional<ApiToken> find_token(storage::Transaction& tx, std::string_view secret) {
    return find_one(tx, " JOIN api_token_secret k ON k.id = t.id WHERE k.secret_digest = ?",
                    digest_of(secret));
}

std::optional<ApiToken> find_token(storage::Transaction& tx, TokenId id) {
    return find_one(tx, " WHERE t.id = ?", id.value);
}

std::vector<ApiToken> list_tokens(storage::Transaction& tx, const PageOf& page) {
    std::vector<ApiToken> tokens;
    tx.query(std::string(kTokens) +
                 " WHERE s.deleted_at IS NULL AND (? = 0 OR t.id < ?) ORDER BY t.id DESC LIMIT ?",
             {page.below, page.below, std::int64_t{page.limit}},
             [&](const Row& row) { tokens.push_back(read_token(row)); });
    return tokens;
}

void touch_token(core::Writer& writer, TokenId id) {
    writer.derive(writer.registry().get("api_token"), id.value,
                  {{"last_used_at", writer.now().milliseconds}});
}

void delete_token(core::Writer& writer, TokenId id) {
    writer.execute_unjournaled(writer.registry().get("api_token_secret"),
                               "DELETE FROM api_token_secret WHERE id = ?", {id.value});
    writer.remove(writer.registry().get("api_token"), id.value);
}

}  // namespace otokui::staff::store
