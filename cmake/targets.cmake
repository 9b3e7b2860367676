# How a folder becomes targets.
#
#   otokui_library(NAME base SOURCES ids.cpp text.cpp TESTS text_test.cpp USES otokui::icu otokui::json)
#       makes otokui_base and, with TESTS, the program otokui_base_test, which ctest runs as `base`.
#   otokui_feature(customer CORE rules.cpp store.cpp ROUTES routes.cpp TESTS rules_test.cpp USES storage core)
#       makes otokui_customer, otokui_customer_routes (which alone may use http) and otokui_customer_test.
#   otokui_node_test(NAME api FOLDER tests/api NEEDS otokui)
#       runs `npm test` of a Node project as the ctest `api`, with OTOKUI_BINARY naming the program.
#   otokui_fuzz(NAME csv SOURCE csv_fuzz.cpp INSTRUMENT src/transfer/csv_reader.cpp USES transfer_csv)
#       makes otokui_csv_fuzz; ctest runs it as `fuzz_csv` on tests/fuzz/corpus/csv.
#
# USES takes folder names (storage means otokui_storage) and targets with a :: in their name. TEST_USES is for
# the tests alone (support means tests/support), ROUTES_USES for the routes alone. A library without SOURCES has
# headers only.

# The headers nearly every file includes, compiled once for all libraries and once, with the test tools, for all tests.
set(precompiled_common
    <algorithm> <array> <chrono> <compare> <cstdint> <exception> <functional> <map> <memory> <mutex> <optional>
    <span> <sstream> <stdexcept> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>
    <boost/json.hpp>)
set(precompiled_test ${precompiled_common} <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h> <rapidcheck/gtest.h>)

# otokui_precompile(common HEADERS... ) makes otokui_precompiled_common. CMake's own way of sharing (REUSE_FROM) puts the
# folder of this checkout where ccache cannot see through it, so that two checkouts could not share their objects:
# targets name the compiled header themselves, and beside it lies a digest of what went in, which ccache takes
# instead of the compiled header's bytes (CCACHE_PCH_EXTSUM).
function(otokui_precompile name)
    set(target otokui_precompiled_${name})
    set(empty "${CMAKE_BINARY_DIR}/precompiled/empty.cpp")
    file(CONFIGURE OUTPUT "${empty}" CONTENT "")
    add_library(${target} OBJECT "${empty}")
    target_link_libraries(${target} PRIVATE otokui_warnings otokui::json ${ARGN})
    target_precompile_headers(${target} PRIVATE ${precompiled_${name}})

    list(TRANSFORM precompiled_${name} PREPEND "#include " OUTPUT_VARIABLE includes)
    list(JOIN includes "\n" includes)
    set(header "${CMAKE_BINARY_DIR}/precompiled/${name}.hpp")
    file(CONFIGURE OUTPUT "${header}" CONTENT "${includes}\n")
    set(compiled "${CMAKE_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.pch")
    add_custom_command(OUTPUT "${compiled}.sum"
        COMMAND "${CMAKE_CXX_COMPILER}" -std=c++20 -E -P -x c++ "${header}" -o "${header}.ii"
        COMMAND "${CMAKE_COMMAND}" -E sha256sum "${name}.hpp.ii" > "${compiled}.sum"
        WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/precompiled"
        DEPENDS "${compiled}" "${header}" VERBATIM)
    add_custom_target(${target}_sum DEPENDS "${compiled}.sum")
    add_dependencies(${target}_sum ${target})
    add_dependencies(otokui_generated ${target}_sum)
endfunction()

# All that a reader of the sources needs besides them: tools/lint builds it.
add_custom_target(otokui_generated)
otokui_precompile(common)
if(OTOKUI_TESTS)
    otokui_precompile(test otokui::test)
endif()

function(otokui_use_precompiled target name)
    set(compiled "${CMAKE_BINARY_DIR}/CMakeFiles/otokui_precompiled_${name}.dir/cmake_pch.hxx.pch")
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include-pch ${compiled}>")
    get_target_property(sources ${target} SOURCES)
    set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS "${compiled}.sum")
    add_dependencies(${target} otokui_precompiled_${name}_sum)
endfunction()

# Folder names to target names.
function(otokui_resolve out)
    set(targets)
    foreach(name IN LISTS ARGN)
        if(name MATCHES "::")
            list(APPEND targets ${name})
        else()
            list(APPEND targets otokui_${name})
        endif()
    endforeach()
    set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(otokui_add_library target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
    otokui_resolve(uses ${arg_USES})
    if(arg_SOURCES)
        add_library(${target} STATIC ${arg_SOURCES})
        target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}/src")
        target_link_libraries(${target} PUBLIC ${uses} otokui::json PRIVATE otokui_warnings)
        otokui_use_precompiled(${target} common)
    else()
        add_library(${target} INTERFACE)
        target_include_directories(${target} INTERFACE "${CMAKE_SOURCE_DIR}/src")
        target_link_libraries(${target} INTERFACE ${uses} otokui::json)
    endif()
endfunction()

