# The module `diverge` of a stock Lua 5.4: `require "diverge"`. It holds the library, and no Lua: its
# own calls and the library's go to the Lua of the interpreter that loads it. So there is one Lua in
# the process, whatever DIVERGE_STATIC_LUA says.
#
# DIVERGE_LUA_MODULE_DIR is where it is installed, below the prefix.

set(DIVERGE_LUA_MODULE_DIR "lib/lua/5.4" CACHE STRING "Where diverge.so is installed")

# The interpreter has symbols of its own, and another module may hold this library, too: only the
# function that Lua looks for leaves the module, and nothing inside it is taken from elsewhere.
include(CheckCSourceCompiles)
set(rock_map "${PROJECT_SOURCE_DIR}/cmake/rock.map")
set(CMAKE_REQUIRED_LINK_OPTIONS "-shared" "-Wl,--version-script=${rock_map}")
set(CMAKE_REQUIRED_FLAGS "-fPIC")
check_c_source_compiles("int luaopen_diverge(void) { return 0; } int main(void) { return 0; }"
                        DIVERGE_HAS_VERSION_SCRIPT)
unset(CMAKE_REQUIRED_LINK_OPTIONS)
unset(CMAKE_REQUIRED_FLAGS)

function(diverge_add_rock objects needs)
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/rock/*.c")
    # A test links the same objects.
    add_library(diverge-rock-objects OBJECT ${sources})
    diverge_compile(diverge-rock-objects)
    set_target_properties(diverge-rock-objects PROPERTIES POSITION_INDEPENDENT_CODE ON)
    # It sees include/ and Lua's headers, and nothing else.
    target_include_directories(diverge-rock-objects PRIVATE "${PROJECT_SOURCE_DIR}/include")
    target_include_directories(diverge-rock-objects SYSTEM PRIVATE
        "$<TARGET_PROPERTY:diverge::lua,INTERFACE_INCLUDE_DIRECTORIES>")
    add_library(diverge-rock MODULE "$<TARGET_OBJECTS:diverge-rock-objects>" ${objects})
    target_link_libraries(diverge-rock PRIVATE ${needs})
    target_link_options(diverge-rock PRIVATE ${diverge_instrument_flags})
    set_target_properties(diverge-rock PROPERTIES
        LINKER_LANGUAGE C PREFIX "" OUTPUT_NAME diverge SUFFIX ".so"
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/rock")
    if(DIVERGE_HAS_AS_NEEDED)
        target_link_options(diverge-rock PRIVATE "LINKER:--as-needed")
    endif()
    if(DIVERGE_HAS_VERSION_SCRIPT)
        target_link_options(diverge-rock PRIVATE "LINKER:--version-script=${rock_map}")
        set_property(TARGET diverge-rock APPEND PROPERTY LINK_DEPENDS "${rock_map}")
    endif()
    if(APPLE)
        target_link_options(diverge-rock PRIVATE "LINKER:-undefined,dynamic_lookup")
    endif()
    install(TARGETS diverge-rock LIBRARY DESTINATION "${DIVERGE_LUA_MODULE_DIR}"
            COMPONENT lua)
endfunction()
