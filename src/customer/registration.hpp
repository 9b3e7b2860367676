#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "core/catalogue.hpp"
#include "core/registry.hpp"
#include "core/settings.hpp"
#include "customer/input.hpp"

// 会員登録設定: which of the standard fields the form of a new customer asks for. Own fields say it
// themselves.
namespace otokui::customer {

/// The document of settings: a choice for each field of the form, by its key. As shipped nothing further is
/// required.
inline constexpr std::string_view kRegistration = "registration";

enum class Asked { optional, required, hidden };

core::SettingDocument registration_settings(const core::Catalogue& catalogue);

/// Of a standard field; optional for those the document does not have.
Asked asked_of(const core::SettingDocument& document, const core::SettingValues& values,
               const core::Field& field);

class Registration {
public:
    Registration(storage::Transaction& tx, const core::Registry& registry);
    Asked of(const core::Field& field) const { return asked_of(document_, values_, field); }

    /// read_only for each field of the body that the form of a new customer does not have.
    void refuse_hidden(const core::Catalogue& catalogue, const boost::json::object& body, Input& input) const;
    /// required: of a new customer (`before` null) all fields that are, of another those that the input
    /// empties.
    void require_filled(const core::Catalogue& catalogue, const core::Record* before, Input& input) const;

private:
    const core::SettingDocument& document_;
    core::SettingValues values_;
    std::vector<std::string> required_;  // keys; asked for each row of a file
};

/// All that the form of a new customer must not leave empty: standard fields, and own ones after
/// settle_answers().
void require_form(const core::Catalogue& catalogue, const Registration& form, const core::Record* before,
                  Input& input);

}  // namespace otokui::customer
