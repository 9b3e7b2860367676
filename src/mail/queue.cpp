#include "mail/queue.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>

#include "base/crypto.hpp"
#include "mail/address.hpp"
#include "mail/outbox.hpp"

namespace otokui::mail {
namespace {

using std::chrono::milliseconds;

// Over twice the client's time limit, so that a lease ends only when its holder is gone or stuck.
milliseconds lease_of(const Settings& settings) {
    constexpr int kTimes = 3;
    return std::chrono::seconds(kTimes * settings.timeout_seconds);
}

/// What the process is found again by, without its number: machine, boot and process namespace.
const std::string& surroundings() {
    static const std::string text = [] {
        std::string boot;
        std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot);
        std::array<char, 64> space{};
        const auto length = readlink("/proc/self/ns/pid", space.data(), space.size() - 1);
        if (boot.empty() || length <= 0) return std::string();
        return boot + " " + std::string(space.data(), static_cast<std::size_t>(length));
    }();
    return text;
}

struct Stored {
    std::int64_t id = 0;
    CustomerId customer;
    Letter letter;
    std::string message_id;
    storage::Blob secrets;
};

std::optional<Stored> find_due(storage::Transaction& tx, std::int64_t now) {
    // Several servers take different mails instead of waiting for each other.
    const char* lock = tx.engine() == storage::Engine::postgres ? " FOR UPDATE SKIP LOCKED" : "";
    std::optional<Stored> found;
    tx.query(
        std::string("SELECT id, message_id, to_address, to_name, from_address, from_name, reply_to, subject, "
                    "body_text, body_html, secrets, COALESCE(customer_id, 0) FROM mail_message WHERE status "
                    "= 'queued' AND "
                    "next_attempt <= ? AND lease_until <= ? ORDER BY next_attempt, id LIMIT 1") +
            lock,
        {now, now}, [&](const storage::Row& row) {
            auto& stored = found.emplace();
            stored.id = row.integer(0);
            stored.message_id = row.text(1);
            stored.letter.to = {std::string(row.text(3)), std::string(row.text(2))};
            stored.letter.from = {std::string(row.text(5)), std::string(row.text(4))};
            stored.letter.reply_to = row.text(6);
            stored.letter.subject = row.text(7);
            stored.letter.body_text = row.text(8);
            if (!row.is_null(9)) stored.letter.body_html = std::string(row.text(9));
            if (!row.is_null(10)) stored.secrets = row.bytes(10);
            stored.customer = {row.integer(11)};
        });
    return found;
}

bool is_any_due(storage::Transaction& tx, std::int64_t now) {
    if (tx.find_integer("SELECT 1 FROM mail_peer WHERE id = 1 AND retry_at > ?", {now})) return false;
    return tx
        .find_integer(
            "SELECT 1 FROM mail_message WHERE status = 'queued' AND next_attempt <= ? AND lease_until "
            "<= ? LIMIT 1",
            {now, now})
        .has_value();
}

void fail(core::Writer& writer, std::int64_t id, std::string_view cause, const std::string& answer) {
    writer.execute_unjournaled(writer.registry().get("mail_message"),
                               "UPDATE mail_message SET status = 'failed', cause = ?, answer = ?, secrets = "
                               "NULL, lease_until = 0 WHERE "
                               "id = ?",
                               {std::string(cause), answer, id});
}

// The customer has become クリーニング済 while the mail waited.
void keep_back(core::Writer& writer, std::int64_t id) {
    writer.execute_unjournaled(writer.registry().get("mail_message"),
                               "UPDATE mail_message SET status = 'suppressed', cause = ?, secrets = NULL, "
                               "lease_until = 0 WHERE id = ?",
                               {std::string(cause::kCleaned), id});
}

// The whole message as it goes out, or why it cannot.
std::string written_down(const Context& context, Stored& stored, Moment now) {
    auto& letter = stored.letter;
    if (!stored.secrets.empty()) {
        Values values;
        const auto opened =
            json::parse(context.keys.open_text(stored.secrets, secrets_place(stored.message_id))).as_object();
        for (const auto& [name, value] : opened) values.secrets[name] = std::string(value.as_string());
        letter.body_text = with_secrets(std::move(letter.body_text), values, Place::body_text);
        if (letter.body_html)
            letter.body_html = with_secrets(std::move(*letter.body_html), values, Place::body_html);
    }
    letter.message_id = stored.message_id;
    letter.date = now;
    return format(letter);
}

std::optional<Claim> take(const Context& context, core::Writer& writer, const Settings& settings,
                          const std::string& owner) {
    const auto now = writer.now();
    while (auto stored = find_due(writer.tx(), now.milliseconds)) {
        Claim claim{
            .id = {stored->id}, .peer = {}, .to = stored->letter.to.email, .envelope = {}, .message = {}};
        if (is_cleaned(writer.tx(), stored->customer)) {
            keep_back(writer, stored->id);
            continue;
        }
        try {
            claim.message = written_down(context, *stored, now);
            claim.peer = peer_of(context, writer.tx(), settings, stored->letter.from);
        } catch (const crypto::Unsealable&) {
            fail(writer, stored->id, cause::kUnreadable, "");
            continue;
        } catch (const std::invalid_argument&) {
            fail(writer, stored->id, cause::kBadAddress, "");
            continue;
        }
        claim.envelope = {Address::parse(stored->letter.from.email)->on_wire(),
                          Address::parse(stored->letter.to.email)->on_wire()};
        writer.execute_unjournaled(writer.registry().get("mail_message"),
                                   "UPDATE mail_message SET attempts = attempts + 1, fence = fence + 1, "
                                   "lease_owner = ?, lease_until = ? "
                                   "WHERE id = ?",
                                   {owner, (now + lease_of(settings)).milliseconds, stored->id});
        writer.tx().query("SELECT fence, attempts FROM mail_message WHERE id = ?", {stored->id},
                          [&](const storage::Row& row) {
                              claim.fence = row.integer(0);
                              claim.attempt = row.integer(1);
                          });
        return claim;
    }
    return std::nullopt;
}

milliseconds pause_after(std::int64_t times, milliseconds first, milliseconds longest, std::int64_t factor,
                         double jitter) {
    auto pause = first;
    for (std::int64_t i = 1; i < times && pause < longest; ++i) pause *= factor;
    pause = std::min(pause, longest);
    // 80 to 120 %: mails that failed together do not come back together.
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * (0.8 + 0.4 * jitter)));
}

