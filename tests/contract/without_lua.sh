#!/bin/sh
# The library can be built without Lua and without cJSON, for hosts in C: it names nothing of either,
# exports the calls of diverge.h all the same, is installed, and examples/embed/hooks.c runs on it.
# What needs a script says that there is no Lua.
set -u
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
source=${DIVERGE_SOURCE:?set DIVERGE_SOURCE to the source folder}
CC=${CC:-cc}
if grep -qE '^DIVERGE_(SANITIZE:.*=.|COVERAGE:BOOL=ON)' "$build/CMakeCache.txt"; then
    echo "skipped: an instrumented build stands for itself"
    exit 77
fi
for tool in cmake pkg-config nm; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

{
    cmake -S "$source" -B build -DDIVERGE_LUA=OFF -DDIVERGE_CJSON=OFF -DDIVERGE_WERROR=ON \
        -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_C_FLAGS_DEBUG=-O0" "-DCMAKE_C_COMPILER=$CC" &&
        cmake --build build --parallel 2 &&
        cmake --install build --prefix "$folder/root"
} >log 2>&1 || { tail -n 40 log; echo "the library without Lua is not built"; exit 1; }

if nm -u build/libdiverge.a 2>/dev/null | grep -E ' (lua|cJSON)_?'; then
    echo "the library without Lua and cJSON needs them"
    exit 1
fi
for header in lua.h cjson.h; do
    [ ! -e "root/include/diverge/$header" ] || { echo "$header is installed"; exit 1; }
done
sed -n 's/^diverge\.h //p' "$source/tests/contract/symbols.txt" | sort -u >declared
nm -g --defined-only build/libdiverge.a 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u >defined
[ -s declared ] || { echo "no list of public symbols"; exit 1; }
if comm -23 declared defined | grep .; then
    echo "of diverge.h are missing without Lua"
    exit 1
fi

cat >host.c <<'END'
#include <diverge/diverge.h>
#include <string.h>
int main(void)
{
    dvg_context *context = 0;
    dvg_error error;
    if (dvg_features() != 0 || dvg_context_new(&context, 0, &error) != DVG_OK)
        return 1;
    int good = dvg_context_use_profile(context, "default", &error) == DVG_E_ARGUMENT &&
               strstr(error.message, "without Lua") != 0 &&
               dvg_context_use_rules(context, 0, &error) == DVG_OK;
    dvg_context_free(context);
    return good ? 0 : 1;
}
END
module=$(find root -name diverge.pc)
PKG_CONFIG_PATH=$folder/$(dirname "$module")
export PKG_CONFIG_PATH
libraries=$(dirname "$PKG_CONFIG_PATH")
mkdir examples
cp "$source/examples/embed/hooks.c" hooks.c
for name in host hooks; do
    # shellcheck disable=SC2046
    "$CC" -std=c11 "$name.c" $(pkg-config --cflags --libs diverge) -o "examples/$name" >log 2>&1 ||
        { cat log; echo "$name.c does not build"; exit 1; }
done
LD_LIBRARY_PATH=$libraries
export LD_LIBRARY_PATH
examples/host || { echo "a library without Lua does not say so"; exit 1; }
DIVERGE_BUILD=$folder sh "$source/examples/test_hooks.sh"
