# diverge::cmocka: the unit tests' framework. Nothing that is installed needs it.

find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
    pkg_check_modules(DIVERGE_PC_CMOCKA QUIET cmocka)
endif()
find_path(DIVERGE_CMOCKA_INCLUDE_DIR cmocka.h HINTS ${DIVERGE_PC_CMOCKA_INCLUDE_DIRS})
find_library(DIVERGE_CMOCKA_LIBRARY NAMES cmocka HINTS ${DIVERGE_PC_CMOCKA_LIBRARY_DIRS})
mark_as_advanced(DIVERGE_CMOCKA_INCLUDE_DIR DIVERGE_CMOCKA_LIBRARY)

if(NOT DIVERGE_CMOCKA_INCLUDE_DIR OR NOT DIVERGE_CMOCKA_LIBRARY)
    message(FATAL_ERROR "cmocka (cmocka.h and libcmocka), which the tests need, was not found. "
            "Debian, Ubuntu: apt-get install libcmocka-dev; or run: sh cmake/setup.sh --with-tests; "
            "or configure with -DDIVERGE_TESTS=OFF")
endif()

add_library(diverge_cmocka UNKNOWN IMPORTED)
set_target_properties(diverge_cmocka PROPERTIES
    IMPORTED_LOCATION "${DIVERGE_CMOCKA_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${DIVERGE_CMOCKA_INCLUDE_DIR}")
add_library(diverge::cmocka ALIAS diverge_cmocka)