/// Ends or goes on with one claim; false where the lease was lost.
class Ending {
public:
    Ending(core::Writer& writer, const Claim& claim, const Sending& sending)
        : writer_(writer), claim_(claim), sending_(sending) {}

    bool sent() {
        return writer_.execute_unjournaled(
                   table_,
                   "UPDATE mail_message SET status = 'sent', cause = '', answer = ?, sent_at = ?, secrets = "
                   "NULL, "
                   "lease_until = 0 WHERE id = ? AND fence = ? AND status = 'queued'",
                   {sending_.answer, writer_.now().milliseconds, claim_.id.value, claim_.fence}) > 0;
    }
    bool failed(std::string_view cause) {
        return writer_.execute_unjournaled(
                   table_,
                   "UPDATE mail_message SET status = 'failed', cause = ?, answer = ?, secrets = NULL, "
                   "lease_until = 0 "
                   "WHERE id = ? AND fence = ? AND status = 'queued'",
                   {std::string(cause), sending_.answer, claim_.id.value, claim_.fence}) > 0;
    }
    bool again(std::string_view cause, milliseconds pause) {
        return writer_.execute_unjournaled(
                   table_,
                   "UPDATE mail_message SET cause = ?, answer = ?, next_attempt = ?, lease_until = 0 WHERE "
                   "id = ? AND "
                   "fence = ? AND status = 'queued'",
                   {std::string(cause), sending_.answer, (writer_.now() + pause).milliseconds,
                    claim_.id.value, claim_.fence}) > 0;
    }
    // As if it had not been tried.
    bool put_back() {
        return writer_.execute_unjournaled(table_,
                                           "UPDATE mail_message SET attempts = attempts - 1, lease_until = 0 "
                                           "WHERE id = ? AND fence = ? AND "
                                           "status = 'queued'",
                                           {claim_.id.value, claim_.fence}) > 0;
    }

private:
    core::Writer& writer_;
    const Claim& claim_;
    const Sending& sending_;
    const core::Table& table_ = writer_.registry().get("mail_message");
};

