#!/bin/sh
# Every symbol that the library defines is its own by name. Those that are visible from outside are
# exactly those that the public headers declare with DVG_API, in the archive and in the shared
# library, and they are listed in symbols.txt, so that nothing comes or goes unseen. BLESS=1 writes
# the list anew.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
build=${DIVERGE_BUILD:-$root/build/dev}
archive=$build/libdiverge.a
list=$root/tests/contract/symbols.txt
[ -f "$archive" ] || { echo "$archive does not exist"; exit 1; }
for tool in nm readelf; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

# What compilers add by themselves, for sanitizers and coverage.
instrument='^(__|_GLOBAL_|DW\.ref\.|asan\.|tsan\.|sancov\.|gcov)'

nm -g --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' |
    grep -vE "$instrument" | LC_ALL=C sort -u >"$folder/defined"
[ -s "$folder/defined" ] || { echo "$archive defines nothing"; exit 1; }
if grep -vE '^(dvg_|luaopen_diverge)' "$folder/defined"; then
    echo "are defined by the library and do not begin with dvg_"
    failed=1
fi

readelf -sW "$archive" 2>/dev/null |
    awk '($5 == "GLOBAL" || $5 == "WEAK") && $6 == "DEFAULT" && $7 != "UND" { print $8 }' |
    grep -vE "$instrument" | LC_ALL=C sort -u >"$folder/visible"

# DVG_API ... name(, over as many lines as it takes.
declared() { # HEADER
    grep -v '^#' "$1" | tr '\n' ' ' | grep -oE 'DVG_API [^;{]*;' |
        sed 's/(.*//; s/\[.*//; s/;.*//' | grep -oE '[A-Za-z0-9_]+ *$' | tr -d ' '
}
: >"$folder/all"
for header in "$root"/include/diverge/*.h; do
    name=$(basename "$header" .h)
    declared "$header" | sed "s|^|$name.h |" >>"$folder/all"
done
LC_ALL=C sort -u -o "$folder/all" "$folder/all"
if [ "${BLESS:-}" = 1 ]; then
    cp "$folder/all" "$list" && echo "blessed: $list"
fi
if ! diff -u "$list" "$folder/all"; then
    echo "the headers and symbols.txt differ: if that is meant, BLESS=1"
    failed=1
fi
# What this build was told to leave out is not in it.
left_out='^$'
grep -q '^DIVERGE_CJSON:BOOL=OFF' "$build/CMakeCache.txt" && left_out='^cjson\.h '
grep -v "$left_out" "$folder/all" | sed 's/.* //' | LC_ALL=C sort -u >"$folder/declared"

if LC_ALL=C comm -23 "$folder/visible" "$folder/declared" | grep .; then
    echo "are visible from outside and not declared in include/"
    failed=1
fi
if LC_ALL=C comm -13 "$folder/visible" "$folder/declared" | grep .; then
    echo "are declared with DVG_API and not defined"
    failed=1
fi

shared=$build/libdiverge.so
if [ -f "$shared" ]; then
    nm -D --defined-only "$shared" | awk 'NF == 3 { print $3 }' |
        grep -vE "$instrument" | LC_ALL=C sort -u >"$folder/exported"
    if ! diff -u "$folder/declared" "$folder/exported"; then
        echo "the shared library does not export what is declared"
        failed=1
    fi
    major=$(sed -n 's/^#define DVG_VERSION_MAJOR //p' "$root/include/diverge/diverge.h")
    if ! readelf -dW "$shared" | grep -qF "soname: [libdiverge.so.$major]"; then
        echo "the shared library is not called libdiverge.so.$major"
        failed=1
    fi
elif grep -q '^DIVERGE_SHARED:BOOL=ON' "$build/CMakeCache.txt"; then
    echo "$shared does not exist"
    failed=1
fi
[ "$failed" -eq 0 ] && echo "$(wc -l <"$folder/declared") public symbols, all as declared"
exit "$failed"
