// Imports a file and is killed in the middle: kill_driver URL KEY_FILE CSV_FILE.
#include <fstream>
#include <iostream>

#include "transfer/shop.hpp"

int main(int count, char** arguments) {
    using namespace otokui;
    if (count != 4) return 2;
    const auto database = storage::Database::open(storage::Url::parse(arguments[1]));
    transfer::Shop shop(*database, crypto::KeyRing::load(arguments[2]));
    std::ifstream file(arguments[3], std::ios::binary);
    const auto job = transfer::import_file(shop.context, shop.runner, shop.actor,
                                           {.on_clash = transfer::OnClash::no_login}, file);
    return job.status == core::JobStatus::done ? 0 : 1;
}
