# A Debian package with the program, both libraries, headers, manual page, completions and
# examples:
#   cmake --preset package && cmake --build build/package --target package

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME diverge)
set(CPACK_PACKAGE_VENDOR "diverge")
# Whoever builds a package for others answers for it: -DCPACK_PACKAGE_CONTACT="NAME <ADDRESS>".
if(NOT CPACK_PACKAGE_CONTACT)
    set(CPACK_PACKAGE_CONTACT "diverge contributors <nobody@localhost>")
endif()
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
    "Compares two snapshots of a program's state, directories of JSON documents and binary
files or two JSON documents, and reports every place where they differ. What to
compare, how to class a divergence and how to report it is written in Lua. This
package holds the program, the library for hosts in C, shared and static, its
headers, the manual page, completions for shells, and examples.")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ${DIVERGE_SHARED})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

# libcrypto is loaded at run time, which dpkg-shlibdeps cannot see.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libssl3")
find_program(DIVERGE_DPKG_QUERY dpkg-query)
mark_as_advanced(DIVERGE_DPKG_QUERY)
if(DIVERGE_DPKG_QUERY)
    execute_process(COMMAND "${DIVERGE_DPKG_QUERY}" -S "*/${DIVERGE_CRYPTO_SONAME}"
                    OUTPUT_VARIABLE owner ERROR_QUIET)
    if(owner MATCHES "^([a-z0-9.+-]+)(:[a-z0-9-]+)?: ")
        set(CPACK_DEBIAN_PACKAGE_DEPENDS "${CMAKE_MATCH_1}")
    endif()
endif()
# Only the archive, diverge/lua.h and diverge/cjson.h want these.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "liblua5.4-dev")
if(DIVERGE_CJSON)
    string(APPEND CPACK_DEBIAN_PACKAGE_SUGGESTS ", libcjson-dev")
endif()
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr" AND EXISTS /etc/debian_version)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
            DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
endif()

# Files that a umask made group-writable are none of a package's.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
