#!/bin/sh
# What is installed can be used: a program is built against the installed library through
# pkg-config and through CMake, and runs.
set -u
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
CC=${CC:-cc}
if grep -qE '^DIVERGE_(SANITIZE:.*=.|COVERAGE:BOOL=ON)' "$build/CMakeCache.txt"; then
    echo "skipped: an instrumented build is not installed"
    exit 77
fi
for tool in cmake pkg-config; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

cmake --install "$build" --prefix "$folder/root" >log 2>&1 || { cat log; exit 1; }
mkdir host || exit 1
cat >host/host.c <<'END'
#include <diverge/diverge.h>
#include <stdio.h>
int main(void)
{
    dvg_context *context = NULL;
    if (dvg_context_new(&context, NULL, NULL) != DVG_OK)
        return 1;
    dvg_context_free(context);
    puts(dvg_version());
    return 0;
}
END
cat >host/CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.22)
project(host C)
find_package(diverge REQUIRED)
add_executable(host host.c)
target_link_libraries(host diverge::diverge)
END

module=$(find root -name diverge.pc)
PKG_CONFIG_PATH=$(dirname "$module")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # lists of options
"$CC" host/host.c $(pkg-config --define-prefix --cflags diverge) -o by-pkg-config \
    $(pkg-config --define-prefix --libs diverge) || { echo "pkg-config: does not build"; exit 1; }
./by-pkg-config || { echo "pkg-config: does not run"; exit 1; }

{ cmake -S host -B by-cmake "-DCMAKE_PREFIX_PATH=$folder/root" "-DCMAKE_C_COMPILER=$CC" &&
    cmake --build by-cmake; } >log 2>&1 || { cat log; echo "CMake: does not build"; exit 1; }
by-cmake/host || { echo "CMake: does not run"; exit 1; }
echo "an installed diverge can be used through pkg-config and through CMake"