# One ctest per program: its own output names the cases, and starting a sanitized program costs more than most cases.
function(otokui_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
    otokui_resolve(uses ${arg_USES})
    add_executable(otokui_${name}_test ${arg_SOURCES})
    target_include_directories(otokui_${name}_test PRIVATE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/tests")
    target_compile_definitions(otokui_${name}_test PRIVATE OTOKUI_TEST_DATA="tests/data")
    target_link_libraries(otokui_${name}_test PRIVATE ${uses} otokui::test GTest::gmock_main otokui_warnings)
    otokui_use_precompiled(otokui_${name}_test test)
    # OTOKUI_TEST_DATA is relative: a test starts at the top of the tree.
    add_test(NAME ${name} COMMAND otokui_${name}_test --gtest_brief=1 WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT ${OTOKUI_TEST_TIMEOUT})
endfunction()

function(otokui_library)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;TESTS;USES;TEST_USES")
    otokui_add_library(otokui_${arg_NAME} SOURCES ${arg_SOURCES} USES ${arg_USES})
    if(OTOKUI_TESTS AND arg_TESTS)
        otokui_add_test(${arg_NAME} SOURCES ${arg_TESTS} USES ${arg_NAME} ${arg_TEST_USES})
    endif()
endfunction()

function(otokui_feature name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "CORE;ROUTES;TESTS;USES;ROUTES_USES;TEST_USES")
    otokui_add_library(otokui_${name} SOURCES ${arg_CORE} USES ${arg_USES})
    set(tested ${name})
    if(arg_ROUTES)
        otokui_add_library(otokui_${name}_routes SOURCES ${arg_ROUTES} USES ${name} http ${arg_ROUTES_USES})
        list(PREPEND tested ${name}_routes)
    endif()
    if(OTOKUI_TESTS AND arg_TESTS)
        otokui_add_test(${name} SOURCES ${arg_TESTS} USES ${tested} ${arg_TEST_USES})
    endif()
endfunction()

add_custom_target(otokui_fuzzers)

# INSTRUMENT: the sources under test (from the top of the tree), compiled again with libFuzzer's instrumentation;
# without it the fuzzer would not see which inputs reach new code.
function(otokui_fuzz)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SOURCE" "INSTRUMENT;USES")
    if(NOT OTOKUI_TESTS)
        return()
    endif()
    otokui_resolve(uses ${arg_USES})
    list(TRANSFORM arg_INSTRUMENT PREPEND "${CMAKE_SOURCE_DIR}/")
    add_executable(otokui_${arg_NAME}_fuzz ${arg_SOURCE} ${arg_INSTRUMENT})
    target_include_directories(otokui_${arg_NAME}_fuzz PRIVATE "${CMAKE_SOURCE_DIR}/src")
    target_compile_options(otokui_${arg_NAME}_fuzz PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(otokui_${arg_NAME}_fuzz PRIVATE -fsanitize=fuzzer)
    target_link_libraries(otokui_${arg_NAME}_fuzz PRIVATE ${uses} otokui::json otokui_warnings)
    # New finds go to the first folder, in the build; the kept corpus in the tree stays as it is.
    set(found "${CMAKE_BINARY_DIR}/fuzz/${arg_NAME}")
    set(kept "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${arg_NAME}")
    file(MAKE_DIRECTORY "${found}" "${kept}")
    add_test(NAME fuzz_${arg_NAME} COMMAND otokui_${arg_NAME}_fuzz "${found}" "${kept}"
        -max_total_time=${OTOKUI_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048 -verbosity=0 -artifact_prefix=${found}/)
    add_dependencies(otokui_fuzzers otokui_${arg_NAME}_fuzz)
    math(EXPR limit "${OTOKUI_FUZZ_SECONDS} + 120")
    set_tests_properties(fuzz_${arg_NAME} PROPERTIES LABELS fuzz TIMEOUT ${limit})
endfunction()

# Installs the packages of a Node project as part of `all`, once however many ask. `out` is the file that stands for them;
# only the first folder that asks can depend on it.
# The lock file alone decides what is installed, and nothing that is installed runs a script of its own.
function(otokui_node_packages folder out)
    set(stamp "${CMAKE_SOURCE_DIR}/${folder}/node_modules/.package-lock.json")
    set(${out} "${stamp}" PARENT_SCOPE)
    string(MAKE_C_IDENTIFIER "otokui_packages_${folder}" target)
    if(TARGET ${target})
        return()
    endif()
    add_custom_command(OUTPUT "${stamp}"
        COMMAND ${OTOKUI_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
        COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
        DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/package.json" "${CMAKE_SOURCE_DIR}/${folder}/package-lock.json"
        WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}/${folder}"
        COMMENT "Installing the packages of ${folder}" VERBATIM)
    add_custom_target(${target} ALL DEPENDS "${stamp}")
endfunction()

function(otokui_node_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;FOLDER" "NEEDS")
    otokui_node_packages(${arg_FOLDER} packages)
    set(environment "OTOKUI_TOP=${CMAKE_SOURCE_DIR}")
    if("otokui" IN_LIST arg_NEEDS)
        list(APPEND environment "OTOKUI_BINARY=$<TARGET_FILE:otokui>")
    endif()
    add_test(NAME ${arg_NAME} COMMAND ${OTOKUI_NPM} test --silent WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}/${arg_FOLDER}")
    # COST: ctest starts the long ones first.
    set_tests_properties(${arg_NAME} PROPERTIES LABELS node COST 1000 TIMEOUT 3000 ENVIRONMENT "${environment}")
endfunction()
