#include <algorithm>
#include <array>
#include <charconv>

#include "demo/generator.hpp"

namespace otokui::demo {
namespace {

// Only domains that are reserved for examples: a mail sent by mistake can reach nobody.
constexpr std::array<std::string_view, 12> kMailDomains = {
    "mail.example.jp",  "mail.example.jp",      "gm.example.com",    "gm.example.com",
    "gm.example.com",   "keitai.example.ne.jp", "au.example.ne.jp",  "soft.example.ne.jp",
    "yb.example.co.jp", "yb.example.co.jp",     "cloud.example.net", "hikari.example.or.jp"};

constexpr std::array<std::string_view, 16> kCompanies = {
    "株式会社みどり商事",   "有限会社さくら堂",   "株式会社北斗製作所",   "医療法人若葉会",
    "株式会社アオバ企画",   "合同会社ひだまり",   "丸福食品株式会社",     "株式会社東海システム",
    "株式会社サンライズ",   "有限会社大和建設",   "株式会社ミナト物流",   "社会福祉法人あすなろ会",
    "株式会社山の手不動産", "富士見印刷株式会社", "株式会社コスモス薬房", "カフェ・ド・ソレイユ"};
constexpr std::array<std::string_view, 8> kDepartments = {"総務部", "営業部",     "経理課",         "人事部",
                                                          "購買課", "店舗運営部", "情報システム部", "企画室"};

int draw_age(Random& random) {
    const auto draw = random.below(100);
    if (draw < 9) return random.between(18, 29);
    if (draw < 24) return random.between(30, 39);
    if (draw < 44) return random.between(40, 49);
    if (draw < 66) return random.between(50, 59);
    if (draw < 83) return random.between(60, 69);
    return draw < 95 ? random.between(70, 79) : random.between(80, 94);
}

Gender other(Gender gender) { return gender == Gender::male ? Gender::female : Gender::male; }

void append_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits;
    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// The local part of a mail address. It ends in a letter or sign and then `unique`, so different numbers
/// never meet.
void append_local_part(Random& random, std::string_view family, std::string_view given, std::uint64_t unique,
                       std::string& mail) {
    const auto form = random.below(7);
    if (form == 0) mail.append(given).append(".").append(family);
    if (form == 1) mail.append(family).append("_").append(given);
    if (form == 2) mail.append(family).append(".").append(given.substr(0, 1));
    if (form == 3) mail.append(given).append("-");
    if (form == 4) mail.append(given).append(family.substr(0, 1));
    if (form == 5) mail.append(given.substr(0, 1)).append("-").append(family);
    if (form == 6) mail.append(family).append(given);
    append_number(mail, unique);
}

}  // namespace

Generator::Household Generator::household_of(std::uint64_t place) const {
    const std::uint64_t slot = place % 4, group = place - slot;
    const auto draw = Random(key(Stream::group, group)).below(1000);
    const std::uint64_t together = draw < 800 ? 1 : draw < 920 ? 2 : draw < 950 ? 3 : draw < 960 ? 4 : 2;
    if (slot >= together) return {.first = place};
    const bool twice = draw >= 960;
    return {.first = group, .member = twice ? 0 : slot, .twice = twice};
}

// The first place of a group always has orders to take over (a visitor or provisional member has none), and
// whoever is listed twice is so as a guest who did not sign in.
std::string_view Generator::status_of(std::uint64_t place) const {
    if (is_second_listing(place, household_of(place))) return "guest";
    const auto draw = Random(key(Stream::account, ~place)).below(1000);
    if (place % 4 == 0) return draw < 720 ? "member" : draw < 920 ? "guest" : "withdrawn";
    if (draw < 600) return "member";
    if (draw < 770) return "guest";
    if (draw < 830) return "provisional";
    return draw < 940 ? "visitor" : "withdrawn";
}

Generator::Identity Generator::identity_of(const Household& household) const {
    const int this_year = static_cast<int>(shop_day(settings_.end).year());
    Identity identity;
    Random first(key(Stream::identity, household.first));
    identity.gender = first.permille(680) ? Gender::female : Gender::male;
    identity.birth_year = this_year - draw_age(first);
    Random random = first;
    if (household.member > 0) {
        random = Random(key(Stream::identity, household.first + household.member));
        if (household.member == 1 && random.permille(700)) {  // a couple
            identity.gender = other(identity.gender);
            identity.birth_year += random.between(-6, 6);
        } else {
            identity.gender = random.permille(500) ? Gender::male : Gender::female;
            const int generation = random.between(22, 35);
            const bool child = identity.birth_year + generation <= this_year - 18;
            identity.birth_year += child ? generation : -generation;
        }
    }
    identity.birth_year = std::clamp(identity.birth_year, Names::kFirstYear, this_year - 18);
    identity.birth_year = std::min(identity.birth_year, Names::kLastYear);
    identity.birth_date =
        add_days(Day{std::chrono::year(identity.birth_year), std::chrono::January, std::chrono::day(1)},
                 static_cast<int>(random.below(365)));

    Random home(key(Stream::home, household.first));
    if (home.permille(8)) {
        const auto& foreign = names_.draw_foreign(household.member == 0 ? home : random);
        identity.gender = foreign.gender;
        identity.family = &foreign.family;
        identity.given = &foreign.given;
        return identity;
    }
    const bool own_family_name = household.member > 0 && random.permille(60);
    identity.family = &names_.family(names_.draw_family(own_family_name ? random : home));
    identity.given = &names_.draw_given(identity.gender, identity.birth_year, random);
    return identity;
}

void Generator::write_names(std::uint64_t place, const Identity& identity, Person& person) const {
    Random random(key(Stream::identity, ~place));
    const bool named = person.status != "visitor" || random.permille(300);
    person.home.family_name = named ? identity.family->text : "";
    person.home.given_name = named ? identity.given->text : "";
    person.home.family_kana = named ? identity.family->kana : "";
    person.home.given_kana = named ? identity.given->kana : "";

    person.sex = "";
    person.birth_date.reset();
    if (person.status == "visitor") return;
    const auto draw = random.below(1000);
    if (draw >= 100)
        person.sex = draw < 130                        ? "unanswered"
                     : draw < 134                      ? "other"
                     : identity.gender == Gender::male ? "male"
                                                       : "female";
    if (random.permille(person.status == "guest" ? 550 : 880)) person.birth_date = identity.birth_date;
}

void Generator::write_contact(std::uint64_t place, const Household& household, const Identity& identity,
                              Person& person) const {
    const std::uint64_t home = key(Stream::home, household.first);
    Random random(key(Stream::home, ~(household.first + household.member)));  // one person has one phone
    Address& address = person.home;
    address.company = address.department = "";
    address.phone.clear();
    address.fax.clear();
    if (person.status == "visitor" || (person.status == "provisional" && random.permille(300))) {
        address.postal_code.clear();
        address.prefecture = 0;
        address.city = "";
        address.street.clear();
        address.building.clear();
    } else {
        places_.write_home(home, places_.style_of(home), true, address);
        const int age = static_cast<int>(shop_day(settings_.end).year()) - identity.birth_year;
        if (random.permille(age >= 70 ? 520 : age >= 55 ? 200 : 60))
            places_.write_landline(home, address.prefecture, address.city, address.phone);
        else
            write_mobile(random, address.phone);
        if (random.permille(20)) places_.write_landline(~home, address.prefecture, address.city, address.fax);
        if (random.permille(70)) {
            address.company = kCompanies[random.below(kCompanies.size())];
            if (random.permille(500)) address.department = kDepartments[random.below(kDepartments.size())];
        }
    }
    write_mails(place, identity, person);
}

void Generator::write_mails(std::uint64_t place, const Identity& identity, Person& person) const {
    Random random(key(Stream::account, place + (std::uint64_t{1} << 40)));
    person.email.clear();
    person.email2.clear();
    const bool needs_one = person.status == "visitor" || person.status == "provisional";
    if (!random.permille(970) && !needs_one) return;
    append_local_part(random, identity.family->romaji, identity.given->romaji, place + 11, person.email);
    person.email.append("@").append(kMailDomains[random.below(kMailDomains.size())]);
    if (!random.permille(30)) return;
    append_local_part(random, identity.family->romaji, identity.given->romaji, place + 11, person.email2);
    person.email2.append("@keitai.example.ne.jp");
}

// What a person who is already a customer types when ordering as a guest: the same, but not quite.
void Generator::write_second_listing(std::uint64_t place, const Household& household, Person& person) const {
    person.same_person_as = 0;
    if (!household.twice) return;
    const std::uint64_t other_place = place == household.first ? place + 1 : household.first;
    if (other_place >= people()) return;
    person.same_person_as = id_at(other_place);
    if (place == household.first) return;

    Random random(key(Stream::identity, place));
    const std::uint64_t home = key(Stream::home, household.first);
    const Identity identity = identity_of(household);
    Address& address = person.home;
    if (random.permille(700)) address.family_name = names_.family(identity.family->other_writing).text;
    if (identity.family->text == identity.family->kana) address.family_name = identity.family->text;
    const auto style =
        static_cast<BlockStyle>((static_cast<unsigned>(places_.style_of(home)) + 1 + random.below(3)) % 4);
    places_.write_home(home, style, random.permille(600), address);
    if (random.permille(300)) address.family_kana = address.given_kana = "";
    if (random.permille(40)) address.postal_code.clear();
    address.company = address.department = "";
    const auto phone = random.below(10);
    if (phone >= 7 && phone < 9)
        places_.write_landline(home, address.prefecture, address.city, address.phone);
    if (phone == 9) write_mobile(random, address.phone);
    if (random.permille(400)) person.sex = "";
    if (random.permille(450)) write_mails(household.first, identity, person);
}

void Generator::write_delivery_addresses(Person& person) const {
    static constexpr std::array<std::string_view, 6> kLabels = {"実家",   "実家",   "職場",
                                                                "ギフト", "友人宅", "別宅"};
    Random random(key(Stream::address, static_cast<std::uint64_t>(person.id)));
    std::size_t count = 0;
    if (person.home.prefecture != 0 && random.permille(150))
        count = random.permille(800) ? 1 : random.permille(750) ? 2 : 3;
    person.addresses.resize(count);
    for (Address& address : person.addresses) {
        address.label = kLabels[random.below(kLabels.size())];
        const bool own = address.label == "職場" || address.label == "別宅";
        const Name& family = names_.family(names_.draw_family(random));
        const Name& given = names_.draw_given(random.permille(600) ? Gender::female : Gender::male,
                                              random.between(1940, 1990), random);
        const bool same_family = own || (address.label == "実家" && random.permille(500));
        address.family_name = same_family ? person.home.family_name : family.text;
        address.family_kana = same_family ? person.home.family_kana : family.kana;
        address.given_name = own ? person.home.given_name : given.text;
        address.given_kana = own ? person.home.given_kana : given.kana;
        address.company = address.label == "職場" ? kCompanies[random.below(kCompanies.size())] : "";
        address.department = "";
        const std::uint64_t home = random.next();
        places_.write_home(home, places_.style_of(home), true, address);
        address.fax.clear();
        if (random.permille(400))
            places_.write_landline(home, address.prefecture, address.city, address.phone);
        else
            write_mobile(random, address.phone);
    }
}

}  // namespace otokui::demo
