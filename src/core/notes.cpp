#include "core/notes.hpp"

#include "core/record_json.hpp"

namespace otokui::core {

std::string without_mails(std::string_view note, const Actor& actor) {
    if (actor.may(kUnmaskedRight)) return std::string(note);
    std::string shown;
    while (!note.empty()) {
        const auto word = note.substr(0, note.find_first_of(" \t\n<>()[],;:\"'"));
        shown += word.find('@') == std::string_view::npos && word.find("＠") == std::string_view::npos
                     ? word
                     : kMask;
        note.remove_prefix(word.size());
        if (note.empty()) break;
        shown += note.front();
        note.remove_prefix(1);
    }
    return shown;
}

}  // namespace otokui::core
