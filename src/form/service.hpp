#pragma once

#include <optional>
#include <vector>

#include "base/json.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "form/own_fields.hpp"
#include "form/types.hpp"

// フリーフォーム: the shop's own fields. After a write the catalogue of this process has them before the
// answer goes out.
namespace otokui::form {

struct Context {
    core::Journal& journal;
    core::Catalogue& catalogue;
    OwnFields& own_fields;
};

struct Written {
    FormField field;
    OperationId operation;
};

/// All of them in the shop's order, retired ones too.
std::vector<FormField> list(const Context& context, const core::Actor& actor);
/// Refused not_found form_field.not_found.
FormField get(const Context& context, const core::Actor& actor, FieldId id);
/// Whether any customer has answered it; such a field can be retired, not deleted.
bool is_answered(const Context& context, const FormField& field);

/// Refused invalid form_field.invalid; conflict form_field.key_taken, form_field.label_taken,
/// form_field.too_many.
Written create(const Context& context, const core::Actor& actor, FormField field);

struct Change {
    std::optional<Text> label = {};
    std::optional<bool> required = {}, on_list = {}, on_csv = {}, retired = {};
    std::optional<std::optional<std::int64_t>> max_length = {}, minimum = {}, maximum = {};
    std::optional<std::vector<Option>> options = {};
    json::Object sent = {};  // as it came, for who was too late
};
/// Key and type are for good. An option that is left out is removed: whoever chose it keeps it. `version`:
/// nothing for any. Refused as create, and stale form_field.stale.
Written change(const Context& context, const core::Actor& actor, FieldId id,
               std::optional<std::int64_t> version, const Change& change);
/// `ids`: every field, each once. Refused invalid form_field.invalid.
OperationId reorder(const Context& context, const core::Actor& actor, const std::vector<FieldId>& ids);
/// Refused conflict form_field.in_use when customers have answered it.
OperationId remove(const Context& context, const core::Actor& actor, FieldId id,
                   std::optional<std::int64_t> version);

[[noreturn]] void refuse_answered();

json::Object to_json(const FormField& field, bool is_answered);

}  // namespace otokui::form
