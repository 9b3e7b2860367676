#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace otokui::storage {

/// Makes filling empty tables fast, inside one transaction: what has to be kept up row by row (secondary
/// indexes, on PostgreSQL foreign keys too) is taken away first and put back at the end, when it costs one
/// sorted pass. Since it is one transaction, a load that fails or is killed leaves the tables empty and
/// complete as before.
/// A database opened with DatabaseOptions::filling is faster still.
class BulkFill {
public:
    /// Refused conflict core.not_empty when one of the tables holds a row.
    BulkFill(Transaction& tx, std::vector<std::string> tables);

    /// What is being built, e.g. "orders_customer"; told before each step.
    using Told = std::function<void(std::string_view step)>;
    /// Builds all that was taken away, checks every reference of the tables (ForeignKeyViolation), sets the
    /// counters of ids behind the highest id and gathers the planner's statistics.
    void finish(const Told& told = {});

private:
    struct Definition {
        std::string table, name, sql;
    };
    void require_empty() const;
    void read_definitions(std::vector<Definition>& into, std::string_view sql);
    void check_references(const std::string& table);

    Transaction& tx_;
    std::vector<std::string> tables_;
    std::vector<Definition> indexes_, foreign_keys_;
};

}  // namespace otokui::storage
