# OTOKUI_NPM: how to call the npm of the Node that tools/setup put into .tools/node.

set(node_home "${CMAKE_SOURCE_DIR}/.tools/node/bin")
if(NOT EXISTS "${node_home}/node" AND (OTOKUI_WEB OR OTOKUI_TESTS))
    message(WARNING "There is no Node in .tools/node: run tools/setup build before building the web pages.")
endif()
# The path is searched by npm and by every tool it starts.
set(OTOKUI_NPM "${CMAKE_COMMAND}" -E env "PATH=${node_home}:$ENV{PATH}" "${node_home}/npm")
