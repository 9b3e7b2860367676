#pragma once

#include <string>

namespace otokui::test {

/// The private PostgreSQL of the tests: started by the first test process that wants it, shared by all that
/// run meanwhile, and stopped by its keeper process some seconds after the last one has ended, however that
/// ended. It listens on a socket in a temporary folder only, so that no port can clash and nobody else can
/// reach it. Answers the conninfo without a database name. Throws std::runtime_error with the end of the
/// server's log.
const std::string& postgres_server();

}  // namespace otokui::test
