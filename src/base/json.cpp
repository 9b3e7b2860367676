#include "base/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <utility>

namespace otokui::json {
namespace {

/// Why the handler below stopped the parser; none means that the parser itself found the fault.
enum class Fault { none, duplicate_key, nul_character, number_out_of_range };

/// Receives the parser's events and builds the value. Its own stack of open containers lets it see an equal
/// key at once.
struct Builder {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Error = boost::json::error_code;

    Value root;
    Fault fault = Fault::none;

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }

    bool on_object_begin(Error& error) { return open(Object(), error); }
    bool on_object_end(std::size_t, Error& error) { return close(error); }
    bool on_array_begin(Error& error) { return open(Array(), error); }
    bool on_array_end(std::size_t, Error& error) { return close(error); }

    bool on_key_part(boost::json::string_view part, std::size_t, Error& error) { return append(part, error); }
    bool on_key(boost::json::string_view part, std::size_t, Error& error) {
        if (!append(part, error)) return false;
        Frame& frame = frames_.back();
        frame.key = std::exchange(characters_, {});
        if (frame.container.as_object().contains(frame.key)) return stop(Fault::duplicate_key, error);
        return true;
    }
    bool on_string_part(boost::json::string_view part, std::size_t, Error& error) {
        return append(part, error);
    }
    bool on_string(boost::json::string_view part, std::size_t, Error& error) {
        if (!append(part, error)) return false;
        put(Value(std::exchange(characters_, {})));
        return true;
    }
    // The text lies in one buffer, so that a number's text always comes whole with its value.
    bool on_number_part(boost::json::string_view, Error&) { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view, Error&) {
        put(Value(number));
        return true;
    }
    bool on_uint64(std::uint64_t, boost::json::string_view, Error& error) {
        return stop(Fault::number_out_of_range, error);
    }
    bool on_double(double number, boost::json::string_view text, Error& error) {
        // An integer too large for any integer type comes as a double: its text has neither fraction nor
        // exponent.
        const bool is_integer = text.find_first_of(".eE") == boost::json::string_view::npos;
        if (is_integer || !std::isfinite(number)) return stop(Fault::number_out_of_range, error);
        put(Value(nearest(text, number)));
        return true;
    }
    bool on_bool(bool value, Error&) {
        put(Value(value));
        return true;
    }
    bool on_null(Error&) {
        put(Value(nullptr));
        return true;
    }
    bool on_comment_part(boost::json::string_view, Error&) { return true; }
    bool on_comment(boost::json::string_view, Error&) { return true; }

private:
    struct Frame {
        Value container;
        std::string key;  // of the member being read, in an object
    };

