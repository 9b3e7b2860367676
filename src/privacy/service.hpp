#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <string>

#include "base/ids.hpp"
#include "base/text_pair.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/files.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

// What a person may ask of the shop: everything about him (開示, 法33条), and to be forgotten (個人情報抹消).
namespace otokui::privacy {

struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::Jobs& jobs;
    core::FileStore& files;
    /// Does a bounded piece of cleaning the text index of what was erased; true while there is more.
    std::function<bool(core::Writer&)> clean_index;
    /// Empties what lies sealed wherever `quotes` is true of it, searches in the log of readings and answers
    /// kept for retries; tells how often.
    std::function<std::int64_t(const std::function<bool(std::string_view)>& quotes)> forget_sealed;
};

/// Submits the erasure. `{number, reason?}`: the customer's number typed again, so that nobody is erased by a
/// slip. Refused not_found customer.not_found; conflict customer.has_ties, customer.erased; invalid
/// erase.number_differs.
JobId erase(const Context& context, const core::Actor& actor, CustomerId customer,
            const boost::json::value& body);

/// Everything about a person: `{customer, made_at, sections:[{table, labels, fields, rows}], history:[…]}`.
/// `fields`: key and labels of each column; values are in words of `language`. Refused not_found
/// customer.not_found.
boost::json::object disclose(const Context& context, const core::Actor& actor, CustomerId customer,
                             Language language = Language::ja);
/// The same as CSV (section, row, item, content; UTF-8 with BOM) and as a page to print.
std::string disclosure_csv(const boost::json::object& disclosure, Language language);
std::string disclosure_page(const boost::json::object& disclosure, Language language);

}  // namespace otokui::privacy
