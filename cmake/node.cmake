# OTOKUI_NODE, OTOKUI_NPM: how to call Node and npm. tools/setup puts the ones we build with into .tools/node; without
# them those of the machine are tried. npm and the tools it starts look for `node` in PATH, so its folder goes first.

find_program(OTOKUI_NODE_PROGRAM node HINTS "${CMAKE_SOURCE_DIR}/.tools/node/bin")
find_program(OTOKUI_NPM_PROGRAM npm HINTS "${CMAKE_SOURCE_DIR}/.tools/node/bin")
if(NOT OTOKUI_NODE_PROGRAM OR NOT OTOKUI_NPM_PROGRAM)
    message(FATAL_ERROR "There is no Node: run tools/setup build.")
endif()
cmake_path(GET OTOKUI_NODE_PROGRAM PARENT_PATH node_folder)
set(OTOKUI_NODE "${CMAKE_COMMAND}" -E env "PATH=${node_folder}:$ENV{PATH}" "${OTOKUI_NODE_PROGRAM}")
set(OTOKUI_NPM "${CMAKE_COMMAND}" -E env "PATH=${node_folder}:$ENV{PATH}" "${OTOKUI_NPM_PROGRAM}")
