#pragma once

#include <cstdint>

#include "demo/names.hpp"
#include "demo/places.hpp"
#include "demo/random.hpp"
#include "demo/types.hpp"

namespace otokui::demo {

/// When the demo shop stands still: all it did lies in the six years before. A fixed day, so that the same
/// command makes the same shop on every day.
inline constexpr Moment kDefaultEnd{1'795'273'200'000};  // 2026-11-22T00:00:00+09:00

struct Settings {
    std::uint64_t seed = 1;
    std::int64_t customers = 1000;         // 1..99,999,999
    std::int64_t orders_per_customer = 3;  // on average; 0..1000
    Moment end = kDefaultEnd;              // nothing happens at or after it
};

/// Makes the customers of a demo shop and their orders. Every one is a pure function of the settings and its
/// id, so ranges can be made on several threads at once: all functions are const and share nothing that
/// changes. Making the generator takes some 20 ms.
class Generator {
public:
    /// Throws std::invalid_argument when a setting is out of its range.
    explicit Generator(Settings settings);

    const Settings& settings() const { return settings_; }
    std::int64_t order_count() const { return settings_.customers * settings_.orders_per_customer; }

    /// Fills `person` with customer `id`, 1..customers. Reuse one object: its strings keep their memory.
    void make(std::int64_t id, Person& person) const;
    /// Fills `order` with the person's order number `index`, 0..order_count - 1, in the order of time.
    void make(const Person& person, int index, Order& order) const;

    Person person(std::int64_t id) const;
    /// Whose orders come as number `number`, 0..customers - 1, when all orders stand in the order of their
    /// ids. Everybody comes once, with orders or without.
    std::int64_t customer_of_orders(std::int64_t number) const {
        return id_at(static_cast<std::uint64_t>(number));
    }

private:
    /// Who lives together and who is listed twice is decided in groups of four places (a place is a scattered
    /// id).
    struct Household {
        std::uint64_t first = 0;   // the place of its first member, who gives it name and address
        std::uint64_t member = 0;  // 0 for the first
        bool twice =
            false;  // two places that are one person, listed twice; the second is written differently
    };
    struct Identity {
        Gender gender = Gender::female;
        int birth_year = 0;
        Day birth_date;
        const Name* family = nullptr;
        const Name* given = nullptr;
    };

    std::uint64_t key(Stream stream, std::uint64_t index) const {
        return key_of(settings_.seed, stream, index);
    }
    std::uint64_t people() const { return static_cast<std::uint64_t>(settings_.customers); }
    std::uint64_t place_of(std::int64_t id) const {
        return scatter_.forward(static_cast<std::uint64_t>(id - 1));
    }
    std::int64_t id_at(std::uint64_t place) const {
        return static_cast<std::int64_t>(scatter_.backward(place)) + 1;
    }
    bool is_second_listing(std::uint64_t place, const Household& household) const {
        return household.twice && place != household.first;
    }

    // people.cpp: who somebody is
    Household household_of(std::uint64_t place) const;
    std::string_view status_of(std::uint64_t place) const;
    Identity identity_of(const Household& household) const;
    void write_names(std::uint64_t place, const Identity& identity, Person& person) const;
    void write_contact(std::uint64_t place, const Household& household, const Identity& identity,
                       Person& person) const;
    void write_mails(std::uint64_t place, const Identity& identity, Person& person) const;
    void write_second_listing(std::uint64_t place, const Household& household, Person& person) const;
    void write_delivery_addresses(Person& person) const;

    // membership.cpp: what the shop has noted about them
    std::int64_t registration_of(std::int64_t id) const;
    Moment in_shop_hours(std::int64_t milliseconds) const;
    Moment some_time_between(Random& random, Moment from, Moment to) const;
    void write_life(Random& random, Person& person) const;
    void write_origin(Random& random, Person& person) const;
    void write_membership(Random& random, Person& person) const;
    void write_remarks(Random& random, Person& person) const;

    // orders.cpp
    void share_orders(std::uint64_t place, Person& person) const;
    void write_payment(Random& random, const Person& person, Order& order) const;

    Settings settings_;
    Permutation scatter_;
    Names names_;
    Places places_;
};

}  // namespace otokui::demo
