#include "staff/factors.hpp"

#include <array>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "staff/roles.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"
#include "staff/shop.hpp"
#include "staff/sign_in.hpp"
#include "staff/store.hpp"
#include "staff/totp.hpp"

namespace otokui::staff {
namespace {

// Where a seed is sealed for: one copied to another person's row does not open there.
std::string place_of_seed(StaffId staff) { return "staff.totp:" + std::to_string(staff.value); }

std::string open_seed(const crypto::KeyRing& keys, StaffId staff, const storage::Blob& sealed) {
    return keys.open_text(sealed, place_of_seed(staff));
}

[[noreturn]] void refuse_as_off() {
    throw Refused({ProblemKind::conflict,
                   "totp.off",
                   {"二段階認証は設定されていません。", "Two-step sign-in is not set up."}});
}

[[noreturn]] void refuse_as_not_begun() {
    throw Refused({ProblemKind::conflict,
                   "totp.not_begun",
                   {"設定をはじめからやり直してください。", "Begin the setup again."}});
}

void tell(const Context& context, core::Writer& writer, const Account& account, std::string_view factor) {
    if (context.notices.factor_changed) context.notices.factor_changed(writer, account, factor);
}

std::vector<std::string> put_fresh_codes(core::Writer& writer, StaffId staff,
                                         const std::vector<std::string>& codes) {
    std::vector<std::string> stored;
    for (const auto& code : codes) stored.push_back(*totp::normalised_recovery_code(code));
    store::put_recovery_codes(writer, staff, stored);
    return codes;
}

std::vector<std::string> fresh_codes() {
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < totp::kRecoveryCodes; ++i) codes.push_back(totp::fresh_recovery_code());
    return codes;
}

}  // namespace

FactorState factor_state(core::Journal& journal, StaffId staff) {
    return journal.database().read([&](storage::Transaction& tx) {
        const auto account = store::get_account(tx, staff);
        return FactorState{.is_on = account.has_totp,
                           .is_required = requires_totp(read_security(tx), account),
                           .recovery_codes = store::count_recovery_codes(tx, staff)};
    });
}

FreshSeed begin_totp(const Context& context, const core::Actor& actor) {
    std::array<std::uint8_t, totp::kSeedBytes> bytes{};
    crypto::fill_random(bytes);
    const std::string seed(bytes.begin(), bytes.end());
    return context.journal.housekeeping([&](core::Writer& writer) {
        const auto account = store::get_account(writer.tx(), actor.staff);
        store::put_pending_seed(writer, account.id, context.keys.seal(seed, place_of_seed(account.id)));
        return FreshSeed{totp::readable_seed(seed),
                         totp::uri(seed, read_shop(writer.tx()).name, account.login)};
    });
}

TotpOn confirm_totp(const Context& context, const core::Actor& actor, const Origin& origin,
                    const std::string& code) {
    const auto find = [&](storage::Transaction& tx) -> std::optional<std::int64_t> {
        const auto found = store::find_totp(tx, actor.staff);
        if (!found || found->pending_seed.empty()) refuse_as_not_begun();
        return totp::find_step(open_seed(context.keys, actor.staff, found->pending_seed), code,
                               context.journal.now(), 0);
    };
    const auto login = context.journal.database().read(
        [&](storage::Transaction& tx) { return store::get_account(tx, actor.staff).login; });
    require_no_delay(context.journal, login, origin.ip);
    if (!context.journal.database().read(find)) {
        note_failure(context.journal, login, actor.staff, origin);
        throw Refused({ProblemKind::invalid,
                       "totp.refused",
                       {"確認コードが正しくありません。端末の時刻が合っているか確認してください。",
                        "This code is wrong. See that the clock of your device is right."},
                       {{"/otp", "wrong"}}});
    }
    const auto codes = fresh_codes();
    return context.journal.write({.actor = actor, .kind = "staff.factor"}, [&](core::Writer& writer) {
        const auto step = find(writer.tx());
        if (!step || !store::turn_totp_on(writer, actor.staff, *step)) refuse_as_not_begun();
        put_fresh_codes(writer, actor.staff, codes);
        store::delete_sessions(writer, actor.staff, {});
        store::add_event(writer, actor.staff, "totp_on", origin.user_agent);
        tell(context, writer, store::get_account(writer.tx(), actor.staff), "totp_on");
        return TotpOn{codes, open_session(writer, actor.staff, origin)};
    });
}

std::vector<std::string> renew_recovery_codes(const Context& context, const core::Actor& actor) {
    const auto codes = fresh_codes();
    return context.journal.write({.actor = actor, .kind = "staff.factor"}, [&](core::Writer& writer) {
        const auto account = store::get_account(writer.tx(), actor.staff);
        if (!account.has_totp) refuse_as_off();
        store::add_event(writer, actor.staff, "recovery_codes", "");
        tell(context, writer, account, "recovery_codes");
        return put_fresh_codes(writer, actor.staff, codes);
    });
}

OpenedSession turn_totp_off(const Context& context, const core::Actor& actor, const Origin& origin) {
    return context.journal.write({.actor = actor, .kind = "staff.factor"}, [&](core::Writer& writer) {
        const auto account = store::get_account(writer.tx(), actor.staff);
        if (!account.has_totp) refuse_as_off();
        if (requires_totp(read_security(writer.tx()), account))
            throw Refused({ProblemKind::conflict,
                           "totp.required",
                           {"このロールでは二段階認証が必須です。", "Your role requires two-step sign-in."}});
        store::turn_totp_off(writer, account.id);
        store::delete_sessions(writer, account.id, {});
        store::add_event(writer, account.id, "totp_off", origin.user_agent);
        tell(context, writer, account, "totp_off");
        return open_session(writer, account.id, origin);
    });
}

OperationId remove_totp(const Context& context, const core::Actor& actor, StaffId staff) {
    actor.require("staff.edit");
    return context.journal.write({.actor = actor, .kind = "staff.factor"}, [&](core::Writer& writer) {
        const auto account = store::get_account(writer.tx(), staff);
        require_may_manage(writer.tx(), actor, account);
        if (!account.has_totp) refuse_as_off();
        store::turn_totp_off(writer, staff);
        store::delete_sessions(writer, staff, {});
        store::add_event(writer, staff, "totp_removed", "");
        tell(context, writer, account, "totp_off");
        return writer.operation();
    });
}

std::optional<FoundFactor> find_factor(storage::Transaction& tx, const crypto::KeyRing& keys, StaffId staff,
                                       std::string_view typed, Moment now) {
    const auto found = store::find_totp(tx, staff);
    if (!found || found->seed.empty()) return std::nullopt;
    if (const auto code = totp::normalised_recovery_code(typed)) {
        const auto row = store::find_recovery_code(tx, staff, *code);
        return row ? std::optional(FoundFactor{.recovery_code = *row}) : std::nullopt;
    }
    const auto step = totp::find_step(open_seed(keys, staff, found->seed), typed, now, found->last_step);
    return step ? std::optional(FoundFactor{.step = *step}) : std::nullopt;
}

bool use_factor(core::Writer& writer, StaffId staff, const FoundFactor& factor) {
    if (factor.recovery_code == 0) return store::use_step(writer, staff, factor.step);
    store::add_event(writer, staff, "recovery_code", "");
    return store::use_recovery_code(writer, factor.recovery_code);
}

}  // namespace otokui::staff
