#!/bin/sh
# Every public header stands alone, as C99, C11 and C++17, without a warning.
set -u
cd "$(dirname "$0")/../.." || exit 1
CC=${CC:-cc}
failed=0
strict='-Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude'

# Where lua.h is, for diverge/lua.h.
lua=
for name in lua5.4 lua-5.4 lua54 lua; do
    if pkg-config --exists "$name" 2>/dev/null; then
        lua=$(pkg-config --cflags-only-I "$name")
        break
    fi
done

# language, standard, compiler, header. Twice, for the include guard.
check() {
    more=
    [ "$4" = diverge/lua.h ] && more=$lua
    # shellcheck disable=SC2086 # lists of options
    if ! printf '#include <%s>\n#include <%s>\nextern int unit; int unit;\n' "$4" "$4" |
        "$3" -x "$1" "-std=$2" $strict $more -; then
        echo "<$4> alone does not compile as $2"
        failed=1
    fi
}

for file in include/diverge/*.h; do
    header=${file#include/}
    check c c99 "$CC" "$header"
    check c c11 "$CC" "$header"
done

cxx=
for name in g++ clang++ c++; do
    command -v "$name" >/dev/null 2>&1 && { cxx=$name; break; }
done
if [ -z "$cxx" ]; then
    echo "C++17: skipped, there is no C++ compiler here"
else
    for file in include/diverge/*.h; do
        check c++ c++17 "$cxx" "${file#include/}"
    done
fi
[ "$failed" -eq 0 ] && echo "every public header stands alone"
exit "$failed"
