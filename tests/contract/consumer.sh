#!/bin/sh
# What is installed can be used from outside the tree: programs in C and in C++ are built against
# the installed package through pkg-config and through CMake, with the shared library and with the
# archive, and run; and so are the examples, whose own tests judge them.
set -u
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
source=${DIVERGE_SOURCE:?set DIVERGE_SOURCE to the source folder}
CC=${CC:-cc}
if grep -qE '^DIVERGE_(SANITIZE:.*=.|COVERAGE:BOOL=ON)' "$build/CMakeCache.txt"; then
    echo "skipped: an instrumented build is not installed"
    exit 77
fi
for tool in cmake pkg-config readelf; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0
fail() {
    echo "$*"
    failed=1
}

cmake --install "$build" --prefix "$folder/root" >log 2>&1 || { cat log; exit 1; }
module=$(find root -name diverge.pc)
PKG_CONFIG_PATH=$folder/$(dirname "$module")
export PKG_CONFIG_PATH
libraries=$(dirname "$PKG_CONFIG_PATH")
shared=no
ls "$libraries"/libdiverge.so >/dev/null 2>&1 && shared=yes
cxx=
for name in g++ clang++ c++; do
    command -v "$name" >/dev/null 2>&1 && { cxx=$name; break; }
done
[ -n "$cxx" ] || echo "C++: left out, there is no C++ compiler here"

mkdir host || exit 1
cat >host/host.c <<'END'
#include <diverge/diverge.h>
#include <stdio.h>
#include <string.h>
int main(void)
{
    char version[32];
    dvg_context *context = NULL;
    if (dvg_context_new(&context, NULL, NULL) != DVG_OK)
        return 1;
    dvg_status status = dvg_context_use_profile(context, "default", NULL);
    dvg_context_free(context);
    snprintf(version, sizeof version, "%d.%d.%d", DVG_VERSION_MAJOR, DVG_VERSION_MINOR,
             DVG_VERSION_PATCH);
    puts(dvg_version());
    return status != DVG_OK || strcmp(version, dvg_version()) != 0;
}
END
cp host/host.c host/host.cpp

# run NAME PROGRAM static|shared: it runs, and is linked as was asked for.
run() {
    LD_LIBRARY_PATH=$libraries "$2" >out 2>&1 || { cat out; fail "$1: does not run"; }
    needed=$(readelf -dW "$2" | grep -cF '[libdiverge.so.')
    case $3-$needed in
    static-0 | shared-1) echo "$1: $(cat out)" ;;
    *) fail "$1: is not linked with the $3 library" ;;
    esac
}

# by_pkg_config COMPILER FILE static|shared
by_pkg_config() {
    options=$(pkg-config --cflags --libs diverge)
    [ "$3" = static ] && options=$(pkg-config --static --cflags --libs diverge |
        sed 's/-ldiverge/-l:libdiverge.a/')
    # shellcheck disable=SC2086 # lists of options
    if "$1" -Wall -Wextra -Wpedantic -Werror "host/$2" $options -o by-pkg-config >log 2>&1; then
        run "$2 by pkg-config, $3" ./by-pkg-config "$3"
    else
        cat log
        fail "$2 by pkg-config, $3: does not build"
    fi
}
kinds=static
[ "$shared" = yes ] && kinds='shared static'
for kind in $kinds; do
    by_pkg_config "$CC" host.c "$kind"
    [ -n "$cxx" ] && by_pkg_config "$cxx" host.cpp "$kind"
done
if [ "$shared" = yes ] && pkg-config --libs diverge | grep -q lua; then
    fail "pkg-config --libs names what the shared library needs for itself"
fi

# CMake: diverge::diverge is the shared library where there is one; either can be named.
languages=C
[ -n "$cxx" ] && languages='C CXX'
cat >host/CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.22)
project(host $languages)
set(CMAKE_CXX_STANDARD 17)
find_package(diverge 0.1 REQUIRED COMPONENTS $kinds)
foreach(kind IN ITEMS diverge $(echo "$kinds" | tr ' ' '\n'))
    foreach(ending IN ITEMS c $([ -n "$cxx" ] && echo cpp))
        add_executable(\${kind}-\${ending} host.\${ending})
        target_link_libraries(\${kind}-\${ending} diverge::\${kind})
    endforeach()
endforeach()
END
if { cmake -S host -B by-cmake "-DCMAKE_PREFIX_PATH=$folder/root" "-DCMAKE_C_COMPILER=$CC" &&
    cmake --build by-cmake; } >log 2>&1; then
    for program in by-cmake/*-c by-cmake/*-cpp; do
        [ -x "$program" ] || continue
        name=${program#by-cmake/}
        kind=${name%-*}
        [ "$kind" = diverge ] && kind=${kinds%% *}
        run "$name by CMake" "$program" "$kind"
    done
else
    cat log
    fail "CMake: does not build"
fi
for wrong in 'COMPONENTS absent' '99.0'; do
    mkdir -p wrong || exit 1
    printf 'cmake_minimum_required(VERSION 3.22)\nproject(wrong NONE)\nfind_package(diverge %s)\n' \
        "$wrong REQUIRED" >wrong/CMakeLists.txt
    cmake -S wrong -B wrong/build "-DCMAKE_PREFIX_PATH=$folder/root" >log 2>&1 &&
        fail "find_package(diverge $wrong) finds something"
    rm -rf wrong
done

# A header of something that was left out is not there.
cjson=yes
grep -q '^DIVERGE_CJSON:BOOL=OFF' "$build/CMakeCache.txt" && cjson=no
if [ -f root/include/diverge/cjson.h ]; then
    [ "$cjson" = no ] && fail "diverge/cjson.h is installed without cJSON"
else
    [ "$cjson" = yes ] && fail "diverge/cjson.h is not installed"
fi

# The examples, and their own tests with programs built here.
mkdir examples || exit 1
for file in "$source"/examples/embed/*.c; do
    name=$(basename "$file" .c)
    modules=diverge
    if grep -q '^#include <\(diverge/\)\{0,1\}cjson[./]' "$file"; then
        [ "$cjson" = yes ] || continue
        modules="$modules libcjson"
    fi
    if grep -qE '^#include <(diverge/lua|lua|lauxlib|lualib)\.h>' "$file"; then
        pkg-config --exists lua5.4 && modules="$modules lua5.4"
    fi
    options=$(pkg-config --cflags --libs $modules) || { fail "pkg-config $modules"; continue; }
    # shellcheck disable=SC2086 # lists of options
    "$CC" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Werror "$file" -pthread $options \
        -o "examples/$name" >log 2>&1 || { cat log; fail "examples/embed/$name.c does not build"; continue; }
    test=$source/examples/test_$name.sh
    if [ ! -f "$test" ]; then
        LD_LIBRARY_PATH=$libraries "examples/$name" >out 2>&1 ||
            { cat out; fail "examples/embed/$name.c does not run"; continue; }
    elif ! LD_LIBRARY_PATH=$libraries DIVERGE_BUILD=$folder sh "$test" >out 2>&1; then
        cat out
        fail "examples/embed/$name.c, built against the installed package, fails its test"
        continue
    fi
    echo "examples/embed/$name.c: built and run"
done
exit "$failed"