void peer_is_up(core::Writer& writer) {
    if (!writer.tx().find_integer("SELECT 1 FROM mail_peer WHERE id = 1 AND failures > 0")) return;
    writer.execute_unjournaled(
        writer.registry().get("mail_peer"),
        "UPDATE mail_peer SET failures = 0, down_since = NULL, retry_at = 0, answer = '' WHERE id = 1", {});
}

// All mails wait, not each for itself: a dead peer is asked once in a while.
void peer_is_down(core::Writer& writer, const std::string& answer, const Pauses& pauses, double jitter) {
    const auto failures =
        writer.tx().find_integer("SELECT failures FROM mail_peer WHERE id = 1").value_or(0) + 1;
    const auto now = writer.now();
    const auto pause = pause_after(failures, pauses.peer_first, pauses.peer_longest, 2, jitter);
    writer.execute_unjournaled(
        writer.registry().get("mail_peer"),
        "INSERT INTO mail_peer (id, failures, down_since, retry_at, answer) VALUES (1, ?, ?, ?, ?) ON "
        "CONFLICT (id) "
        "DO UPDATE SET failures = excluded.failures, down_since = COALESCE(mail_peer.down_since, "
        "excluded.down_since), retry_at = excluded.retry_at, answer = excluded.answer",
        {failures, now.milliseconds, (now + pause).milliseconds, answer});
}

}  // namespace

std::string lease_owner() {
    return surroundings() + " " + std::to_string(getpid()) + " " + crypto::random_text(6);
}

bool is_gone(std::string_view owner) {
    const auto& here = surroundings();
    if (here.empty() || !owner.starts_with(here + " ")) return false;
    pid_t process = 0;
    std::from_chars(owner.data() + here.size() + 1, owner.data() + owner.size(), process);
    return process > 0 && process != getpid() && kill(process, 0) != 0 && errno == ESRCH;
}

std::optional<Claim> claim(const Context& context, const std::string& owner) {
    // Looking costs the writer nothing.
    const auto due = context.journal.database().read(
        [&](storage::Transaction& tx) { return is_any_due(tx, context.journal.now().milliseconds); });
    if (!due) return std::nullopt;
    return context.journal.housekeeping(
        [&](core::Writer& writer) -> std::optional<Claim> {
            const auto settings = read_settings(writer.tx());
            if (!is_set_up(settings, context.shop(writer.tx()))) return std::nullopt;
            return take(context, writer, settings, owner);
        },
        storage::Priority::background);
}

bool finish(const Context& context, const Claim& claim, const Sending& sending, const Pauses& pauses,
            double jitter) {
    return context.journal.housekeeping(
        [&](core::Writer& writer) {
            Ending ending(writer, claim, sending);
            if (sending.outcome == Outcome::stopped) return ending.put_back();
            if (sending.outcome == Outcome::peer_down)
                peer_is_down(writer, sending.answer, pauses, jitter);
            else
                peer_is_up(writer);
            if (sending.outcome == Outcome::sent) return ending.sent();
            if (sending.outcome == Outcome::refused) return ending.failed(cause::kRefused);
            if (claim.attempt >= pauses.most_attempts) return ending.failed(cause::kGivenUp);
            constexpr std::int64_t kFactor = 4;
            return ending.again(sending.outcome == Outcome::peer_down ? cause::kPeerDown : cause::kWaiting,
                                pause_after(claim.attempt, pauses.first, pauses.longest, kFactor, jitter));
        },
        storage::Priority::background);
}

void release_left_behind(const Context& context) {
    context.journal.housekeeping([&](core::Writer& writer) {
        std::vector<std::int64_t> left;
        writer.tx().query(
            "SELECT id, lease_owner FROM mail_message WHERE status = 'queued' AND lease_until > ?",
            {writer.now().milliseconds}, [&](const storage::Row& row) {
                if (is_gone(row.text(1))) left.push_back(row.integer(0));
            });
        for (const auto id : left)
            writer.execute_unjournaled(writer.registry().get("mail_message"),
                                       "UPDATE mail_message SET lease_until = 0 WHERE id = ?", {id});
    });
}

}  // namespace otokui::mail
