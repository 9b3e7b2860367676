#include <signal.h>

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

#include "access/service.hpp"
#include "access/watch_routes.hpp"
#include "api/idempotency.hpp"
#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/routes.hpp"
#include "base/log.hpp"
#include "base/problem.hpp"
#include "base/text/utf8.hpp"
#include "consent/service.hpp"
#include "core/job_runner.hpp"
#include "customer/tables.hpp"
#include "form/fresh_routes.hpp"
#include "http/policy_report.hpp"
#include "http/server.hpp"
#include "level/service.hpp"
#include "mail/routes.hpp"
#include "mail/sender.hpp"
#include "points/service.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/shop.hpp"
#include "storage/server_lock.hpp"
#include "transfer/jobs_view.hpp"
#include "transfer/service.hpp"

namespace otokui::app {
namespace {

constexpr std::chrono::minutes kCleaningPause{10};
constexpr std::chrono::seconds kDuePause{30};
constexpr std::chrono::seconds kStopDeadline{20};

/// A thread that does something now and then until it is destroyed.
class Periodic {
public:
    Periodic(std::chrono::milliseconds pause, std::function<void()> work)
        : thread_([this, pause, work = std::move(work)](const std::stop_token& stop) {
              std::unique_lock lock(mutex_);
              while (!wake_.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) work();
          }) {}

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

std::optional<std::string> why_not_ready(const storage::Database& database) {
    if (!database.has_stopped_writes()) return std::nullopt;
    return "the database is damaged and nothing is written: see the log (database.damaged) and otokui "
           "doctor, "
           "restore a backup";
}

/// After an unclean end, beside the first requests: reads the whole database. A finding stops everything that
/// writes.
std::jthread look_through(storage::Database& database, storage::ServerLock& lock, Log& log) {
    return std::jthread([&](const std::stop_token& stop) {
        try {
            const auto findings = storage::quick_check(database, stop);
            for (const auto& finding : findings) log.error("database.damaged", {{"finding", finding}});
            if (findings.empty())
                lock.found_sound();
            else
                database.stop_writes();
        } catch (const std::exception& error) {
            if (!stop.stop_requested()) log.error("database.check_failed", {{"reason", error.what()}});
        }
    });
}

http::Hooks make_hooks(Shop& shop, staff::Authenticator& authenticator, api::Idempotency& idempotency,
                       Log& log) {
    http::Hooks hooks;
    hooks.authenticate = [&](const http::RequestHead& head) {
        return staff::authenticate(authenticator, head);
    };
    hooks.around = [&](const http::Request& request, const http::Handler& next) {
        return form::around(shop.own_fields, request, [&](const http::Request& again) {
            return again.route == mail::kTestRoute ? next(again) : idempotency.around(again, next);
        });
    };
    hooks.translate = [](const std::exception& error) -> std::optional<Problem> {
        constexpr int kRetrySeconds = 1;
        if (dynamic_cast<const storage::Busy*>(&error) || dynamic_cast<const storage::Cancelled*>(&error))
            return Problem{ProblemKind::unavailable,
                           "database.busy",
                           {"データベースが混み合っています。少し待ってからもう一度お試しください。",
                            "The database is busy. Try again in a moment."},
                           {},
                           {},
                           kRetrySeconds};
        return std::nullopt;
    };
    hooks.failed = [&](const http::Served& served, std::exception_ptr failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log.error("request.failed",
                      {{"request_id", served.request_id}, {"route", served.route}, {"reason", error.what()}});
        } catch (...) {
            log.error("request.failed", {{"request_id", served.request_id}, {"route", served.route}});
        }
    };
    hooks.served = [&](const http::Served& served) {
        log.line(LogLevel::info, http::log_line(served, shop.journal.now()));
    };
    return hooks;
}

// Whoever may see jobs gets the news of his own; who may see all, of all.
void publish(http::EventHub& events, const Shop& shop, const core::Job& job) {
    const auto news = transfer::get_job(shop.transfers, core::system_actor("events"), job.id);
    events.publish("job", news, [staff = job.actor.staff](const http::Caller& caller) {
        const auto* actor = dynamic_cast<const api::ActorCaller*>(&caller);
        return actor && actor->has("job.read") && actor->actor().staff == staff;
    });
}

core::RunnerOptions runner_options(Shop& shop, http::EventHub& events, Log& log) {
    core::RunnerOptions options;
    options.on_progress = [&events, &shop](const core::Job& job) { publish(events, shop, job); };
    options.before_job = [&shop] { shop.own_fields.refresh(form::Look::now); };
    options.log = [&log](const std::string& message) { log.warning("jobs", {{"message", message}}); };
    if (shop.database->engine() == storage::Engine::postgres) options.poll = std::chrono::milliseconds(500);
    return options;
}

// Our own mail server will never take mail for this address: the customers who have it are クリーニング済.
void note_refusal(Shop& shop, Log& log, const std::string& email, const std::string& answer) {
    try {
        const auto reason = std::string(text::first_code_points(answer, consent::kMaxGround));
        consent::bounce(shop.consents, core::system_actor("mail"), email, reason, shop.journal.now());
    } catch (const std::exception& error) {
        log.error("mail.refusal_not_noted", {{"reason", error.what()}});
    }
}

std::string shop_url(Shop& shop) {
    return shop.database->read([](storage::Transaction& tx) { return staff::read_shop(tx).public_url; });
}

void greet(Shop& shop, const std::string& url) {
    std::cout << "Otokui serves " << url << std::endl;
    if (staff::is_set_up(shop.journal)) return;
    const auto link = staff::make_setup_link(shop.journal);
    std::cout << "Set up the shop here, once, within 24 hours:\n  " << url << "/setup#" << link.secret
              << std::endl;
}

/// Calls `stop` on SIGTERM or SIGINT; both must be blocked in every thread.
std::jthread watch_signals(std::function<void()> stop) {
    return std::jthread([stop = std::move(stop)](const std::stop_token& done) {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGINT);
        const timespec pause{0, 200'000'000};
        while (!done.stop_requested())
            if (sigtimedwait(&signals, nullptr, &pause) > 0) return stop();
    });
}

void block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

}  // namespace

