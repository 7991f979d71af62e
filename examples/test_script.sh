#!/bin/sh
# The example for a stock Lua finds the step at which the twin goes wrong.
set -u
build=${DIVERGE_BUILD:?}
lua=$(command -v lua5.4 || command -v lua54) || { echo "skipped: no lua5.4"; exit 77; }
[ -f "$build/rock/diverge.so" ] || { echo "skipped: this build has no module for Lua"; exit 77; }
if grep -qE '^DIVERGE_SANITIZE:.*=.' "$build/CMakeCache.txt"; then
    echo "skipped: the interpreter is not instrumented"
    exit 77
fi
told=$(LUA_INIT='' LUA_INIT_5_4='' LUA_CPATH="$build/rock/?.so" "$lua" \
    "${DIVERGE_SOURCE:?}/examples/embed/script.lua") || exit 1
[ "$told" = "step 300: acc.high is 1, and 0 in the twin" ] || { echo "it said: $told"; exit 1; }
echo "script.lua: $told"
