#include "search/compile.hpp"

#include <algorithm>
#include <array>

#include "core/record_json.hpp"
#include "search/piece.hpp"
#include "search/text_index.hpp"

namespace otokui::search {
namespace {

using core::Condition;
using core::Operator;

/// The columns of SQLite's index customer_facts (migration 0042).
constexpr std::array<std::string_view, 19> kFacts{"id",
                                                  "deleted_at",
                                                  "status",
                                                  "prefecture",
                                                  "purchase_total",
                                                  "purchase_count",
                                                  "last_purchase_at",
                                                  "created_at",
                                                  "registered_at",
                                                  "points",
                                                  "level_id",
                                                  "sex",
                                                  "birth_date",
                                                  "newsletter",
                                                  "direct_mail",
                                                  "blocked",
                                                  "order_count",
                                                  "outbound_call",
                                                  "cleaned"};

Piece negated(const Surroundings& surroundings, Piece piece) {
    if (piece.match && !piece.is_weak)
        return matched(surroundings, negated(*piece.match), not_of(piece.by_row));
    Piece result{.predicate = not_of(piece.predicate),
                 .is_weak = piece.is_weak,
                 .only_facts = piece.only_facts,
                 .is_tallied = piece.is_tallied};
    if (!piece.probe.empty()) result.probe = not_of(piece.probe);
    if (!piece.by_row.empty()) result.by_row = not_of(piece.by_row);
    if (piece.match) result.match = negated(*piece.match);
    return result;
}

class Compiler {
public:
    explicit Compiler(const Surroundings& surroundings) : surroundings_(surroundings) {}

    Piece node(const Condition& condition) {
        switch (condition.kind) {
            case Condition::Kind::all:
                return all(pieces(condition));
            case Condition::Kind::any:
                return any(pieces(condition));
            case Condition::Kind::none:
                return negated(surroundings_, any(pieces(condition)));
            case Condition::Kind::leaf:
                return leaf(condition.leaf);
            case Condition::Kind::text:
                return compile_words(surroundings_, condition.text);
            case Condition::Kind::has:
                return compile_has(surroundings_, condition);
        }
        return {};
    }

private:
    Piece leaf(const core::Leaf& leaf) {
        if (leaf.field->is_own()) return compile_answer_leaf(surroundings_, leaf);
        if (!leaf.field->is_text()) return compile_fact_leaf(surroundings_, leaf);
        if (!surroundings_.thing && leaf.field->key == "member_id" &&
            core::member_id_is_mail(surroundings_.tx)) {
            auto of_mail = leaf;
            of_mail.field = &surroundings_.catalogue.get("email");
            return compile_text_leaf(surroundings_, of_mail);
        }
        return surroundings_.thing ? compile_thing_text(surroundings_, leaf)
                                   : compile_text_leaf(surroundings_, leaf);
    }
    std::vector<Piece> pieces(const Condition& condition) {
        std::vector<Piece> result;
        for (const auto& part : condition.parts) result.push_back(node(part));
        return result;
    }

    Piece all(std::vector<Piece> pieces) { return group(std::move(pieces), match_all, all_of); }
    Piece any(std::vector<Piece> pieces) {
        return group(
            std::move(pieces), [](const std::vector<Match>& parts) { return match_any(parts); }, any_of);
    }

