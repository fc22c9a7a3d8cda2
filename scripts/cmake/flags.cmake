# One interface target carries the flags of first-party code.
add_library(precision_flags INTERFACE)
target_compile_options(precision_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)

# The core neither throws nor catches.
add_library(precision_core_flags INTERFACE)
target_link_libraries(precision_core_flags INTERFACE precision_flags)
target_compile_options(precision_core_flags INTERFACE -fno-exceptions)

if(PRECISION_SANITIZE)
  add_compile_options(-fsanitize=address,undefined
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(EMSCRIPTEN)
  # -O3 and SIMD: glaze reads pages about four times as fast with them.
  set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
  add_compile_options(-msimd128)
  add_compile_definitions(PRECISION_WITHOUT_DESCRIPTIONS)
endif()
