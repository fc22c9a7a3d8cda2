# precision_room(NAME sync DEPS base stripe)
# A room is the library of src/NAME/*.cpp; its contract is
# include/precision/NAME.
function(precision_room)
  cmake_parse_arguments(ROOM "" "NAME" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${ROOM_NAME}/*.cpp)
  list(TRANSFORM ROOM_DEPS PREPEND precision_)
  if(sources)
    add_library(precision_${ROOM_NAME} STATIC ${sources})
    target_include_directories(precision_${ROOM_NAME} PUBLIC
      ${CMAKE_SOURCE_DIR}/include ${PRECISION_GENERATED}/include
      PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(precision_${ROOM_NAME} PUBLIC ${ROOM_DEPS}
      PRIVATE precision_core_flags precision_libraries)
    add_dependencies(precision_${ROOM_NAME} precision_generated)
    # In the page, bytes count everywhere but where every row passes.
    if(EMSCRIPTEN AND NOT ROOM_NAME MATCHES "^(normalize|table)$")
      target_compile_options(precision_${ROOM_NAME} PRIVATE -Oz)
    endif()
  else()
    add_library(precision_${ROOM_NAME} INTERFACE)
    target_include_directories(precision_${ROOM_NAME} INTERFACE
      ${CMAKE_SOURCE_DIR}/include ${PRECISION_GENERATED}/include)
    target_link_libraries(precision_${ROOM_NAME} INTERFACE ${ROOM_DEPS})
  endif()
  add_library(precision::${ROOM_NAME} ALIAS precision_${ROOM_NAME})
endfunction()
