#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"
#include "core/condition.hpp"
#include "core/condition_operand.hpp"

namespace otokui::core {
namespace {

using otokui::json::Array;
using otokui::json::Object;
using otokui::json::Value;

constexpr std::size_t kMaxListName = 64;

class Parser {
public:
    explicit Parser(const Catalogue& catalogue) : catalogue_(catalogue) {}

    Condition node(const Value& value, const std::string& pointer, int groups);
    TextLeaf text(std::string_view typed, const std::string& pointer);
    std::vector<FieldError>& errors() { return faults_.errors; }

private:
    void fail(const std::string& pointer, std::string code) { faults_.fail(pointer, std::move(code)); }
    void only(const Object& object, const std::string& pointer,
              std::initializer_list<std::string_view> known) {
        faults_.only(object, pointer, known);
    }
    Condition group(Condition::Kind kind, const Value& parts, const std::string& pointer, int groups);
    Condition leaf(const Object& object, const std::string& pointer);
    void count_leaf(const std::string& pointer);
    const Field* find_field(std::string_view key) const;
    Condition has(const Object& object, const std::string& pointer, int groups);
    void count(const Value& value, const std::string& pointer, HasLeaf& has);
    Operand list_operand(const Object& object, const Field& field, Operator op, const Value& value,
                         const std::string& pointer);

    const Catalogue& catalogue_;
    const Thing* thing_ = nullptr;  // whose fields leaves are about: within `where`
    Faults faults_;
    std::size_t leaves_ = 0;
};

Condition Parser::node(const Value& value, const std::string& pointer, int groups) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        fail(pointer, "wrong_type");
        return {};
    }
    using Kind = Condition::Kind;
    for (const auto& [name, kind] : {std::pair{"all", Kind::all}, {"any", Kind::any}, {"none", Kind::none}})
        if (const auto* parts = object->if_contains(name)) {
            only(*object, pointer, {name});
            return group(kind, *parts, pointer + "/" + name, groups + 1);
        }
    if (thing_ == nullptr && object->contains("has")) return has(*object, pointer, groups + 1);
    if (const auto* words = thing_ == nullptr ? object->if_contains("text") : nullptr) {
        only(*object, pointer, {"text"});
        count_leaf(pointer);
        Condition condition;
        condition.kind = Kind::text;
        if (const auto* typed = words->if_string())
            condition.text = text(*typed, pointer + "/text");
        else
            fail(pointer + "/text", "wrong_type");
        return condition;
    }
    return leaf(*object, pointer);
}

Condition Parser::group(Condition::Kind kind, const Value& value, const std::string& pointer, int groups) {
    Condition condition;
    condition.kind = kind;
    const Array* parts = value.if_array();
    if (parts == nullptr) {
        fail(pointer, "wrong_type");
    } else if (groups > kMaxConditionDepth) {
        fail(pointer, "too_deep");
    } else {
        for (std::size_t i = 0; i < parts->size() && leaves_ <= kMaxConditionLeaves; ++i)
            condition.parts.push_back(node((*parts)[i], pointer + "/" + std::to_string(i), groups));
    }
    return condition;
}

void Parser::count_leaf(const std::string& pointer) {
    if (++leaves_ == kMaxConditionLeaves + 1) fail(pointer, "too_many");
}

const Field* Parser::find_field(std::string_view key) const {
    // A field out of use is still known to the searches that were kept, and found by nobody.
    if (thing_ == nullptr && key.starts_with(kOwnPrefix))
        return catalogue_.find_own(key.substr(kOwnPrefix.size()));
    if (thing_ == nullptr) return catalogue_.find_declared(key);
    const auto* found = thing_->find(key);
    return found == nullptr ? nullptr : &found->field;
}

Condition Parser::leaf(const Object& object, const std::string& pointer) {
    count_leaf(pointer);
    only(object, pointer, {"field", "op", "value", "list"});
    Condition condition;
    condition.kind = Condition::Kind::leaf;
    const auto name = [&](std::string_view member) -> const boost::json::string* {
        const auto* found = object.if_contains(member);
        if (found == nullptr || found->is_null()) {
            fail(pointer + "/" + std::string(member), "required");
            return nullptr;
        }
        if (!found->is_string()) fail(pointer + "/" + std::string(member), "wrong_type");
        return found->if_string();
    };
    const auto* key = name("field");
    const auto* operator_name = name("op");
    const Field* field = key == nullptr ? nullptr : find_field(*key);
    if (key != nullptr && field == nullptr) fail(pointer + "/field", "unknown_field");
    if (field != nullptr && !catalogue_.is_on(field->feature)) fail(pointer + "/field", "feature_off");
    const auto op = operator_name == nullptr ? std::nullopt : find_operator(*operator_name);
    if (operator_name != nullptr && !op) fail(pointer + "/op", "unknown_operator");
    if (field == nullptr || !op) return condition;

    const auto known = operators_of(*field);
    if (std::find(known.begin(), known.end(), *op) == known.end()) {
        fail(pointer + "/op", "operator_not_for_type");
        return condition;
    }
    condition.leaf = {field, *op, {}};
    if (const auto* list = object.if_contains("list")) {
        condition.leaf.value = list_operand(object, *field, *op, *list, pointer);
        return condition;
    }
    const auto* value = object.if_contains("value");
    const bool given = value != nullptr && !value->is_null();
    const bool wanted = *op != Operator::empty && *op != Operator::not_empty;
    if (given && wanted)
        condition.leaf.value = parse_operand(*field, *op, *value, pointer + "/value", faults_);
    else if (given || wanted)
        fail(pointer + "/value", given ? "wrong_type" : "required");
    return condition;
}

