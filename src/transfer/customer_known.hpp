#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "transfer/customer_rows.hpp"

// The customers that the rows of a file speak of. A record is found by its id, else by its number; in a file
// without either by its name, which is 会員ID, else the mail address.
namespace otokui::transfer {

class KnownCustomers {
public:
    /// What to read and how to find it, once for a file.
    class Reader {
    public:
        explicit Reader(const ImportCase& import);
        KnownCustomers read(storage::Transaction& tx, const std::vector<Candidate>& candidates) const;
        /// The name that a row gives its customer; "" in a file with ids or numbers.
        const std::string& name_of(const Candidate& candidate) const;
        /// The column a living customer is found in by that name; "" in a file with ids or numbers.
        std::string_view name_column() const;

    private:
        using ByText = std::unordered_map<std::string, std::vector<std::int64_t>>;
        void load(storage::Transaction& tx, std::string_view column,
                  const std::vector<storage::Value>& values, KnownCustomers& known, ByText* by) const;

        const core::Table& table_;
        std::vector<std::string> loaded_;     // columns
        std::vector<std::size_t> positions_;  // of these in the table
        std::string selected_;
        bool by_member_id_ = false, by_email_ = false;
        friend class KnownCustomers;
    };

    /// Sets candidate.existing. One living customer must answer to what names the record; numbers are unique
    /// by themselves.
    void find(Candidate& candidate, const CustomerRows& rows) const;

private:
    explicit KnownCustomers(const Reader& reader) : reader_(&reader) {}
    const ExistingCustomer* only(const Reader::ByText& by, const std::string& text, std::string_view pointer,
                                 const CustomerRows& rows, Candidate& candidate) const;

    const Reader* reader_;
    std::unordered_map<std::int64_t, ExistingCustomer> customers_;
    Reader::ByText by_number_, by_member_id_, by_email_;
};

}  // namespace otokui::transfer
