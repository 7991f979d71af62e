# diverge_compile(target): how every C file of this project is compiled.
# Warnings are never part of what a consumer of the library inherits.

include(CheckCCompilerFlag)

set(diverge_warnings
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla)

find_library(DIVERGE_MATH_LIBRARY NAMES m)
mark_as_advanced(DIVERGE_MATH_LIBRARY)
if(NOT DIVERGE_MATH_LIBRARY)
    set(DIVERGE_MATH_LIBRARY "")
else()
    set(DIVERGE_MATH_LIBRARY m)
endif()

function(diverge_compile target)
    set_target_properties(${target} PROPERTIES
        C_STANDARD 11
        C_STANDARD_REQUIRED ON
        C_EXTENSIONS OFF
        C_VISIBILITY_PRESET hidden)
    # POSIX 2008; a file that needs more says so itself.
    target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200809L _XOPEN_SOURCE=700)
    target_compile_options(${target} PRIVATE ${diverge_warnings})
    if(DIVERGE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    diverge_instrument(${target})
endfunction()

# diverge_lean_link(target): the program starts in a millisecond or two, so it binds lazily and
# needs no library that it does not use.
include(CheckLinkerFlag)
check_linker_flag(C "-Wl,--as-needed" DIVERGE_HAS_AS_NEEDED)
check_linker_flag(C "-Wl,-z,lazy" DIVERGE_HAS_LAZY)
check_linker_flag(C "-Wl,-z,defs" DIVERGE_HAS_DEFS)
check_linker_flag(C "-Wl,--exclude-libs,ALL" DIVERGE_HAS_EXCLUDE_LIBS)

function(diverge_lean_link target)
    if(DIVERGE_HAS_AS_NEEDED)
        target_link_options(${target} PRIVATE "LINKER:--as-needed")
    endif()
    if(DIVERGE_HAS_LAZY)
        target_link_options(${target} PRIVATE "LINKER:-z,lazy")
    endif()
endfunction()

# diverge_closed_link(target): a shared library says everything that it needs, and shows nothing of
# an archive that was put into it.
function(diverge_closed_link target)
    if(DIVERGE_HAS_AS_NEEDED)
        target_link_options(${target} PRIVATE "LINKER:--as-needed")
    endif()
    if(DIVERGE_HAS_DEFS AND NOT DIVERGE_SANITIZE)
        target_link_options(${target} PRIVATE "LINKER:-z,defs")
    endif()
    if(DIVERGE_HAS_EXCLUDE_LIBS)
        target_link_options(${target} PRIVATE "LINKER:--exclude-libs,ALL")
    endif()
endfunction()
