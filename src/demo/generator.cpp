#include "demo/generator.hpp"

#include <stdexcept>

// How people are laid out. A permutation gives every id a place. Four neighbouring places are a group, which
// shares out what concerns several people: who lives together, who is listed twice, and the orders of the
// group, so that their total is exact. Since places are scattered, members of a household have unrelated ids,
// as in a real shop. Everything else about a person is drawn from the key of the place, time of registration
// from the id, so that numbers grow with time.

namespace otokui::demo {
namespace {

Settings checked(Settings settings) {
    if (settings.customers < 1 || settings.customers > 99'999'999)
        throw std::invalid_argument("a demo shop has 1 to 99,999,999 customers");
    if (settings.orders_per_customer < 0 || settings.orders_per_customer > 1000)
        throw std::invalid_argument("a customer of a demo shop has 0 to 1000 orders");
    return settings;
}

void append_padded(std::string& text, std::int64_t number, int width) {
    text.assign(static_cast<std::size_t>(width), '0');
    for (auto at = text.size(); number > 0 && at > 0; number /= 10)
        text[--at] = static_cast<char>('0' + number % 10);
}

}  // namespace

Generator::Generator(Settings settings)
    : settings_(checked(settings)), scatter_(settings.seed, static_cast<std::uint64_t>(settings.customers)) {}

void Generator::make(std::int64_t id, Person& person) const {
    if (id < 1 || id > settings_.customers) throw std::out_of_range("demo customer");
    const std::uint64_t place = place_of(id);
    const Household household = household_of(place);
    const Identity identity = identity_of(household);

    person.id = id;
    append_padded(person.number, id, 8);
    person.status = status_of(place);
    person.household = static_cast<std::int64_t>(household.first) + 1;
    write_names(place, identity, person);
    write_contact(place, household, identity, person);
    write_second_listing(place, household, person);

    Random random(key(Stream::account, place));
    write_life(random, person);
    write_origin(random, person);
    share_orders(place, person);
    write_membership(random, person);
    write_remarks(random, person);
    write_delivery_addresses(person);
}

Person Generator::person(std::int64_t id) const {
    Person person;
    make(id, person);
    return person;
}

}  // namespace otokui::demo