// A kept list of customers stands in the place of ids, not beside them.
Operand Parser::list_operand(const Object& object, const Field& field, Operator op, const Value& value,
                             const std::string& pointer) {
    const auto at = pointer + "/list";
    const auto* name = value.if_string();
    if (thing_ != nullptr || field.type != FieldType::id || (op != Operator::in && op != Operator::not_in))
        fail(at, "operator_not_for_type");
    else if (object.contains("value"))
        fail(pointer + "/value", "unknown_field");
    else if (name == nullptr)
        fail(at, "wrong_type");
    else if (name->empty() || name->size() > kMaxListName)
        fail(at, "unknown_list");
    else
        return ListOperand{std::string(*name), at};
    return {};
}

// "has" is a group over its `where` as to depth, and a leaf as to number.
Condition Parser::has(const Object& object, const std::string& pointer, int groups) {
    count_leaf(pointer);
    only(object, pointer, {"has", "where", "count"});
    Condition condition;
    condition.kind = Condition::Kind::has;
    const auto* key = object.at("has").if_string();
    const Thing* thing = key == nullptr ? nullptr : catalogue_.find_thing(*key);
    if (thing == nullptr) fail(pointer + "/has", key == nullptr ? "wrong_type" : "unknown_thing");
    if (thing != nullptr && !catalogue_.is_on(thing->feature)) fail(pointer + "/has", "feature_off");
    condition.has.thing = thing;
    if (const auto* value = object.if_contains("count"); value != nullptr && !value->is_null())
        count(*value, pointer + "/count", condition.has);
    const auto* where = object.if_contains("where");
    if (where == nullptr || where->is_null() || thing == nullptr) return condition;
    if (groups > kMaxConditionDepth) {
        fail(pointer + "/where", "too_deep");
        return condition;
    }
    thing_ = thing;
    condition.parts.push_back(node(*where, pointer + "/where", groups));
    thing_ = nullptr;
    return condition;
}

// {"at_least":3}, {"at_most":0} or {"between":{"from":1,"to":3}}.
void Parser::count(const Value& value, const std::string& pointer, HasLeaf& has) {
    const auto* object = value.if_object();
    if (object == nullptr) return fail(pointer, "wrong_type");
    const auto number = [&](const Value& one, const std::string& at) -> std::int64_t {
        const auto found = one.if_int64() ? std::optional(*one.if_int64()) : std::nullopt;
        if (!found) fail(at, "wrong_type");
        if (found && (*found < 0 || *found > kMaxCounted)) fail(at, "out_of_range");
        return found.value_or(0);
    };
    if (const auto* least = object->if_contains("at_least")) {
        only(*object, pointer, {"at_least"});
        has.at_least = number(*least, pointer + "/at_least");
    } else if (const auto* most = object->if_contains("at_most")) {
        only(*object, pointer, {"at_most"});
        has.at_least = 0;
        has.at_most = number(*most, pointer + "/at_most");
    } else if (const auto* between = object->if_contains("between")) {
        only(*object, pointer, {"between"});
        const auto ends = parse_ends(*between, pointer + "/between", faults_);
        if (!ends.from || !ends.to) return;
        has.at_least = number(*ends.from, pointer + "/between/from");
        has.at_most = number(*ends.to, pointer + "/between/to");
        if (has.at_least > *has.at_most) fail(pointer + "/between", "reversed_range");
    } else {
        only(*object, pointer, {});
        fail(pointer + "/at_least", "required");
    }
}

TextLeaf Parser::text(std::string_view typed, const std::string& pointer) {
    TextLeaf leaf;
    if (text::code_point_count(typed) > kMaxTextLength) {
        fail(pointer, "too_long");
        return leaf;
    }
    std::string word;
    const auto end_word = [&] {
        if (!text::shadow(text::ShadowKind::text, word).empty()) leaf.words.push_back(word);
        word.clear();
    };
    for (const char32_t code_point : text::CodePoints(typed)) {
        if (text::is_space(code_point))
            end_word();
        else
            text::append_utf8(word, code_point);
    }
    end_word();
    if (leaf.words.empty()) fail(pointer, "empty_text");
    return leaf;
}

}  // namespace

void refuse_condition(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "condition.invalid",
                   {"検索条件に誤りがあります。", "The condition is not valid."},
                   std::move(errors)});
}

Condition parse_condition(const Catalogue& catalogue, const Value& tree, std::string_view prefix) {
    if (tree.is_null()) return {};
    Parser parser(catalogue);
    auto condition = parser.node(tree, std::string(prefix), 0);
    if (!parser.errors().empty()) refuse_condition(std::move(parser.errors()));
    return condition;
}

TextLeaf parse_text(std::string_view text, std::string_view pointer) {
    const Catalogue none;
    Parser parser(none);
    auto leaf = parser.text(text, std::string(pointer));
    if (!parser.errors().empty()) refuse_condition(std::move(parser.errors()));
    return leaf;
}

}  // namespace otokui::core
