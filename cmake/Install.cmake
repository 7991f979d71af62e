# What `cmake --install` puts where: the program, the library, its headers, and how to find them
# through pkg-config and through CMake.

include(CMakePackageConfigHelpers)

if(TARGET diverge-cli)
    install(TARGETS diverge-cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(FILES "$<TARGET_FILE:diverge>" DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/diverge"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
if(EXISTS "${PROJECT_SOURCE_DIR}/docs/diverge.1")
    install(FILES "${PROJECT_SOURCE_DIR}/docs/diverge.1"
            DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()

# What a program that links the archive must link, too.
get_target_property(DIVERGE_INSTALL_LUA diverge_lua IMPORTED_LOCATION)
get_target_property(DIVERGE_INSTALL_CJSON diverge_cjson IMPORTED_LOCATION)
set(DIVERGE_INSTALL_SYSTEM "")
foreach(library IN ITEMS ${CMAKE_THREAD_LIBS_INIT} ${CMAKE_DL_LIBS} ${DIVERGE_MATH_LIBRARY})
    if(library MATCHES "^-")
        string(APPEND DIVERGE_INSTALL_SYSTEM " ${library}")
    else()
        string(APPEND DIVERGE_INSTALL_SYSTEM " -l${library}")
    endif()
endforeach()
string(STRIP "${DIVERGE_INSTALL_SYSTEM}" DIVERGE_INSTALL_SYSTEM)

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