    bool open(Value container, Error&) {
        frames_.push_back({std::move(container), {}});
        return true;
    }
    bool close(Error&) {
        Value done = std::move(frames_.back().container);
        frames_.pop_back();
        put(std::move(done));
        return true;
    }
    // Boost's own value may be off by a unit in the last place, so that a number would change when it is
    // written and read again. Too small for a double is its 0, which from_chars only refuses.
    static double nearest(boost::json::string_view text, double otherwise) {
        double number = 0;
        const auto [stopped, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        return fault == std::errc() && stopped == text.data() + text.size() ? number : otherwise;
    }
    bool append(boost::json::string_view part, Error& error) {
        if (part.find('\0') != boost::json::string_view::npos) return stop(Fault::nul_character, error);
        characters_.append(part.data(), part.size());
        return true;
    }
    void put(Value value) {
        if (frames_.empty()) {
            root = std::move(value);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.container.is_array()) {
            frame.container.get_array().push_back(std::move(value));
        } else {
            frame.container.get_object().emplace(frame.key, std::move(value));
        }
    }
    bool stop(Fault found, Error& error) {
        fault = found;
        error = boost::json::error::syntax;
        return false;
    }

    std::vector<Frame> frames_;
    std::string characters_;
};

[[noreturn]] void refuse(std::string code, Text detail, std::size_t offset) {
    throw Refused({.kind = ProblemKind::malformed,
                   .code = std::move(code),
                   .detail = std::move(detail),
                   .extra = {{"offset", static_cast<std::int64_t>(offset)}}});
}

[[noreturn]] void refuse(Fault fault, boost::json::error_code error, std::size_t offset) {
    switch (fault) {
        case Fault::duplicate_key:
            refuse("json.duplicate_key", {"同じキーが2回あります。", "The same key stands twice."}, offset);
        case Fault::nul_character:
            refuse("json.nul_character", {"NUL文字は使えません。", "A NUL character is not allowed."},
                   offset);
        case Fault::number_out_of_range:
            refuse("json.number_out_of_range", {"数値が大きすぎます。", "A number is out of range."}, offset);
        case Fault::none:
            break;
    }
    if (error == boost::json::error::too_deep)
        refuse("json.too_deep", {"JSONの入れ子が深すぎます。", "The JSON is nested too deeply."}, offset);
    refuse("json.malformed", {"JSONとして読めません。", "This is not valid JSON."}, offset);
}

std::optional<std::string> as_text(const Value& value) {
    if (!value.is_string()) return std::nullopt;
    const auto& string = value.get_string();
    return std::string(string.data(), string.size());
}

std::optional<std::int64_t> as_integer(const Value& value) {
    if (!value.is_int64()) return std::nullopt;
    return value.get_int64();
}

std::optional<double> as_number(const Value& value) {
    if (value.is_double()) return value.get_double();
    if (value.is_int64()) return static_cast<double>(value.get_int64());
    return std::nullopt;
}

std::optional<bool> as_boolean(const Value& value) {
    if (!value.is_bool()) return std::nullopt;
    return value.get_bool();
}

std::optional<std::int64_t> as_id(const Value& value) {
    if (!value.is_string()) return std::nullopt;
    const auto& digits = value.get_string();
    const char* const end = digits.data() + digits.size();
    const bool all_digits = std::all_of(digits.data(), end, [](char c) { return c >= '0' && c <= '9'; });
    if (digits.empty() || !all_digits || digits[0] == '0') return std::nullopt;
    std::int64_t id = 0;
    const auto [stopped, fault] = std::from_chars(digits.data(), end, id);
    if (fault != std::errc() || stopped != end) return std::nullopt;
    return id;
}

/// An array of one type; nullopt when it is no array or any element is of another type.
template <class Read>
auto as_list(const Value& value, Read read) {
    using Element = typename decltype(read(value))::value_type;
    std::optional<std::vector<Element>> list;
    if (!value.is_array()) return list;
    list.emplace();
    for (const Value& element : value.get_array()) {
        auto one = read(element);
        if (!one) return std::optional<std::vector<Element>>();
        list->push_back(std::move(*one));
    }
    return list;
}

std::optional<std::vector<std::string>> as_texts(const Value& value) { return as_list(value, as_text); }
std::optional<std::vector<std::int64_t>> as_ids(const Value& value) { return as_list(value, as_id); }

}  // namespace

Value parse(std::string_view text, std::size_t max_depth) {
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::basic_parser<Builder> parser(options);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (error) refuse(parser.handler().fault, error, read);
    if (read != text.size()) refuse(Fault::none, error, read);
    return std::move(parser.handler().root);
}

std::string to_text(const Value& value) { return boost::json::serialize(value); }

std::string pointer_step(std::string_view key) {
    std::string step = "/";
    for (const char c : key) {
        if (c == '~') {
            step += "~0";
        } else if (c == '/') {
            step += "~1";
        } else {
            step += c;
        }
    }
    return step;
}

ObjectReader::ObjectReader(const Value& value, std::string pointer)
    : object_(value.if_object()), pointer_(std::move(pointer)) {
    if (object_ == nullptr) errors_.push_back({pointer_, "wrong_type"});
}

const Value* ObjectReader::find(std::string_view key) {
    known_.emplace(key);
    return object_ == nullptr ? nullptr : object_->if_contains(key);
}

bool ObjectReader::has(std::string_view key) { return find(key) != nullptr; }

bool ObjectReader::is_null(std::string_view key) {
    const Value* value = find(key);
    return value != nullptr && value->is_null();
}

const Value* ObjectReader::present(std::string_view key) {
    const Value* value = find(key);
    return value != nullptr && value->is_null() ? nullptr : value;
}

const Value* ObjectReader::required(std::string_view key) {
    const Value* value = present(key);
    if (value == nullptr && object_ != nullptr) add_error(key, "required");
    return value;
}

template <class Read>
auto ObjectReader::read_required(std::string_view key, Read read) {
    using Result = typename decltype(read(std::declval<const Value&>()))::value_type;
    const Value* value = required(key);
    if (value == nullptr) return Result();
    auto result = read(*value);
    if (!result) add_error(key, "wrong_type");
    return std::move(result).value_or(Result());
}

template <class Read>
auto ObjectReader::read_optional(std::string_view key, Read read) {
    const Value* value = present(key);
    if (value == nullptr) return decltype(read(*value))();
    auto result = read(*value);
    if (!result) add_error(key, "wrong_type");
    return result;
}

// An empty text is none: callers look up what it names, and would take none for nothing to look up.
std::string ObjectReader::text(std::string_view key) {
    auto text = read_required(key, as_text);
    const Value* given = present(key);
    if (text.empty() && given != nullptr && given->is_string()) add_error(key, "required");
    return text;
}
std::int64_t ObjectReader::integer(std::string_view key) { return read_required(key, as_integer); }
double ObjectReader::number(std::string_view key) { return read_required(key, as_number); }
bool ObjectReader::boolean(std::string_view key) { return read_required(key, as_boolean); }
std::int64_t ObjectReader::id(std::string_view key) { return read_required(key, as_id); }
std::vector<std::string> ObjectReader::texts(std::string_view key) { return read_required(key, as_texts); }
std::vector<std::int64_t> ObjectReader::ids(std::string_view key) { return read_required(key, as_ids); }

std::optional<std::string> ObjectReader::find_text(std::string_view key) {
    return read_optional(key, as_text);
}
std::optional<std::int64_t> ObjectReader::find_integer(std::string_view key) {
    return read_optional(key, as_integer);
}
std::optional<double> ObjectReader::find_number(std::string_view key) {
    return read_optional(key, as_number);
}
std::optional<bool> ObjectReader::find_boolean(std::string_view key) {
    return read_optional(key, as_boolean);
}
std::optional<std::int64_t> ObjectReader::find_id(std::string_view key) { return read_optional(key, as_id); }
std::optional<std::vector<std::string>> ObjectReader::find_texts(std::string_view key) {
    return read_optional(key, as_texts);
}
std::optional<std::vector<std::int64_t>> ObjectReader::find_ids(std::string_view key) {
    return read_optional(key, as_ids);
}

const Object* ObjectReader::find_object(std::string_view key) {
    const Value* value = present(key);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) add_error(key, "wrong_type");
    return value->if_object();
}

