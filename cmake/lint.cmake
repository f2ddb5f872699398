# lint: every source is formatted and clang-tidy finds nothing.  format: formats every source.
add_custom_target(lint
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/lint.sh ${PROJECT_BINARY_DIR}
  USES_TERMINAL VERBATIM)
add_custom_target(format
  COMMAND find graph ingest query cli bench tests ( -name *.h -o -name *.cc )
          -exec clang-format-14 -i {} +
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  VERBATIM)
