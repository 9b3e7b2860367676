#include <unistd.h>

#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "demo/load.hpp"
#include "mail/examples.hpp"
#include "search/text_index.hpp"

namespace otokui::app {
namespace {

// Progress is for people at a terminal; a log would only fill with it.
demo::Progress progress_at_terminal() {
    if (!isatty(STDERR_FILENO)) return {};
    return {.rows =
                [](std::int64_t rows, std::int64_t expected) {
                    std::cerr << "\r" << rows << " of " << expected << " rows" << std::flush;
                },
            .building =
                [](std::string_view step) { std::cerr << "\rbuilding " << step << "\033[K" << std::flush; }};
}

}  // namespace

int demo(const DemoOptions& options) {
    Shop shop(storage::Url::parse(options.database), Open::create_and_migrate, {.filling = true});
    const demo::Settings settings{.seed = static_cast<std::uint64_t>(options.seed),
                                  .customers = options.customers,
                                  .orders_per_customer = options.orders_per_customer};
    const auto finish = [&shop](core::Writer& writer) {
        search::rebuild_index(writer.tx(), shop.catalogue);
        mail::write_examples(shop.mails, writer);
    };
    demo::load(shop.journal, core::shell_actor("demo"), settings, finish, progress_at_terminal());
    if (isatty(STDERR_FILENO)) std::cerr << "\r\033[K";
    std::cout << options.customers << " customers" << std::endl;
    return 0;
}

}  // namespace otokui::app
