# diverge::crypto: headers of OpenSSL 3's libcrypto, and DIVERGE_CRYPTO_SONAME, the name under
# which it is loaded at run time. It is not linked: a run that needs no digest must not pay for it.

find_package(OpenSSL 3.0 QUIET COMPONENTS Crypto)
if(NOT OPENSSL_FOUND)
    if(OPENSSL_VERSION)
        set(crypto_found " (found: ${OPENSSL_VERSION})")
    else()
        set(crypto_found "")
    endif()
    message(FATAL_ERROR "OpenSSL 3.0 or newer (libcrypto and its headers) was not found${crypto_found}. "
            "Debian, Ubuntu: apt-get install libssl-dev; or run: sh cmake/setup.sh")
endif()

string(REGEX MATCH "^[0-9]+" crypto_major "${OPENSSL_VERSION}")
if(APPLE)
    get_filename_component(crypto_folder "${OPENSSL_CRYPTO_LIBRARY}" DIRECTORY)
    set(DIVERGE_CRYPTO_SONAME "${crypto_folder}/libcrypto.${crypto_major}.dylib")
else()
    set(DIVERGE_CRYPTO_SONAME "libcrypto.so.${crypto_major}")
endif()

add_library(diverge_crypto INTERFACE IMPORTED)
set_target_properties(diverge_crypto PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${OPENSSL_INCLUDE_DIR}")
add_library(diverge::crypto ALIAS diverge_crypto)
