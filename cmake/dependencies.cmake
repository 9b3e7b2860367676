# Libraries of Debian 12, each under one name: otokui::<what it is>. Reasons: docs/dependencies.md.
# Headers are system headers, so that our warnings stay ours.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81.0 EXACT REQUIRED CONFIG COMPONENTS headers json url)
add_library(otokui_boost INTERFACE)
target_link_libraries(otokui_boost INTERFACE Boost::headers Threads::Threads)
# 1.81 would otherwise compile the old, unconstrained executor interfaces into every file.
target_compile_definitions(otokui_boost INTERFACE BOOST_ASIO_NO_DEPRECATED)
add_library(otokui::boost ALIAS otokui_boost)
add_library(otokui_json INTERFACE)
target_link_libraries(otokui_json INTERFACE otokui_boost Boost::json)
add_library(otokui::json ALIAS otokui_json)
add_library(otokui_url INTERFACE)
target_link_libraries(otokui_url INTERFACE otokui_boost Boost::url)
add_library(otokui::url ALIAS otokui_url)

# otokui_from_pkg_config(sodium libsodium [more modules]) makes otokui::sodium.
function(otokui_from_pkg_config name)
    pkg_check_modules(package_${name} REQUIRED IMPORTED_TARGET ${ARGN})
    add_library(otokui_${name}_package INTERFACE)
    target_link_libraries(otokui_${name}_package INTERFACE PkgConfig::package_${name})
    add_library(otokui::${name} ALIAS otokui_${name}_package)
endfunction()

# otokui_from_library(soci HEADER soci/soci.h LIBRARIES soci_core) makes otokui::soci, for packages without a .pc file.
function(otokui_from_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER" "LIBRARIES")
    find_path(OTOKUI_${name}_INCLUDE ${arg_HEADER} REQUIRED)
    add_library(otokui_${name}_package INTERFACE)
    target_include_directories(otokui_${name}_package SYSTEM INTERFACE "${OTOKUI_${name}_INCLUDE}")
    foreach(library IN LISTS arg_LIBRARIES)
        find_library(OTOKUI_${library}_LIBRARY ${library} REQUIRED)
        target_link_libraries(otokui_${name}_package INTERFACE "${OTOKUI_${library}_LIBRARY}")
    endforeach()
    add_library(otokui::${name} ALIAS otokui_${name}_package)
endfunction()

otokui_from_pkg_config(sqlite sqlite3)
otokui_from_pkg_config(postgresql libpq)
otokui_from_pkg_config(icu icu-uc icu-i18n)
otokui_from_pkg_config(sodium libsodium)
otokui_from_pkg_config(zlib zlib)
otokui_from_pkg_config(brotli libbrotlienc libbrotlidec libbrotlicommon)
otokui_from_library(soci HEADER soci/soci.h LIBRARIES soci_core soci_sqlite3 soci_postgresql)
# soci-sqlite3.h and soci-postgresql.h include the headers of their database.
target_link_libraries(otokui_soci_package INTERFACE otokui::sqlite otokui::postgresql)
otokui_from_library(cli11 HEADER CLI/CLI.hpp)
otokui_from_pkg_config(toml tomlplusplus)

find_package(spdlog REQUIRED CONFIG)
add_library(otokui_log_package INTERFACE)
target_link_libraries(otokui_log_package INTERFACE spdlog::spdlog fmt::fmt)
add_library(otokui::log ALIAS otokui_log_package)

otokui_from_library(metrics HEADER prometheus/counter.h LIBRARIES prometheus-cpp-core)

if(OTOKUI_TESTS)
    find_package(GTest REQUIRED)
    otokui_from_library(rapidcheck HEADER rapidcheck.h LIBRARIES rapidcheck)
    add_library(otokui_test_package INTERFACE)
    target_link_libraries(otokui_test_package INTERFACE GTest::gtest GTest::gmock otokui::rapidcheck)
    add_library(otokui::test ALIAS otokui_test_package)
endif()
if(OTOKUI_BENCH)
    find_package(benchmark REQUIRED)
    add_library(otokui_benchmark_package INTERFACE)
    target_link_libraries(otokui_benchmark_package INTERFACE benchmark::benchmark)
    add_library(otokui::benchmark ALIAS otokui_benchmark_package)
endif()
