# What `cmake --install` puts where: the program, both libraries, their headers, and how to find
# them through pkg-config and through CMake.

include(CMakePackageConfigHelpers)

if(TARGET diverge-cli)
    install(TARGETS diverge-cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(TARGETS diverge ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(DIVERGE_SHARED)
    install(TARGETS diverge-shared LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
set(headers_left_out "")
if(NOT DIVERGE_CJSON)
    list(APPEND headers_left_out PATTERN "cjson.h" EXCLUDE)
endif()
if(NOT DIVERGE_LUA)
    list(APPEND headers_left_out PATTERN "lua.h" EXCLUDE)
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/diverge"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING PATTERN "*.h" ${headers_left_out})
install(FILES "${PROJECT_SOURCE_DIR}/docs/diverge.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/SECURITY.md"
              "${PROJECT_SOURCE_DIR}/CHANGELOG.md" "${PROJECT_SOURCE_DIR}/docs/scripting.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" PATTERN "*.sh" EXCLUDE)
# For editors that know Lua.
install(FILES "${PROJECT_SOURCE_DIR}/lua/diverge/meta.lua"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/diverge")

# Debian's zsh looks below /usr in a folder of its own.
if(TARGET diverge-completions)
    set(zsh_folder "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
    if(CMAKE_INSTALL_PREFIX STREQUAL "/usr" AND EXISTS /etc/debian_version)
        set(zsh_folder "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
    endif()
    set(DIVERGE_ZSH_DIR "${zsh_folder}" CACHE STRING "Where the completion for zsh is installed")
    set(completions "${PROJECT_BINARY_DIR}/completions")
    install(FILES "${completions}/bash/diverge"
            DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${completions}/zsh/_diverge" DESTINATION "${DIVERGE_ZSH_DIR}")
    install(FILES "${completions}/fish/diverge.fish"
            DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()

# What a program that links the archive must link, too: names where the linker finds the library by
# itself, so that it may take an archive or a shared library, as the program likes.
set(DIVERGE_INSTALL_NEEDS "")
function(diverge_needs file)
    get_filename_component(folder "${file}" DIRECTORY)
    get_filename_component(folder "${folder}" REALPATH)
    get_filename_component(name "${file}" NAME)
    set(known "")
    foreach(place IN LISTS CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
        get_filename_component(place "${place}" REALPATH)
        list(APPEND known "${place}")
    endforeach()
    if(folder IN_LIST known AND name MATCHES "^lib(.+)\\.(a|so|dylib)$")
        list(APPEND DIVERGE_INSTALL_NEEDS "-l${CMAKE_MATCH_1}")
    else()
        list(APPEND DIVERGE_INSTALL_NEEDS "${file}")
    endif()
    set(DIVERGE_INSTALL_NEEDS "${DIVERGE_INSTALL_NEEDS}" PARENT_SCOPE)
endfunction()
if(TARGET diverge_lua)
    get_target_property(file diverge_lua IMPORTED_LOCATION)
    diverge_needs("${file}")
endif()
if(TARGET diverge_cjson)
    get_target_property(file diverge_cjson IMPORTED_LOCATION)
    diverge_needs("${file}")
endif()
foreach(library IN ITEMS ${CMAKE_THREAD_LIBS_INIT} ${CMAKE_DL_LIBS} ${DIVERGE_MATH_LIBRARY})
    if(library MATCHES "^-")
        list(APPEND DIVERGE_INSTALL_NEEDS "${library}")
    else()
        list(APPEND DIVERGE_INSTALL_NEEDS "-l${library}")
    endif()
endforeach()

# pkg-config: with a shared library, what it needs is its own business, and a program that links the
# archive asks with --static. Without one every program links the archive.
list(JOIN DIVERGE_INSTALL_NEEDS " " DIVERGE_PC_NEEDS)
if(DIVERGE_SHARED)
    set(DIVERGE_PC_LIBS "")
    set(DIVERGE_PC_LIBS_PRIVATE " ${DIVERGE_PC_NEEDS}")
else()
    set(DIVERGE_PC_LIBS " ${DIVERGE_PC_NEEDS}")
    set(DIVERGE_PC_LIBS_PRIVATE "")
endif()
# Relative to diverge.pc, since `cmake --install --prefix` comes after this.
set(DIVERGE_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    file(RELATIVE_PATH up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
    string(REGEX REPLACE "/$" "" up "${up}")
    set(DIVERGE_PC_PREFIX "\${pcfiledir}/${up}")
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/diverge.pc.in"
               "${PROJECT_BINARY_DIR}/generated/diverge.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/generated/diverge.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

set(DIVERGE_INSTALL_ARCHIVE
    "${CMAKE_STATIC_LIBRARY_PREFIX}diverge${CMAKE_STATIC_LIBRARY_SUFFIX}")
set(DIVERGE_INSTALL_SHARED "")
set(DIVERGE_INSTALL_SONAME "")
if(DIVERGE_SHARED)
    set(base "${CMAKE_SHARED_LIBRARY_PREFIX}diverge")
    if(APPLE)
        set(DIVERGE_INSTALL_SHARED "${base}.${PROJECT_VERSION}${CMAKE_SHARED_LIBRARY_SUFFIX}")
        set(DIVERGE_INSTALL_SONAME
            "@rpath/${base}.${PROJECT_VERSION_MAJOR}${CMAKE_SHARED_LIBRARY_SUFFIX}")
    else()
        set(DIVERGE_INSTALL_SHARED "${base}${CMAKE_SHARED_LIBRARY_SUFFIX}.${PROJECT_VERSION}")
        set(DIVERGE_INSTALL_SONAME "${base}${CMAKE_SHARED_LIBRARY_SUFFIX}.${PROJECT_VERSION_MAJOR}")
    endif()
endif()
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/diverge")
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/divergeConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/generated/divergeConfig.cmake"
                              INSTALL_DESTINATION "${package_folder}"
                              PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/divergeConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/generated/divergeConfig.cmake"
              "${PROJECT_BINARY_DIR}/generated/divergeConfigVersion.cmake"
        DESTINATION "${package_folder}")
