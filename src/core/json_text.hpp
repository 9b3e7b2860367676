#pragma once

#include <string>
#include <string_view>

#include "storage/value.hpp"

namespace otokui::core {

/// The text of a JSON object of column values, written straight down: the same as serializing a tree of them
/// (journal.hpp's to_json), without the tree. Every changed row needs one.
class JsonText {
public:
    /// `name` is a plain identifier and was not added before.
    void add(std::string_view name, const storage::Value& value);
    std::string object() &&;

private:
    std::string text_ = "{";
};

}  // namespace otokui::core
