#include "app/right_to_read.hpp"

#include <map>

namespace otokui::app {

std::string right_to_read(const core::Table& table) {
    static const std::map<std::string, std::string, std::less<>> kRights{{"staff", "staff.read"},
                                                                         {"staff_role", "staff.read"},
                                                                         {"staff_event", "staff.read"},
                                                                         {"member_group", "staff.read"},
                                                                         {"api_token", "token.edit"},
                                                                         {"setting", "settings.read"},
                                                                         {"mail_template", "settings.read"},
                                                                         {"orders", "order.read"},
                                                                         {"order_line", "order.read"}};
    if (const auto found = kRights.find(table.name); found != kRights.end()) return found->second;
    return table.customer_column.empty() ? std::string() : "customer.read";
}

}  // namespace otokui::app
