#include "mail/queue.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail/address.hpp"
#include "mail/shop_fixture.hpp"

namespace otokui::mail {
namespace {

using namespace std::chrono_literals;

class MailQueue : public MailShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, MailQueue, testing::ValuesIn(test::backends()), test::backend_name);

const Sending kLater{Outcome::later, "recipient", "451 4.7.1 try later"};
const Sending kRefused{Outcome::refused, "recipient", "550 5.1.1 no such user"};
const Sending kDown{Outcome::peer_down, "connect", "Connection refused"};

TEST_P(MailQueue, SendsWithTheSecretAndForgetsIt) {
    set_up_mail();
    const auto mail = send_reset();
    EXPECT_EQ(mail.status, Status::queued);
    auto sender = make_sender();
    EXPECT_EQ(drain(*sender), 1);
    ASSERT_EQ(sent_.size(), 1U);
    EXPECT_EQ(sent_[0].envelope.from, "shop@example.jp");
    EXPECT_EQ(sent_[0].envelope.to, "hanako@example.jp");
    std::string body;
    const auto encoded = sent_[0].message.substr(sent_[0].message.find("\r\n\r\n") + 4);
    for (const char c : encoded)
        if (c != '\r' && c != '\n') body += c;
    // The link lies at some offset of three bytes: one of the three encodings of its middle is in the text.
    const std::string link = "https://shop.example/password#secret";
    bool found = false;
    for (std::size_t skip = 0; skip < 3; ++skip) {
        const auto middle = base64(link.substr(skip, (link.size() - skip) / 3 * 3));
        found = found || body.find(middle) != std::string::npos;
    }
    EXPECT_TRUE(found);
    EXPECT_EQ(state(mail.id), "sent");
    const auto stored = get(mail.id);
    EXPECT_EQ(std::string(stored.at("body_text").as_string()).find("secret"), std::string::npos);
    EXPECT_THAT(std::string(stored.at("body_text").as_string()), testing::HasSubstr("••••••"));
    EXPECT_EQ(stored.at("answer").as_string(), "250 2.0.0 OK");
    EXPECT_FALSE(customers_.database.storage().read([](storage::Transaction& tx) {
        return tx.find_integer("SELECT 1 FROM mail_message WHERE secrets IS NOT NULL");
    }));
}

TEST_P(MailQueue, IsEmptyAfterTheCauseRolledBack) {
    set_up_mail();
    EXPECT_THROW(write([&](core::Writer& writer) {
                     enqueue(context_, writer, {"hanako@example.jp"}, {"Hi", "text"});
                     throw std::runtime_error("the cause failed");
                 }),
                 std::runtime_error);
    EXPECT_EQ(drain(*make_sender()), 0);
}

TEST_P(MailQueue, SendsNothingThatCouldNotBeNotedBecauseWritesAreStopped) {
    set_up_mail();
    const auto mail = send_reset();
    customers_.database.storage().stop_writes();
    EXPECT_THROW(make_sender()->send_next(), storage::WritesStopped);
    EXPECT_TRUE(sent_.empty());
    EXPECT_EQ(state(mail.id), "queued");
}

TEST_P(MailQueue, TriesAgainAfterGrowingPausesUntilItIsTaken) {
    set_up_mail();
    const auto mail = send_reset();
    auto sender = make_sender();
    answers_ = {kLater, kLater};
    EXPECT_EQ(drain(*sender), 1);
    EXPECT_EQ(state(mail.id), "queued waiting");
    EXPECT_EQ(drain(*sender), 0);  // not before its pause
    wait(6'001ms);                 // 5 s and up to a fifth
    EXPECT_EQ(drain(*sender), 1);
    wait(15s);
    EXPECT_EQ(drain(*sender), 0);  // the second pause is four times as long
    wait(10s);
    EXPECT_EQ(drain(*sender), 1);
    EXPECT_EQ(state(mail.id), "sent");
    EXPECT_EQ(get(mail.id).at("attempts").as_int64(), 3);
    const auto id_of = [](const std::string& message) {
        const auto at = message.find("Message-ID: ");
        return message.substr(at, message.find("\r\n", at) - at);
    };
    EXPECT_EQ(id_of(sent_[0].message), id_of(sent_[2].message));  // receivers can tell it is one mail
}

TEST_P(MailQueue, RefusedForGoodIsFailedAndSaysWhy) {
    set_up_mail();
    const auto mail = send_reset();
    answers_ = {kRefused};
    EXPECT_EQ(drain(*make_sender()), 1);
    EXPECT_EQ(state(mail.id), "failed refused");
    EXPECT_EQ(get(mail.id).at("answer").as_string(), "550 5.1.1 no such user");
    wait(24h);
    EXPECT_EQ(drain(*make_sender()), 0);
    EXPECT_EQ(test::refusal([&] { retry(context_, customers_.actor, mail.id); }), "mail.secret_gone");
}

TEST_P(MailQueue, GivenUpAfterTheLastAttemptAndStartedAgainByHand) {
    set_up_mail();
    const auto mail = send_withdrawal(make_customer());
    auto sender = make_sender();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(state(mail.id).substr(0, 6), "queued");
        answers_ = {kLater};
        EXPECT_EQ(drain(*sender), 1);
        wait(2h);
    }
    EXPECT_EQ(state(mail.id), "failed given_up");
    EXPECT_EQ(drain(*sender), 0);
    const auto again = retry(context_, customers_.actor, mail.id);
    EXPECT_EQ(again.at("status").as_string(), "queued");
    EXPECT_EQ(again.at("retried_by").as_string(), customers_.actor.name);
    EXPECT_EQ(drain(*sender), 1);
    EXPECT_EQ(state(mail.id), "sent");
    EXPECT_EQ(test::refusal([&] { retry(context_, customers_.actor, mail.id); }), "mail.already_sent");
}

TEST_P(MailQueue, DeadPeerHoldsAllMailsAndIsAskedOnceInAWhile) {
    set_up_mail();
    for (int i = 0; i < 5; ++i) send_reset();
    auto sender = make_sender();
    answers_ = {kDown};
    EXPECT_EQ(drain(*sender), 1);  // the others are not even tried
    auto settings = get_settings(context_, customers_.actor);
    EXPECT_EQ(settings.at("state").at("waiting").as_int64(), 5);
    EXPECT_EQ(settings.at("state").at("answer").as_string(), "Connection refused");
    EXPECT_TRUE(settings.at("state").at("down_since").is_string());
    wait(6'001ms);
    answers_ = {kDown};
    EXPECT_EQ(drain(*sender), 1);
    wait(5s);
    EXPECT_EQ(drain(*sender), 0);  // ten seconds now
    wait(1h);
    EXPECT_EQ(drain(*sender), 5);
    settings = get_settings(context_, customers_.actor);
    EXPECT_TRUE(settings.at("state").at("down_since").is_null());
    EXPECT_EQ(settings.at("state").at("waiting").as_int64(), 0);
}

TEST_P(MailQueue, OneServerHasAMailAndAnotherTakesItAfterTheLease) {
    set_up_mail();
    const auto mail = send_reset();
    const auto mine = claim(context_, lease_owner());
    ASSERT_TRUE(mine);
    EXPECT_FALSE(claim(context_, lease_owner()));
    wait(91s);  // three times the time limit
    const auto theirs = claim(context_, lease_owner());
    ASSERT_TRUE(theirs);
    EXPECT_GT(theirs->fence, mine->fence);
    // Whoever comes back late changes nothing, whatever came of it.
    for (const auto& late :
         {kRefused, Sending{Outcome::sent, "content", "250 OK"}, Sending{Outcome::later, "content", "451"},
          Sending{Outcome::stopped, "content", ""}}) {
        EXPECT_FALSE(finish(context_, *mine, late, {}, 0.5));
        EXPECT_EQ(state(mail.id).substr(0, 6), "queued");
    }
    EXPECT_TRUE(finish(context_, *theirs, {Outcome::sent, "content", "250 OK"}, {}, 0.5));
    EXPECT_EQ(state(mail.id), "sent");
}

TEST_P(MailQueue, SeveralServersSendEachMailOnce) {
    set_up_mail();
    constexpr int kMails = 40;
    for (int i = 0; i < kMails; ++i) send_reset("m" + std::to_string(i) + "@example.jp");
    std::mutex mutex;
    std::multiset<std::string> taken;
    const auto serve = [&] {
        SenderOptions options;
        options.transport = [&](const Peer&, const Envelope& envelope, std::string_view,
                                const std::function<bool()>&) {
            const std::lock_guard lock(mutex);
            taken.insert(envelope.to);
            return Sending{Outcome::sent, "content", "250 OK"};
        };
        Sender sender(context_, std::move(options));
        while (sender.send_next()) {
        }
    };
    std::vector<std::thread> servers;
    for (int i = 0; i < 3; ++i) servers.emplace_back(serve);
    for (auto& server : servers) server.join();
    drain(*make_sender());
    EXPECT_EQ(taken.size() + sent_.size(), static_cast<std::size_t>(kMails));
    EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), taken.size());
}

