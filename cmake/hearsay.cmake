# How every target of the project is compiled, and the two functions that make targets.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

set(HEARSAY_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

find_program(HEARSAY_CCACHE ccache)
if(HEARSAY_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${HEARSAY_CCACHE})
endif()

add_library(hearsay_settings INTERFACE)
target_include_directories(hearsay_settings INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_options(hearsay_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Werror
  -Wno-restrict  # GCC 12 sees overlaps in std::string that are not there (GCC bug 105651)
 )
if(HEARSAY_SANITIZE)
  target_compile_options(hearsay_settings INTERFACE
    -fsanitize=${HEARSAY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hearsay_settings INTERFACE -fsanitize=${HEARSAY_SANITIZE})
endif()

# hearsay_library(NAME SOURCES file... DEPS target...): a static library of one layer.
function(hearsay_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC hearsay_settings ${arg_DEPS})
endfunction()

# hearsay_test(NAME SOURCES file... DEPS target... [SLOW]): a Catch2 program; SLOW ones have the
# label `slow`, which `ctest -LE slow` leaves out, and more time.
function(hearsay_test name)
  cmake_parse_arguments(arg "SLOW" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE hearsay_test_main ${arg_DEPS})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(arg_SLOW)
    set_tests_properties(${name} PROPERTIES LABELS slow TIMEOUT 900)
  endif()
endfunction()
