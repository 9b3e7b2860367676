#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "customer/service.hpp"
#include "transfer/importer.hpp"

// What the rows of a file of customers say, before anything is known of the customers that are there.
namespace otokui::transfer {

/// A customer that is there already, with the columns that the file can touch.
struct ExistingCustomer {
    core::Record record;
    std::int64_t version = 0;
    bool is_deleted = false;
};

struct Candidate {
    const RawRow* raw = nullptr;
    Mode mode = Mode::upsert;  // create, update or upsert; control stands for delete
    customer::Input input;
    std::vector<RowError> errors;
    std::vector<const core::Field*> left_empty;  // fields that cannot be empty, with an empty cell
    std::optional<std::int64_t> id;
    std::string number, member_id, email, name, kana;
    const ExistingCustomer* existing = nullptr;
    storage::Value mail_key;  // after the row, when it is to be another than before
};

void warn(Warnings& warnings, const std::string& code, std::int64_t line);

class CustomerRows {
public:
    explicit CustomerRows(const ImportCase& import);

    /// As Importer::keys.
    bool has_keys() const;
    std::vector<std::string> keys(const RawRow& row) const;
    /// The file's name of the column that a pointer ("/email") is read from.
    std::string column_of(std::string_view pointer) const;
    Candidate read(const RawRow& row, customer::FieldInput& fields, Warnings& warnings) const;

private:
    struct Reading {
        const core::Field* field;
        std::vector<std::size_t> columns;
        std::string pointer;
    };
    std::string_view raw_cell(const RawRow& row, const Reading& reading) const;
    std::string cell_of(const RawRow& row, std::string_view key) const;
    void read_control(const RawRow& row, Candidate& candidate) const;

    const ImportCase import_;
    std::vector<Reading> readings_;
};

}  // namespace otokui::transfer
