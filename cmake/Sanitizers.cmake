# diverge_instrument(target): sanitizers, coverage and fuzzing, as the options of the build say.
# diverge_link_options(target): what those who link the library must pass on to the linker.

set(diverge_instrument_flags "")
if(DIVERGE_SANITIZE)
    list(APPEND diverge_instrument_flags
         "-fsanitize=${DIVERGE_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()
if(DIVERGE_COVERAGE)
    list(APPEND diverge_instrument_flags --coverage)
endif()
if(DIVERGE_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "DIVERGE_FUZZ needs clang (Debian: apt-get install clang "
                            "libclang-rt-dev; or sh cmake/setup.sh --with-ci). "
                            "Use: cmake --preset fuzz")
    endif()
    list(APPEND diverge_instrument_flags -fsanitize=fuzzer-no-link)
endif()

function(diverge_instrument target)
    target_compile_options(${target} PRIVATE ${diverge_instrument_flags})
    if(NOT DIVERGE_FUZZ)
        get_target_property(type ${target} TYPE)
        if(type STREQUAL "EXECUTABLE")
            target_link_options(${target} PRIVATE ${diverge_instrument_flags})
        endif()
    endif()
endfunction()

function(diverge_link_options target)
    target_link_options(${target} INTERFACE ${diverge_instrument_flags})
endfunction()
