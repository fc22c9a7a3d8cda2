# Outside libraries.  Everything comes from the environment's packages; nothing
# is downloaded at configure time.
if(EMSCRIPTEN)
  # emcc must not see /usr/include as a whole: glibc's headers are there.
  set(library_includes ${CMAKE_BINARY_DIR}/library_includes)
  file(MAKE_DIRECTORY ${library_includes})
  foreach(name nlohmann glaze)
    if(NOT EXISTS ${library_includes}/${name})
      file(CREATE_LINK /usr/include/${name} ${library_includes}/${name} SYMBOLIC)
    endif()
  endforeach()
  add_library(precision_libraries INTERFACE)
  target_include_directories(precision_libraries SYSTEM INTERFACE ${library_includes})
else()
  find_path(NLOHMANN_INCLUDE nlohmann/json.hpp REQUIRED)
  find_path(GLAZE_INCLUDE glaze/glaze.hpp REQUIRED)
  add_library(precision_libraries INTERFACE)
  target_include_directories(precision_libraries SYSTEM INTERFACE
    ${NLOHMANN_INCLUDE} ${GLAZE_INCLUDE})
endif()

if(PRECISION_BUILD_TESTS)
  # Compiled here rather than linked from the package: the wasm build needs it
  # so, and one way serves both.
  set(gtest_source /usr/src/googletest CACHE PATH "GoogleTest's sources")
  set(INSTALL_GTEST OFF)
  set(BUILD_GMOCK ON)
  add_subdirectory(${gtest_source} ${CMAKE_BINARY_DIR}/googletest
    EXCLUDE_FROM_ALL SYSTEM)
endif()