TEST_P(MailQueue, StoppedSendingCountsAsNotTried) {
    set_up_mail();
    const auto mail = send_reset();
    answers_ = {{Outcome::stopped, "content", ""}};
    auto sender = make_sender();
    EXPECT_TRUE(sender->send_next());
    EXPECT_EQ(get(mail.id).at("attempts").as_int64(), 0);
    EXPECT_EQ(drain(*sender), 1);
    EXPECT_EQ(state(mail.id), "sent");
}

TEST_P(MailQueue, LostKeyFailsTheMailAndNotTheQueue) {
    set_up_mail();
    const auto lost = send_reset();
    const auto kept = send_withdrawal(make_customer());
    const auto other = crypto::KeyRing::random();
    const Context elsewhere{customers_.journal, other, context_.shop};
    const auto next = claim(elsewhere, lease_owner());
    ASSERT_TRUE(next);
    EXPECT_EQ(next->id, kept.id);
    EXPECT_EQ(state(lost.id), "failed unreadable");
}

TEST_P(MailQueue, LeasesOfDeadProcessesAreFreedAtTheStart) {
    set_up_mail();
    const auto mine = lease_owner();
    EXPECT_FALSE(is_gone(mine));
    EXPECT_FALSE(is_gone("another machine 1 x"));
    const auto child = fork();
    if (child == 0) _exit(0);
    int status = 0;
    waitpid(child, &status, 0);
    auto dead = mine;
    dead.replace(dead.find(" " + std::to_string(getpid()) + " "), std::to_string(getpid()).size() + 1,
                 " " + std::to_string(child));
    ASSERT_TRUE(is_gone(dead)) << dead;
    send_reset();
    ASSERT_TRUE(claim(context_, dead));
    EXPECT_FALSE(claim(context_, mine));
    release_left_behind(context_);
    EXPECT_TRUE(claim(context_, mine));
}

}  // namespace
}  // namespace otokui::mail
