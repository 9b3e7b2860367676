#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "list/entries.hpp"
#include "list/resolver.hpp"
#include "list/service.hpp"

namespace otokui::list {

/// A list on its way in, piece by piece. Dropped again unless it is finished.
class NewList {
public:
    /// Refused forbidden when the kind is contact data that the actor sees only masked.
    NewList(const Context& context, const core::Actor& actor, Kind kind, std::string name);
    ~NewList();
    NewList(const NewList&) = delete;
    NewList& operator=(const NewList&) = delete;

    /// A piece of a pasted text. Refused invalid list.unreadable naming lines, too_large list.too_many.
    void write(std::string_view piece);
    /// One entry, as written.
    void add(std::string_view entry) { resolver_.add(entry); }
    List finish();

private:
    void take(std::string_view entry);
    void refuse_unreadable() const;
    void tell(Lines lines, std::string_view entry);

    const Context& context_;
    List list_;
    EntryReader reader_;
    Resolver resolver_;
    std::array<std::optional<core::FileWriter>, kAllLines.size()> files_;
    std::size_t entries_ = 0;
    bool is_whole_ = false;
};

}  // namespace otokui::list
