# diverge::lua: Lua 5.4, exactly. The static archive is preferred: the program starts sooner.

find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
    foreach(module lua5.4 lua-5.4 lua54 lua)
        pkg_check_modules(DIVERGE_PC_LUA QUIET "${module}>=5.4" "${module}<5.5")
        if(DIVERGE_PC_LUA_FOUND)
            break()
        endif()
    endforeach()
endif()

find_path(DIVERGE_LUA_INCLUDE_DIR lua.h
          HINTS ${DIVERGE_PC_LUA_INCLUDE_DIRS}
          PATH_SUFFIXES lua5.4 lua-5.4 lua54 lua5.4/include)
find_library(DIVERGE_LUA_SHARED NAMES lua5.4 lua-5.4 lua54 lua
             HINTS ${DIVERGE_PC_LUA_LIBRARY_DIRS})
find_library(DIVERGE_LUA_ARCHIVE NAMES liblua5.4.a liblua-5.4.a liblua54.a liblua.a
             HINTS ${DIVERGE_PC_LUA_LIBRARY_DIRS})
mark_as_advanced(DIVERGE_LUA_INCLUDE_DIR DIVERGE_LUA_SHARED DIVERGE_LUA_ARCHIVE)

set(lua_help "Debian, Ubuntu: apt-get install liblua5.4-dev; or run: sh cmake/setup.sh")
if(NOT DIVERGE_LUA_INCLUDE_DIR OR NOT (DIVERGE_LUA_SHARED OR DIVERGE_LUA_ARCHIVE))
    message(FATAL_ERROR "Lua 5.4 (lua.h and liblua5.4) was not found. ${lua_help}")
endif()
file(STRINGS "${DIVERGE_LUA_INCLUDE_DIR}/lua.h" lua_version
     REGEX "^#define[ \t]+LUA_VERSION_NUM[ \t]+504[ \t]*$")
if(NOT lua_version)
    message(FATAL_ERROR "${DIVERGE_LUA_INCLUDE_DIR}/lua.h is not Lua 5.4 (LUA_VERSION_NUM 504), "
                        "the only version that diverge works with. ${lua_help}")
endif()

if(DIVERGE_LUA_ARCHIVE)
    set(lua_archive_found ON)
else()
    set(lua_archive_found OFF)
endif()
option(DIVERGE_STATIC_LUA "Link Lua's static archive" ${lua_archive_found})
if(DIVERGE_STATIC_LUA AND DIVERGE_LUA_ARCHIVE)
    set(lua_library "${DIVERGE_LUA_ARCHIVE}")
elseif(DIVERGE_LUA_SHARED)
    set(lua_library "${DIVERGE_LUA_SHARED}")
else()
    set(lua_library "${DIVERGE_LUA_ARCHIVE}")
endif()

add_library(diverge_lua UNKNOWN IMPORTED)
set_target_properties(diverge_lua PROPERTIES
    IMPORTED_LOCATION "${lua_library}"
    INTERFACE_INCLUDE_DIRECTORIES "${DIVERGE_LUA_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS};${DIVERGE_MATH_LIBRARY}")
add_library(diverge::lua ALIAS diverge_lua)

# diverge::lua-shared: for the shared library. A host that uses Lua itself must find the one Lua in
# the process, since two that meet take each other's empty table for a full one.
if(DIVERGE_LUA_SHARED)
    add_library(diverge_lua_shared UNKNOWN IMPORTED)
    set_target_properties(diverge_lua_shared PROPERTIES
        IMPORTED_LOCATION "${DIVERGE_LUA_SHARED}"
        INTERFACE_INCLUDE_DIRECTORIES "${DIVERGE_LUA_INCLUDE_DIR}")
    add_library(diverge::lua-shared ALIAS diverge_lua_shared)
else()
    add_library(diverge::lua-shared ALIAS diverge_lua)
endif()
message(STATUS "diverge: Lua 5.4: ${lua_library}")
