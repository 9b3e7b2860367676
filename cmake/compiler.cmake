# Language, sanitizers, hardening and the compiler cache: what holds for everything that is compiled here.
# Warnings are not here: they stand in otokui_warnings, which only our own targets link.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# CMake's own defaults define NDEBUG here; a release keeps its assertions.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -gline-tables-only")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -gline-tables-only")

# One flag for libraries and programs alike: CMake's position-independent code gives them different ones,
# and then they could not share precompiled headers.
add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-fPIE;-fno-omit-frame-pointer>")
add_link_options(-pie -fuse-ld=lld)
add_compile_definitions(_GLIBCXX_ASSERTIONS)

if(OTOKUI_SANITIZE)
    # vptr: Debian's SOCI is built without the run-time type information that this check looks for at link time.
    set(sanitize -fsanitize=${OTOKUI_SANITIZE} -fno-sanitize-recover=all)
    if(OTOKUI_SANITIZE MATCHES "undefined")
        list(APPEND sanitize -fno-sanitize=vptr)
    endif()
    add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:${sanitize}>")
    add_link_options(${sanitize})
endif()
if(OTOKUI_FUZZ_EVERYTHING)
    add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-fsanitize=fuzzer-no-link>")
endif()

if(OTOKUI_HARDEN)
    add_compile_options(
        "$<$<COMPILE_LANGUAGE:C,CXX>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-fstack-protector-strong;-fstack-clash-protection>"
        "$<$<COMPILE_LANGUAGE:C,CXX>:-ftrivial-auto-var-init=zero>")
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
        add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-fcf-protection=full>")
    endif()
    add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
endif()

# ccache may reuse objects that include a precompiled header only when it is told so, and when the header carries no
# time stamp. Objects name files relative to the build folder, so that several checkouts share one cache.
find_program(OTOKUI_CCACHE ccache)
if(OTOKUI_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1 CCACHE_NOHASHDIR=1
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" "${OTOKUI_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>"
    "$<$<COMPILE_LANGUAGE:C,CXX>:-ffile-compilation-dir=.>")

add_library(otokui_warnings INTERFACE)
target_compile_options(otokui_warnings INTERFACE
    "$<$<COMPILE_LANGUAGE:C,CXX>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow;-Wnon-virtual-dtor;-Werror>")