int serve(const ServeOptions& options) {
    block_signals();
    auto config = read_config(options.config);
    if (!options.listen.empty()) config.listen = options.listen;
    const auto listen = parse_listen(config.listen);
    const auto url = storage::Url::parse(options.database);

    storage::ServerLock lock(url);
    auto log = Log::to_stderr();
    Shop shop(url, Open::create_and_migrate, {.readers = static_cast<std::size_t>(config.database_readers)});
    if (config.public_url.empty()) config.public_url = shop_url(shop);
    require_tls_outside(listen, config.public_url);

    http::EventHub events;
    prometheus::Registry metric_registry;
    http::Metrics metrics(metric_registry);
    staff::Authenticator authenticator(shop.journal);
    const staff::RoutesContext staff_context{shop.members, [&config] { return config.public_url; },
                                             saved_search::belongings_of_groups()};
    auto routes = all_routes(
        shop, events, staff_context, [&shop] { return why_not_ready(*shop.database); }, metric_registry);
    routes.push_back(
        http::policy_report_route([&log](const std::string& directive, const std::string& blocked) {
            log.warning("page.policy_broken", {{"directive", directive}, {"blocked", blocked}});
        }));
    const access::Repeats repeats(shop.access_log, routes);
    api::Idempotency idempotency(
        shop.journal, shop.keys,
        [&repeats](const auto& request, const auto& answer) { repeats.write(request, answer); });
    http::Router router(std::move(routes));
    http::ServerOptions server_options;
    server_options.address = listen.address;
    server_options.port = listen.port;
    server_options.public_url = config.public_url;
    server_options.trusted_proxies = config.trusted_proxies;
    server_options.limits.interactive_threads = static_cast<std::size_t>(config.interactive_threads);
    http::Server server(std::move(server_options), std::move(router),
                        make_hooks(shop, authenticator, idempotency, log), metrics);

    core::JobRunner runner(shop.jobs, runner_options(shop, events, log));
    if (url.engine == storage::Engine::sqlite) runner.take_over_left_behind();
    runner.start();
    mail::SenderOptions mail_options;
    mail_options.log = [&log](const std::string& message) { log.warning("mail", {{"message", message}}); };
    mail_options.on_refused = [&shop, &log](const std::string& email, const std::string& answer) {
        note_refusal(shop, log, email, answer);
    };
    mail::Sender sender(shop.mails, std::move(mail_options));
    sender.start();
    const Periodic cleaning(kCleaningPause, [&] {
        if (shop.database->has_stopped_writes()) return;
        try {
            transfer::remove_expired(shop.transfers);
            level::remove_old_plans(shop.levels);
            list::remove_overdue(shop.lists);
            shop.files.remove_expired();
            idempotency.remove_expired();
            access::index_pages(shop.journal);
            access::remove_expired(shop.journal);
            while (consent::remove_expired(shop.consents) > 0) continue;
        } catch (const std::exception& error) {
            log.error("cleaning.failed", {{"reason", error.what()}});
        }
    });
    const Periodic due(kDuePause, [&] {
        if (shop.database->has_stopped_writes()) return;
        try {
            points::run_due(shop.point_services);
            level::run_due(shop.levels);
        } catch (const std::exception& error) {
            log.error("due.failed", {{"reason", error.what()}});
        }
    });
    greet(shop, config.public_url.empty() ? "http://" + listen.address + ":" + std::to_string(server.port())
                                          : config.public_url);
    // Last of all, so that it finds nobody in the middle of starting.
    std::jthread check;
    if (lock.last_end() == storage::LastEnd::unclean) check = look_through(*shop.database, lock, log);
    const auto signals = watch_signals([&server] { server.stop(kStopDeadline); });
    server.run();
    runner.stop();
    sender.stop();
    return 0;
}

}  // namespace otokui::app
