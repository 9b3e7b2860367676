#include "list/upload.hpp"

#include "base/problem.hpp"
#include "list/store.hpp"

namespace otokui::list {

NewList::NewList(const Context& context, const core::Actor& actor, Kind kind, std::string name)
    : context_(context),
      list_{.staff = actor.staff, .name = std::move(name), .kind = kind},
      reader_(kind, [this](std::string_view entry) { take(entry); }),
      resolver_(context.journal.database(), kind,
                [this](Lines lines, std::string_view entry) { tell(lines, entry); }) {
    actor.require("customer.read");
    if (is_contact(kind)) actor.require("contact.read");
}

NewList::~NewList() {
    if (is_whole_) return;
    try {
        for (auto& file : files_)
            if (file) context_.files.remove(file->file().id);
        if (list_.id) store::remove(context_.journal, list_.id);
    } catch (const std::exception&) {
        // It goes with what is overdue.
    }
}

void NewList::write(std::string_view piece) {
    reader_.push(piece);
    if (reader_.errors().size() == EntryReader::kMaxErrors) refuse_unreadable();
}

void NewList::take(std::string_view entry) {
    if (!reader_.errors().empty()) return;  // only the other unreadable lines matter now
    if (++entries_ > kMaxEntries)
        throw Refused({ProblemKind::too_large,
                       "list.too_many",
                       {"リストは1,000,000件までです。", "A list takes up to 1,000,000 entries."}});
    add(entry);
}

List NewList::finish() {
    reader_.finish();
    if (!reader_.errors().empty()) refuse_unreadable();
    const auto customers = resolver_.finish();
    list_.figures = resolver_.figures();
    for (std::size_t i = 0; i < files_.size(); ++i)
        if (files_[i]) list_.files[i] = files_[i]->finish().token;
    store::begin(context_.journal, list_);
    store::add_members(context_.journal, list_.id, customers);
    store::complete(context_.journal, list_);
    is_whole_ = true;
    return list_;
}

void NewList::refuse_unreadable() const {
    throw Refused({ProblemKind::invalid,
                   "list.unreadable",
                   {"読み取れない行があります。", "Some lines cannot be read."},
                   reader_.errors()});
}

void NewList::tell(Lines lines, std::string_view entry) {
    auto& file = files_[static_cast<std::size_t>(lines)];
    if (!file)
        file.emplace(context_.files.create({.purpose = "list",
                                            .name = std::string(name_of(lines)) + ".txt",
                                            .content_type = "text/plain",
                                            .staff = list_.staff,
                                            .keep = kLinesKept}));
    file->append(std::string(entry) + "\n");
}

List create(const Context& context, const core::Actor& actor, Kind kind, std::string_view text,
            std::string name) {
    NewList list(context, actor, kind, std::move(name));
    list.write(text);
    return list.finish();
}

}  // namespace otokui::list
