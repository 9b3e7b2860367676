# otokui_embed(NAME migrations ROOT "${CMAKE_SOURCE_DIR}/migrations" FILES 0001_customer.sql ... [PACKED])
#   makes the library otokui_embedded_migrations with the header embedded/migrations.hpp:
#       std::span<const File> otokui::embedded::migrations();     sorted by path; File is in embedded/file.hpp
#   FILES are relative to ROOT. PACKED adds gzip and brotli forms.
#   Without FILES everything that lies below ROOT when the build comes to it is taken; DEPENDS then names what
#   must be built before (a stamp file), and nothing is taken when there is no ROOT.

add_executable(otokui_embed_tool "${CMAKE_SOURCE_DIR}/tools/embed/embed.cpp")
target_link_libraries(otokui_embed_tool PRIVATE otokui::sodium otokui::zlib otokui::brotli otokui_warnings)

function(otokui_embed)
    cmake_parse_arguments(PARSE_ARGV 0 arg "PACKED" "NAME;ROOT" "FILES;DEPENDS")
    set(output "${CMAKE_BINARY_DIR}/embedded")
    set(header "${output}/include/embedded/${arg_NAME}.hpp")
    file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT [[
#pragma once

#include "embedded/file.hpp"

namespace otokui::embedded {
std::span<const File> @arg_NAME@();
}
]])
    set(kind plain)
    if(arg_PACKED)
        set(kind packed)
    endif()
    set(sources ${arg_FILES})
    list(TRANSFORM sources PREPEND "${arg_ROOT}/")
    set(stem "${output}/${arg_NAME}")
    add_custom_command(OUTPUT "${stem}.S" "${stem}.cpp" "${stem}.bin"
        COMMAND otokui_embed_tool ${arg_NAME} "${arg_ROOT}" "${output}" ${kind} ${arg_FILES}
        DEPENDS otokui_embed_tool ${sources} ${arg_DEPENDS}
        COMMENT "Embedding ${arg_NAME}" VERBATIM)
    set_source_files_properties("${stem}.S" PROPERTIES OBJECT_DEPENDS "${stem}.bin")
    add_library(otokui_embedded_${arg_NAME} STATIC "${stem}.S" "${stem}.cpp")
    target_include_directories(otokui_embedded_${arg_NAME} PUBLIC "${output}/include")
    target_link_libraries(otokui_embedded_${arg_NAME} PUBLIC otokui_embedded)
endfunction()
