#include "mail/examples.hpp"

#include <algorithm>

#include "mail/template.hpp"

namespace otokui::mail {
namespace {

constexpr std::int64_t kCustomers = 300;
constexpr std::int64_t kMinute = 60'000;

struct Person {
    std::int64_t id = 0, registered_at = 0, withdrawn_at = 0;
    std::string name, email;
};

std::vector<Person> first_people(storage::Transaction& tx) {
    std::vector<Person> people;
    tx.query(
        "SELECT id, family_name, given_name, email, registered_at, COALESCE(withdrawn_at, 0) FROM customer "
        "WHERE "
        "email <> '' AND status IN ('member', 'withdrawn') AND registered_at IS NOT NULL ORDER BY id LIMIT ?",
        {kCustomers}, [&](const storage::Row& row) {
            people.push_back({row.integer(0), row.integer(4), row.integer(5),
                              std::string(row.text(1)) + " " + std::string(row.text(2)),
                              std::string(row.text(3))});
        });
    return people;
}

struct Example {
    std::int64_t at = 0;
    Person person;
    const ShippedTemplate* shipped = nullptr;
    Values values;
};

void write(core::Writer& writer, const Example& example) {
    const auto& [at, person, shipped, values] = example;
    const auto mail = render(shipped->contents, shipped->variables, values);
    const auto id = writer.tx().allocate_ids("mail_message", 1).front();
    writer.execute_unjournaled(
        writer.registry().get("mail_message"),
        "INSERT INTO mail_message (id, customer_id, message_id, template, language, to_address, to_name, "
        "from_address, from_name, reply_to, subject, body_text, status, cause, answer, attempts, "
        "next_attempt, "
        "actor, retried_by, created_at, sent_at, lease_owner, lease_until, fence) VALUES (?, ?, ?, ?, 'ja', "
        "?, ?, "
        "'shop@example.jp', 'おとくい商店', '', ?, ?, 'sent', '', '250 2.0.0 OK', 1, 0, 'system', '', ?, ?, "
        "'', 0, 0)",
        {id, person.id, "example-" + std::to_string(id) + "@example.jp", shipped->name, person.email,
         person.name, mail.subject, mail.body_text, at, at + kMinute});
}

}  // namespace

void write_examples(const Context& context, core::Writer& writer) {
    auto shop = context.shop(writer.tx()).name;
    if (shop.empty()) shop = "おとくい商店";
    const auto* confirmation = &get_shipped("member_confirmation", Language::ja);
    const auto* withdrawal = &get_shipped("withdrawal", Language::ja);
    std::vector<Example> examples;
    for (const auto& person : first_people(writer.tx())) {
        examples.push_back({person.registered_at,
                            person,
                            confirmation,
                            {.texts = {{"shop_name", shop},
                                       {"customer_name", person.name},
                                       {"email", person.email},
                                       {"hours", "24"}},
                             .secrets = {{"link", ""}}}});
        if (person.withdrawn_at == 0) continue;
        examples.push_back({person.withdrawn_at,
                            person,
                            withdrawal,
                            {.texts = {{"shop_name", shop},
                                       {"customer_name", person.name},
                                       {"at", format_day(shop_day({person.withdrawn_at}))}}}});
    }
    // Lists show the newest id first.
    std::ranges::sort(examples, {},
                      [](const Example& example) { return std::pair(example.at, example.person.id); });
    for (const auto& example : examples) write(writer, example);
}

}  // namespace otokui::mail
