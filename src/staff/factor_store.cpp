#include "base/crypto.hpp"
#include "staff/store.hpp"

namespace otokui::staff::store {
namespace {

using storage::Row;

constexpr std::chrono::hours kPlaceMemory{24 * 180};  // an address not used for so long is a new one again

const core::Table& totps(core::Writer& writer) { return writer.registry().get("staff_totp"); }
const core::Table& codes(core::Writer& writer) { return writer.registry().get("staff_recovery_code"); }
const core::Table& places(core::Writer& writer) { return writer.registry().get("staff_place"); }

storage::Blob digest_of(std::string_view code) {
    const auto digest = crypto::digest(code);
    return {digest.begin(), digest.end()};
}

void delete_recovery_codes(core::Writer& writer, StaffId staff) {
    writer.execute_unjournaled(codes(writer), "DELETE FROM staff_recovery_code WHERE staff_id = ?",
                               {staff.value});
}

}  // namespace

std::optional<Totp> find_totp(storage::Transaction& tx, StaffId staff) {
    std::optional<Totp> found;
    tx.query("SELECT seed, pending_seed, last_step FROM staff_totp WHERE id = ?", {staff.value},
             [&](const Row& row) {
                 found.emplace();
                 if (!row.is_null(0)) found->seed = row.bytes(0);
                 if (!row.is_null(1)) found->pending_seed = row.bytes(1);
                 found->last_step = row.integer(2);
             });
    return found;
}

void put_pending_seed(core::Writer& writer, StaffId staff, const storage::Blob& sealed) {
    writer.execute_unjournaled(totps(writer),
                               "INSERT INTO staff_totp (id, pending_seed, last_step) VALUES (?, ?, 0) "
                               "ON CONFLICT (id) DO UPDATE SET pending_seed = excluded.pending_seed",
                               {staff.value, sealed});
}

bool turn_totp_on(core::Writer& writer, StaffId staff, std::int64_t step) {
    if (writer.execute_unjournaled(
            totps(writer),
            "UPDATE staff_totp SET seed = pending_seed, pending_seed = NULL, last_step = ? "
            "WHERE id = ? AND pending_seed IS NOT NULL",
            {step, staff.value}) == 0)
        return false;
    writer.update(writer.registry().get("staff"), staff.value, {{"totp_set_at", writer.now().milliseconds}});
    return true;
}

void turn_totp_off(core::Writer& writer, StaffId staff) {
    writer.execute_unjournaled(totps(writer), "DELETE FROM staff_totp WHERE id = ?", {staff.value});
    delete_recovery_codes(writer, staff);
    writer.update(writer.registry().get("staff"), staff.value, {{"totp_set_at", storage::Value()}});
}

bool use_step(core::Writer& writer, StaffId staff, std::int64_t step) {
    return writer.execute_unjournaled(totps(writer),
                                      "UPDATE staff_totp SET last_step = ? WHERE id = ? AND last_step < ?",
                                      {step, staff.value, step}) == 1;
}

void put_recovery_codes(core::Writer& writer, StaffId staff, const std::vector<std::string>& normalised) {
    delete_recovery_codes(writer, staff);
    for (const auto& code : normalised)
        writer.insert(codes(writer), {{"staff_id", staff.value}, {"code_digest", digest_of(code)}});
}

std::optional<std::int64_t> find_recovery_code(storage::Transaction& tx, StaffId staff,
                                               std::string_view normalised) {
    return tx.find_integer("SELECT id FROM staff_recovery_code WHERE staff_id = ? AND code_digest = ?",
                           {staff.value, digest_of(normalised)});
}

bool use_recovery_code(core::Writer& writer, std::int64_t code) {
    return writer.execute_unjournaled(codes(writer), "DELETE FROM staff_recovery_code WHERE id = ?",
                                      {code}) == 1;
}

std::int64_t count_recovery_codes(storage::Transaction& tx, StaffId staff) {
    return tx.find_integer("SELECT count(*) FROM staff_recovery_code WHERE staff_id = ?", {staff.value})
        .value_or(0);
}

bool note_place(core::Writer& writer, StaffId staff, std::string_view ip) {
    const auto now = writer.now();
    writer.execute_unjournaled(places(writer), "DELETE FROM staff_place WHERE last_at < ?",
                               {(now + -std::chrono::milliseconds(kPlaceMemory)).milliseconds});
    const auto known = writer.execute_unjournaled(
        places(writer), "UPDATE staff_place SET last_at = ? WHERE staff_id = ? AND ip = ?",
        {now.milliseconds, staff.value, std::string(ip)});
    if (known > 0) return false;
    const bool has_others =
        writer.tx()
            .find_integer("SELECT 1 FROM staff_place WHERE staff_id = ? LIMIT 1", {staff.value})
            .has_value();
    writer.insert(places(writer),
                  {{"staff_id", staff.value}, {"ip", std::string(ip)}, {"last_at", now.milliseconds}});
    return has_others;
}

}  // namespace otokui::staff::store