const Array* ObjectReader::find_array(std::string_view key) {
    const Value* value = present(key);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) add_error(key, "wrong_type");
    return value->if_array();
}

void ObjectReader::add_error(std::string_view key, std::string code, Text message) {
    add_errors({{pointer_to(key), std::move(code), std::move(message)}});
}

// That a member is wanting a getter has told already; other faults may stand at several places of one text.
void ObjectReader::add_errors(std::vector<FieldError> errors) {
    for (auto& error : errors) {
        const bool is_told = std::any_of(errors_.begin(), errors_.end(), [&](const FieldError& told) {
            return error.code == "required" && told.code == error.code && told.pointer == error.pointer;
        });
        if (!is_told) errors_.push_back(std::move(error));
    }
}

std::string ObjectReader::pointer_to(std::string_view key) const { return pointer_ + pointer_step(key); }

std::vector<FieldError> ObjectReader::errors() const {
    std::vector<FieldError> all = errors_;
    if (object_ != nullptr) {
        for (const auto& member : *object_) {
            if (all.size() >= kMaxErrors) break;
            const std::string_view key(member.key().data(), member.key().size());
            if (!known_.contains(key)) all.push_back({pointer_to(key), "unknown_field"});
        }
    }
    if (all.size() > kMaxErrors) all.resize(kMaxErrors);
    return all;
}

void ObjectReader::finish(std::string_view code) const {
    auto all = errors();
    if (all.empty()) return;
    throw Refused({.kind = ProblemKind::invalid,
                   .code = std::string(code),
                   .detail = {"入力内容を確認してください。", "Check the marked fields."},
                   .fields = std::move(all)});
}

}  // namespace otokui::json