    // Parts that the text index answers are asked of it together.
    template <class JoinMatches, class JoinPredicates>
    Piece group(std::vector<Piece> parts, JoinMatches join_matches, JoinPredicates join_predicates) {
        const auto any_has = [&](auto has) { return std::any_of(parts.begin(), parts.end(), has); };
        const bool has_strong = any_has([](const Piece& part) { return part.match && !part.is_weak; });
        const bool probing = any_has([](const Piece& part) { return !part.probe.empty(); });
        const bool asks_rows = any_has([](const Piece& part) { return !part.by_row.empty(); });
        std::vector<Match> matches;
        std::vector<Sql> predicates, probes, by_rows, matched_by_rows;
        Piece result{.is_tallied = true};
        for (auto& part : parts) {
            if (asks_rows) by_rows.push_back(by_row_of(part));
            if (has_strong && part.match) {
                matches.push_back(*part.match);
                matched_by_rows.push_back(by_row_of(part));
                continue;
            }
            if (probing) probes.push_back(probe_of(part));
            predicates.push_back(std::move(part.predicate));
            result.only_facts = result.only_facts && part.only_facts;
            result.is_tallied = result.is_tallied && part.is_tallied;
        }
        if (!matches.empty()) {
            result.is_tallied = false;
            if (auto match = join_matches(matches)) {
                auto piece = matched(surroundings_, std::move(*match), join_predicates(matched_by_rows));
                if (predicates.empty()) return piece;
                if (probing) probes.push_back(piece.predicate);
                predicates.push_back(std::move(piece.predicate));
            } else {
                for (auto& one : matches) {
                    predicates.push_back(is_matched(surroundings_.engine(), surroundings_.scope, one));
                    if (probing) probes.push_back(predicates.back());
                }
            }
        }
        result.predicate = join_predicates(predicates);
        if (probing) result.probe = join_predicates(probes);
        if (asks_rows) result.by_row = join_predicates(by_rows);
        return result;
    }

