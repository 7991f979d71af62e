# diverge::cjson: cJSON, included as <cjson/cJSON.h>. For hosts that hold their state in cJSON.

find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
    pkg_check_modules(DIVERGE_PC_CJSON QUIET libcjson)
endif()
find_path(DIVERGE_CJSON_INCLUDE_DIR cjson/cJSON.h
          HINTS ${DIVERGE_PC_CJSON_INCLUDEDIR} ${DIVERGE_PC_CJSON_PREFIX}/include)
find_library(DIVERGE_CJSON_LIBRARY NAMES cjson HINTS ${DIVERGE_PC_CJSON_LIBRARY_DIRS})
mark_as_advanced(DIVERGE_CJSON_INCLUDE_DIR DIVERGE_CJSON_LIBRARY)

if(NOT DIVERGE_CJSON_INCLUDE_DIR OR NOT DIVERGE_CJSON_LIBRARY)
    message(FATAL_ERROR "cJSON (cjson/cJSON.h and libcjson) was not found. "
            "Debian, Ubuntu: apt-get install libcjson-dev; or run: sh cmake/setup.sh; "
            "or configure with -DDIVERGE_CJSON=OFF: then hosts cannot hand over cJSON trees")
endif()

add_library(diverge_cjson UNKNOWN IMPORTED)
set_target_properties(diverge_cjson PROPERTIES
    IMPORTED_LOCATION "${DIVERGE_CJSON_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${DIVERGE_CJSON_INCLUDE_DIR}")
add_library(diverge::cjson ALIAS diverge_cjson)
