#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "transfer/importer.hpp"

// What an import job keeps between its steps: members of its state and figures of its summary.
namespace otokui::transfer {

std::string text_at(const boost::json::object& object, std::string_view key, std::string_view otherwise);
/// 0 when absent.
std::int64_t number_at(const boost::json::object& object, std::string_view key);
void add(boost::json::object& summary, std::string_view key, std::int64_t count);
void add_warnings(boost::json::object& summary, const Warnings& warnings);

/// Whether a row that cannot be applied stops the whole file.
bool is_exact(const core::JobStep& step, const ImportOptions& options);
/// The file of the refused rows, anew.
void make_rejects(const Context& context, core::JobStep& step, const ImportOptions& options);

}  // namespace otokui::transfer