    const Surroundings& surroundings_;
};

void flatten(const Condition& condition, std::vector<const Condition*>& parts) {
    if (condition.kind != Condition::Kind::all) {
        parts.push_back(&condition);
        return;
    }
    for (const auto& part : condition.parts) flatten(part, parts);
}

bool is_about_deleted(const Condition& condition) {
    return condition.kind == Condition::Kind::leaf && condition.leaf.field->key == "deleted";
}

// Which of the two values a leaf about `deleted` takes.
std::array<bool, 2> accepted(const core::Leaf& leaf) {
    if (leaf.op == Operator::empty) return {false, false};
    if (leaf.op == Operator::not_empty) return {true, true};
    const auto& values = std::get<std::vector<std::string>>(leaf.value);
    const auto listed = [&](const char* code) {
        return (std::find(values.begin(), values.end(), code) != values.end()) == (leaf.op == Operator::in);
    };
    return {listed("no"), listed("yes")};
}

// customer_facts is ordered by status, then prefecture: with every status named, the engine reads the
// stretches of the prefectures and little between.
std::optional<std::pair<std::int64_t, std::int64_t>> leading_prefectures(const std::vector<Piece>& pieces) {
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    for (const auto& piece : pieces) {
        if (piece.names_status) return std::nullopt;
        if (piece.prefectures) range = piece.prefectures;
    }
    return range;
}

Sql by_prefecture(const Surroundings& surroundings, const std::pair<std::int64_t, std::int64_t>& range) {
    std::vector<std::string> codes;
    for (const auto& choice : surroundings.catalogue.get("status").choices) codes.push_back(choice.code);
    return all_of({in_list(surroundings.engine(), {"c.status", {}}, codes),
                   Sql{}.add("c.prefecture BETWEEN ").bind(range.first).add(" AND ").bind(range.second)});
}

}  // namespace

bool is_fact(std::string_view column) {
    return std::find(kFacts.begin(), kFacts.end(), column) != kFacts.end();
}

std::string_view text_table(Scope scope) {
    return scope == Scope::deleted ? "customer_text_deleted" : "customer_text_live";
}

Sql fits_document(Scope scope, const std::string& expression) {
    auto query = tsquery_of(expression);
    if (scope != Scope::everybody) (query += scope == Scope::living ? " & !" : " & ") += kDeletedToken;
    return Sql{}.add("tokens @@ ").bind(std::move(query)).add("::tsquery");
}

Sql matching(storage::Engine engine, Scope scope, const std::string& expression) {
    Sql result;
    if (engine == storage::Engine::postgres)
        return result.add("(SELECT customer_id FROM customer_text_search WHERE ")
            .add(fits_document(scope, expression))
            .add(")");
    const auto from = [&](Scope one) {
        const std::string table(text_table(one));
        return Sql{}.add("SELECT rowid FROM " + table + " WHERE " + table + " MATCH ").bind(expression);
    };
    result.add("(");
    if (scope == Scope::everybody)
        result.add(from(Scope::living)).add(" UNION ALL ").add(from(Scope::deleted));
    else
        result.add(from(scope));
    return result.add(")");
}

Sql is_matched(storage::Engine engine, Scope scope, const Match& match) {
    return Sql{}
        .add(match.negated ? "c.id NOT IN " : "c.id IN ")
        .add(matching(engine, scope, match.expression));
}

std::string Surroundings::column(const std::string& name) const {
    if (thing == nullptr) return "c." + name;
    if (!parts_alone) return name;
    for (const auto& one : thing->fields)
        if (one.field.column == name && !one.part_column.empty()) return one.part_column;
    return name;
}

Piece matched(const Surroundings& surroundings, Match match, Sql by_row) {
    Piece piece{.predicate = is_matched(surroundings.engine(), surroundings.scope, match),
                .by_row = std::move(by_row)};
    piece.match = std::move(match);
    return piece;
}

Piece compile_node(const Surroundings& surroundings, const Condition& condition) {
    return Compiler(surroundings).node(condition);
}

Plan compile(storage::Transaction& tx, const core::Catalogue& catalogue, const Condition& condition,
             const core::Actor& actor, Day today) {
    std::vector<const Condition*> parts, others;
    flatten(condition, parts);
    std::array<bool, 2> accepts{true, !mentions(condition, "deleted") ? false : true};
    for (const auto* part : parts) {
        if (!is_about_deleted(*part)) {
            others.push_back(part);
            continue;
        }
        const auto more = accepted(part->leaf);
        accepts = {accepts[0] && more[0], accepts[1] && more[1]};
    }
    Plan plan;
    plan.scope = accepts[0] && accepts[1] ? Scope::everybody : accepts[1] ? Scope::deleted : Scope::living;
    const Surroundings surroundings{tx, catalogue, actor, today, plan.scope};
    Compiler compiler(surroundings);

    std::vector<Piece> pieces;
    for (const auto* part : others) pieces.push_back(compiler.node(*part));
    plan.is_selective =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.is_selective; });
    // Beside an exact look-up the text index would only be a second, longer way.
    const bool ask_index =
        !plan.is_selective && std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
            return (piece.match && !piece.is_weak && !piece.match->negated) || piece.superset;
        });
    std::vector<Match> matches;
    std::vector<Sql> rest, probing, by_row;
    const bool probes =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.probe.empty(); });
    const bool asks_rows =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.by_row.empty(); });
    for (auto& piece : pieces) {
        if (asks_rows) by_row.push_back(by_row_of(piece));
        plan.is_tallied = plan.is_tallied && piece.is_tallied;
        if (ask_index && piece.match) {
            matches.push_back(std::move(*piece.match));
        } else if (ask_index && piece.superset) {
            matches.push_back(std::move(*piece.superset));
            probing.push_back(piece.recheck);
            rest.push_back(std::move(piece.recheck));
            plan.only_facts = false;
        } else {
            probing.push_back(probe_of(piece));
            rest.push_back(piece.predicate);
            plan.only_facts = plan.only_facts && piece.only_facts;
        }
    }
    if (!matches.empty()) {
        plan.match = match_all(matches);
        if (!plan.match)
            for (const auto& match : matches) {
                rest.push_back(is_matched(surroundings.engine(), surroundings.scope, match));
                probing.push_back(rest.back());
            }
    }
    if (pieces.size() == 1 && !plan.match) {
        plan.own_index = pieces.front().own_index;
        plan.own_index_demands = pieces.front().own_index_demands;
        plan.members = pieces.front().members;
        plan.all_but_members = pieces.front().all_but_members;
        if (pieces.front().match && pieces.front().match->negated && !pieces.front().is_weak)
            plan.except = negated(*pieces.front().match);
    }
    const auto demand = [&](const Sql& also) {
        rest.push_back(also);
        probing.push_back(also);
        by_row.push_back(also);
    };
    if (!accepts[0] && !accepts[1]) {
        demand(never());
        plan.members = {};
        plan.own_index = {};
        plan.except.reset();
    }
    if (const auto range = leading_prefectures(pieces); range && !plan.match && plan.only_facts)
        demand(by_prefecture(surroundings, *range));
    if (!rest.empty()) plan.rest = all_of(rest);
    if (probes) plan.probing = all_of(probing);
    if (asks_rows) plan.by_row = all_of(by_row);
    return plan;
}

}  // namespace otokui::search
